import { stranded, type CarRoute, type DayUnplanned, type Moved, type TripDay } from '../day.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanRide } from '../plan/problem.ts';
import { insertRide, type Replanned } from '../plan/replan.ts';
import { planRides } from '../plan/solve.ts';
import { changes, plannedIn, planOfRoutes, routesFrom } from './answer.ts';
import type { Places, Table } from './drives.ts';
import { carsInService, dayProblem, type DayProblem } from './problem.ts';
import { whyUnplanned } from './why.ts';

/** A town's day is done in a second, a district's in ten, whatever else the machine does. */
const USUAL_TRIALS = 15_000;

/** A whole day planned anew, as little changed as possible. */
export interface Replan {
  readonly routes: readonly CarRoute[];
  readonly moved: readonly Moved[];
  readonly unplanned: readonly DayUnplanned[];
}

/** Everything a planner needs, as plain data that may be sent to a thread. */
export interface DayJob extends DayProblem {
  readonly plan: Plan;
  /** The same rides as if nobody had been promised anything: for whoever can be driven in no other way. */
  readonly free: readonly PlanRide[];
  readonly effort: { readonly seed: number; readonly trials: number };
}

/** A car that is off brings home whoever is in it, as it was planned, and takes nobody else; what it was to do goes to others. */
function inPlay(day: TripDay): TripDay {
  const off = new Set(day.cars.flatMap(({ car, state }) => (state === 'off' ? [car] : [])));
  return { ...day, cars: day.cars.filter(({ car }) => !off.has(car)), rides: day.rides.filter(({ planned, aboardAt }) => aboardAt === undefined || !planned || !off.has(planned.car)) };
}

/** The places of a day's job, in the order of its table of drives. */
export function placesOf(given: TripDay): Places {
  const day = inPlay(stranded(given));
  let places: Places | undefined;
  dayProblem(day, { rides: day.rides, cars: carsInService(day), keep: 'both' }, (_, found) => {
    places = found;
    return new Float64Array();
  });
  return places!;
}

/** @param table drives between the places (`placesOf`); asked one by one of `day.travel` when absent */
export function dayJob(given: TripDay, effort?: DayJob['effort'], table?: Table): DayJob {
  const day = inPlay(stranded(given));
  const whole = { rides: day.rides, cars: carsInService(day) };
  const part = dayProblem(day, { ...whole, keep: 'both' }, table);
  const free = dayProblem(day, { ...whole, keep: 'nothing' }, () => part.problem.travel.seconds).problem.rides;
  return { ...part, plan: planOfRoutes(part), free, effort: effort ?? { seed: 1, trials: USUAL_TRIALS } };
}

/** Pure and slow: for a thread, where somebody waits. The same job gives the same plan. */
export function workOut({ problem, plan, free, effort }: DayJob): Plan {
  const planned = planRides(problem, effort, plan);
  // A promise that nobody can keep any more is better moved than dropped.
  let now: Replanned = { problem, plan: planned };
  for (const { ride } of planned.unplanned) {
    const anew = free.find((each) => each.ride === ride)!;
    const rest = { ...now.problem, rides: now.problem.rides.filter((each) => each.ride !== ride) };
    const answer = insertRide(rest, { ...now.plan, unplanned: now.plan.unplanned.filter((each) => each.ride !== ride) }, anew);
    if (answer.ok) now = answer.value;
  }
  return now.plan;
}

/** @param given the day of the job, with everything that a job does not carry */
export function answerOf(day: TripDay, { origin }: Pick<DayJob, 'origin'>, plan: Plan): Replan {
  const given = inPlay(day);
  const routes = routesFrom({ origin }, plan);
  const now = plannedIn(given.rides, routes);
  const after = { ...given, rides: given.rides.map(({ planned: _, ...ride }) => ({ ...ride, ...(now.has(ride.order.ride) && { planned: now.get(ride.order.ride)! }) })) };
  const cars = carsInService(after);
  return {
    routes,
    moved: changes(given.rides, now),
    unplanned: after.rides.filter(({ planned }) => !planned).map((ride) => whyUnplanned(after, ride, cars)),
  };
}

/**
 * Plans the rest of the day anew, from the plan that runs: everything begun, and what begins within some minutes, stays; who has a promise keeps its
 * time within five minutes, and its car unless two such changes save a car; only who would stay behind otherwise moves further.
 */
export function replan(day: TripDay, effort?: DayJob['effort']): Replan {
  const job = dayJob(day, effort);
  return answerOf(day, job, workOut(job));
}

