import { accept, refuse, type Instant, type Result } from '../base/index.ts';
import { HAND_OVER_EARLY_MS, onDuty, type Shift } from './roster.ts';

export interface Signature {
  readonly name: string;
  readonly at: Instant;
  /** Whose account it was signed with: the desk's, or the district's for somebody who has gone. */
  readonly by: string;
}

/** The line goes from one person to the next. It counts when both have signed, and not before. */
export interface HandOver {
  readonly goes: string;
  readonly comes: string;
  readonly signed: { readonly goes?: Signature; readonly comes?: Signature };
  readonly doneAt?: Instant;
}

export type Hand = 'goes' | 'comes';

/** Who answers for the line at this moment. */
export interface Line {
  /** Whose telephone rings first; absent in a gap. */
  readonly answers?: Shift;
  /** Who owns what is open and owed: whoever took over last, until somebody else has signed. */
  readonly responsible?: Shift;
  /** The shift that began without a hand-over, where one did. */
  readonly notHandedOver?: Shift;
}

/**
 * Exactly one answers, or it is a gap; and exactly one is responsible from the first shift on. A sick person is not rung through
 * to somebody who sleeps after their shift: the telephone follows the roster, responsibility follows the signatures.
 */
export function lineAt(shifts: readonly Shift[], handOvers: readonly HandOver[], institution: string, at: Instant): Line {
  const own = shifts.filter((shift) => shift.institution === institution && shift.answersFrom <= at || signedTo(shift, handOvers, at)).sort((a, b) => a.answersFrom - b.answersFrom);
  const last = handOvers.filter(({ doneAt, comes }) => doneAt !== undefined && doneAt <= at && own.some(({ id }) => id === comes)).sort((a, b) => a.doneAt! - b.doneAt!).at(-1);
  const taken = own.find(({ id }) => id === last?.comes);
  const planned = onDuty(shifts, institution, at);
  const answers = taken && at >= taken.from && at < taken.to ? taken : planned;
  let responsible = taken ?? own[0];
  // Somebody who stays for the next shift too has nobody to hand over to.
  for (const shift of own) {
    if (responsible && shift.answersFrom >= responsible.answersFrom && shift.dutyPerson === responsible.dutyPerson) responsible = shift;
  }
  const waits = answers && responsible && answers.id !== responsible.id && at >= responsible.to;
  return { ...(answers && { answers }), ...(responsible && { responsible }), ...(waits && { notHandedOver: answers }) };
}

const signedTo = ({ id }: Shift, handOvers: readonly HandOver[], at: Instant): boolean => handOvers.some(({ comes, doneAt }) => comes === id && doneAt !== undefined && doneAt <= at);

/** One of the two signs; the second signature does it. A hand-over to somebody who is not on duty would leave the line with nobody. */
export function signHandOver(
  line: Line, shifts: readonly Shift[], before: HandOver | undefined, asked: { readonly goes: string; readonly comes: string; readonly hand: Hand; readonly name: string; readonly by: string }, at: Instant,
): Result<HandOver> {
  const [goes, comes] = [asked.goes, asked.comes].map((id) => shifts.find((shift) => shift.id === id));
  if (!goes) return refuse('shiftUnknown', undefined, 'goes');
  if (!comes || comes.id === goes.id) return refuse('shiftUnknown', undefined, 'comes');
  if (before?.doneAt !== undefined) return refuse('handOverDone', { name: comes.dutyPerson });
  if (line.responsible?.id !== goes.id) return refuse('handOverNotTheirs', { name: line.responsible?.dutyPerson ?? '' }, 'goes');
  if (at < comes.from - HAND_OVER_EARLY_MS || at >= comes.to) return refuse('handOverOffDuty', { name: comes.dutyPerson }, 'comes');
  const signer = asked.hand === 'goes' ? goes : comes;
  if (asked.name !== signer.dutyPerson) return refuse('handOverNotNamed', { name: signer.dutyPerson }, 'name');
  const signed = { ...before?.signed, [asked.hand]: { name: asked.name, at, by: asked.by } };
  return accept({ goes: goes.id, comes: comes.id, signed, ...(signed.goes && signed.comes && { doneAt: at }) });
}
