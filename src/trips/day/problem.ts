import { MINUTE_MS, SECOND_MS, type Instant, type Place } from '../../base/index.ts';
import { DECONTAMINATION_MS } from '../decide.ts';
import { routesOf, TOLD_MS, type CarRoute, type DayCar, type DayRide, type TripDay } from '../day.ts';
import { LOAD_KINDS, needsDecontamination, type Load, type PlanCar, type PlanProblem, type PlanRide, type StopName } from '../plan/problem.ts';
import { wishOf } from '../wish.ts';
import { drive, everyDrive, Places, type Table, NO_ROAD_SECONDS } from './drives.ts';

/** Stops that begin within this are not changed any more: the driver reads them already, the person stands in the hall. Synthetic. */
const FIXED_MS = 20 * MINUTE_MS;
/** A car that should have been at a stop for so long, and was not heard of, is reckoned with from where it was last seen. Synthetic. */
const OVERDUE_MS = 15 * MINUTE_MS;
/** Whoever cannot be driven in time is driven late rather than not at all, up to this. Synthetic. */
const LONGEST_LATENESS_SECONDS = 2 * 3_600;
/** People look out for a plate: a car saved is worth telling two of them another one, not three; a saving of roads is worth none. Synthetic. */
const OTHER_CAR_SHARE = 0.4;
/** Roads change while a plan runs: nobody's ride is forbidden because the way alone takes longer than when it was ordered. */
const LONGEST_DETOUR = 1.25;

/**
 * Which of the day's rides and cars a question is about, and what of the promises is kept: the moment at the door, so that somebody else may
 * still be fetched on the way; both ends of the ride; or nothing.
 */
export interface Part {
  readonly rides: readonly DayRide[];
  readonly cars: readonly DayCar[];
  readonly keep: 'door' | 'both' | 'nothing';
}

/** A part of the day in the planner's words: seconds from `day.at`, whole ones, and places as indices. */
export interface DayProblem {
  readonly problem: PlanProblem;
  readonly routes: readonly CarRoute[];
  /** Epoch milliseconds of second 0. */
  readonly origin: Instant;
}

/** Those who can be sent, and those who have somebody in them: they drive them to the end, whatever their hours. */
export function carsInService({ at, cars, rides }: TripDay): readonly DayCar[] {
  const busy = new Set(rides.flatMap(({ planned, aboardAt }) => (aboardAt === undefined ? [] : [planned?.car])));
  return cars.filter((car) => busy.has(car.car) || (car.state === 'ready' && car.onDutyTo > at));
}

