import { accept, refuse, type Place, type Instant, type Refusal, type Result } from '../../base/index.ts';
import { withMoved, type CarRoute, type DayRide, type DayUnplanned, type Moved, type Planned, type TripDay } from '../day.ts';
import { cancelRide, insertRide } from '../plan/replan.ts';
import { movedBy, planOfRoutes, routesFrom } from './answer.ts';
import { carsInService, dayProblem, stranded } from './problem.ts';
import { whyUnplanned } from './why.ts';

/** One more order in the running plan: its car and times, and whoever moves for it. */
export interface Offer {
  readonly planned: Planned;
  /** Everybody whose car or times change, this ride included. */
  readonly moved: readonly Moved[];
  /** Every car's stops from now on. */
  readonly routes: readonly CarRoute[];
}

/**
 * One more order into the plan that runs. Everybody else keeps car and order, and times move as little as they can; when it would stay
 * behind or make somebody late, one other ride may move. A ride that has a car already keeps it.
 * @param only the one car that may take it, when somebody chose it
 * @returns or why nobody can drive it, as a refusal with the facts a desk can act on
 */
export function offer(given: TripDay, ride: DayRide, only?: string): Result<Offer> {
  const name = ride.order.ride;
  const known = given.rides.find(({ order }) => order.ride === name);
  if (known?.planned) return refuse('carAlreadyAssigned', { car: known.planned.car });
  const day = stranded(given);
  const others = day.rides.filter(({ order }) => order.ride !== name);
  const whole: TripDay = { ...day, rides: [...others, ride] };
  const cars = carsInService(day).filter(({ car }) => only === undefined || car === only);
  if (only !== undefined && cars.length === 0) return refuse('carNotInService', { car: only }, 'car');
  const riders = others.filter(({ planned }) => planned && cars.some(({ car }) => car === planned.car));
  const part = dayProblem(whole, { rides: [...riders, ride], cars, keep: true });
  const mine = part.problem.rides.at(-1)!;
  const answer = insertRide({ ...part.problem, rides: part.problem.rides.slice(0, -1) }, planOfRoutes(part), mine);
  if (!answer.ok) return answer;
  const { plan } = answer.value;
  const moved = movedBy(given, plan, part.origin, [...riders, ride]);
  const planned = moved.find((change) => change.ride === name)?.after;
  if (!planned || moved.some(({ after }) => !after)) return { ok: false, refusal: refusalOf(whyUnplanned(whole, ride, cars)) };
  return accept({ planned, moved, routes: routesFrom(part, plan) });
}

/** Takes a ride out of the plan; nobody else changes car or order, and times move as little as they can. */
export function withdraw(given: TripDay, name: string): Result<{ readonly moved: readonly Moved[] }> {
  const day = stranded(given);
  const ride = day.rides.find(({ order }) => order.ride === name);
  if (!ride) return refuse('noSuchRide', { ride: name }, 'ride');
  if (ride.aboardAt !== undefined) return refuse('rideAboard', { ride: name, car: ride.planned?.car ?? '' }, 'ride');
  if (!ride.planned) return accept({ moved: [] });
  const cars = carsInService(day).filter(({ car }) => car === ride.planned!.car);
  const riders = day.rides.filter(({ planned }) => planned?.car === ride.planned!.car);
  const gone: Moved = { ride: name, leg: ride.order.leg, before: ride.planned, told: true };
  if (cars.length === 0) return accept({ moved: [gone] });
  const part = dayProblem(day, { rides: riders, cars, keep: true });
  const answer = cancelRide(part.problem, planOfRoutes(part), name);
  if (!answer.ok) return answer;
  const stay = riders.filter((each) => each !== ride);
  return accept({ moved: [gone, ...movedBy(given, answer.value.plan, part.origin, stay).filter(({ after }) => after)] });
}

/** After a car dropped out: what changes for its riders and for whoever moves for them, and who has no car now. */
export interface BrokenDown {
  readonly moved: readonly Moved[];
  readonly unplanned: readonly DayUnplanned[];
}

/**
 * A car drops out. Its riders stand where it stopped and are fetched from there first; the rides it had not begun go to other cars, the most
 * urgent first. Nobody else moves, but for one each where there is no other way.
 */
export function breakDownCar(given: TripDay, name: string, stoppedAt: { readonly place: Place; readonly at: Instant }): Result<BrokenDown> {
  if (!given.cars.some(({ car }) => car === name)) return refuse('noSuchCar', { car: name }, 'car');
  const broken: TripDay = {
    ...given, cars: given.cars.map((car) => (car.car === name ? { ...car, place: stoppedAt.place, placeAt: stoppedAt.at, state: 'broken' as const } : car)),
  };
  let day = stranded(broken);
  const lost = broken.rides.filter(({ planned }) => planned?.car === name);
  const urgent = lost.toSorted((a, b) => Number(b.aboardAt !== undefined) - Number(a.aboardAt !== undefined) || a.planned!.pickUpAt - b.planned!.pickUpAt);
  for (const { order } of urgent) {
    const ride = day.rides.find((each) => each.order.ride === order.ride)!;
    const answer = offer(day, ride);
    if (answer.ok) day = withMoved(day, answer.value.moved);
  }
  return accept(changesBetween(given, day));
}

/** What is different for everybody, and who of those that had a car has none. */
export function changesBetween(before: TripDay, after: TripDay): BrokenDown {
  const now = new Map(after.rides.map((ride) => [ride.order.ride, ride]));
  const changed = before.rides.flatMap(({ order: { ride, leg }, planned, promised = planned, aboardAt }): Moved[] => {
    const { planned: then, aboardAt: still } = now.get(ride)!;
    if (planned?.car === then?.car && planned?.pickUpAt === then?.pickUpAt && planned?.arriveAt === then?.arriveAt) return [];
    const isAboard = aboardAt !== undefined && still !== undefined;
    const differs = (a: Instant, b: Instant): boolean => Math.abs(a - b) > 5 * 60_000;
    const told = !isAboard && (!then || !promised || then.car !== promised.car || differs(then.pickUpAt, promised.pickUpAt) || differs(then.arriveAt, promised.arriveAt));
    return [{ ride, leg, ...(planned && { before: planned }), ...(then && { after: then }), told }];
  });
  const cars = carsInService(after);
  const unplanned = after.rides.filter(({ planned }) => !planned).map((ride) => whyUnplanned(after, ride, cars));
  return { moved: changed, unplanned };
}

function refusalOf({ reason, ride: _, leg: __, ...facts }: DayUnplanned): Refusal {
  return { code: `unplanned.${reason}`, facts };
}
