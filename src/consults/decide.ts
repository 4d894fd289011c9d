import { accept, refuse, type Instant, type Result } from '../base/index.ts';
import { URGENCIES, type Consult, type ConsultEvent } from './consult.ts';

/** Long enough for everything a colleague has to know; the rest is said on the telephone. */
export const TEXT_LENGTH_MAX = 4_000;

/** Who takes it answers for it: one expert, by name. */
export function takeConsult(consult: Consult, by: string, name: string): Result<ConsultEvent> {
  if (consult.answer) return refuse('alreadyAnswered');
  if (consult.taken) return refuse('consultTaken', { by: consult.taken.name });
  return accept({ type: 'ConsultTaken', by, name });
}

/** In writing: what was only said cannot be followed, nor proved. */
export function answerConsult(consult: Consult, by: string, name: string, text: string): Result<ConsultEvent> {
  if (consult.answer) return refuse('alreadyAnswered');
  if (!consult.taken) return refuse('consultNotTaken');
  if (consult.taken.by !== by) return refuse('consultTaken', { by: consult.taken.name });
  if (!text.trim()) return refuse('answerMissing', undefined, 'text');
  if (text.length > TEXT_LENGTH_MAX) return refuse('textTooLong', { max: TEXT_LENGTH_MAX }, 'text');
  return accept({ type: 'ConsultAnswered', by, name, text: text.trim() });
}

/**
 * The time is over: the next hospital is asked, and whoever had taken it has lost it. `hospitals` in the order they are to be
 * asked; after the last it begins again, because a question that nobody answers has not gone away.
 */
export function escalateConsult(consult: Consult, hospitals: readonly string[], sawDueAt: Instant, at: Instant): Result<ConsultEvent> {
  if (consult.answer) return refuse('alreadyAnswered');
  if (consult.dueAt !== sawDueAt || at < consult.dueAt) return refuse('deadlineMoved');
  const others = hospitals.filter((hospital) => hospital !== consult.askedFrom);
  const next = others[(others.indexOf(consult.askedOf) + 1) % others.length];
  if (next === undefined) return refuse('nobodyToAsk');
  return accept({ type: 'ConsultEscalated', from: consult.askedOf, to: next });
}

/** Open before answered, then by deadline, the more urgent first among equals. */
export function byDeadline(a: Consult, b: Consult): number {
  return Number(a.answer !== undefined) - Number(b.answer !== undefined)
    || a.dueAt - b.dueAt
    || URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency)
    || a.id.localeCompare(b.id);
}