/** @param day without anybody in a broken car (`stranded`) */
export function dayProblem(day: TripDay, { rides, cars, keep }: Part, table: Table = everyDrive): DayProblem {
  const origin = Math.floor(day.at / SECOND_MS) * SECOND_MS;
  const places = new Places();
  const names = new Set(cars.map(({ car }) => car));
  const routes = routesOf({ rides }).filter(({ car }) => names.has(car));
  const seconds = (at: Instant): number => (at - origin) / SECOND_MS;
  const rideOf = new Map(rides.map((ride) => [ride.order.ride, ride]));
  const routeOf = new Map(routes.map((route) => [route.car, route]));
  const carsNow = cars.map((car) => carNow(day, car, routeOf.get(car.car)?.stops ?? [], rideOf));
  const fixed = new Set(carsNow.flatMap(({ next }) => next.map(({ ride }) => ride)));
  const planRides = rides.map((ride): PlanRide => {
    const { order, from, to, planned, promised = planned, aboardAt, atDoorAt } = ride;
    const wish = wishOf(order);
    const isAboard = aboardAt !== undefined && planned !== undefined && names.has(planned.car);
    // Care that is not over takes at least a little longer: no car sets out for somebody who cannot come yet.
    let earliest = Math.max(atDoorAt ?? (order.expected ? day.at + FIXED_MS : day.at), wish.earliestPickUpAt);
    // What was promised may be later than what was wished for, and is no lateness.
    let latest = Math.max(wish.latestPickUpAt, promised ? promised.pickUpAt + TOLD_MS : 0);
    if (promised && atDoorAt === undefined && (keep !== 'nothing' || fixed.has(order.ride))) earliest = Math.max(earliest, promised.pickUpAt - TOLD_MS);
    if (promised && keep !== 'nothing') latest = promised.pickUpAt + TOLD_MS;
    const promisedBy = promised ? promised.arriveAt + TOLD_MS : 0;
    const arriveFrom = Math.max(day.at, isAboard ? 0 : wish.earliestArriveAt);
    const [leavesAt, arrivesAt] = [Math.max(day.at, wish.earliestPickUpAt), Math.max(day.at, wish.earliestArriveAt)];
    const direct = drive(day, from, to, leavesAt);
    // Late already and far away: the lateness that is allowed runs from when they could be there, or no car could ever take them.
    const thereAt = promised ? 0 : leavesAt + (wish.pickUpSeconds + direct) * SECOND_MS;
    const arriveBy = promised && keep === 'both' ? promisedBy : Math.max(wish.latestArriveAt, promisedBy, direct < NO_ROAD_SECONDS ? thereAt : 0);
    const [fromSeconds, arriveSeconds] = [Math.ceil(seconds(earliest)), Math.ceil(seconds(arriveFrom))];
    return {
      ride: order.ride, cohort: order.cohort, load: loadOf(order),
      pickUp: { place: places.of(from, leavesAt), earliestSeconds: fromSeconds, latestSeconds: Math.max(fromSeconds, Math.floor(seconds(latest))), serviceSeconds: Math.max(1, Math.ceil(wish.pickUpSeconds)) },
      dropOff: {
        place: places.of(to, arrivesAt), earliestSeconds: arriveSeconds,
        latestSeconds: Math.max(arriveSeconds, Math.floor(seconds(arriveBy))), serviceSeconds: Math.max(1, Math.ceil(wish.dropOffSeconds)),
      },
      longestRideSeconds: Math.ceil(Math.max(wish.longestRideSeconds, LONGEST_DETOUR * direct)),
      ...(isAboard && { aboard: { car: planned.car, sinceSeconds: Math.min(0, Math.floor(seconds(aboardAt))) } }),
      ...(keep !== 'nothing' && promised && names.has(promised.car) && { promisedCar: promised.car }),
    };
  });
  const planCars = carsNow.map(({ car, leavesAt, next, aboard }): PlanCar => {
    const isBegun = next.length > 0 || aboard.length > 0;
    const from = Math.floor(seconds(isBegun ? leavesAt : Math.max(leavesAt, car.onDutyFrom)));
    const { cohortBefore } = car;
    return {
      car: car.car, startPlace: places.of(car.place, day.at), endPlace: places.of(car.home, day.at),
      fromSeconds: from, untilSeconds: Math.max(from, Math.floor(seconds(car.onDutyTo))), longestDutySeconds: Infinity,
      capacity: atLeast(car.capacity, aboard), ...(cohortBefore && { cohortBefore }), ...(next.length > 0 && { next }),
    };
  });
  return {
    problem: {
      rides: planRides, cars: planCars, travel: { seconds: table(day, places, { rides: planRides, cars: planCars, routes }), places: places.list.length },
      decontaminationSeconds: DECONTAMINATION_MS / SECOND_MS, longestLatenessSeconds: LONGEST_LATENESS_SECONDS, fewestCars: true, otherCarShare: OTHER_CAR_SHARE,
    },
    routes, origin,
  };
}

export function loadOf({ seats, wheelchair, stretcher }: DayRide['order']): Load {
  const others = Math.max(0, seats - Number(wheelchair || stretcher));
  return { seats: others, wheelchairs: Number(wheelchair && !stretcher), stretchers: Number(stretcher) };
}

interface CarNow {
  readonly car: DayCar;
  /** When it left, or can leave, `car.place`. */
  readonly leavesAt: Instant;
  readonly next: readonly StopName[];
  /** What those in it, and those at whose door it stands, take. */
  readonly aboard: readonly Load[];
}

