import { z } from 'zod';
import { instantField } from '../people/index.ts';
import { REFUSAL_GROUNDS } from './arrival.ts';

/** Bodies of the commands this room answers. */
export const receptionBodies = {
  reportArrival: z.strictObject({}),
  receivePatient: z.strictObject({}),
  reportRefusal: z.strictObject({ ground: z.enum(REFUSAL_GROUNDS) }),
  admit: z.strictObject({ expectedDischargeAt: instantField }),
  finishTreatment: z.strictObject({ outcome: z.enum(['discharged', 'died']) }),
};
