import { accept, refuse, type Instant, type Result } from '../base/index.ts';
import { isOver, MEDICAL_OFFICE, type Asked, type Consult, type ConsultEvent, type Helped, type PassedOnBecause } from './consult.ts';
import { URGENCIES } from './times.ts';

/** Long enough for everything a colleague has to know; the rest is said on the telephone. */
export const TEXT_LENGTH_MAX = 4_000;

/** Who does it: the hospital they speak for comes from their post, never from what they send. */
export interface Signer {
  readonly id: string;
  readonly name: string;
  readonly of: string;
}

const over = ({ withdrawn }: Consult): Result<never> => refuse(withdrawn ? 'consultWithdrawn' : 'alreadyAnswered');

/**
 * Who takes it answers for it: one expert, by name. One who let the time pass is relieved by whoever takes it next, at another house or their own;
 * until then it stays theirs.
 */
export function takeConsult(consult: Consult, { id, name, of }: Signer): Result<ConsultEvent> {
  if (isOver(consult)) return over(consult);
  if (consult.taken?.by === id) return refuse('consultIsYours');
  if (consult.taken && !isPassedOn(consult)) return refuse('consultTaken', { by: consult.taken.name });
  return accept({ type: 'ConsultTaken', by: id, name, of });
}

/** Its time passed, or it was declined, after it was taken: somebody else is being asked. */
export function isPassedOn({ taken, escalations }: Consult): boolean {
  return taken !== undefined && escalations.length > taken.passes;
}

/** The one who cannot: it goes on at once, with a reason, and stays on record. */
export function declineConsult(consult: Consult, { id, of }: Signer, next: Asked): Result<ConsultEvent> {
  if (isOver(consult)) return over(consult);
  if (consult.taken && consult.taken.by !== id && !isPassedOn(consult)) return refuse('consultTaken', { by: consult.taken.name });
  if (!consult.taken && consult.askedOf !== of) return refuse('consultNotYours');
  return accept({ type: 'ConsultPassedOn', to: next, because: 'declined', by: id });
}

/** The medical office names somebody, also one who rests: a person decides that, and it is on record whose decision it was. */
export function assignConsult(consult: Consult, { id }: Pick<Signer, 'id'>, to: Asked): Result<ConsultEvent> {
  if (isOver(consult)) return over(consult);
  if (to.of === consult.askedFrom) return refuse('askedOfThemselves', undefined, 'hospital');
  return accept({ type: 'ConsultPassedOn', to, because: 'assigned', by: id });
}

/** In writing: what was only said cannot be followed, nor proved. */
export function answerConsult(consult: Consult, { id, name }: Signer, text: string): Result<ConsultEvent> {
  const refused = onlyTheirs(consult, id);
  if (refused) return refused;
  return written(text, (given) => ({ type: 'ConsultAnswered', by: id, name, text: given }));
}

export function offerCall(consult: Consult, { id, name }: Signer, kind: 'voice' | 'video', url: string): Result<ConsultEvent> {
  return onlyTheirs(consult, id) ?? accept({ type: 'CallOffered', by: id, name, kind, url });
}

/** Both sides may write down what they did together, also after the answer: the case goes on. */
export function treatTogether(consult: Consult, { id, name, of }: Signer, text: string): Result<ConsultEvent> {
  if (consult.withdrawn) return over(consult);
  if (!consult.taken) return refuse('consultNotTaken');
  if (of !== consult.askedFrom && consult.taken.by !== id) return refuse('consultTaken', { by: consult.taken.name });
  return written(text, (given) => ({ type: 'TreatedTogether', by: id, name, text: given }));
}

/** Whoever asked says whether it helped; said again, it is the last word that counts. */
export function rateConsult(consult: Consult, { id, name }: Pick<Signer, 'id' | 'name'>, helped: Helped, note?: string): Result<ConsultEvent> {
  if (!consult.answer) return refuse('notAnsweredYet');
  return accept({ type: 'ConsultRated', by: id, name, helped, ...(note && { note }) });
}

export function withdrawConsult(consult: Consult, { id, name }: Pick<Signer, 'id' | 'name'>, reason: string): Result<ConsultEvent> {
  if (isOver(consult)) return over(consult);
  if (!reason.trim()) return refuse('reasonMissing', undefined, 'reason');
  return accept({ type: 'ConsultWithdrawn', by: id, name, reason: reason.trim() });
}

/**
 * The time is over: the next is asked. At the medical office it stays, and is told again: a question that nobody answers has not gone away.
 * @param sawDueAt the deadline that was seen to pass: however many servers look, it happens once
 */
export function escalateConsult(consult: Consult, next: Asked, sawDueAt: Instant, at: Instant): Result<ConsultEvent> {
  if (isOver(consult)) return over(consult);
  if (consult.dueAt !== sawDueAt || at < consult.dueAt) return refuse('deadlineMoved');
  const because: PassedOnBecause = consult.taken && !isPassedOn(consult) ? 'notAnswered' : 'notTaken';
  return accept({ type: 'ConsultPassedOn', to: consult.askedOf === MEDICAL_OFFICE ? { of: MEDICAL_OFFICE } : next, because });
}

/** Open before answered, then by deadline, the more urgent first among equals. */
export function byDeadline(a: Consult, b: Consult): number {
  return Number(isOver(a)) - Number(isOver(b))
    || a.dueAt - b.dueAt
    || URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency)
    || a.id.localeCompare(b.id);
}

function onlyTheirs(consult: Consult, by: string): Result<never> | undefined {
  if (isOver(consult)) return over(consult);
  if (!consult.taken) return refuse('consultNotTaken');
  return consult.taken.by === by ? undefined : refuse('consultTaken', { by: consult.taken.name });
}

function written(text: string, event: (given: string) => ConsultEvent): Result<ConsultEvent> {
  const given = text.trim();
  if (!given) return refuse('answerMissing', undefined, 'text');
  if (given.length > TEXT_LENGTH_MAX) return refuse('textTooLong', { max: TEXT_LENGTH_MAX }, 'text');
  return accept(event(given));
}
