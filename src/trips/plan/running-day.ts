import type { Plan, PlannedRoute, PlannedStop } from './plan.ts';
import type { PlanCar, PlanProblem, PlanRide, PlanStop } from './problem.ts';
import type { Replanned } from './replan.ts';

/**
 * The rest of the day, as it stands when everything went as planned until `now`: rides that are over are gone, riders who are in a car are
 * in it, and a car on its way to a stop gets there. Where the crews report otherwise, their report is the problem to plan.
 */
export function remainingDay(problem: PlanProblem, plan: Plan, nowSeconds: number): Replanned {
  const routeOf = new Map(plan.routes.map((route) => [route.car, route]));
  const rideOf = new Map(problem.rides.map((ride) => [ride.ride, ride]));
  const over = new Set<string>();
  const aboard = new Map<string, NonNullable<PlanRide['aboard']>>();
  const cars: PlanCar[] = [];
  const routes: PlannedRoute[] = [];
  for (const car of problem.cars) {
    const route = routeOf.get(car.car);
    if (!route) {
      cars.push(waiting(car, nowSeconds));
      continue;
    }
    const done = route.stops.filter(({ beginsAtSeconds }) => beginsAtSeconds <= nowSeconds);
    const ahead = route.stops.slice(done.length);
    for (const { ride, kind, beginsAtSeconds } of done) {
      if (kind === 'dropOff') over.add(ride);
      else aboard.set(ride, { car: car.car, sinceSeconds: beginsAtSeconds + rideOf.get(ride)!.pickUp.serviceSeconds });
    }
    const now = carAt(car, route, done, ahead, nowSeconds, rideOf);
    cars.push(now);
    if (ahead.length > 0) routes.push({ ...route, stops: ahead, leavesAtSeconds: Math.max(route.leavesAtSeconds, now.fromSeconds) });
  }
  const rides = problem.rides.filter(({ ride }) => !over.has(ride)).map((ride) => {
    const since = aboard.get(ride.ride);
    return since ? { ...ride, aboard: since } : ride;
  });
  return { problem: { ...problem, rides, cars }, plan: { ...plan, routes } };
}

/** It has not left; one whose hours are over has none left. */
function waiting(car: PlanCar, nowSeconds: number): PlanCar {
  const fromSeconds = Math.max(car.fromSeconds, nowSeconds);
  return { ...car, fromSeconds, untilSeconds: Math.max(car.untilSeconds, fromSeconds) };
}

function carAt(
  car: PlanCar, { leavesAtSeconds, returnsAtSeconds }: PlannedRoute, done: readonly PlannedStop[], ahead: readonly PlannedStop[], nowSeconds: number, rideOf: ReadonlyMap<string, PlanRide>,
): PlanCar {
  const { next: _, ...rest } = car;
  if (leavesAtSeconds > nowSeconds) return waiting(car, nowSeconds);
  const last = done.at(-1);
  const stop: PlanStop | undefined = last && rideOf.get(last.ride)![last.kind];
  const freeAt = last && stop ? last.beginsAtSeconds + stop.serviceSeconds : leavesAtSeconds;
  const cohortBefore = last ? { cohortBefore: rideOf.get(last.ride)!.cohort } : {};
  const [next] = ahead;
  // On its way home nobody says where it is: it is asked again when it is there.
  const where = next ? { startPlace: stop?.place ?? car.startPlace, fromSeconds: freeAt } : { startPlace: car.endPlace, fromSeconds: Math.max(nowSeconds, returnsAtSeconds) };
  const untilSeconds = Math.min(car.untilSeconds, leavesAtSeconds + car.longestDutySeconds);
  return {
    ...rest, ...where, ...cohortBefore,
    ...(next && freeAt <= nowSeconds && { next: [{ ride: next.ride, kind: next.kind }] }),
    untilSeconds: Math.max(untilSeconds, where.fromSeconds),
    longestDutySeconds: Math.max(0, untilSeconds - where.fromSeconds),
  };
}
