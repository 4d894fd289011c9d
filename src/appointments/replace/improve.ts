import { Cheapest } from './cheapest.ts';
import { Generation, type Generated } from './generate.ts';
import { strictly, totalOf, type Column, type Plan } from './plan.ts';
import { SAFETY, type LevelProof } from './problem.ts';
import { comfortWeights, costOf, everything, type Rest } from './program.ts';
import type { LinearSolver } from './solver.ts';
import type { Terrain } from './terrain.ts';
import { wholly } from './whole.ts';

/** Of the parts of people that a relaxation leaves, this many are made whole before it is solved again. */
const WHOLE_AT_ONCE = 0.25;
const SURE = 0.85;
const DIVES_MAX = 60;
const DIVE_ROUNDS = 4;
/** Everybody is asked once more, with all others where they are; ends when nobody moves. */
const SETTLING_ROUNDS = 6;

/**
 * Makes a plan better. Level by level the relaxation says how safe everybody can be, and that is a condition of what follows; comfort comes
 * last, in one sum. The parts of people that are left are then made whole step by step, with new columns at every step.
 */
export function improve(terrain: Terrain, start: Plan, solver: LinearSolver): { readonly plan: Plan; readonly proofs: readonly LevelProof[] } {
  const generation = new Generation(terrain, start, solver);
  const bounds = SAFETY.map((_, place) => generation.safety(place, totalOf(start.counts, place)).bound);
  const relaxed = generation.comfort(comfortOf(terrain, start.counts));
  const dived = relaxed && resettled(terrain, dive(generation, relaxed));
  const better = (a: Plan, b: Plan | undefined): Plan => (b && compared(terrain, b.counts, a.counts) < 0 ? b : a);
  let plan = better(start, dived);
  if (SAFETY.some((_, place) => totalOf(plan.counts, place) > bounds[place]!)) plan = better(plan, wholly(terrain, generation.columns, solver));
  return { plan, proofs: proofsOf(terrain, plan, [...bounds, Math.max(0, relaxed?.bound ?? 0)]) };
}

/** What a plan comes to beside what no plan can be better than. A bound holds while those before it are kept; where they are not, it says nothing. */
export function proofsOf(terrain: Terrain, { counts }: Plan, bounds: readonly number[]): readonly LevelProof[] {
  const proof = (level: LevelProof['level'], value: number, bound: number): LevelProof => ({ level, value, bound: Math.min(value, bound) });
  const safety = SAFETY.map((level, place) => proof(level, totalOf(counts, place), bounds[place]!));
  return [...safety, proof('comfort', comfortOf(terrain, counts) * 1000, bounds[SAFETY.length]! * 1000)];
}

function comfortOf(terrain: Terrain, counts: Plan['counts']): number {
  const weights = comfortWeights(terrain);
  return [...counts].reduce((sum, [{ levels }, count]) => sum + count * costOf(levels, weights), 0);
}

/** What is safer, or as safe and more comfortable. */
function compared(terrain: Terrain, a: Plan['counts'], b: Plan['counts']): number {
  for (const place of SAFETY.keys()) {
    const difference = totalOf(a, place) - totalOf(b, place);
    if (difference !== 0) return difference;
  }
  return comfortOf(terrain, a) - comfortOf(terrain, b);
}

/** From parts of people to whole ones. Whoever is left over in the end is placed as well as the seats allow. */
function dive(generation: Generation, first: Generated): Plan {
  const { terrain } = generation;
  const weights = comfortWeights(terrain);
  const rest = everything(terrain, generation.limits);
  const counts = new Map<Column, number>();
  let solved: Generated | undefined = first;
  for (let step = 0; solved && step < DIVES_MAX; step += 1) {
    if (!fix(terrain, rest, counts, solved) || rest.people.every((count) => count === 0)) break;
    const columns = generation.columns.filter((column) => rest.people[column.group]! > 0 && fits(rest, column, terrain));
    solved = generation.solve(weights, rest, { columns, roundsMax: DIVE_ROUNDS });
  }
  return withLeftOver(terrain, rest, counts);
}

