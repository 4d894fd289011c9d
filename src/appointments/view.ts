import type { Instant, Place, Text } from '../base/index.ts';
import type { AppointmentPerson, AppointmentState, FreeSeat } from './appointment.ts';
import type { BookableService } from './booking.ts';

/** What somebody who is signed in may do with an appointment now; a screen shows these buttons and no others. */
export const APPOINTMENT_ACTIONS = ['move', 'cancel', 'checkIn', 'noShow'] as const;
export type AppointmentAction = (typeof APPOINTMENT_ACTIONS)[number];

/** One appointment as its person, its institution or whoever booked it sees it. */
export interface AppointmentView {
  readonly id: string;
  readonly state: AppointmentState;
  readonly slot: string;
  readonly institution: string;
  readonly institutionName: Text;
  readonly institutionPhone?: string;
  readonly point: Place;
  readonly service: BookableService;
  /** Which clinic, desk or doctor of the service; empty where it has no parts. */
  readonly clinic: string;
  readonly clinicName?: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly person: AppointmentPerson;
  readonly bookedAt: Instant;
  readonly heldUntil?: Instant;
  /** A seat that was kept back for green channels. */
  readonly kept: boolean;
  /** When leave, pass and car begin to be arranged by themselves. */
  readonly callUpAt?: Instant;
  /** The request that brings them there and home, once it has begun. */
  readonly journey?: string;
  readonly series?: string;
  readonly cancelled?: { readonly at: Instant; readonly reason: string };
  readonly version: number;
  readonly actions: readonly AppointmentAction[];
}

/** A seat that can be taken now. An attribute nobody has stated is missing, and is shown as not known: never as a no. */
export interface FreeSeatView extends FreeSeat {
  readonly institutionName: Text;
  readonly clinicName?: string;
  readonly town: string;
  readonly point: Place;
  readonly stepFree?: boolean;
  readonly languages?: readonly string[];
  readonly seesChildren: boolean;
  /** `travelSeconds` is a guess from the distance; no road was asked. */
  readonly estimated?: true;
}

export interface FreeSeatsView {
  readonly at: Instant;
  readonly seats: readonly FreeSeatView[];
  /** Seats that match and open for booking at that time. */
  readonly notYet?: { readonly releasedAt: Instant; readonly startsAt: Instant };
  /** Nothing in the time that was asked for: the earliest after it. */
  readonly otherDay?: FreeSeatView;
  /** Nothing at all: whoever wants to may wait, and is offered what others give back. */
  readonly waitingList?: true;
}
