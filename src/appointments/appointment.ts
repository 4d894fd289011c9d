import type { Instant } from '../base/index.ts';
import type { Group, Need } from '../triage/index.ts';
import type { BookableService, Slot } from './booking.ts';

/**
 * One seat in one session for one person (FHIR Appointment). A held seat is theirs for minutes; a booked one until it is over or given back.
 * Whoever did not come keeps their place in the world: a missed seat of a series is an alarm, not an end.
 */
export const APPOINTMENT_STATES = ['held', 'booked', 'checkedIn', 'fulfilled', 'cancelled', 'noShow'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** Whoever has a green channel may take a seat that was kept back for it until it opens to all. */
export const GREEN_GROUPS = ['pregnant', 'elderly', 'child', 'underThree', 'disabled'] as const satisfies readonly Group[];

/** By law elderly from 60 and a child below 18, as the pathway of a request counts them: neither what was said nor the age takes away what the other gives. */
export const GREEN_MONTHS = { childBelow: 18 * 12, elderlyFrom: 60 * 12 } as const;

export function isGreen({ groups, ageMonths, need }: { readonly groups: readonly Group[]; readonly ageMonths?: number | undefined; readonly need?: Need }): boolean {
  return groups.some((group) => (GREEN_GROUPS as readonly Group[]).includes(group)) || need === 'obstetrics' || need === 'paediatrics'
    || (ageMonths !== undefined && (ageMonths < GREEN_MONTHS.childBelow || ageMonths >= GREEN_MONTHS.elderlyFrom));
}

/** As much as one seat needs to know of whom it is for. */
export interface AppointmentPerson {
  readonly name: string;
  readonly phone: string;
  readonly groups: readonly Group[];
  /** Who booked for them, named. */
  readonly proxy?: { readonly name: string; readonly phone: string; readonly relation?: string };
}

export interface Appointment {
  readonly id: string;
  readonly state: AppointmentState;
  readonly slot: Slot;
  readonly clinic?: string;
  readonly person: AppointmentPerson;
  readonly bookedAt: Instant;
  readonly heldUntil?: Instant;
  /** A green channel's seat. */
  readonly kept: boolean;
  readonly series?: string;
  /** The request that brings them there and home, once it has begun. */
  readonly journey?: string;
  /** When that request begins by itself: in time for leave, pass and car. */
  readonly callUpAt?: Instant;
}

/** A seat somebody may take now, with what decides between two of them. */
export interface FreeSeat {
  readonly slot: string;
  readonly institution: string;
  readonly service: BookableService;
  readonly clinic: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seatsLeft: number;
  /** Only a green channel may take it before this instant. */
  readonly keptUntil?: Instant;
  readonly travelSeconds?: number;
}