/** Takes what is whole, or nearly, or at least a part of what is largest. False: nothing could be taken. */
function fix(terrain: Terrain, rest: Rest, counts: Map<Column, number>, { values, master }: Generated): boolean {
  const { columns, lead, givings } = master;
  const parts = givings.map((giving, at) => ({ giving, value: values[rest.people.length + at]! })).filter(({ value }) => value > 1e-6).sort((a, b) => b.value - a.value);
  // Which cohort has the whole seats decides for many: first.
  const give = parts.filter(({ value }, place) => value >= SURE || place < Math.max(1, parts.length * WHOLE_AT_ONCE));
  for (const { giving } of give) {
    if (rest.given[giving.whole] !== -1) continue;
    rest.given[giving.whole] = giving.cohort;
    rest.seats[giving.pool]! += terrain.whole[giving.whole]!.offered.seats;
  }
  const take = (column: Column, wanted: number): number => {
    const count = Math.min(wanted, rest.people[column.group]!, ...column.steps.filter((pool) => pool >= 0).map((pool) => rest.seats[pool]!));
    if (count <= 0) return 0;
    counts.set(column, (counts.get(column) ?? 0) + count);
    rest.people[column.group]! -= count;
    for (const pool of column.steps) if (pool >= 0) rest.seats[pool]! -= count;
    rest.limits.forEach(({ level, most }, at) => (rest.limits[at] = { level, most: Math.max(0, most - count * column.levels[level]!) }));
    return count;
  };
  let taken = give.length;
  const left: { readonly column: Column; readonly part: number }[] = [];
  columns.forEach((column, at) => {
    const value = values[lead + at] ?? 0;
    const sure = Math.floor(value + 1 - SURE);
    if (sure > 0) taken += take(column, sure);
    if (value - sure > 1e-6) left.push({ column, part: value - sure });
  });
  if (parts.length > give.length) return taken > 0;
  left.sort((a, b) => b.part - a.part);
  const people = new Set<number>();
  for (const { column } of left.slice(0, Math.max(1, Math.floor(left.length * WHOLE_AT_ONCE)))) {
    if (people.has(column.group)) continue;
    people.add(column.group);
    taken += take(column, 1);
  }
  return taken > 0;
}

function fits(rest: Rest, { steps }: Column, { whole }: Terrain): boolean {
  return steps.every((pool) => pool < 0 || rest.seats[pool]! > 0 || whole.some(({ pools }, place) => rest.given[place] === -1 && pools.includes(pool)));
}

function withLeftOver(terrain: Terrain, rest: Rest, counts: Map<Column, number>): Plan {
  const cheapest = new Cheapest(terrain);
  const weights = strictly(terrain);
  terrain.groups.forEach((group, index) => {
    for (; rest.people[index]! > 0; rest.people[index]! -= 1) {
      const { pattern } = cheapest.of(group, weights, Float64Array.from(rest.seats, (seats) => (seats > 0 ? 0 : Infinity)))!;
      const column = { ...pattern, group: index };
      counts.set(column, 1);
      for (const pool of column.steps) if (pool >= 0) rest.seats[pool]! -= 1;
    }
  });
  return { counts, whole: rest.given };
}

/** Everybody gives their seats back for a moment and takes the best that is there: nobody can be better off by themselves any more. */
function resettled(terrain: Terrain, plan: Plan): Plan {
  const { groups, pools, whole } = terrain;
  const cheapest = new Cheapest(terrain);
  const weights = strictly(terrain);
  const seats = pools.map(({ seats: own }) => own);
  plan.whole.forEach((cohort, place) => {
    if (cohort >= 0) seats[whole[place]!.pools[cohort]!]! += whole[place]!.offered.seats;
  });
  for (const [{ steps }, count] of plan.counts) for (const pool of steps) if (pool >= 0) seats[pool]! -= count;
  const prices = Float64Array.from(seats, (free) => (free > 0 ? 0 : Infinity));
  const move = (steps: readonly number[], by: 1 | -1): void => {
    for (const pool of steps) {
      if (pool < 0) continue;
      seats[pool]! += by;
      prices[pool] = seats[pool]! > 0 ? 0 : Infinity;
    }
  };
  const people = [...plan.counts].flatMap(([column, count]) => new Array<Column>(count).fill(column));
  for (let round = 0, moved = true; moved && round < SETTLING_ROUNDS; round += 1) {
    moved = false;
    people.forEach((column, at) => {
      move(column.steps, 1);
      const { pattern } = cheapest.of(groups[column.group]!, weights, prices)!;
      const better = compareLevels(pattern.levels, column.levels) < 0;
      if (better) {
        people[at] = { ...pattern, group: column.group };
        moved = true;
      }
      move(people[at]!.steps, -1);
    });
  }
  const counts = new Map<Column, number>();
  const known = new Map<string, Column>();
  for (const column of people) {
    const key = `${column.group}:${column.steps.join()}`;
    const one = known.get(key) ?? column;
    known.set(key, one);
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return { counts, whole: plan.whole };
}

function compareLevels(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((each, level) => Math.abs(each - b[level]!) > 1e-6);
  return place < 0 ? 0 : a[place]! - b[place]!;
}
