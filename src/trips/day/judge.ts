import { SECOND_MS } from '../../base/index.ts';
import { checkPlan, type Violation } from '../check.ts';
import { stranded, type CarRoute, type TripDay } from '../day.ts';
import type { PlannedRoute } from '../plan/plan.ts';
import { needsDecontamination, type PlanCar, type PlanProblem } from '../plan/problem.ts';
import { drivesAlong } from './drives.ts';
import { carsInService, dayProblem } from './problem.ts';

/**
 * What these routes, driven from now on, would break; nothing when they may be stored and driven. Promises may move here, as long as windows
 * and their longest lateness hold; whoever is in no route counts as left behind, unless they are in a car already.
 * @param day with every ride that the routes name
 * @param only the cars that are judged, when the others stay as they are; all cars when absent
 */
export function judge(given: TripDay, routes: readonly CarRoute[], only?: readonly string[]): readonly Violation[] {
  const day = stranded(given);
  const isJudged = (car: string | undefined): boolean => only === undefined || (car !== undefined && only.includes(car));
  const named = new Set(routes.flatMap(({ stops }) => stops.map(({ ride }) => ride)));
  const rides = day.rides.filter(({ order, planned }) => named.has(order.ride) || isJudged(planned?.car));
  const { problem, origin } = dayProblem(day, { rides, cars: carsInService(day).filter(({ car }) => isJudged(car)), keep: 'nothing' }, drivesAlong(routes));
  const cars = new Map(problem.cars.map((car) => [car.car, car]));
  const planned = new Set(routes.flatMap(({ stops }) => stops.map(({ ride }) => ride)));
  const drives = routes.filter(({ stops }) => stops.length > 0).map(({ car, stops }) => {
    const timed = stops.map(({ ride, kind, at }) => ({ ride, kind, beginsAtSeconds: (at - origin) / SECOND_MS }));
    const known = cars.get(car);
    return known ? withEnds(problem, known, { car, stops: timed }) : { car, leavesAtSeconds: 0, returnsAtSeconds: 0, stops: timed };
  });
  const violations = checkPlan(problem, {
    routes: drives,
    unplanned: problem.rides.flatMap(({ ride, aboard }) => (planned.has(ride) || aboard ? [] : [{ ride, reason: 'carsBusy' as const }])),
    latenessSeconds: 0, distance: 0,
  });
  // Routes of a day state no sums that could be wrong.
  return violations.filter(({ code }) => code !== 'latenessMisstated' && code !== 'distanceMisstated');
}

/** When it leaves and is back, if it leaves as late and returns as soon as its stops allow. */
function withEnds({ rides, travel, decontaminationSeconds }: PlanProblem, car: PlanCar, { stops }: Pick<PlannedRoute, 'car' | 'stops'>): PlannedRoute {
  const [first, last] = [stops[0]!, stops.at(-1)!];
  const rideOf = new Map(rides.map((ride) => [ride.ride, ride]));
  const [from, to] = [rideOf.get(first.ride), rideOf.get(last.ride)];
  if (!from || !to) return { car: car.car, leavesAtSeconds: car.fromSeconds, stops, returnsAtSeconds: last.beginsAtSeconds };
  const before = rides.find(({ aboard }) => aboard?.car === car.car)?.cohort ?? car.cohortBefore;
  const cleaning = first.kind === 'pickUp' && before !== undefined && needsDecontamination(before, from.cohort) ? decontaminationSeconds : 0;
  const seconds = (a: number, b: number): number => travel.seconds[a * travel.places + b]!;
  const leavesAtSeconds = Math.max(car.fromSeconds, first.beginsAtSeconds - cleaning - seconds(car.startPlace, from[first.kind].place));
  return { car: car.car, leavesAtSeconds, stops, returnsAtSeconds: last.beginsAtSeconds + to[last.kind].serviceSeconds + seconds(to[last.kind].place, car.endPlace) };
}
