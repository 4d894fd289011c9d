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
}

export type AppointmentEvent =
  | { readonly type: 'SlotBooked'; readonly booking: string; readonly slot: Slot }
  | { readonly type: 'SlotUnavailable'; readonly institution: string; readonly service: BookableService }
  | { readonly type: 'BookingCancelled'; readonly booking: string; readonly slot: string; readonly reason: string };

/** `slot` is the caller's own choice; without it the earliest seat that keeps the time limits is taken. */
export type AppointmentCommand = { readonly type: 'bookSlot'; readonly slot?: string };

export function evolveBooking(booking: Booking | undefined, event: AppointmentEvent, at: Instant): Booking | undefined {
  switch (event.type) {
    case 'SlotBooked':
      return { id: event.booking, slot: event.slot, bookedAt: at };
    case 'BookingCancelled':
      return booking && { ...booking, cancelled: true };
    case 'SlotUnavailable':
      return booking;
  }
}
