import { accept, type Result } from '../../base/index.ts';
import type { Violation } from '../check.ts';
import { routesOf, withMoved, type DayRide, type Moved, type Planned, type TripDay } from '../day.ts';
import { judge } from './judge.ts';
import { offer } from './offer.ts';

/** A ride's place in the running plan, as it is stored and told. */
export interface PlacedRide {
  readonly planned: Planned;
  /** Everybody else who moves for it. */
  readonly moved: readonly Moved[];
  /** The day with it. */
  readonly day: TripDay;
  /** What the judge has against it; it is not stored unless there is nothing. */
  readonly faults: readonly Violation[];
}

/**
 * A place for one ride in the running plan, whatever it had before.
 * @param only the one car that may take it, when somebody chose it
 * @returns or why nobody can drive it, as `offer` says it
 */
export function placeRide(day: TripDay, ride: DayRide, only?: string): Result<PlacedRide> {
  const { planned: _, promised: __, ...free } = ride;
  const waiting = { ...day, rides: [...day.rides.filter(({ order }) => order.ride !== ride.order.ride), free] };
  const offered = offer(waiting, free, only);
  if (!offered.ok) return offered;
  const { planned, moved } = offered.value;
  return accept({
    planned, moved: moved.filter((change) => change.ride !== ride.order.ride), day: withMoved(waiting, moved), faults: newFaults(waiting, moved),
  });
}

/**
 * What these changes would break in the cars they touch, and the running plan did not break already. What has begun is read from the plan
 * that runs: a late car that is told new times has begun what it had begun, and its lateness is nobody else's fault.
 * @param before with every ride that changes
 */
export function newFaults(before: TripDay, moved: readonly Moved[]): readonly Violation[] {
  const cars = [...new Set(moved.flatMap((change) => [change.before?.car ?? [], change.after?.car ?? []].flat()))];
  const routes = (day: TripDay): ReturnType<typeof routesOf> => routesOf(day).filter(({ car }) => cars.includes(car));
  const found = judge(before, routes(withMoved(before, moved)), cars);
  if (found.length === 0) return [];
  const known = new Set(judge(before, routes(before), cars).map(faultName));
  return found.filter((fault) => !known.has(faultName(fault)));
}

export function faultName({ code, car, ride }: Violation): string {
  return `${code} ${car ?? ''} ${ride ?? ''}`;
}
