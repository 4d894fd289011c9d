import type { Instant, Place, Text } from '../base/index.ts';
import type { StopKind } from './plan/problem.ts';
import type { Cohort, Leg, RideStep } from './ride.ts';

/** `GET /api/my-rides`: a driver's stops of today in their order, each with all that is needed where no network reaches. */
export interface DriverDay {
  readonly at: Instant;
  readonly car: string;
  readonly state: 'ready' | 'broken' | 'off';
  readonly stops: readonly DriverStop[];
}

export interface DriverStop {
  readonly ride: string;
  readonly journey: string;
  readonly leg: Leg;
  readonly kind: StopKind;
  readonly at: Instant;
  readonly placeName: Text;
  readonly address?: string;
  readonly point?: Place;
  /** Whom to ring so that somebody opens: the compound's gate, or the institution's desk. */
  readonly gate?: { readonly place?: string; readonly phone?: string };
  readonly person: { readonly name: string; readonly phone?: string };
  readonly cohort: Cohort;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  readonly companion?: string;
  /** They are in this car and in danger: where to drive now, before any other stop. */
  readonly emergency?: Text;
  /** The last step of this ride that the server knows. */
  readonly step?: RideStep;
  readonly doneAt?: Instant;
}

/** What a driver reported, with its true time on the city's clock; `key` is made when it is pressed and never changes. */
export interface DriverReport {
  readonly key: string;
  readonly journey: string;
  readonly leg: Leg;
  readonly step: RideStep;
  readonly at: Instant;
  readonly point?: Place;
  /** Who took the person over. */
  readonly who?: string;
  /** Somebody else stood at the door: nobody is aboard, and the district is told. */
  readonly wrongPerson?: true;
  /** On the way home they were not let in: the person stays in the car's care. */
  readonly refusedAtGate?: string;
}

/** `POST /api/my-rides/sync {entries}`: an answer for each, in the order in which they came. */
export interface DriverSyncAnswer {
  readonly at: Instant;
  readonly entries: readonly { readonly key: string; readonly ok?: true; readonly refusal?: { readonly code: string; readonly detail: string } }[];
}

/** `POST /api/shared-ride`: all that a family learns. Gone (410) when the ride is over. */
export interface SharedRide {
  readonly at: Instant;
  readonly state: 'planned' | 'onTheWay' | 'atDoor' | 'aboard';
  readonly leg: Leg;
  readonly car?: string;
  readonly carPlace?: Place;
  readonly placeAt?: Instant;
  readonly pickUpAt: Instant;
  readonly arriveAt: Instant;
  /** Where they get in and out, to a hundred metres: what the car is drawn beside. */
  readonly from?: Place;
  readonly to?: Place;
  readonly phone: string;
}