/** What a car has begun, from what is reported and what the plan says of the next minutes. */
function carNow(day: TripDay, car: DayCar, stops: CarRoute['stops'], rideOf: ReadonlyMap<string, DayRide>): CarNow {
  const aboard = stops.flatMap(({ ride, kind }) => (kind === 'dropOff' && rideOf.get(ride)!.aboardAt !== undefined ? [rideOf.get(ride)!] : []));
  const standsAt = ({ ride, kind }: StopName): boolean => kind === 'pickUp' && rideOf.get(ride)!.atDoorAt !== undefined;
  const taken = [...aboard, ...stops.filter(standsAt).map(({ ride }) => rideOf.get(ride)!)].map(({ order }) => loadOf(order));
  // Where it stands at a door, that door comes first, whatever was planned.
  const inOrder = [...stops.filter(standsAt), ...stops.filter((stop) => !standsAt(stop))];
  const [first] = inOrder;
  const isExpected = (stop: StopName): boolean => stop.kind === 'pickUp' && rideOf.get(stop.ride)!.order.expected === true && !standsAt(stop);
  if (!first || isExpected(first)) return { car, leavesAt: day.at, next: [], aboard: taken };
  const placeOf = ({ ride, kind }: StopName): Place => (kind === 'pickUp' ? rideOf.get(ride)!.from : rideOf.get(ride)!.to);
  const isCleanedFirst = aboard.length === 0 && car.cohortBefore !== undefined && needsDecontamination(car.cohortBefore, rideOf.get(first.ride)!.order.cohort);
  const setsOut = first.at - SECOND_MS * drive(day, car.place, placeOf(first), day.at) - (isCleanedFirst ? DECONTAMINATION_MS : 0);
  const isUnderway = aboard.length > 0 || standsAt(first) || setsOut <= day.at;
  if (!isUnderway || (day.at - first.at > OVERDUE_MS && !standsAt(first))) return { car, leavesAt: day.at, next: [], aboard: taken };
  const leavesAt = Math.min(day.at, Math.max(car.placeAt, setsOut));
  return { car, leavesAt, next: nextStops(), aboard: taken };

  function nextStops(): readonly StopName[] {
    const next: StopName[] = [];
    const inside = aboard.map(({ order }) => loadOf(order));
    let cohort = aboard[0]?.order.cohort;
    let [place, now] = [car.place, leavesAt + (isCleanedFirst ? DECONTAMINATION_MS : 0)];
    for (const stop of inOrder) {
      const { order, atDoorAt, planned, promised = planned } = rideOf.get(stop.ride)!;
      now = Math.max(atDoorAt ?? day.at, now + SECOND_MS * drive(day, place, placeOf(stop), day.at));
      if (isExpected(stop)) break;
      if (stop.kind === 'pickUp' && !standsAt(stop)) {
        now = Math.max(now, promised!.pickUpAt);
        // Cleaning may still be ahead; and more than the places it has is nobody's plan.
        if (cohort !== undefined && cohort !== order.cohort) break;
        if (!hasRoom(car.capacity, [...inside, loadOf(order)])) break;
      }
      if (now > day.at + FIXED_MS && !(next.length === 0 && isUnderway)) break;
      next.push({ ride: stop.ride, kind: stop.kind });
      if (stop.kind === 'pickUp') inside.push(loadOf(order));
      else inside.splice(inside.findIndex((load) => LOAD_KINDS.every((kind) => load[kind] === loadOf(order)[kind])), 1);
      cohort = order.cohort;
      place = placeOf(stop);
      const wish = wishOf(order);
      now += SECOND_MS * (stop.kind === 'pickUp' ? wish.pickUpSeconds : wish.dropOffSeconds);
    }
    return next;
  }
}

const hasRoom = (capacity: Load, loads: readonly Load[]): boolean => LOAD_KINDS.every((kind) => sum(loads, kind) <= capacity[kind]);
const sum = (loads: readonly Load[], kind: (typeof LOAD_KINDS)[number]): number => loads.reduce((total, load) => total + load[kind], 0);

/** Whoever is aboard has a place, whatever the papers say of the car. */
function atLeast(capacity: Load, aboard: readonly Load[]): Load {
  const of = (kind: (typeof LOAD_KINDS)[number]): number => Math.max(capacity[kind], sum(aboard, kind));
  return { seats: of('seats'), wheelchairs: of('wheelchairs'), stretchers: of('stretchers') };
}
