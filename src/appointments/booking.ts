import type { Instant } from '../base/index.ts';
import type { Service } from '../city/index.ts';

/** Seats of one service at one time. Emergency departments have none: `BookableService` leaves them out. */
export type BookableService = Exclude<Service, 'emergency'>;

export interface Slot {
  readonly id: string;
  readonly institution: string;
  readonly service: BookableService;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export interface Booking {
  readonly id: string;
  readonly slot: Slot;
  readonly bookedAt: Instant;
  readonly cancelled?: true;
  /** The standing series whose session it is. */
  readonly series?: string;
}

export type AppointmentEvent =
  | { readonly type: 'SlotBooked'; readonly booking: string; readonly slot: Slot }
  /** It stood before the request did: the seat is counted already. */
  | { readonly type: 'BookingAdopted'; readonly booking: string; readonly slot: Slot; readonly bookedAt: Instant; readonly series?: string }
  | { readonly type: 'BookingMoved'; readonly booking: string; readonly from: string; readonly slot: Slot; readonly reason: string }
  | { readonly type: 'SlotUnavailable'; readonly institution: string; readonly service: BookableService }
  | { readonly type: 'BookingCancelled'; readonly booking: string; readonly slot: string; readonly reason: string };

/** For `bookSlot` the slot is the caller's own choice; without it the earliest seat that keeps the time limits is taken. */
export type AppointmentCommand =
  | { readonly type: 'bookSlot'; readonly slot?: string }
  /** Another hour or another institution, by the person's wish or because a unit closes; `reason` is a code. */
  | { readonly type: 'moveBooking'; readonly slot: string; readonly reason: MoveReason }
  /** The institution takes the hour back: another is found. */
  | { readonly type: 'loseBooking'; readonly reason: MoveReason };

/** Why a booked hour changes; each has its words. */
export const MOVE_REASONS = ['personAsked', 'unitClosed', 'sessionClosed', 'sessionChanged'] as const;
export type MoveReason = (typeof MOVE_REASONS)[number];

export function evolveBooking(booking: Booking | undefined, event: AppointmentEvent, at: Instant): Booking | undefined {
  switch (event.type) {
    case 'SlotBooked':
      return { id: event.booking, slot: event.slot, bookedAt: at };
    case 'BookingAdopted':
      return { id: event.booking, slot: event.slot, bookedAt: event.bookedAt, ...(event.series !== undefined && { series: event.series }) };
    case 'BookingMoved':
      return booking && { ...booking, slot: event.slot };
    case 'BookingCancelled':
      return booking && { ...booking, cancelled: true };
    case 'SlotUnavailable':
      return booking;
  }
}
