import type { CarRoute, DayUnplanned, Moved, TripDay } from '../day.ts';
import type { Plan } from '../plan/plan.ts';
import { planRides, type Effort } from '../plan/solve.ts';
import { movedBy, planOfRoutes, routesFrom } from './answer.ts';
import { carsInService, dayProblem, stranded, type DayProblem, type Places } from './problem.ts';
import { whyUnplanned } from './why.ts';

/** A whole day planned anew, as little changed as possible. */
export interface Replan {
  readonly routes: readonly CarRoute[];
  readonly moved: readonly Moved[];
  readonly unplanned: readonly DayUnplanned[];
}

/** Everything a planner needs, as plain data that may be sent to a thread. */
export interface DayJob extends DayProblem {
  readonly plan: Plan;
  readonly effort: { readonly seed: number; readonly trials: number };
}

/** @param table drives between the places, row from, in whole seconds; asked of `day.travel` when absent */
export function dayJob(given: TripDay, effort?: DayJob['effort'], table?: (places: Places) => Float64Array): DayJob {
  const day = stranded(given);
  const part = dayProblem(day, { rides: day.rides, cars: carsInService(day), keep: true }, table);
  return { ...part, plan: planOfRoutes(part), effort: effort ?? { seed: 1, trials: usualTrials(day) } };
}

/** Pure and slow: in a thread where somebody waits. The same job gives the same plan. */
export function workOut({ problem, plan, effort }: DayJob): Plan {
  return planRides(problem, effort, plan);
}

export function answerOf(given: TripDay, { origin }: Pick<DayJob, 'origin'>, plan: Plan): Replan {
  const day = stranded(given);
  const cars = carsInService(day);
  const behind = new Set(plan.unplanned.map(({ ride }) => ride));
  return {
    routes: routesFrom({ origin }, plan),
    moved: movedBy(given, plan, origin, day.rides),
    unplanned: day.rides.filter(({ order }) => behind.has(order.ride)).map((ride) => whyUnplanned(day, ride, cars)),
  };
}

/**
 * Plans the rest of the day anew, from the plan that runs: everything begun, and what begins within some minutes, stays; who has a promise keeps its
 * time within five minutes, and its car unless that saves a car or half an hour of driving; only who would stay behind otherwise moves further.
 */
export function replan(day: TripDay, effort?: Effort & { readonly trials: number }): Replan {
  const job = dayJob(day, effort);
  return answerOf(day, job, workOut(job));
}

/** As many trials as a town's day finishes in a second or two, and a district's in half a minute. */
function usualTrials({ rides }: TripDay): number {
  return Math.max(2_000, 40 * rides.length);
}
