import type { Instant } from '../base/index.ts';
import type { Need } from '../triage/index.ts';
import type { DispensedItem, MedicineClass, PrescribedItem, Prescription } from './prescription.ts';
import type { CloudService } from './service.ts';

/** One line of what was said in the page. It lies in the story of the journey and dies with its incident. */
export interface Message {
  readonly at: Instant;
  readonly from: 'person' | 'doctor';
  readonly name: string;
  readonly text: string;
  /** Findings that were read out of these words: they raised the acuity at once. */
  readonly heard?: readonly string[];
}

/** A remote visit in the cloud clinic: asked, answered, prescribed, checked, dispensed, on its way, delivered. */
export interface Visit {
  readonly id: string;
  readonly institution: string;
  /** Absent in visits from before there were queues per service. */
  readonly service?: CloudService;
  /** Since when they wait: a visit that came back keeps its place. */
  readonly queuedAt: Instant;
  /** By when a doctor answers, as it was foreseen when they were queued. */
  readonly promisedAt?: Instant;
  /** What was asked for is in a class that is handed out in person only: one tap sends them on. */
  readonly inPerson?: MedicineClass;
  readonly doctor?: string;
  readonly doctorName?: string;
  readonly takenAt?: Instant;
  /** The last sign of life of the doctor: left alone for too long, the visit goes back to the queue. */
  readonly actedAt?: Instant;
  readonly returnedAt?: Instant;
  readonly messages?: readonly Message[];
  readonly call?: { readonly kind: 'voice' | 'video'; readonly url: string; readonly at: Instant };
  /** As far as given; an empty list says that they were asked and know of none. */
  readonly allergies?: readonly string[];
  readonly advice?: string;
  readonly prescription?: Prescription;
  readonly answeredAt?: Instant;
  readonly sentOnAt?: Instant;
  readonly sentOnBecause?: string;
  /** The pharmacist asks: the prescriber owns the answer. */
  readonly query?: { readonly item: number; readonly question: string; readonly by: string; readonly at: Instant };
  readonly amended?: { readonly reason: string; readonly at: Instant };
  readonly checked?: { readonly by: string; readonly accepted: readonly string[]; readonly at: Instant };
  readonly dispensedAt?: Instant;
  readonly dispensed?: readonly DispensedItem[];
  readonly handedOver?: HandedOver;
  /** It got warm on its way: not delivered, and dispensed anew. */
  readonly spoiled?: number;
  readonly deliveredAt?: Instant;
  readonly deliveredTo?: string;
}

/** Who carries it, named by whoever gave it out of their hands. */
export interface HandedOver {
  readonly courier: string;
  readonly phone?: string;
  readonly coolBox?: true;
  readonly by: string;
  readonly at: Instant;
  /** Code of the courier's own pass, where the way needs one. */
  readonly pass?: string;
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

export const VISIT_STATES = ['waiting', 'taken', 'queried', 'toCheck', 'toDispense', 'toHandOver', 'onTheWay', 'over'] as const;
/** Whose desk a visit lies on. */
export type VisitState = (typeof VISIT_STATES)[number];

/** @param goesOn whether the journey is still open and still seen at a distance */
export function stateOf(visit: Visit, goesOn: boolean): VisitState {
  if (!goesOn || visit.sentOnAt !== undefined || visit.deliveredAt !== undefined) return 'over';
  if (visit.answeredAt === undefined) return visit.doctor === undefined ? 'waiting' : 'taken';
  if (visit.prescription === undefined) return 'over';
  if (visit.query) return 'queried';
  if (visit.dispensedAt !== undefined) return visit.handedOver ? 'onTheWay' : 'toHandOver';
  return visit.checked ? 'toDispense' : 'toCheck';
}
