import { HOUR_MS, MINUTE_MS, type Instant, type Refusal, type Window } from '../base/index.ts';

/** One special person of an institution who answers its medical line, and who answers when they do not. */
export interface Shift {
  readonly id: string;
  readonly institution: string;
  readonly from: Instant;
  /** From here on the line is theirs: later than `from` by the time both are there for a named hand-over. */
  readonly answersFrom: Instant;
  readonly to: Instant;
  readonly dutyPerson: string;
  readonly phone: string;
  readonly secondPerson?: string;
  readonly secondPhone?: string;
  /** Whom they relieve, where both are there at the same time. */
  readonly takesOverFrom?: string;
}

export type NewShift = Omit<Shift, 'id' | 'answersFrom'>;

/** Longer is a hole that looks like a shift: nobody answers a telephone for two days. */
export const SHIFT_MAX_MS = 24 * HOUR_MS;
/** Both there for so long at most; more is two people of whom each thinks that the other answers. */
export const HAND_OVER_MAX_MS = HOUR_MS;
/** The hand-over is signed when the next one is there: not before this. */
export const HAND_OVER_EARLY_MS = HOUR_MS;
/** So long after the shift ended without a hand-over the district is told. */
export const HAND_OVER_LATE_MS = 15 * MINUTE_MS;

/**
 * A shift among those that stand, or why not. Two at the same time are refused, unless the later one names whom it relieves: then
 * the earlier one answers to its end, or until both have signed.
 */
export function placeShift(shifts: readonly Shift[], shift: NewShift): { readonly shift: Omit<Shift, 'id'> } | { readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  if (shift.to <= shift.from) return { refusals: [{ code: 'endsBeforeBegin', field: 'to' }] };
  if (shift.to - shift.from > SHIFT_MAX_MS) refusals.push({ code: 'dutyTooLong', field: 'to', facts: { hours: SHIFT_MAX_MS / HOUR_MS } });
  if ((shift.secondPerson === undefined) !== (shift.secondPhone === undefined)) refusals.push({ code: 'secondPersonIncomplete', field: shift.secondPerson === undefined ? 'secondPerson' : 'secondPhone' });
  if (shift.secondPhone !== undefined && digits(shift.secondPhone) === digits(shift.phone)) refusals.push({ code: 'secondPhoneSame', field: 'secondPhone' });
  let answersFrom = shift.from;
  for (const other of shifts) {
    if (other.institution !== shift.institution || other.to <= shift.from || other.from >= shift.to) continue;
    const relieves = shift.takesOverFrom === other.dutyPerson && other.from < shift.from && other.to < shift.to;
    if (relieves && other.to - shift.from <= HAND_OVER_MAX_MS) answersFrom = Math.max(answersFrom, other.to);
    // The one who comes after names this one and was entered first.
    else if (!(other.takesOverFrom === shift.dutyPerson && shift.from < other.from && shift.to <= other.answersFrom)) {
      refusals.push({ code: relieves ? 'handOverTooLong' : 'dutyOverlaps', field: 'from', facts: { name: other.dutyPerson, overlapFrom: Math.max(other.from, shift.from), overlapTo: Math.min(other.to, shift.to) } });
    }
  }
  return refusals.length > 0 ? { refusals } : { shift: { ...shift, answersFrom } };
}

/** Whose telephone rings by the roster; undefined when there is a gap, and then it rings in the district at once. */
export function onDuty(shifts: readonly Shift[], institution: string, at: Instant): Shift | undefined {
  return shifts.find((shift) => shift.institution === institution && at >= shift.answersFrom && at < shift.to);
}

/** The parts of `window` in which nobody answers for the institution: to be filled before they begin. */
export function gaps(shifts: readonly Shift[], institution: string, window: Window & { to: Instant }): readonly (Window & { to: Instant })[] {
  const found: (Window & { to: Instant })[] = [];
  let covered = window.from;
  const inOrder = shifts.filter((shift) => shift.institution === institution && shift.to > window.from && shift.answersFrom < window.to)
    .sort((a, b) => a.answersFrom - b.answersFrom);
  for (const { answersFrom, to } of inOrder) {
    if (answersFrom > covered) found.push({ from: covered, to: answersFrom });
    covered = Math.max(covered, to);
  }
  if (covered < window.to) found.push({ from: covered, to: window.to });
  return found;
}

const digits = (phone: string): string => phone.replace(/\D/g, '');
