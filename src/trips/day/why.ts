import { SECOND_MS } from '../../base/index.ts';
import type { DayCar, DayRide, DayUnplanned, TripDay } from '../day.ts';
import { LOAD_KINDS, type Load } from '../plan/problem.ts';
import { insertRide } from '../plan/replan.ts';
import { wishOf } from '../wish.ts';
import { planOfRoutes, routesFrom } from './answer.ts';
import { drive, NO_ROAD_SECONDS } from './drives.ts';
import { dayProblem, loadOf } from './problem.ts';

/** How long somebody would have to be ready to wait, so that a desk is told when a car comes free. */
const LOOK_AHEAD_SECONDS = 12 * 3_600;

/**
 * Why nobody can drive this ride as the plan runs now, with what a desk can act on.
 * @param cars those that were asked
 */
export function whyUnplanned(day: TripDay, ride: DayRide, cars: readonly DayCar[]): DayUnplanned {
  const { order } = ride;
  const named = { ride: order.ride, leg: order.leg };
  const load = loadOf(order);
  const fitting = cars.filter(({ capacity }) => holds(capacity, load));
  if (fitting.length === 0) {
    const lacks = (kind: keyof Load): boolean => cars.every(({ capacity }) => capacity[kind] < load[kind]);
    return { ...named, reason: lacks('stretchers') ? 'noStretcherPlace' : lacks('wheelchairs') ? 'noWheelchairPlace' : 'noSeats' };
  }
  const wish = wishOf(order);
  const from = Math.max(day.at, wish.earliestPickUpAt);
  const isReached = ({ place }: DayCar): boolean => drive(day, place, ride.from, from) < NO_ROAD_SECONDS;
  if (drive(day, ride.from, ride.to, from) >= NO_ROAD_SECONDS || !fitting.some(isReached)) return { ...named, reason: 'noRoad' };
  const onDutyFrom = Math.min(...fitting.map((car) => car.onDutyFrom));
  const onDutyTo = Math.max(...fitting.map((car) => car.onDutyTo));
  const latest = Math.max(from, wish.latestPickUpAt);
  if (fitting.every((car) => car.onDutyTo <= from || car.onDutyFrom > latest)) return { ...named, reason: 'outsideHours', onDutyFrom, onDutyTo };
  const free = soonest(day, ride, fitting);
  return free ? { ...named, reason: 'carsBusy', ...free } : { ...named, reason: 'outOfReach', onDutyFrom, onDutyTo };
}

const holds = (capacity: Load, load: Load): boolean => LOAD_KINDS.every((kind) => capacity[kind] >= load[kind]);

/** When a car could be at the door, if this person waited and nobody else did. */
function soonest(day: TripDay, ride: DayRide, cars: readonly DayCar[]): { readonly car: string; readonly freeAt: number } | undefined {
  let best: { car: string; freeAt: number } | undefined;
  for (const car of cars) {
    const riders = day.rides.filter((each) => each.planned?.car === car.car && each.order.ride !== ride.order.ride);
    const part = dayProblem(day, { rides: [...riders, ride], cars: [car], keep: 'door' });
    const mine = part.problem.rides.at(-1)!;
    const patient = {
      ...mine,
      pickUp: { ...mine.pickUp, latestSeconds: mine.pickUp.latestSeconds + LOOK_AHEAD_SECONDS },
      dropOff: { ...mine.dropOff, latestSeconds: mine.dropOff.latestSeconds + LOOK_AHEAD_SECONDS },
    };
    const answer = insertRide({ ...part.problem, rides: part.problem.rides.slice(0, -1), longestLatenessSeconds: 0 }, planOfRoutes(part), patient);
    if (!answer.ok || answer.value.plan.unplanned.length > 0) continue;
    const stop = routesFrom(part, answer.value.plan).flatMap(({ stops }) => stops).find((each) => each.ride === mine.ride && each.kind === 'pickUp');
    if (stop && (!best || stop.at < best.freeAt)) best = { car: car.car, freeAt: Math.ceil(stop.at / SECOND_MS) * SECOND_MS };
  }
  return best;
}
