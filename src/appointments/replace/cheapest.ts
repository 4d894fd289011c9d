import { HOUR_MS } from '../../base/index.ts';
import { LEVELS } from './problem.ts';
import { canFollow, hoursBeyond, type Group, type Terrain } from './terrain.ts';

/** Where each session of a person goes: a pool, or -1 for none; and what that comes to on each level. */
export interface Pattern {
  readonly steps: readonly number[];
  readonly levels: readonly number[];
}

/**
 * What a level weighs. `first` is compared before anything else, in whole numbers, and `then` decides between equals: so an order holds exactly,
 * whatever a seat costs. Prices of seats and travel count with `then`.
 */
export interface Weights {
  readonly first: readonly number[];
  readonly then: readonly number[];
}

export const [BEYOND, UNPLACED, HOURS, NOT_OWN, NOT_COUNTERPART, CHANGES, TRAVEL] = LEVELS.map((_, place) => place) as [number, number, number, number, number, number, number];
/** A late session breaks two gaps at most: left out it counts as two, so that it is never better to have none. */
export const GAPS_LEFT_OUT = 2;
const NEVER = Infinity;

/** What it costs to have come to each state: compared by `first`, then by `then`. */
interface Costs {
  readonly first: Float64Array;
  readonly then: Float64Array;
}

export interface Found {
  readonly pattern: Pattern;
  readonly first: number;
  readonly then: number;
}

/**
 * The cheapest pattern of a group: a shortest path through its sessions, whose nodes are the last seat taken and whether a session has been left
 * out since. The gaps before and after a session without a seat are counted with the session.
 */
export class Cheapest {
  readonly #terrain: Terrain;
  /** Where the states with a session left out begin; after them, before any seat: without and with one left out. */
  readonly #span: number;
  #now: Costs;
  #next: Costs;
  readonly #back: Int32Array[] = [];
  readonly #unit: Costs;
  readonly #bestAt: Int32Array;
  readonly #from: Costs & { readonly row: Int32Array };

