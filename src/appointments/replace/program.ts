import { CHANGES, NOT_COUNTERPART, NOT_OWN, TRAVEL } from './cheapest.ts';
import type { Column } from './plan.ts';
import { LEVELS } from './problem.ts';
import type { LinearProgram, SparseColumn } from './solver.ts';
import type { Terrain } from './terrain.ts';

/** The sum of a level may be no more than this. */
export interface Limit {
  readonly level: number;
  readonly most: number;
}

/** What is still to be decided: how many of each group, how many seats of each pool, which whole seats, how much of each limit. */
export interface Rest {
  readonly people: number[];
  readonly seats: number[];
  /** By whole seats: the cohort they were given to, -1 for nobody yet. */
  readonly given: number[];
  readonly limits: Limit[];
}

export function everything({ groups, pools, whole }: Terrain, limits: readonly Limit[]): Rest {
  return { people: groups.map(({ members }) => members.length), seats: pools.map(({ seats }) => seats), given: whole.map(() => -1), limits: [...limits] };
}

/** Weighs more than any pattern: nobody is left over while there is another way. */
export const LEFT_OVER_COST = 10_000;

export const costOf = (levels: readonly number[], weights: readonly number[]): number => levels.reduce((sum, each, level) => sum + each * weights[level]!, 0);

/**
 * The linear program over some columns. Rows: everybody of a group once; seats of each pool; each of the whole seats once; the levels before.
 * Columns: the patterns; to give whole seats to a cohort; for each group to be left over, so that there is always a solution.
 */
export class Master {
  readonly #terrain: Terrain;
  readonly #rest: Rest;
  readonly #weights: readonly number[];
  readonly columns: readonly Column[];

  constructor(terrain: Terrain, columns: readonly Column[], rest: Rest, weights: readonly number[]) {
    [this.#terrain, this.columns, this.#rest, this.#weights] = [terrain, columns, rest, weights];
  }

  get givings(): readonly { readonly whole: number; readonly cohort: number; readonly pool: number }[] {
    return this.#terrain.whole.flatMap(({ pools }, whole) => (this.#rest.given[whole] !== -1 ? [] : pools.flatMap((pool, cohort) => (pool >= 0 ? [{ whole, cohort, pool }] : []))));
  }

  program(): LinearProgram {
    const { people, seats, limits } = this.#rest;
    const { whole } = this.#terrain;
    const none = (count: number): number[] => new Array<number>(count).fill(-Infinity);
    const lead: SparseColumn[] = [
      ...people.map((count, group) => ({ cost: LEFT_OVER_COST, most: count, rows: [group], values: [1] })),
      ...this.givings.map(({ whole: place, pool }) => ({
        cost: 0, most: 1, rows: [people.length + pool, people.length + seats.length + place], values: [-whole[place]!.offered.seats, 1],
      })),
    ];
    return {
      lower: [...people, ...none(seats.length + whole.length + limits.length)],
      upper: [...people, ...seats, ...whole.map(() => 1), ...limits.map(({ most }) => most)],
      columns: [...lead, ...this.columns.map((column) => this.sparse(column))],
    };
  }

  /** Where the patterns begin among the columns of the program. */
  get lead(): number {
    return this.#rest.people.length + this.givings.length;
  }

  sparse({ group, steps, levels }: Column): SparseColumn {
    const { people, seats, limits } = this.#rest;
    const rows = [group, ...steps.filter((pool) => pool >= 0).map((pool) => people.length + pool)];
    const values = rows.map(() => 1);
    limits.forEach(({ level }, limit) => {
      if (levels[level] === 0) return;
      rows.push(people.length + seats.length + this.#terrain.whole.length + limit);
      values.push(levels[level]!);
    });
    return { cost: costOf(levels, this.#weights), most: Infinity, rows, values };
  }

  /** What seats, limits and people cost at the prices of the rows. */
  priced(prices: Float64Array): { readonly people: Float64Array; readonly seats: Float64Array; readonly weights: readonly number[] } {
    const { people, seats, limits } = this.#rest;
    const weights = [...this.#weights];
    const from = people.length + seats.length + this.#terrain.whole.length;
    limits.forEach(({ level }, limit) => (weights[level]! += Math.max(0, -prices[from + limit]!)));
    return { people: prices.subarray(0, people.length), seats: prices.subarray(people.length, people.length + seats.length).map((price) => Math.max(0, -price)), weights };
  }
}

/**
 * Own institution, counterpart, changes of unit and travel in one sum, in thousands of seconds. For one person each counts more than all after
 * it together: nobody gets a nearer seat at the price of a change, or a stranger's unit to be spared one.
 */
export function comfortWeights({ groups }: Terrain): readonly number[] {
  const sessions = Math.max(1, ...groups.map(({ like }) => like.sessions.length));
  const longest = Math.max(0, ...groups.map(({ seconds, like }) => like.sessions.length * (Math.max(0, ...seconds.filter((each) => each < Infinity)) + HOURS_MOVED_MAX)));
  const weights = LEVELS.map(() => 0);
  weights[TRAVEL] = 1 / 1000;
  weights[CHANGES] = (longest + 1) / 1000;
  weights[NOT_COUNTERPART] = sessions * weights[CHANGES]!;
  weights[NOT_OWN] = (sessions + 1) * weights[NOT_COUNTERPART]!;
  return weights;
}

/** A time is moved by no more. */
const HOURS_MOVED_MAX = 100;
