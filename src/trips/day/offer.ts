import { accept, clockTime, refuse, type Refusal, type Result } from '../../base/index.ts';
import { routesOf, stranded, withMoved, type CarRoute, type DayCar, type DayRide, type DayUnplanned, type Moved, type Planned, type TripDay } from '../day.ts';
import { Draft } from '../plan/draft.ts';
import { networkOf, withLateness } from '../plan/network.ts';
import { LOAD_KINDS } from '../plan/problem.ts';
import { insertRide, stopsOf } from '../plan/replan.ts';
import { planOf } from '../plan/timetable.ts';
import { wishOf } from '../wish.ts';
import { changes, plannedIn, planOfRoutes, routesFrom } from './answer.ts';
import { drivesAlong } from './drives.ts';
import { carsInService, dayProblem, loadOf } from './problem.ts';
import { whyUnplanned } from './why.ts';

/** One more order in the running plan: its car and times, and whoever moves for it. */
export interface Offer {
  readonly planned: Planned;
  /** Everybody whose car or times change, this ride included. */
  readonly moved: readonly Moved[];
  /** The stops of the cars that change, from now on; all others drive as they did. */
  readonly routes: readonly CarRoute[];
}

/** What decides between cars, in seconds of driving: a car that stays free, and a second that somebody is late. */
const PRICES = { car: 6 * 3_600, lateSecond: 1e6, otherCar: 0 };
/** A committee knows its own driver; a car from another town is worth this much less driving. Synthetic. */
const OTHER_TOWN_SECONDS = 15 * 60;
/** So many cars are looked at together, the most promising first; the next ones only when none of them that drives already comes in time. */
const CARS_AT_ONCE = 16;
/** Where one other ride may move, it is looked for in so many cars. */
const CARS_THAT_MOVE = 8;

/**
 * One more order into the plan that runs. Everybody else keeps car and order, and times move as little as they can; when it would stay
 * behind or make somebody late, one other ride may move.
 * @param only the one car that may take it, when somebody chose it
 * @returns or why nobody can drive it, as a refusal with the facts a desk can act on
 */
export function offer(given: TripDay, ride: DayRide, only?: string): Result<Offer> {
  if (ride.planned) return refuse('carAlreadyAssigned', { car: ride.planned.car });
  if (only !== undefined && carsFor(stranded(given), only).length === 0) return refuse('carNotInService', { car: only }, 'car');
  const answer = attempt(given, ride, only);
  return 'reason' in answer ? { ok: false, refusal: refusalOf(answer) } : accept(answer);
}

/** Why nobody can drive this ride as the plan runs now; nothing when somebody can. */
export function whyNoCar(day: TripDay, ride: DayRide): DayUnplanned | undefined {
  const answer = attempt(day, ride);
  return 'reason' in answer ? answer : undefined;
}

function attempt(given: TripDay, ride: DayRide, only?: string): Offer | DayUnplanned {
  const day = stranded(given);
  const others = day.rides.filter(({ order }) => order.ride !== ride.order.ride);
  const cars = carsFor(day, only);
  const offered = seek({ ...day, rides: [...others, ride] }, ride, cars);
  if (offered) return offered;
  // A promise that nobody can keep any more is better moved than dropped.
  const { promised, ...free } = ride;
  if (promised) return attempt({ ...given, rides: [...others, free] }, free, only);
  return whyUnplanned({ ...day, rides: [...others, ride] }, ride, cars);
}

/** A car that is off brings home whoever is in it, and takes nobody else. */
function carsFor(day: TripDay, only: string | undefined): readonly DayCar[] {
  return carsInService(day).filter(({ car, state }) => state === 'ready' && (only === undefined || car === only));
}

function seek(day: TripDay, ride: DayRide, cars: readonly DayCar[]): Offer | undefined {
  const load = loadOf(ride.order);
  const ranked = byPromise(day, ride, cars.filter(({ capacity }) => LOAD_KINDS.every((kind) => capacity[kind] >= load[kind])));
  const direct: Direct[] = [];
  for (let n = 0; n < ranked.length; n += CARS_AT_ONCE) {
    for (const car of ranked.slice(n, n + CARS_AT_ONCE)) direct.push(directly(day, ride, car));
    direct.sort((a, b) => a.price - b.price);
    if (direct[0]!.price < PRICES.car) break;
  }
  const [best] = direct;
  if (best && best.price < PRICES.lateSecond) return best.offer?.();
  const moving = moveOne(day, ride, direct.filter(({ isSound }) => isSound).slice(0, CARS_THAT_MOVE).map(({ car }) => car));
  return moving ?? best?.offer?.();
}

