import type { Instant, Place } from '../base/index.ts';
import type { Cohort, Leg, RideOrder } from './ride.ts';
import type { Load, StopKind } from './plan/problem.ts';

/** One district's special cars and rides of one day, as they stand at `at`: what has happened is fixed, what is planned may move. */
export interface TripDay {
  readonly at: Instant;
  /** Those that are over are not among them. */
  readonly rides: readonly DayRide[];
  readonly cars: readonly DayCar[];
  /** Seconds of driving with a permit; Infinity where no road leads. */
  readonly travel: (from: Place, to: Place, at: Instant) => number;
}

/** A ride that is not over, with the places it joins and what has been reported of it. */
export interface DayRide {
  readonly order: RideOrder;
  /** Where it is picked up: the door, or where a car broke down. */
  readonly from: Place;
  readonly to: Place;
  /** Car and times of the plan as it runs. */
  readonly planned?: Planned;
  /** What the person was told, when the plan has moved a little since or the car is lost; `planned` when absent. */
  readonly promised?: Planned;
  /** In `planned.car` since then; nobody who stands beside a broken car has it. */
  readonly aboardAt?: Instant;
  /** `planned.car` stands at its door. */
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

/** A ride whose times or car change; `before` is absent for one that had none, `after` for one that lost its car. */
export interface Moved {
  readonly ride: string;
  readonly leg: Leg;
  readonly before?: Planned;
  readonly after?: Planned;
  /** Another car, fetched more than five minutes from when they were told, or there more than five minutes later; and they are not in the car yet. */
  readonly told: boolean;
}

/** A car's stops in order: what a driver's phone and the desk's chart show. */
export interface CarRoute {
  readonly car: string;
  readonly stops: readonly { readonly ride: string; readonly kind: StopKind; readonly at: Instant }[];
}

/**
 * Why somebody has no car, so that a desk can act: no car has that kind of place; every car that has one drives somebody else, until
 * `freeAt` at best; no driver is on duty at that time; no road leads there; no car can be there in time, even with nobody else to drive.
 */
export const DAY_REASONS = ['noSeats', 'noWheelchairPlace', 'noStretcherPlace', 'carsBusy', 'outsideHours', 'noRoad', 'outOfReach'] as const;
export type DayReason = (typeof DAY_REASONS)[number];

export interface DayUnplanned {
  readonly ride: string;
  readonly leg: Leg;
  readonly reason: DayReason;
  /** `carsBusy`: when a car could be at the door if the person waited, and which. */
  readonly freeAt?: Instant;
  readonly car?: string;
  /** `outsideHours`: when the first driver of a fitting car begins, and the last one ends. */
  readonly onDutyFrom?: Instant;
  readonly onDutyTo?: Instant;
}

/** A later change of less than this from what somebody was told is not worth a call. */
export const TOLD_MS = 5 * 60_000;

/** The plan as it runs: every car's stops that are still to come. */
export function routesOf({ rides }: Pick<TripDay, 'rides'>): readonly CarRoute[] {
  const stops = new Map<string, CarRoute['stops'][number][]>();
  for (const { order: { ride }, planned, aboardAt } of rides) {
    if (!planned) continue;
    const car = stops.get(planned.car) ?? [];
    if (aboardAt === undefined) car.push({ ride, kind: 'pickUp', at: planned.pickUpAt });
    car.push({ ride, kind: 'dropOff', at: planned.arriveAt });
    stops.set(planned.car, car);
  }
  // A pick-up takes time, so that its own drop-off comes later; of others at one moment, whoever gets out makes room.
  const order = (kind: StopKind): number => (kind === 'dropOff' ? 0 : 1);
  return [...stops].sort(([a], [b]) => a.localeCompare(b)).map(([car, list]) => ({
    car, stops: list.sort((a, b) => a.at - b.at || order(a.kind) - order(b.kind) || a.ride.localeCompare(b.ride)),
  }));
}

/**
 * Nobody is aboard a car that does not drive: whoever was stands where it stopped, and is fetched from there like anybody else.
 * What such a car was to do, nobody does.
 */
export function stranded(day: TripDay): TripDay {
  const broken = new Map(day.cars.filter(({ state }) => state === 'broken').map((car) => [car.car, car]));
  if (broken.size === 0) return day;
  return {
    ...day,
    rides: day.rides.map((ride) => {
      const car = ride.planned && broken.get(ride.planned.car);
      if (!car) return ride;
      const { aboardAt, atDoorAt: _, planned, promised = planned, ...rest } = ride;
      if (aboardAt !== undefined) return { ...rest, from: car.place };
      return { ...rest, ...(promised && { promised }) };
    }),
  };
}

/** The same day after these changes; what was told is remembered where nobody is told anew. */
export function withMoved(given: TripDay, moved: readonly Moved[]): TripDay {
  const day = stranded(given);
  const changes = new Map(moved.map((change) => [change.ride, change]));
  return {
    ...day,
    rides: day.rides.map((ride) => {
      const change = changes.get(ride.order.ride);
      if (!change) return ride;
      const { planned, promised = planned, ...rest } = ride;
      const { after, told } = change;
      if (!after) return rest;
      return { ...rest, planned: after, ...(!told && promised && { promised }) };
    }),
  };
}
