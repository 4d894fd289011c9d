import { z } from 'zod';
import { codeField } from '../people/index.ts';

/** Bodies of the commands this room answers. */
export const appointmentBodies = {
  bookSlot: z.strictObject({ slot: codeField.optional() }),
};
