import { z } from 'zod';
import { instantField } from '../people/index.ts';
import { REFUSAL_GROUNDS } from './arrival.ts';

const told = z.string().trim().min(1).max(1_000);

/** Bodies of the commands this room answers. */
export const receptionBodies = {
  reportArrival: z.strictObject({}),
  receivePatient: z.strictObject({}),
  handOver: z.strictObject({
    report: z.strictObject({ happened: told, found: told, measured: told.optional(), done: told }), at: instantField.optional(),
  }),
  reportRefusal: z.strictObject({ ground: z.enum(REFUSAL_GROUNDS) }),
  admit: z.strictObject({ expectedDischargeAt: instantField }),
  finishTreatment: z.strictObject({ outcome: z.enum(['discharged', 'died']) }),
};
