import type { Instant, Place, Text } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import type { AppointmentPerson } from './appointment.ts';
import type { BookableService } from './booking.ts';

export const WAITING_STATES = ['waiting', 'offered', 'placed', 'left', 'over'] as const;
export type WaitingState = (typeof WAITING_STATES)[number];

export const WAITING_ACTIONS = ['accept', 'decline', 'leave'] as const;
export type WaitingAction = (typeof WAITING_ACTIONS)[number];

/** A seat that is held for whoever waited, until they answer or the time is over. */
export interface OfferView {
  readonly slot: string;
  readonly institution: string;
  readonly institutionName: Text;
  readonly point: Place;
  readonly clinic: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly offeredAt: Instant;
  readonly until: Instant;
  /** From then on a person calls them: half of the time is over, or they read no messages. */
  readonly callAt: Instant;
}

/** One place in line, as its person and whoever answers for it see it. */
export interface WaitingView {
  readonly id: string;
  readonly state: WaitingState;
  readonly service: BookableService;
  /** Any institution of the service where empty. */
  readonly institutions: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly acuity: Acuity;
  readonly gapEndsAt?: Instant;
  readonly green: boolean;
  /** They had a seat and lost it without their doing: first in line. */
  readonly displaced: boolean;
  readonly joinedAt: Instant;
  readonly person: AppointmentPerson;
  readonly town: string;
  /** Reads no messages: is called. */
  readonly callOnly: boolean;
  readonly offer?: OfferView;
  /** True now: somebody has to ring them. */
  readonly callThem: boolean;
  readonly owner?: { readonly role: string; readonly scope: string };
  readonly dueAt?: Instant;
  readonly booking?: string;
  readonly version: number;
  readonly actions: readonly WaitingAction[];
}

/** Whoever is to be called first, then in order of need. */
export interface WaitingListView {
  readonly at: Instant;
  readonly waiting: readonly WaitingView[];
}
