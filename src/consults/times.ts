import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay, type Instant } from '../base/index.ts';
import { CONSULT_URGENCIES, DEMANDED, type ConsultUrgency, type Demanded } from '../policy/index.ts';

export const URGENCIES = CONSULT_URGENCIES;
export type Urgency = ConsultUrgency;

/** Minutes until the written answer, and until the one who is asked has taken it or the next is asked. */
export interface ConsultMinutes {
  readonly answer: number;
  readonly take: number;
}
export type ConsultTimes = Readonly<Record<Urgency, ConsultMinutes>>;

/** How long one expert may leave a question untaken, at most a third of the time to the answer: three can be asked before it is late. Synthetic. */
const TAKE_MINUTES: Readonly<Record<Urgency, number>> = { immediate: 3, urgent: 8, soon: 30, sameDay: 120 };

/** @param answers what the policy in force demands */
export function consultTimes(answers: Demanded['answerMinutes']): ConsultTimes {
  const minutes = (urgency: Urgency): ConsultMinutes => ({ answer: answers[urgency], take: Math.max(1, Math.min(TAKE_MINUTES[urgency], Math.floor(answers[urgency] / 3))) });
  return { immediate: minutes('immediate'), urgent: minutes('urgent'), soon: minutes('soon'), sameDay: minutes('sameDay') };
}

/** Where no announcement says otherwise. */
export const CONSULT_TIMES: ConsultTimes = consultTimes(DEMANDED.answerMinutes);

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
