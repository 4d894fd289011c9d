import { CHAIR_COHORTS } from '../series.ts';
import { Cheapest, GAPS_LEFT_OUT, UNPLACED, type Found } from './cheapest.ts';
import { inOrder, NO_WEIGHTS, type Column, type Plan } from './plan.ts';
import { SAFETY, type LevelProof } from './problem.ts';
import { comfortWeights, costOf, everything, Master, type Limit, type Rest } from './program.ts';
import type { LinearSolver } from './solver.ts';
import type { Group, Terrain } from './terrain.ts';

/** Rounds of new columns, and columns the solver looks at in all of them; what is not proven after them is said in the proof. */
const ROUNDS_MAX = 40;
const LOOKED_AT_MAX = 300_000;
const SAFETY_LOOKED_AT_MAX = 80_000;
/** A relaxation this near to its bound is good enough to look for whole people. */
const NEAR_ENOUGH = 0.002;
const EPSILON = 1e-6;
/** Steps towards the prices of seats before the solver is asked: each looks once at everybody. */
const STEPS = 60;
/** Columns met in so many of the last steps are given to the solver. */
const STEPS_KEPT = 6;
/** Each step goes on a little in the direction of the one before. */
const KEPT_DIRECTION = 0.6;
/** Steps without a better bound, after which they are made smaller. */
const PATIENCE = 5;

export interface Generated {
  readonly value: number;
  readonly bound: number;
  readonly values: Float64Array;
  readonly master: Master;
}

/** When a relaxation is solved well enough, and from which columns it begins. */
interface Until {
  readonly enough?: (value: number, bound: number) => boolean;
  readonly columns?: readonly Column[];
  readonly roundsMax?: number;
  readonly lookedAtMax?: number;
}

/**
 * Columns by price: the relaxation over *all* patterns of all people, solved with few of them. HiGHS says what each seat is worth; the cheapest
 * pattern at these prices either makes the plan better or proves that none does. So the bound holds for every plan, not for the columns at hand.
 */
export class Generation {
  readonly terrain: Terrain;
  readonly #solver: LinearSolver;
  readonly #cheapest: Cheapest;
  readonly #known = new Set<string>();
  columns: Column[] = [];
  /** Levels on which everybody can have the best there is for them alone: nobody gets a pattern that is worse there. */
  readonly #settled: number[] = [];
  #first: readonly number[] = NO_WEIGHTS;
  #best: readonly number[] | undefined;
  #mayLeaveOut = true;
  /** Levels on which somebody gives way for others: their sum may not grow. */
  readonly limits: Limit[] = [];

  constructor(terrain: Terrain, start: Plan, solver: LinearSolver) {
    this.terrain = terrain;
    this.#solver = solver;
    this.#cheapest = new Cheapest(terrain);
    for (const column of start.counts.keys()) this.#keep(column);
  }

  /** Bounds a level of safety, and makes what can be reached there a condition of all that follows. */
  safety(place: number, reached: number): LevelProof {
    const level = SAFETY[place]!;
    const weights = NO_WEIGHTS.map((_, at) => (at === place ? 1 : 0));
    const alone = this.#alone(weights);
    if (reached <= alone + EPSILON) {
      this.#settle(place, alone);
      return { level, value: reached, bound: reached };
    }
    const whole = (value: number, bound: number): boolean => Math.ceil(bound - 1e-4) >= value - 1e-4;
    const solved = this.solve(weights, everything(this.terrain, this.limits), { enough: whole, lookedAtMax: SAFETY_LOOKED_AT_MAX });
    const bound = Math.max(alone, Math.ceil((solved?.bound ?? alone) - 1e-4), level === 'hoursBeyond' ? 0 : seatsShort(this.terrain) * (level === 'beyondGap' ? GAPS_LEFT_OUT : 1));
    const target = Math.min(reached, Math.ceil((solved?.value ?? reached) - 1e-4));
    if (target <= alone + EPSILON) this.#settle(place, alone);
    else this.limits.push({ level: place, most: target });
    return { level, value: reached, bound };
  }

  /** The relaxation of everything after safety. `reached` is what a plan at hand comes to. */
  comfort(reached: number): Generated | undefined {
    const weights = comfortWeights(this.terrain);
    // With limits on safety the prices of seats follow from theirs, and only the solver knows those.
    const bound = this.limits.length === 0 ? this.#approach(weights, reached) : -Infinity;
    const solved = this.solve(weights, everything(this.terrain, this.limits));
    return solved && { ...solved, bound: Math.max(solved.bound, bound) };
  }

