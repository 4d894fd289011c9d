import { z } from 'zod';
import { MOVE_REASONS } from './booking.ts';

/** A slot says in its id what it is, and is longer than a code. */
const slotField = z.string().trim().min(1).max(200);

/** Bodies of the commands this room answers. */
export const appointmentBodies = {
  bookSlot: z.strictObject({ slot: slotField.optional() }),
  moveBooking: z.strictObject({ slot: slotField, reason: z.enum(MOVE_REASONS).default('personAsked') }),
  loseBooking: z.strictObject({ reason: z.enum(MOVE_REASONS).default('sessionClosed') }),
};
