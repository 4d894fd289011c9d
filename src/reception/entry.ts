import type { Entry } from '../policy/index.ts';
import type { Acuity } from '../triage/index.ts';
import { entryFor, type EntryDecision, type RefusalGround } from './arrival.ts';

/** What a test may be at a door: nothing, or taken while treatment goes on. There is no member for "before". */
export type TestAtDoor = 'none' | 'inParallel';

/** The answer for one person who stands at a door now. There is no member for "not at all". */
export interface DoorAnswer {
  readonly via: EntryDecision;
  readonly test: TestAtDoor;
  /** Straight to whoever treats: no desk, no paper, no queue before. */
  readonly atOnce: boolean;
}

/** Children under three are let in without one (announcement of 23 November 2022); whoever came with them is tested instead. */
const NO_TEST_BELOW_MONTHS = 36;

/**
 * Which way in, and whether a test is taken beside it. At acuity I and II nothing comes before treatment: the sample is taken while they are treated.
 * Whose age is not known, and who looks like a small child, is one: a test too few is the smaller error.
 */
export function answerAtDoor({ entry, acuity, ageMonths, refusedOn }: { readonly entry: Entry; readonly acuity: Acuity; readonly ageMonths?: number | undefined; readonly refusedOn?: RefusalGround | undefined }): DoorAnswer {
  const atOnce = acuity === 'I' || acuity === 'II';
  const small = ageMonths !== undefined && ageMonths < NO_TEST_BELOW_MONTHS;
  return { via: entryFor(entry, refusedOn), test: entry.testRequired && !small ? 'inParallel' : 'none', atOnce };
}
