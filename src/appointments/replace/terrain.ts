import { DAY_MS, HOUR_MS, startOfDay, type Instant } from '../../base/index.ts';
import { GAP_RULES } from '../safe-gap.ts';
import { CHAIR_COHORTS } from '../series.ts';
import { UNREACHABLE, type Displaced, type OfferedSeats, type ReplaceProblem } from './problem.ts';

/** Seats of one unit that begin at one time and are for one cohort: which of them it is makes no difference to anybody. */
export interface Pool {
  readonly unit: number;
  readonly time: number;
  readonly cohort: number;
  readonly seats: number;
  readonly slots: readonly OfferedSeats[];
}

/** Seats that can be given to one cohort as a whole, and the pool of each cohort they would go to. */
export interface WholeSeats {
  readonly offered: OfferedSeats;
  /** By cohort; -1 where nobody of it is displaced. */
  readonly pools: readonly number[];
}

/** People for whom every place is as good: one variable of the optimisation, however many they are. */
export interface Group {
  /** Places in `displaced`. */
  readonly members: readonly number[];
  readonly like: Displaced;
  readonly cohort: number;
  /** For each unit: seconds of travel (Infinity: no way), and 0 own institution, 1 counterpart, 2 elsewhere. */
  readonly seconds: Float64Array;
  readonly rank: Uint8Array;
  /** For each session the times it may be placed at. */
  readonly windows: readonly (readonly number[])[];
  /** The start before the first session, as far as the safe gap asks. */
  readonly before: Instant;
  readonly mustRestBefore: boolean;
  readonly safeGapMs: number;
}

/** A problem as the optimisation sees it: distinct times, pools of seats, groups of people. */
export interface Terrain {
  readonly problem: ReplaceProblem;
  readonly units: number;
  /** Distinct starts, ascending, and the day of each. */
  readonly times: Float64Array;
  readonly days: Float64Array;
  readonly restMs: number;
  readonly pools: readonly Pool[];
  /** `poolAt[(cohort * times + time) * units + unit]`, -1 without seats. */
  readonly poolAt: Int32Array;
  readonly whole: readonly WholeSeats[];
  readonly groups: readonly Group[];
}

export function terrainOf(problem: ReplaceProblem): Terrain {
  const { displaced, units, seats: all } = problem;
  const unitAt = new Map(units.map((unit, place) => [unit, place]));
  const offered = all.filter(({ startsAt, institution, seats }) => startsAt >= problem.earliestAt && seats > 0 && unitAt.has(institution))
    .sort((a, b) => a.startsAt - b.startsAt || compare(a.slot, b.slot));
  const times = Float64Array.from([...new Set(offered.map(({ startsAt }) => startsAt))]);
  const timeAt = new Map([...times].map((time, place) => [time, place]));
  const wanted = new Set(displaced.map(({ cohort }) => CHAIR_COHORTS.indexOf(cohort)));
  const poolAt = new Int32Array(CHAIR_COHORTS.length * times.length * units.length).fill(-1);
  const pools: (Pool & { seats: number; slots: OfferedSeats[] })[] = [];
  const poolFor = ({ institution, startsAt }: OfferedSeats, cohort: number): number => {
    const [unit, time] = [unitAt.get(institution)!, timeAt.get(startsAt)!];
    const place = (cohort * times.length + time) * units.length + unit;
    if (poolAt[place] === -1) poolAt[place] = pools.push({ unit, time, cohort, seats: 0, slots: [] }) - 1;
    return poolAt[place]!;
  };
  const whole: WholeSeats[] = [];
  for (const seats of offered) {
    if (seats.cohort === null) {
      whole.push({ offered: seats, pools: CHAIR_COHORTS.map((_, cohort) => (wanted.has(cohort) ? poolFor(seats, cohort) : -1)) });
      continue;
    }
    const cohort = CHAIR_COHORTS.indexOf(seats.cohort);
    if (!wanted.has(cohort)) continue;
    const pool = pools[poolFor(seats, cohort)]!;
    pool.seats += seats.seats;
    pool.slots.push(seats);
  }
  const { restHours, movableHours } = GAP_RULES[problem.service];
  return {
    problem, units: units.length, times, days: times.map(startOfDay), restMs: restHours * HOUR_MS, pools, poolAt, whole,
    groups: groupsOf(problem, times, movableHours * HOUR_MS),
  };
}

function groupsOf(problem: ReplaceProblem, times: Float64Array, movableMs: number): readonly Group[] {
  const { displaced, units, travel, at } = problem;
  const alike = new Map<string, number[]>();
  displaced.forEach(({ series: _, ...rest }, place) => {
    const { cohort, origin, institution, counterparts, safeGapHours, previousAt, sessions, nextAt } = rest;
    const key = JSON.stringify([cohort, origin, institution, counterparts, safeGapHours, previousAt, sessions, nextAt]);
    const known = alike.get(key);
    if (known) known.push(place);
    else alike.set(key, [place]);
  });
  return [...alike].sort(([a], [b]) => compare(a, b)).map(([, members]) => {
    const like = displaced[members[0]!]!;
    members.sort((a, b) => compare(displaced[a]!.series, displaced[b]!.series));
    const safeGapMs = like.safeGapHours * HOUR_MS;
    return {
      members, like, cohort: CHAIR_COHORTS.indexOf(like.cohort), safeGapMs,
      seconds: Float64Array.from(units, (_, unit) => {
        const seconds = travel.seconds[like.origin * units.length + unit]!;
        return seconds === UNREACHABLE ? Infinity : seconds;
      }),
      rank: Uint8Array.from(units, (unit) => (unit === like.institution ? 0 : like.counterparts.includes(unit) ? 1 : 2)),
      windows: like.sessions.map((session) => [...times.keys()].filter((time) => Math.abs(times[time]! - session) <= movableMs)),
      before: like.previousAt ?? at + DAY_MS - safeGapMs,
      mustRestBefore: like.previousAt !== undefined,
    };
  });
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Two starts one person can have, one after the other. */
export function canFollow(from: Instant, to: Instant, restMs: number): boolean {
  return to - from >= restMs && startOfDay(from) !== startOfDay(to);
}

/** Whole hours by which a gap is longer than the safe one; 0 within it. */
export const hoursBeyond = (gapMs: number, safeGapMs: number): number => Math.max(0, Math.ceil((gapMs - safeGapMs) / HOUR_MS));
