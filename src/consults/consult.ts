import type { Instant } from '../base/index.ts';
import type { CaseSummary } from './summary.ts';
import { answerDueAt, CONSULT_TIMES, takeDueAt, type ConsultTimes, type Urgency } from './times.ts';

export const SPECIALTIES = [
  'criticalCare', 'cardiology', 'neurology', 'respiratory', 'infectiousDisease', 'obstetrics', 'paediatrics', 'nephrology',
  'oncology', 'surgery', 'psychiatry', 'other',
] as const;
export type Specialty = (typeof SPECIALTIES)[number];

export const MODES = ['remote', 'onSite'] as const;
export type Mode = (typeof MODES)[number];

/** Who is asked when no hospital has taken it: the medical office of the command centre, which names somebody. */
export const MEDICAL_OFFICE = 'medicalOffice';

/** A hospital, and of its roster the one whose turn it is; without a name every expert of the house is asked. */
export interface Asked {
  readonly of: string;
  readonly expert?: string;
}

export const PASSED_ON_BECAUSE = ['notTaken', 'notAnswered', 'declined', 'assigned'] as const;
export type PassedOnBecause = (typeof PASSED_ON_BECAUSE)[number];

export const HELPED = ['yes', 'partly', 'no'] as const;
export type Helped = (typeof HELPED)[number];

interface Signed {
  readonly by: string;
  readonly name: string;
  readonly at: Instant;
}

/** A clinician of a designated institution asks one of a municipal hospital. It is somebody's until it is answered in writing. */
export interface Consult {
  readonly id: string;
  readonly journey?: string;
  readonly askedBy: string;
  readonly askedByName?: string;
  /** Institution that asks. */
  readonly askedFrom: string;
  /** Hospital that is asked now, or `MEDICAL_OFFICE`; moves on when its time is over. */
  readonly askedOf: string;
  /** Whose turn it is there, by name. */
  readonly askedExpert?: string;
  readonly specialty: Specialty;
  readonly urgency: Urgency;
  readonly mode: Mode;
  readonly question: string;
  readonly summary?: CaseSummary;
  readonly askedAt: Instant;
  /** When the written answer is due, whoever gives it. */
  readonly answerBy: Instant;
  /** When it is told on if nothing happens. */
  readonly dueAt: Instant;
  /** Who answers for it. One whose time is over keeps it until another has taken it by name. */
  readonly taken?: Signed & { readonly of: string; /** How often it had been passed on by then. */ readonly passes: number };
  readonly answer?: Signed & { readonly text: string };
  readonly call?: Signed & { readonly kind: 'voice' | 'video'; readonly url: string };
  /** What both treated together, in the words of whoever wrote it down. */
  readonly joint: readonly (Signed & { readonly text: string })[];
  readonly rating?: Signed & { readonly helped: Helped; readonly note?: string };
  readonly withdrawn?: Signed & { readonly reason: string };
  /** Everybody who had it and passed it on, or let the time pass, and when. */
  readonly escalations: readonly { readonly at: Instant; readonly from: Asked; readonly to: Asked; readonly because: PassedOnBecause; readonly by?: string }[];
}

export type NewConsult = Pick<Consult, 'id' | 'journey' | 'askedBy' | 'askedByName' | 'askedFrom' | 'askedOf' | 'askedExpert' | 'specialty' | 'urgency' | 'mode' | 'question' | 'summary'>;

export type ConsultEvent =
  | { readonly type: 'ConsultAsked'; readonly consult: NewConsult }
  | { readonly type: 'ConsultTaken'; readonly by: string; readonly name: string; readonly of: string }
  | { readonly type: 'ConsultPassedOn'; readonly to: Asked; readonly because: PassedOnBecause; readonly by?: string }
  | { readonly type: 'CallOffered'; readonly by: string; readonly name: string; readonly kind: 'voice' | 'video'; readonly url: string }
  | { readonly type: 'ConsultAnswered'; readonly by: string; readonly name: string; readonly text: string }
  | { readonly type: 'TreatedTogether'; readonly by: string; readonly name: string; readonly text: string }
  | { readonly type: 'ConsultRated'; readonly by: string; readonly name: string; readonly helped: Helped; readonly note?: string }
  | { readonly type: 'ConsultWithdrawn'; readonly by: string; readonly name: string; readonly reason: string };

export function evolveConsult(consult: Consult | undefined, event: ConsultEvent, at: Instant, times: ConsultTimes = CONSULT_TIMES): Consult | undefined {
  if (event.type === 'ConsultAsked') {
    const answerBy = answerDueAt(event.consult.urgency, at, times);
    return { ...event.consult, askedAt: at, answerBy, dueAt: takeDueAt(event.consult.urgency, at, answerBy, times), joint: [], escalations: [] };
  }
  if (!consult) return undefined;
  switch (event.type) {
    case 'ConsultTaken': {
      const { by, name, of } = event;
      // Taken late: the answer is over its time already, and whoever took it has as long as one has to take it.
      return { ...consult, askedOf: of, taken: { by, name, of, at, passes: consult.escalations.length }, dueAt: consult.answerBy > at ? consult.answerBy : takeDueAt(consult.urgency, at, consult.answerBy, times) };
    }
    case 'ConsultPassedOn': {
      const { askedExpert, ...rest } = consult;
      const from = { of: consult.askedOf, ...(askedExpert !== undefined && { expert: askedExpert }) };
      const escalations = [...consult.escalations, { at, from, to: event.to, because: event.because, ...(event.by !== undefined && { by: event.by }) }];
      return {
        ...rest, askedOf: event.to.of, ...(event.to.expert !== undefined && { askedExpert: event.to.expert }),
        dueAt: takeDueAt(consult.urgency, at, consult.answerBy, times), escalations,
      };
    }
    case 'CallOffered':
      return { ...consult, call: { by: event.by, name: event.name, at, kind: event.kind, url: event.url } };
    case 'ConsultAnswered':
      return { ...consult, answer: { by: event.by, name: event.name, at, text: event.text } };
    case 'TreatedTogether':
      return { ...consult, joint: [...consult.joint, { by: event.by, name: event.name, at, text: event.text }] };
    case 'ConsultRated':
      return { ...consult, rating: { by: event.by, name: event.name, at, helped: event.helped, ...(event.note !== undefined && { note: event.note }) } };
    case 'ConsultWithdrawn':
      return { ...consult, withdrawn: { by: event.by, name: event.name, at, reason: event.reason } };
  }
}

/** Nothing more is owed to whoever asked. */
export const isOver = ({ answer, withdrawn }: Pick<Consult, 'answer' | 'withdrawn'>): boolean => answer !== undefined || withdrawn !== undefined;
