import { HOUR_MS } from '../../base/index.ts';
import { Cheapest } from './cheapest.ts';
import { strictly, type Column, type Plan } from './plan.ts';
import type { Terrain } from './terrain.ts';

/**
 * One person after the other, whoever's gap ends first, each to the best that is left: what a careful head nurse does with a telephone. The plan
 * from which the optimisation starts, and the one that stands where no solver can be had.
 */
export function greedily(terrain: Terrain): Plan {
  const { groups, pools, whole } = terrain;
  const cheapest = new Cheapest(terrain);
  const weights = strictly(terrain);
  const left = pools.map(({ seats }) => seats);
  const given = whole.map(() => -1);
  const wholeOf = new Map<number, number[]>();
  whole.forEach((seats, place) => seats.pools.forEach((pool) => pool >= 0 && wholeOf.set(pool, [...(wholeOf.get(pool) ?? []), place])));
  const spare = (pool: number): number | undefined => wholeOf.get(pool)?.find((place) => given[place] === -1);
  const prices = Float64Array.from(pools, (_, pool) => (left[pool]! > 0 || spare(pool) !== undefined ? 0 : Infinity));
  const take = (pool: number): void => {
    if (left[pool] === 0) {
      const place = spare(pool)!;
      given[place] = pools[pool]!.cohort;
      left[pool] = whole[place]!.offered.seats;
      for (const other of whole[place]!.pools) if (other >= 0 && left[other] === 0 && spare(other) === undefined) prices[other] = Infinity;
    }
    left[pool]! -= 1;
    if (left[pool] === 0 && spare(pool) === undefined) prices[pool] = Infinity;
  };
  const counts = new Map<Column, number>();
  const order = groups.map((group, place) => ({ group, place, dueAt: group.before + group.like.safeGapHours * HOUR_MS })).sort((a, b) => a.dueAt - b.dueAt || a.place - b.place);
  for (const { group, place } of order) {
    const columns = new Map<string, Column>();
    for (const _ of group.members) {
      const { pattern } = cheapest.of(group, weights, prices)!;
      const key = pattern.steps.join();
      const column = columns.get(key) ?? { ...pattern, group: place };
      columns.set(key, column);
      counts.set(column, (counts.get(column) ?? 0) + 1);
      for (const pool of pattern.steps) if (pool >= 0) take(pool);
    }
  }
  return { counts, whole: given };
}
