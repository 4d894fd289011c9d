import { within, type Instant, type Window } from '../base/index.ts';

/** One special person of an institution who answers its medical line, and who answers when they do not. */
export interface Shift {
  readonly institution: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly dutyPerson: string;
  readonly phone: string;
  readonly secondPerson?: string;
}

/** Whose telephone rings; undefined when there is a gap in the roster, and then it rings in the district at once. */
export function onDuty(shifts: readonly Shift[], institution: string, at: Instant): Shift | undefined {
  return shifts.filter((shift) => shift.institution === institution && within(shift, at)).sort((a, b) => b.from - a.from)[0];
}

/** The parts of `window` in which nobody answers for the institution: to be filled before they begin. */
export function gaps(shifts: readonly Shift[], institution: string, window: Window & { to: Instant }): readonly (Window & { to: Instant })[] {
  const found: (Window & { to: Instant })[] = [];
  let covered = window.from;
  const inOrder = shifts.filter((shift) => shift.institution === institution && shift.to > window.from && shift.from < window.to)
    .sort((a, b) => a.from - b.from);
  for (const { from, to } of inOrder) {
    if (from > covered) found.push({ from: covered, to: from });
    covered = Math.max(covered, to);
  }
  if (covered < window.to) found.push({ from: covered, to: window.to });
  return found;
}
