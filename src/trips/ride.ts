import type { Instant, Place } from '../base/index.ts';
import type { Owner } from '../people/index.ts';
import type { Planned } from './day.ts';

/** Out and back are two orders of one kind. */
export const LEGS = ['out', 'back'] as const;
export type Leg = (typeof LEGS)[number];

/**
 * People of different cohorts never share a car, nor follow each other in one before it is decontaminated. `suspected` has a fever and was
 * exposed: with the merely feverish they could infect them, with mere contacts as well.
 */
export const COHORTS = ['positive', 'suspected', 'fever', 'contact', 'immunocompromised', 'other'] as const;
export type Cohort = (typeof COHORTS)[number];

/** After these an ambulance is cleaned before anybody else gets in. */
export const INFECTIOUS: ReadonlySet<Cohort> = new Set<Cohort>(['positive', 'suspected', 'fever', 'contact']);

/** Why somebody was not let in at their own gate, as reported: counted apart, never accepted. */
export const GATE_GROUNDS = ['cameFromHospital', 'noTestResult', 'notOnTheList', 'gateLocked', 'other'] as const;
export type GateGround = (typeof GATE_GROUNDS)[number];

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

/** One line of the custody record: when and where it truly was, when it was written down, who gave and who took over. */
export interface Stamp {
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly place?: Place;
  readonly from?: string;
  readonly to?: string;
}

/** What whoever was there says of a step; absent what nobody said. */
export type Witness = Partial<Omit<Stamp, 'recordedAt'>>;

export interface Ride extends RideOrder {
  readonly orderedAt: Instant;
  readonly car?: string;
  readonly planned?: Planned;
  /** What the person was told last: a plan that moves by less than they would notice is not told again. */
  readonly promised?: Planned;
  /** Approved, and without a plan that fits: the day finds one as soon as there is one. */
  readonly wantsPlan?: true;
  /** Treated, and ready to be fetched. */
  readonly readyAt?: Instant;
  /** The car they were in broke down here. */
  readonly stoppedAt?: Place;
  readonly times: Readonly<Partial<Record<RideStep | 'assigned', Instant>>>;
  readonly stamps?: Readonly<Partial<Record<RideStep, Stamp>>>;
  /** Somebody else stood at the door; not let in at their own gate. */
  readonly wrongPersonAt?: Instant;
  readonly refusedAtGateAt?: Instant;
  readonly cancelled?: true;
}

export type TripEvent =
  | { readonly type: 'CarUnavailable'; readonly by: string }
  | { readonly type: 'CarFound'; readonly by: string }
  | { readonly type: 'RideOrdered'; readonly order: RideOrder }
  /** The committee said yes, and no car has a place yet. */
  | { readonly type: 'RideApproved'; readonly ride: string; readonly leg: Leg }
  | { readonly type: 'RideHandedOn'; readonly ride: string; readonly leg: Leg; readonly reason: string; readonly owner: Owner; readonly dueAt: Instant }
  | { readonly type: 'CarAssigned'; readonly ride: string; readonly leg: Leg; readonly car: string; readonly pickUpAt?: Instant; readonly arriveAt?: Instant }
  /** `told`: by more than the person would notice. `stoppedAt`: their car broke down there with them in it. */
  | { readonly type: 'RideReplanned'; readonly ride: string; readonly leg: Leg; readonly car: string; readonly pickUpAt: Instant; readonly arriveAt: Instant; readonly told?: true; readonly stoppedAt?: Place }
  | { readonly type: 'CarLost'; readonly ride: string; readonly leg: Leg; readonly car: string; readonly reason: string }
  | { readonly type: 'RideConfirmed'; readonly ride: string; readonly leg: 'back'; readonly readyAt: Instant }
  /** `at` is when it happened, where the phone had no network then. */
  | ({ readonly type: 'RideReported'; readonly ride: string; readonly leg: Leg; readonly car: string; readonly step: RideStep } & Witness)
  | ({ readonly type: 'WrongPerson'; readonly ride: string; readonly leg: Leg; readonly car: string } & Witness)
  | ({ readonly type: 'RefusedAtGate'; readonly leg: 'back'; readonly ride?: string; readonly ground: GateGround; readonly told: Owner; readonly dueAt: Instant } & Witness)
  | { readonly type: 'RideCancelled'; readonly ride: string; readonly leg: Leg; readonly car?: string; readonly reason: string };

