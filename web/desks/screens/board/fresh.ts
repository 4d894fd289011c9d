import type { BoardCall } from '../../../../src/dispatch/index.ts';

/** The answer of each call as it stands on the screen, and since when. */
export type Shown = ReadonlyMap<string, { readonly answer: string; readonly sinceMs: number }>;

/** An answer that changed within this time is not what was read when the key was pressed. */
const READ_MS = 500;

/** A first answer was not there to be misread: it counts as read. */
export function shownNow(before: Shown, calls: readonly BoardCall[], nowMs: number): Shown {
  return new Map(calls.map(({ journey, answer }) => {
    const now = `${answer?.unit} ${answer?.takenFrom}`;
    const known = before.get(journey);
    return [journey, known?.answer === now ? known : { answer: now, sinceMs: known ? nowMs : nowMs - READ_MS }];
  }));
}

/** Whether the answer of this call has only just become another one. */
export function justChanged(shown: Shown, journey: string, nowMs: number): boolean {
  return nowMs - (shown.get(journey)?.sinceMs ?? nowMs - READ_MS) < READ_MS;
}
