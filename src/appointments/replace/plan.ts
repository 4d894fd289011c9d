import { CHANGES, GAPS_LEFT_OUT, HOURS, BEYOND, NOT_COUNTERPART, NOT_OWN, UNPLACED, type Pattern, type Weights } from './cheapest.ts';
import { LEVELS } from './problem.ts';
import { hoursBeyond, type Terrain } from './terrain.ts';

/** A pattern that some of a group may follow: one column of the optimisation. */
export interface Column extends Pattern {
  readonly group: number;
}

/** Who follows which pattern, and which cohort has each of the seats that are given as a whole (-1: nobody). */
export interface Plan {
  readonly counts: ReadonlyMap<Column, number>;
  readonly whole: readonly number[];
}

export function totalOf(counts: ReadonlyMap<Column, number>, level: number): number {
  let sum = 0;
  for (const [{ levels }, count] of counts) sum += count * levels[level]!;
  return sum;
}

export const NO_WEIGHTS: readonly number[] = LEVELS.map(() => 0);

/**
 * Whole numbers for some levels, so that one more of the first outweighs all a single person can have of those after it. Travel has none: it
 * decides last.
 */
export function inOrder(terrain: Terrain, wanted: readonly number[]): readonly number[] {
  const sessions = Math.max(1, ...terrain.groups.map(({ like }) => like.sessions.length));
  const { times } = terrain;
  const gaps = terrain.groups.map(({ before, like, safeGapMs }) => hoursBeyond(Math.max(like.nextAt ?? 0, times[times.length - 1] ?? 0) - before, safeGapMs));
  const most: Readonly<Record<number, number>> = {
    [CHANGES]: sessions, [NOT_COUNTERPART]: sessions, [NOT_OWN]: sessions, [HOURS]: Math.max(1, ...gaps), [UNPLACED]: sessions, [BEYOND]: GAPS_LEFT_OUT * sessions + 1,
  };
  const weights = [...NO_WEIGHTS];
  let weight = 1;
  for (const level of wanted.toSorted((a, b) => b - a)) {
    weights[level] = weight;
    weight *= (most[level] ?? 0) + 1;
  }
  return weights;
}

/** All levels but travel, in their order: what is best for one person. */
export function strictly(terrain: Terrain): Weights {
  return { first: inOrder(terrain, [BEYOND, UNPLACED, HOURS, NOT_OWN, NOT_COUNTERPART, CHANGES]), then: LEVELS.map((level) => (level === 'travel' ? 1 : 0)) };
}
