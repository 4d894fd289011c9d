import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay, type Instant } from '../base/index.ts';

/** How soon the one who asks needs the answer: life at risk now, this hour, this shift, today. */
export const URGENCIES = ['immediate', 'urgent', 'soon', 'sameDay'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Minutes until the written answer, and until the one who is asked has taken it or the next is asked. */
export interface ConsultMinutes {
  readonly answer: number;
  readonly take: number;
}
export type ConsultTimes = Readonly<Record<Urgency, ConsultMinutes>>;

/**
 * Where no announcement says otherwise. The answers (10 min, 30 min, 2 h, the same day) are the hospital's usual consultation times; how long one
 * expert may leave a question untaken is synthetic: a quarter to a third of it, so that three can be asked before it is late.
 */
export const CONSULT_TIMES: ConsultTimes = {
  immediate: { answer: 10, take: 3 }, urgent: { answer: 30, take: 8 }, soon: { answer: 120, take: 30 }, sameDay: { answer: 1_440, take: 120 },
};

/** Asked shortly before midnight, "today" would be minutes: two hours at least. */
const SAME_DAY_MS_MIN = 2 * HOUR_MS;

export function answerDueAt(urgency: Urgency, at: Instant, times: ConsultTimes = CONSULT_TIMES): Instant {
  if (urgency === 'sameDay') return Math.max(Math.min(startOfDay(at) + DAY_MS, at + times.sameDay.answer * MINUTE_MS), at + SAME_DAY_MS_MIN);
  return at + times[urgency].answer * MINUTE_MS;
}

/** By when whoever is asked now takes it, never later than the answer itself is due while that lies ahead. */
export function takeDueAt(urgency: Urgency, at: Instant, answerBy: Instant, times: ConsultTimes = CONSULT_TIMES): Instant {
  const takeBy = at + times[urgency].take * MINUTE_MS;
  return answerBy > at ? Math.min(takeBy, answerBy) : takeBy;
}
