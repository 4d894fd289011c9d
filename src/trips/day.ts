import type { Instant, Place } from '../base/index.ts';
import type { Cohort, Leg, RideOrder } from './ride.ts';
import type { Load, StopKind } from './plan/problem.ts';

/** One district's special cars and rides of one day, as they stand at `at`: what has happened is fixed, what is planned may move. */
export interface TripDay {
  readonly at: Instant;
  readonly rides: readonly DayRide[];
  readonly cars: readonly DayCar[];
  /** Seconds of driving with a permit; Infinity where no road leads. */
  readonly travel: (from: Place, to: Place, at: Instant) => number;
}

/** A ride that is not over, with the places it joins and what has been reported of it. */
export interface DayRide {
  readonly order: RideOrder;
  readonly from: Place;
  readonly to: Place;
  readonly planned?: Planned;
  readonly aboardAt?: Instant;
  /** Where and when a car stands at its door. */
  readonly atDoorAt?: Instant;
}

/** What a ride was promised: car, pick-up and arrival. */
export interface Planned {
  readonly car: string;
  readonly pickUpAt: Instant;
  readonly arriveAt: Instant;
}

export interface DayCar {
  readonly car: string;
  readonly town: string;
  readonly home: Place;
  /** Last known place, and when; its home when it has not left. */
  readonly place: Place;
  readonly placeAt: Instant;
  /** The driver's hours. */
  readonly onDutyFrom: Instant;
  readonly onDutyTo: Instant;
  readonly capacity: Load;
  /** Who was in it last, when it has not been cleaned since. */
  readonly cohortBefore?: Cohort;
  readonly state: 'ready' | 'broken' | 'off';
}

/** A ride whose promise changes; `before` is absent for one that had none, `after` for one that lost its car. */
export interface Moved {
  readonly ride: string;
  readonly leg: Leg;
  readonly before?: Planned;
  readonly after?: Planned;
}

/** A car's stops in order: what a driver's phone and the desk's chart show. */
export interface CarRoute {
  readonly car: string;
  readonly stops: readonly { readonly ride: string; readonly kind: StopKind; readonly at: Instant }[];
}
