import { levelsOf } from './cheapest.ts';
import { NO_WEIGHTS, totalOf, type Column, type Plan } from './plan.ts';
import { SAFETY } from './problem.ts';
import { comfortWeights, everything, Master, type Limit } from './program.ts';
import type { LinearSolver } from './solver.ts';
import { canFollow, type Group, type Terrain } from './terrain.ts';

/** With no more patterns than this all of them are tried together, and the answer is exact. */
const PATTERNS_MAX = 4_000;
const NODES_MAX = 300;

/**
 * The best plan in whole people by branch and bound, safety level by level, then comfort. For few people over all patterns there are, for many
 * over those at hand. Undefined: too many, or nothing was found in time.
 */
export function wholly(terrain: Terrain, known: readonly Column[], solver: LinearSolver): Plan | undefined {
  const columns = allPatterns(terrain) ?? known;
  if (columns.length > PATTERNS_MAX) return undefined;
  const limits: Limit[] = [];
  let plan: Plan | undefined;
  for (const place of [...SAFETY.keys(), SAFETY.length]) {
    const weights = place < SAFETY.length ? NO_WEIGHTS.map((_, level) => (level === place ? 1 : 0)) : comfortWeights(terrain);
    const master = new Master(terrain, columns, everything(terrain, limits), weights);
    const values = solver.whole(master.program(), NODES_MAX);
    const next = values && planOf(terrain, master, values);
    if (!next) return plan;
    plan = next;
    if (place < SAFETY.length) limits.push({ level: place, most: totalOf(plan.counts, place) });
  }
  return plan;
}

function planOf(terrain: Terrain, { columns, lead, givings }: Master, values: Float64Array): Plan | undefined {
  const people = terrain.groups.length;
  if (values.subarray(0, people).some((left) => left > 0.5)) return undefined;
  const whole = terrain.whole.map(() => -1);
  givings.forEach(({ whole: place, cohort }, at) => {
    if (values[people + at]! > 0.5) whole[place] = cohort;
  });
  return { counts: new Map(columns.map((column, at) => [column, Math.round(values[lead + at]!)] as const).filter(([, count]) => count > 0)), whole };
}

/** Undefined when there are too many of them. */
function allPatterns(terrain: Terrain): readonly Column[] | undefined {
  const columns: Column[] = [];
  for (const [group, like] of terrain.groups.entries()) {
    for (const steps of patternsOf(terrain, like)) {
      columns.push({ group, steps, levels: levelsOf(terrain, like, steps) });
      if (columns.length > PATTERNS_MAX) return undefined;
    }
  }
  return columns;
}

function* patternsOf(terrain: Terrain, group: Group, steps: readonly number[] = [], last?: number): Generator<readonly number[]> {
  const { times, units, poolAt, restMs } = terrain;
  const { sessions, nextAt, previousAt } = group.like;
  if (steps.length === sessions.length) return void (yield steps);
  yield* patternsOf(terrain, group, [...steps, -1], last);
  const before = last ?? previousAt;
  for (const time of group.windows[steps.length]!) {
    const startsAt = times[time]!;
    if ((before !== undefined && !canFollow(before, startsAt, restMs)) || (nextAt !== undefined && !canFollow(startsAt, nextAt, restMs))) continue;
    for (let unit = 0; unit < units; unit += 1) {
      const pool = poolAt[(group.cohort * times.length + time) * units + unit]!;
      if (pool >= 0 && group.seconds[unit]! < Infinity) yield* patternsOf(terrain, group, [...steps, pool], startsAt);
    }
  }
}
