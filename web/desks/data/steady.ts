/**
 * A list that never moves under the cursor. While somebody points at it or types in it, rows keep their places: what is new
 * waits to be let in, what has gone stays as a shadow. Acting on the wrong person because the list jumped is the worse error
 * than seeing a new row one keystroke later.
 */
export interface Steady<T> {
  readonly rows: readonly SteadyRow<T>[];
  /** New rows that wait outside until the list is let go or asked for them. */
  readonly waiting: readonly T[];
}
export interface SteadyRow<T> {
  readonly item: T;
  /** No longer in the list: shown faded so that nothing moves up. */
  readonly gone: boolean;
}

/**
 * `before` is what stands on the screen now, `incoming` the list as it should be. At rest the incoming order holds; held, the
 * order on the screen does.
 */
export function steady<T>(
  before: readonly SteadyRow<T>[],
  incoming: readonly T[],
  held: boolean,
  idOf: (item: T) => string,
): Steady<T> {
  if (!held || before.length === 0) return { rows: incoming.map((item) => ({ item, gone: false })), waiting: [] };
  const now = new Map(incoming.map((item) => [idOf(item), item]));
  const shown = new Set(before.map(({ item }) => idOf(item)));
  return {
    rows: before.map(({ item }) => {
      const fresh = now.get(idOf(item));
      return fresh === undefined ? { item, gone: true } : { item: fresh, gone: false };
    }),
    waiting: incoming.filter((item) => !shown.has(idOf(item))),
  };
}