/** Cheap to say and often right: the cars that are near the door or the destination at about that time. */
function byPromise(day: TripDay, ride: DayRide, cars: readonly DayCar[]): readonly DayCar[] {
  const wish = wishOf(ride.order);
  const apart = (a: DayRide['from'], b: DayRide['from']): number => Math.abs(a.lon - b.lon) + Math.abs(a.lat - b.lat);
  const least = new Map(cars.map((car) => [car.car, apart(car.place, ride.from) + (car.town === ride.order.town ? 0 : 0.01)]));
  for (const { planned, from, to, order } of day.rides) {
    if (!planned || planned.arriveAt < wish.earliestPickUpAt - NEAR_MS || planned.pickUpAt > wish.latestArriveAt + NEAR_MS) continue;
    const other = order.cohort === ride.order.cohort ? 0 : 0.05;
    const near = other + Math.min(apart(from, ride.from), apart(to, ride.from), apart(from, ride.to), apart(to, ride.to));
    if (near < (least.get(planned.car) ?? -Infinity)) least.set(planned.car, near);
  }
  return cars.toSorted((a, b) => least.get(a.car)! - least.get(b.car)! || a.car.localeCompare(b.car));
}
const NEAR_MS = 90 * 60_000;

interface Direct {
  readonly car: DayCar;
  /** What the plan costs more; Infinity when it does not go. */
  readonly price: number;
  /** Everybody in it can be driven as it is; what cannot is not for one more order to mend. */
  readonly isSound: boolean;
  readonly offer?: () => Offer;
}

/** Into one car, whose other riders keep their order. */
function directly(day: TripDay, ride: DayRide, car: DayCar): Direct {
  const riders = day.rides.filter(({ planned }) => planned?.car === car.car);
  const part = dayProblem(day, { rides: [...riders, ride], cars: [car], keep: 'door' }, drivesAlong(routesOf({ rides: riders }), ride.order.ride));
  const draft = new Draft(withLateness(networkOf(part.problem), part.problem.longestLatenessSeconds), PRICES);
  draft.restore(stopsOf(part.problem, draft, planOfRoutes(part)));
  if (draft.absent.length !== 1) return { car, price: Infinity, isSound: false };
  const before = draft.price;
  draft.begin();
  if (!draft.place(riders.length, () => false)) return { car, price: Infinity, isSound: true };
  draft.absent.length = 0;
  draft.keep();
  const price = draft.price - before + (car.town === ride.order.town ? 0 : OTHER_TOWN_SECONDS);
  return { car, price, isSound: true, offer: () => offerOf([...riders, ride], ride, routesFrom(part, planOf(draft))) };
}

/** Into one of several cars, for which one other ride may move from one to another. */
function moveOne(day: TripDay, ride: DayRide, cars: readonly DayCar[]): Offer | undefined {
  const names = new Set(cars.map(({ car }) => car));
  const riders = day.rides.filter(({ planned }) => planned && names.has(planned.car));
  const part = dayProblem(day, { rides: [...riders, ride], cars, keep: 'door' });
  const mine = part.problem.rides.at(-1)!;
  const answer = insertRide({ ...part.problem, rides: part.problem.rides.slice(0, -1) }, planOfRoutes(part), mine);
  if (!answer.ok || answer.value.plan.unplanned.length > 0) return undefined;
  const before = new Map(part.routes.map((route) => [route.car, orderOf(route)]));
  const after = new Map(routesFrom(part, answer.value.plan).map((route) => [route.car, route]));
  const changed = cars.map(({ car }) => after.get(car) ?? { car, stops: [] }).filter((route) => orderOf(route) !== (before.get(route.car) ?? ''));
  const isChanged = new Set(changed.map(({ car }) => car));
  return offerOf([...riders.filter(({ planned }) => isChanged.has(planned!.car)), ride], ride, changed);
}

const orderOf = ({ stops }: CarRoute): string => stops.map(({ ride, kind }) => `${kind} ${ride}`).join();

function offerOf(rides: readonly DayRide[], ride: DayRide, routes: readonly CarRoute[]): Offer {
  const now = plannedIn(rides, routes);
  return { planned: now.get(ride.order.ride)!, moved: changes(rides, now), routes };
}

/** A refusal as a desk reads it: times of day, and no word that it cannot use. */
function refusalOf({ reason, freeAt, car, onDutyFrom, onDutyTo }: DayUnplanned): Refusal {
  const clock = { ...(freeAt !== undefined && { freeAt }), ...(onDutyFrom !== undefined && { onDutyFrom }), ...(onDutyTo !== undefined && { onDutyTo }) };
  const facts = { ...(car !== undefined && { car }), ...Object.fromEntries(Object.entries(clock).map(([name, at]) => [name, clockTime(at)])) };
  return { code: reason, ...(Object.keys(facts).length > 0 && { facts }) };
}

/** Where one car's riders may now be driven by whoever else comes in time. */
export function offerEach(given: TripDay, names: readonly string[]): TripDay {
  let day = given;
  for (const name of names) {
    const ride = day.rides.find(({ order }) => order.ride === name);
    const answer = ride && offer(day, ride);
    if (answer?.ok) day = withMoved(day, answer.value.moved);
  }
  return day;
}