  /** The sum when nobody has to leave a seat to anybody. */
  #alone(weights: readonly number[]): number {
    const free = new Float64Array(this.terrain.pools.length);
    return this.terrain.groups.reduce((sum, group, index) => {
      const { pattern, then } = this.#found(group, index, weights, free)!;
      this.#keep({ ...pattern, group: index });
      return sum + then * group.members.length;
    }, 0);
  }

  #settle(place: number, alone: number): void {
    this.#settled.push(place);
    if (place === UNPLACED && alone === 0) this.#mayLeaveOut = false;
    this.#first = inOrder(this.terrain, this.#settled);
    const weights = { first: this.#first, then: NO_WEIGHTS };
    const free = new Float64Array(this.terrain.pools.length);
    const best = this.terrain.groups.map((group) => this.#cheapest.of(group, weights, free)!.first);
    this.#best = best;
    this.columns = this.columns.filter(({ group, levels }) => costOf(levels, weights.first) <= best[group]! + EPSILON);
  }

  /** The cheapest pattern that gives up nothing that is settled. */
  #found(group: Group, index: number, then: readonly number[], prices: Float64Array): Found | undefined {
    const found = this.#cheapest.of(group, { first: this.#first, then }, prices, this.#mayLeaveOut);
    return found && this.#best && found.first > this.#best[index]! + EPSILON ? undefined : found;
  }

  #keep(column: Column): boolean {
    const key = `${column.group}:${column.steps.join()}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    this.columns.push(column);
    return true;
  }

  /**
   * Towards the prices at which the seats just suffice (subgradients with steps after Polyak): dear where too many want the same, cheaper where
   * seats are left. Every step proves a bound; the patterns met on the way are most of those the solver will need.
   */
  #approach(weights: readonly number[], reached: number): number {
    const { groups, pools, whole } = this.terrain;
    let prices = new Float64Array(pools.length);
    let best: { readonly bound: number; readonly prices: Float64Array<ArrayBuffer> } = { bound: -Infinity, prices };
    const direction = new Float64Array(pools.length);
    let [size, patience] = [1, PATIENCE];
    for (let step = 0; step < STEPS; step += 1) {
      const wanted = Float64Array.from(pools, ({ seats }) => -seats);
      let bound = 0;
      groups.forEach((group, index) => {
        const { pattern, then } = this.#found(group, index, weights, prices)!;
        bound += then * group.members.length;
        for (const pool of pattern.steps) if (pool >= 0) wanted[pool]! += group.members.length;
        if (step >= STEPS - STEPS_KEPT) this.#keep({ ...pattern, group: index });
      });
      pools.forEach(({ seats }, pool) => (bound -= seats * prices[pool]!));
      for (const { offered, pools: to } of whole) {
        const dearest = to.filter((pool) => pool >= 0).sort((a, b) => prices[b]! - prices[a]!)[0];
        if (dearest === undefined) continue;
        bound -= offered.seats * prices[dearest]!;
        wanted[dearest]! -= offered.seats;
      }
      if (bound > best.bound + EPSILON) [best, patience] = [{ bound, prices }, PATIENCE];
      else patience -= 1;
      if (patience === 0) [size, patience, prices] = [size / 2, PATIENCE, best.prices];
      for (let pool = 0; pool < direction.length; pool += 1) direction[pool] = wanted[pool]! + KEPT_DIRECTION * direction[pool]!;
      const steepness = direction.reduce((sum, each, pool) => sum + (each > 0 || prices[pool]! > 0 ? each * each : 0), 0);
      if (steepness === 0) break;
      const move = (size * Math.max(reached - bound, 0)) / steepness;
      prices = prices.map((price, pool) => Math.max(0, price + move * direction[pool]!));
    }
    return best.bound;
  }

  /** Adds columns until none is cheaper, or `enough` says so of value and bound. Undefined: the solver gave up. */
  solve(weights: readonly number[], rest: Rest, { enough = nearEnough, columns = this.columns, roundsMax = ROUNDS_MAX, lookedAtMax = LOOKED_AT_MAX }: Until = {}): Generated | undefined {
    const { groups } = this.terrain;
    const used = [...columns];
    const master = new Master(this.terrain, used, rest, weights);
    const open = this.#solver.open(master.program());
    try {
      let bound = -Infinity;
      let lookedAt = 0;
      for (let round = 0; ; round += 1) {
        const relaxed = open.minimise();
        if (!relaxed) return undefined;
        lookedAt += used.length;
        const { people, seats, weights: priced } = master.priced(relaxed.prices);
        const offered = seats.map((price, pool) => (this.#canBeHad(rest, pool) ? price : Infinity));
        const fresh: Column[] = [];
        let saving = 0;
        groups.forEach((group, index) => {
          if (rest.people[index] === 0) return;
          const found = this.#found(group, index, priced, offered);
          if (!found || found.then - people[index]! >= -EPSILON) return;
          saving += (found.then - people[index]!) * rest.people[index]!;
          const column = { ...found.pattern, group: index };
          if (this.#keep(column)) fresh.push(column);
        });
        bound = Math.max(bound, relaxed.objective + saving);
        if (fresh.length === 0 || round >= roundsMax || lookedAt > lookedAtMax || enough(relaxed.objective, bound)) return { value: relaxed.objective, bound, values: relaxed.values, master };
        used.push(...fresh);
        open.add(fresh.map((column) => master.sparse(column)));
      }
    } finally {
      open.close();
    }
  }

  #canBeHad({ seats, given }: Rest, pool: number): boolean {
    return seats[pool]! > 0 || this.terrain.whole.some(({ pools }, place) => given[place] === -1 && pools.includes(pool));
  }
}

/** So many sessions can have no seat, because there are fewer seats than sessions. */
function seatsShort({ pools, whole, groups }: Terrain): number {
  const short = CHAIR_COHORTS.map((_, cohort) => {
    const wanted = groups.reduce((sum, group) => sum + (group.cohort === cohort ? group.members.length * group.like.sessions.length : 0), 0);
    return Math.max(0, wanted - pools.reduce((sum, pool) => sum + (pool.cohort === cohort ? pool.seats : 0), 0));
  });
  return Math.max(0, short.reduce((sum, each) => sum + each, 0) - whole.reduce((sum, { offered }) => sum + offered.seats, 0));
}

const nearEnough = (value: number, bound: number): boolean => value - bound <= NEAR_ENOUGH * Math.max(1, Math.abs(value));
