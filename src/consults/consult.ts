import { MINUTE_MS, HOUR_MS, startOfDay, DAY_MS, type Instant } from '../base/index.ts';

export const SPECIALTIES = [
  'criticalCare', 'cardiology', 'neurology', 'respiratory', 'infectiousDisease', 'obstetrics', 'paediatrics', 'nephrology',
  'oncology', 'surgery', 'psychiatry', 'other',
] as const;
export type Specialty = (typeof SPECIALTIES)[number];

/** How soon the one who asks needs the answer: life at risk now, this hour, this shift, today. */
export const URGENCIES = ['immediate', 'urgent', 'soon', 'sameDay'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const MODES = ['remote', 'onSite'] as const;
export type Mode = (typeof MODES)[number];

/** A clinician of a designated institution asks one of a municipal hospital. It is somebody's until it is answered in writing. */
export interface Consult {
  readonly id: string;
  readonly journey?: string;
  readonly askedBy: string;
  /** Institution that asks. */
  readonly askedFrom: string;
  /** Institution that is asked now; moves on when its time is over. */
  readonly askedOf: string;
  readonly specialty: Specialty;
  readonly urgency: Urgency;
  readonly mode: Mode;
  readonly question: string;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly taken?: { readonly by: string; readonly name: string; readonly at: Instant };
  readonly answer?: { readonly by: string; readonly name: string; readonly at: Instant; readonly text: string };
  /** Every hospital that let the time pass, and when. */
  readonly escalations: readonly { readonly at: Instant; readonly from: string; readonly to: string }[];
}

export type ConsultEvent =
  | { readonly type: 'ConsultAsked'; readonly consult: Omit<Consult, 'askedAt' | 'dueAt' | 'escalations' | 'taken' | 'answer'> }
  | { readonly type: 'ConsultTaken'; readonly by: string; readonly name: string }
  | { readonly type: 'ConsultAnswered'; readonly by: string; readonly name: string; readonly text: string }
  | { readonly type: 'ConsultEscalated'; readonly from: string; readonly to: string };

const DUE_MS = { immediate: 10 * MINUTE_MS, urgent: 30 * MINUTE_MS, soon: 2 * HOUR_MS } as const;
/** Asked shortly before midnight, "today" would be minutes: two hours at least. */
const SAME_DAY_MS_MIN = 2 * HOUR_MS;

export function consultDueAt(urgency: Urgency, at: Instant): Instant {
  if (urgency === 'sameDay') return Math.max(startOfDay(at) + DAY_MS, at + SAME_DAY_MS_MIN);
  return at + DUE_MS[urgency];
}

export function evolveConsult(consult: Consult | undefined, event: ConsultEvent, at: Instant): Consult | undefined {
  if (event.type === 'ConsultAsked') return { ...event.consult, askedAt: at, dueAt: consultDueAt(event.consult.urgency, at), escalations: [] };
  if (!consult) return undefined;
  switch (event.type) {
    case 'ConsultTaken':
      return { ...consult, taken: { by: event.by, name: event.name, at } };
    case 'ConsultAnswered':
      return { ...consult, answer: { by: event.by, name: event.name, at, text: event.text } };
    case 'ConsultEscalated': {
      const { taken: _late, ...rest } = consult;
      const escalations = [...consult.escalations, { at, from: event.from, to: event.to }];
      return { ...rest, askedOf: event.to, dueAt: consultDueAt(consult.urgency, at), escalations };
    }
  }
}
