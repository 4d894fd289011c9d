import type { Instant } from '../base/index.ts';

/** Out and back are two orders of one kind. */
export const LEGS = ['out', 'back'] as const;
export type Leg = (typeof LEGS)[number];

/** People of different cohorts never share a car, nor follow each other in one before it is decontaminated. */
export const COHORTS = ['fever', 'contact', 'positive', 'immunocompromised', 'other'] as const;
export type Cohort = (typeof COHORTS)[number];

export const RIDE_STEPS = ['atDoor', 'aboard', 'arrived'] as const;
export type RideStep = (typeof RIDE_STEPS)[number];

/** What a trip needs to know: from where, to where, when, with what. Not who, and not why. */
export interface RideOrder {
  readonly ride: string;
  readonly leg: Leg;
  readonly town: string;
  readonly institution: string;
  readonly pickUpAt: Instant;
  readonly travelSeconds: number;
  /** How sure `travelSeconds` is: guessed from the distance; every road was closed when it was ordered. */
  readonly estimated?: true;
  readonly noWayOpen?: true;
  readonly cohort: Cohort;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  /** Somebody comes along; their place is one of `seats`. */
  readonly companion?: boolean;
  /** The person may be fetched no earlier, and is fetched no later. What is absent follows from `pickUpAt` (`wishOf`). */
  readonly earliestPickUpAt?: Instant;
  readonly latestPickUpAt?: Instant;
  /** The institution, or the home, is reached no earlier and no later. */
  readonly earliestArriveAt?: Instant;
  readonly latestArriveAt?: Instant;
  /** At the pick-up and at the drop-off: door, guarded gate, papers, hand-over by name. */
  readonly pickUpSeconds?: number;
  readonly dropOffSeconds?: number;
  /** In the car, from the end of the pick-up to the arrival. */
  readonly longestRideSeconds?: number;
  /** The way back, ordered with the way out: its time is what such care usually takes, until somebody confirms it. */
  readonly expected?: true;
}

export interface Ride extends RideOrder {
  readonly orderedAt: Instant;
  readonly car?: string;
  readonly times: Readonly<Partial<Record<RideStep | 'assigned', Instant>>>;
  readonly cancelled?: true;
}

export type TripEvent =
  | { readonly type: 'CarUnavailable'; readonly by: string }
  | { readonly type: 'CarFound'; readonly by: string }
  | { readonly type: 'RideOrdered'; readonly order: RideOrder }
  | { readonly type: 'CarAssigned'; readonly ride: string; readonly leg: Leg; readonly car: string }
  | { readonly type: 'RideReported'; readonly ride: string; readonly leg: Leg; readonly car: string; readonly step: RideStep }
  | { readonly type: 'RideCancelled'; readonly ride: string; readonly leg: Leg; readonly car?: string; readonly reason: string };

export type TripCommand =
  /** Nobody has a car to send: on this somebody else is asked. */
  | { readonly type: 'reportNoCar' }
  /** A car after all, before anybody else was sent. */
  | { readonly type: 'reportCarFree' }
  | { readonly type: 'assignCar'; readonly leg: Leg; readonly car?: string }
  | { readonly type: 'reportRide'; readonly leg: Leg; readonly step: RideStep };

export function evolveRide(ride: Ride | undefined, event: TripEvent, at: Instant): Ride | undefined {
  switch (event.type) {
    case 'CarUnavailable':
    case 'CarFound':
      return ride;
    case 'RideOrdered':
      return { ...event.order, orderedAt: at, times: {} };
    case 'CarAssigned':
      return ride && { ...ride, car: event.car, times: { assigned: at } };
    case 'RideReported':
      return ride && { ...ride, times: { ...ride.times, [event.step]: at } };
    case 'RideCancelled':
      return ride && { ...ride, cancelled: true };
  }
}

export function rideRuns(ride: Ride | undefined): boolean {
  return ride?.car !== undefined && !ride.cancelled && ride.times.arrived === undefined;
}