export type TripCommand =
  /** Nobody has a car to send: on this somebody else is asked. */
  | { readonly type: 'reportNoCar' }
  /** A car after all, before anybody else was sent. */
  | { readonly type: 'reportCarFree' }
  /** `planned` comes from the running plan of the day; without it the car drives for this ride alone. */
  | { readonly type: 'assignCar'; readonly leg: Leg; readonly car?: string; readonly planned?: Planned }
  | { readonly type: 'handOnRide'; readonly leg: Leg; readonly reason: string }
  | { readonly type: 'reportRide'; readonly leg: Leg; readonly step: RideStep; readonly witness?: Witness }
  | { readonly type: 'reportWrongPerson'; readonly leg: Leg; readonly witness?: Witness }
  | { readonly type: 'reportGateRefusal'; readonly ground: GateGround; readonly witness?: Witness }
  /** From the day's plan alone, never from a person: approved without a place, moved, or without a car again. */
  | { readonly type: 'approveRide'; readonly leg: Leg }
  | { readonly type: 'replanRide'; readonly leg: Leg; readonly planned: Planned; readonly stoppedAt?: Place }
  | { readonly type: 'loseCar'; readonly leg: Leg; readonly reason: string };

export function evolveRide(ride: Ride | undefined, event: TripEvent, at: Instant): Ride | undefined {
  switch (event.type) {
    case 'RideOrdered':
      return { ...event.order, orderedAt: at, times: {} };
    case 'RideApproved':
      return ride && { ...ride, wantsPlan: true };
    case 'CarAssigned': {
      if (!ride) return ride;
      const { wantsPlan: _, ...rest } = ride;
      const planned = { car: event.car, pickUpAt: event.pickUpAt ?? ride.pickUpAt, arriveAt: event.arriveAt ?? ride.pickUpAt + ride.travelSeconds * 1_000 };
      return { ...rest, car: event.car, planned, promised: planned, times: { assigned: at } };
    }
    case 'RideReplanned': {
      if (!ride) return ride;
      const { wantsPlan: _, ...rest } = ride;
      const { car, pickUpAt, arriveAt, stoppedAt } = event;
      const planned = { car, pickUpAt, arriveAt };
      const fetchedAnew = stoppedAt && { stoppedAt, times: { assigned: at } };
      return { ...rest, car, planned, ...(event.told && { promised: planned }), ...fetchedAnew };
    }
    case 'CarLost': {
      if (!ride) return ride;
      const { car: _, planned: __, ...rest } = ride;
      return { ...rest, wantsPlan: true, times: {} };
    }
    case 'RideConfirmed': {
      if (!ride) return ride;
      const { expected: _, ...rest } = ride;
      return { ...rest, readyAt: event.readyAt, pickUpAt: event.readyAt, ...(ride.car !== undefined && { wantsPlan: true }) };
    }
    case 'RideReported':
      return ride && { ...ride, times: { ...ride.times, [event.step]: event.at ?? at }, stamps: { ...ride.stamps, [event.step]: stampOf(event, at) } };
    case 'RideCancelled':
      return ride && { ...ride, cancelled: true };
    case 'CarUnavailable':
    case 'CarFound':
    case 'RideHandedOn':
      return ride;
    case 'WrongPerson':
      return ride && { ...ride, wrongPersonAt: event.at ?? at };
    case 'RefusedAtGate':
      return ride && { ...ride, refusedAtGateAt: event.at ?? at };
  }
}

function stampOf({ at, place, from, to }: Witness, recordedAt: Instant): Stamp {
  return { at: at ?? recordedAt, recordedAt, ...(place && { place }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

export function rideRuns(ride: Ride | undefined): boolean {
  return ride?.car !== undefined && !ride.cancelled && ride.times.arrived === undefined;
}

/** Somebody is in the car. */
export function isAboard(ride: Ride | undefined): boolean {
  return rideRuns(ride) && ride?.times.aboard !== undefined;
}
