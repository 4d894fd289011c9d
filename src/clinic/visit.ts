import type { Instant } from '../base/index.ts';
import type { Need } from '../triage/index.ts';

/** A remote visit in the cloud clinic: asked, answered, prescribed, dispensed, delivered. */
export interface Visit {
  readonly id: string;
  readonly institution: string;
  readonly queuedAt: Instant;
  readonly doctor?: string;
  readonly takenAt?: Instant;
  readonly advice?: string;
  readonly prescription?: Prescription;
  readonly answeredAt?: Instant;
  readonly sentOnAt?: Instant;
  readonly dispensedAt?: Instant;
  readonly deliveredAt?: Instant;
}

export interface Prescription {
  readonly id: string;
  readonly items: readonly PrescribedItem[];
}

export interface PrescribedItem {
  readonly medicine: string;
  readonly dose: string;
  readonly days: number;
  /** What the prescriber says of the drug; the controlled classes are never prescribed online. */
  readonly controlled: 'no' | 'narcotic' | 'psychotropic';
}

export type ClinicEvent =
  | { readonly type: 'VisitQueued'; readonly visit: string; readonly institution: string }
  | { readonly type: 'VisitTaken'; readonly visit: string; readonly doctor: string }
  | { readonly type: 'VisitAnswered'; readonly visit: string; readonly advice: string; readonly prescription?: Prescription }
  | { readonly type: 'VisitSentOn'; readonly visit: string; readonly reason: string }
  | { readonly type: 'Dispensed'; readonly visit: string; readonly by: string }
  | { readonly type: 'Delivered'; readonly visit: string; readonly by: string; readonly to: string };

export type ClinicCommand =
  | { readonly type: 'takeVisit' }
  | { readonly type: 'answerVisit'; readonly advice: string; readonly items: readonly PrescribedItem[] }
  /** Needs hands: the doctor sends on to a pathway that has them. */
  | { readonly type: 'sendOn'; readonly reason: string; readonly need: Need; readonly findings: readonly string[] }
  | { readonly type: 'dispense' }
  | { readonly type: 'deliver'; readonly to: string };

export function evolveVisit(visit: Visit | undefined, event: ClinicEvent, at: Instant): Visit | undefined {
  switch (event.type) {
    case 'VisitQueued':
      return { id: event.visit, institution: event.institution, queuedAt: at };
    case 'VisitTaken':
      return visit && { ...visit, doctor: event.doctor, takenAt: at };
    case 'VisitAnswered':
      return visit && {
        ...visit, answeredAt: at, advice: event.advice, ...(event.prescription && { prescription: event.prescription }),
      };
    case 'VisitSentOn':
      return visit && { ...visit, sentOnAt: at };
    case 'Dispensed':
      return visit && { ...visit, dispensedAt: at };
    case 'Delivered':
      return visit && { ...visit, deliveredAt: at };
  }
}