  constructor(terrain: Terrain) {
    this.#terrain = terrain;
    const costs = (count: number): Costs => ({ first: new Float64Array(count), then: new Float64Array(count) });
    this.#span = terrain.times.length * terrain.units;
    [this.#now, this.#next] = [costs(2 * this.#span + 2), costs(2 * this.#span + 2)];
    this.#unit = costs(terrain.units);
    this.#bestAt = new Int32Array(2 * terrain.times.length);
    this.#from = { ...costs(2 * terrain.times.length), row: new Int32Array(2 * terrain.times.length) };
  }

  /**
   * @param prices by pool, Infinity for one that is not to be had
   * @param mayLeaveOut false: undefined is answered where not every session can have a seat
   */
  of(group: Group, weights: Weights, prices: Float64Array, mayLeaveOut = true): Found | undefined {
    const span = this.#span;
    const { sessions } = group.like;
    this.#weighUnits(group, weights);
    while (this.#back.length < sessions.length) this.#back.push(new Int32Array(2 * span + 2));
    this.#now.first.fill(NEVER);
    this.#now.first[2 * span] = 0;
    this.#now.then[2 * span] = 0;
    let active: readonly number[] = [];
    for (let session = 0; session < sessions.length; session += 1) {
      this.#next.first.fill(NEVER);
      if (mayLeaveOut) this.#leaveOut(active, session, weights);
      this.#findBest(active);
      for (const time of group.windows[session]!) this.#place(group, session, time, active, weights, prices, mayLeaveOut ? 2 : 1);
      active = mayLeaveOut ? [...new Set([...active, ...group.windows[session]!])] : group.windows[session]!;
      [this.#now, this.#next] = [this.#next, this.#now];
    }
    return this.#found(group, active);
  }

  #weighUnits({ rank, seconds }: Group, { first, then }: Weights): void {
    const unit = this.#unit;
    for (let at = 0; at < rank.length; at += 1) {
      unit.first[at] = (rank[at]! > 0 ? first[NOT_OWN]! : 0) + (rank[at]! > 1 ? first[NOT_COUNTERPART]! : 0);
      unit.then[at] = (rank[at]! > 0 ? then[NOT_OWN]! : 0) + (rank[at]! > 1 ? then[NOT_COUNTERPART]! : 0) + then[TRAVEL]! * seconds[at]!;
    }
  }

  /** The best unit of each time, for whoever changes. */
  #findBest(active: readonly number[]): void {
    const { first, then } = this.#now;
    const { units, times } = this.#terrain;
    for (const time of active) {
      for (let flag = 0; flag < 2; flag += 1) {
        const row = flag * this.#span + time * units;
        let best = -1;
        for (let state = row; state < row + units; state += 1) {
          if (first[state] === NEVER) continue;
          if (best < 0 || first[state]! < first[best]! || (first[state] === first[best] && then[state]! < then[best]!)) best = state;
        }
        this.#bestAt[flag * times.length + time] = best;
      }
    }
  }

  /** A session without a seat: the last seat stays the last. */
  #leaveOut(active: readonly number[], session: number, { first, then }: Weights): void {
    const [now, next, back, span, units] = [this.#now, this.#next, this.#back[session]!, this.#span, this.#terrain.units];
    const skipFirst = GAPS_LEFT_OUT * first[BEYOND]! + first[UNPLACED]!;
    const skipThen = GAPS_LEFT_OUT * then[BEYOND]! + then[UNPLACED]!;
    const leave = (from: number, to: number): void => {
      const [f, t] = [now.first[from]! + skipFirst, now.then[from]! + skipThen];
      if (f === NEVER || f > next.first[to]! || (f === next.first[to]! && t >= next.then[to]!)) return;
      [next.first[to], next.then[to], back[to]] = [f, t, from];
    };
    leave(2 * span, 2 * span + 1);
    leave(2 * span + 1, 2 * span + 1);
    for (const time of active) {
      for (let state = time * units; state < (time + 1) * units; state += 1) {
        leave(state, span + state);
        leave(span + state, span + state);
      }
    }
  }

  /** A session at a time, at every unit: after the same unit, or after the best of the others and a change. */
  #place(group: Group, session: number, time: number, active: readonly number[], weights: Weights, prices: Float64Array, flags: number): void {
    const { times, days, units, poolAt, restMs } = this.#terrain;
    const [now, next, back, span, unit, from] = [this.#now, this.#next, this.#back[session]!, this.#span, this.#unit, this.#from];
    const { sessions, nextAt } = group.like;
    const startsAt = times[time]!;
    if (nextAt !== undefined && !canFollow(startsAt, nextAt, restMs)) return;
    let [baseFirst, baseThen, baseFrom] = [NEVER, NEVER, -1];
    if (!group.mustRestBefore || canFollow(group.before, startsAt, restMs)) {
      const hours = hoursBeyond(startsAt - group.before, group.safeGapMs);
      [baseFirst, baseThen, baseFrom] = [now.first[2 * span]! + gapCost(hours, weights.first), now.then[2 * span]! + gapCost(hours, weights.then), 2 * span];
      const [f, t] = [now.first[2 * span + 1]!, now.then[2 * span + 1]!];
      if (f < baseFirst || (f === baseFirst && t < baseThen)) [baseFirst, baseThen, baseFrom] = [f, t, 2 * span + 1];
    }
    let sources = 0;
    for (let flag = 0; flag < flags; flag += 1) {
      for (const before of active) {
        const any = this.#bestAt[flag * times.length + before]!;
        if (any < 0 || startsAt - times[before]! < restMs || days[before] === days[time]) continue;
        const hours = flag === 0 ? hoursBeyond(startsAt - times[before]!, group.safeGapMs) : 0;
        const [gapFirst, gapThen] = [gapCost(hours, weights.first), gapCost(hours, weights.then)];
        from.row[sources] = flag * span + before * units;
        from.first[sources] = gapFirst;
        from.then[sources] = gapThen;
        sources += 1;
        const f = now.first[any]! + gapFirst + weights.first[CHANGES]!;
        const t = now.then[any]! + gapThen + weights.then[CHANGES]!;
        if (f < baseFirst || (f === baseFirst && t < baseThen)) [baseFirst, baseThen, baseFrom] = [f, t, any];
      }
    }
    const lastHours = session === sessions.length - 1 && nextAt !== undefined ? hoursBeyond(nextAt - startsAt, group.safeGapMs) : 0;
    const hereFirst = gapCost(lastHours, weights.first);
    const hereThen = gapCost(lastHours, weights.then) + (weights.then[TRAVEL]! * Math.abs(startsAt - sessions[session]!)) / HOUR_MS;
    const pools = (group.cohort * times.length + time) * units;
    const { first: nowFirst, then: nowThen } = now;
    const { first: gapFirst, then: gapThen, row } = from;
    for (let at = 0; at < units; at += 1) {
      const pool = poolAt[pools + at]!;
      if (pool < 0 || prices[pool] === NEVER || group.seconds[at] === NEVER) continue;
      let first = baseFirst;
      let then = baseThen;
      let best = baseFrom;
      for (let source = 0; source < sources; source += 1) {
        const state = row[source]! + at;
        const f = nowFirst[state]! + gapFirst[source]!;
        if (f > first || f === NEVER) continue;
        const t = nowThen[state]! + gapThen[source]!;
        if (f === first && t >= then) continue;
        first = f;
        then = t;
        best = state;
      }
      if (best < 0 || first === NEVER) continue;
      const to = time * units + at;
      next.first[to] = first + hereFirst + unit.first[at]!;
      next.then[to] = then + hereThen + unit.then[at]! + prices[pool]!;
      back[to] = best;
    }
  }

  #found(group: Group, active: readonly number[]): Found | undefined {
    const [now, span, units] = [this.#now, this.#span, this.#terrain.units];
    let best = -1;
    const consider = (state: number): void => {
      if (now.first[state] === NEVER) return;
      if (best < 0 || now.first[state]! < now.first[best]! || (now.first[state] === now.first[best] && now.then[state]! < now.then[best]!)) best = state;
    };
    consider(2 * span);
    consider(2 * span + 1);
    for (const time of active) {
      for (let state = time * units; state < (time + 1) * units; state += 1) {
        consider(state);
        consider(span + state);
      }
    }
    if (best < 0) return undefined;
    const steps: number[] = [];
    for (let session = group.like.sessions.length - 1, state = best; session >= 0; session -= 1) {
      steps[session] = state < span ? this.#terrain.poolAt[group.cohort * span + state]! : -1;
      state = this.#back[session]![state]!;
    }
    return { pattern: { steps, levels: levelsOf(this.#terrain, group, steps) }, first: now.first[best]!, then: now.then[best]! };
  }
}

const gapCost = (hours: number, weights: readonly number[]): number => (hours === 0 ? 0 : weights[BEYOND]! + hours * weights[HOURS]!);

/** What a pattern comes to on each level. */
export function levelsOf(terrain: Terrain, group: Group, steps: readonly number[]): readonly number[] {
  const levels = new Array<number>(LEVELS.length).fill(0);
  const count = (gapMs: number): void => {
    const hours = hoursBeyond(gapMs, group.safeGapMs);
    if (hours > 0) levels[BEYOND]! += 1;
    levels[HOURS]! += hours;
  };
  let last: number | undefined = group.before;
  let lastUnit = -1;
  steps.forEach((step, session) => {
    const pool = terrain.pools[step];
    if (!pool) {
      levels[BEYOND]! += GAPS_LEFT_OUT;
      levels[UNPLACED]! += 1;
      last = undefined;
      return;
    }
    const startsAt = terrain.times[pool.time]!;
    if (last !== undefined) count(startsAt - last);
    if (group.rank[pool.unit]! > 0) levels[NOT_OWN]! += 1;
    if (group.rank[pool.unit]! > 1) levels[NOT_COUNTERPART]! += 1;
    if (lastUnit >= 0 && lastUnit !== pool.unit) levels[CHANGES]! += 1;
    levels[TRAVEL]! += group.seconds[pool.unit]! + Math.abs(startsAt - group.like.sessions[session]!) / HOUR_MS;
    [last, lastUnit] = [startsAt, pool.unit];
  });
  if (last !== undefined && lastUnit >= 0 && group.like.nextAt !== undefined) count(group.like.nextAt - last);
  return levels;
}
