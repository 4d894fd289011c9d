import { accept, MINUTE_MS, refuse, SECOND_MS, type Instant, type Place, type Result, type Window } from '../base/index.ts';
import type { Planned } from './day.ts';
import { RIDE_STEPS, rideRuns, type Leg, type Ride, type RideStep, type TripEvent, type Witness } from './ride.ts';

/** A car that is free for the whole window of a ride. */
export interface FreeCar {
  readonly car: string;
  readonly town: string;
  readonly etaSeconds: number;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  /** Every road between it and the door is closed: `etaSeconds` is an estimate of what it would take. */
  readonly noWayOpen?: true;
  /** `etaSeconds` comes from the distance, not from roads. */
  readonly estimated?: true;
}

/** Before the pick-up a car drives to the door; after the ride it is cleaned. Too short strands the next rider. */
const LEAD_MS = 20 * MINUTE_MS;
export const DECONTAMINATION_MS = 30 * MINUTE_MS;

/** The time for which a ride holds its car: drive there, ride, clean. Claims are made for this window. */
export function carWindow(ride: Pick<Ride, 'pickUpAt' | 'travelSeconds'>, at: Instant): Window & { to: Instant } {
  const pickUpAt = Math.max(ride.pickUpAt, at);
  return {
    from: Math.max(at, pickUpAt - LEAD_MS),
    to: pickUpAt + ride.travelSeconds * SECOND_MS + DECONTAMINATION_MS,
  };
}

/** A car is on its way to the door, or there: by its window, which begins with the drive. */
export function hasSetOut(ride: Ride, at: Instant): boolean {
  return rideRuns(ride) && (ride.times.atDoor !== undefined || carWindow(ride, at).from <= at);
}

export function fits(car: FreeCar, ride: Ride): boolean {
  return car.seats >= ride.seats && (!ride.wheelchair || car.wheelchair) && (!ride.stretcher || car.stretcher);
}

/** The town's own cars first, then the nearest of the district: a committee knows its drivers. One no open road leads to comes last. */
export function recommendCar(cars: readonly FreeCar[], ride: Ride): readonly FreeCar[] {
  const foreign = (car: FreeCar): number => (car.town === ride.town ? 0 : 1);
  const stopped = (car: FreeCar): number => Number(car.noWayOpen ?? false);
  return cars
    .filter((car) => fits(car, ride))
    .sort((a, b) => stopped(a) - stopped(b) || foreign(a) - foreign(b) || a.etaSeconds - b.etaSeconds || a.car.localeCompare(b.car));
}

/** @param planned its place in the running plan of the day; without one the car is chosen here and drives for this ride alone. */
export function assignCar(
  ride: Ride | undefined,
  free: readonly FreeCar[],
  { leg, car: wanted, planned }: { readonly leg: Leg; readonly car?: string; readonly planned?: Planned },
): Result<TripEvent> {
  const refused = cannotBeAssigned(ride, leg);
  if (refused || !ride) return refused ?? refuse('noRideOrdered', { leg });
  if (planned) return accept({ type: 'CarAssigned', ride: ride.ride, leg, ...planned });
  const fitting = recommendCar(free, ride);
  const chosen = wanted ? fitting.find(({ car }) => car === wanted) : fitting[0];
  if (!chosen) return wanted ? refuse('carTaken', { car: wanted }, 'car') : refuse('noCarFree', { leg });
  return accept({ type: 'CarAssigned', ride: ride.ride, leg, car: chosen.car });
}

/** Why this ride gets no car, whichever it would be; undefined when it may. */
export function cannotBeAssigned(ride: Ride | undefined, leg: Leg): ReturnType<typeof refuse> | undefined {
  if (!ride || ride.cancelled) return refuse('noRideOrdered', { leg });
  return ride.car ? refuse('carAlreadyAssigned', { car: ride.car }) : undefined;
}

/** Times and cars move while nobody is in the car; whoever stands beside a broken one is fetched by another. */
export function replanRide(ride: Ride | undefined, leg: Leg, planned: Planned, stoppedAt: Place | undefined, isTold: boolean): Result<TripEvent> {
  if (!ride?.car || !rideRuns(ride)) return refuse('noCarAssigned', { leg });
  if (ride.times.aboard !== undefined && planned.car !== ride.car && !stoppedAt) return refuse('rideAboard', { ride: ride.ride, car: ride.car }, 'car');
  return accept({ type: 'RideReplanned', ride: ride.ride, leg, ...planned, ...(isTold && { told: true }), ...(stoppedAt && { stoppedAt }) });
}

export function loseCar(ride: Ride | undefined, leg: Leg, reason: string): Result<TripEvent> {
  if (!ride?.car || !rideRuns(ride)) return refuse('noCarAssigned', { leg });
  if (ride.times.aboard !== undefined) return refuse('rideAboard', { ride: ride.ride, car: ride.car });
  return accept({ type: 'CarLost', ride: ride.ride, leg, car: ride.car, reason });
}

export function reportRide(ride: Ride | undefined, leg: Leg, step: RideStep, witness: Witness = {}): Result<TripEvent> {
  if (!ride?.car || ride.cancelled) return refuse('noCarAssigned', { leg });
  if (ride.times[step] !== undefined) return refuse('alreadyReported', { step }, 'step');
  const later = RIDE_STEPS.slice(RIDE_STEPS.indexOf(step) + 1);
  if (later.some((next) => ride.times[next] !== undefined)) return refuse('stepBackwards', { step }, 'step');
  // An arrival without anyone aboard would be a hole in the custody record.
  if (step === 'arrived' && ride.times.aboard === undefined) return refuse('nobodyAboard', { leg }, 'step');
  const before = Math.max(...RIDE_STEPS.slice(0, RIDE_STEPS.indexOf(step)).map((earlier) => ride.times[earlier] ?? -Infinity), -Infinity);
  if (witness.at !== undefined && witness.at < before) return refuse('stepBackwards', { step }, 'at');
  return accept({ type: 'RideReported', ride: ride.ride, leg, car: ride.car, step, ...witness });
}
