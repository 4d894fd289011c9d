import { z } from 'zod';
import { NEEDS } from '../triage/index.ts';

const text = (max: number) => z.string().trim().max(max);
const quantity = z.int().min(1).max(10_000);
const item = z.strictObject({
  medicine: text(200), dose: text(200).min(1), days: z.int().min(1).max(366), quantity: quantity.optional(), controlled: z.enum(['no', 'narcotic', 'psychotropic']),
});
/** What is written down beside the medicine. */
const facts = {
  items: z.array(item).max(20).default([]), followUpOf: text(200).optional(), guardian: text(100).optional(),
  allergies: z.array(text(100).min(1)).max(20).optional(),
  long: z.strictObject({ assessment: text(2_000), agreed: z.boolean() }).optional(),
};

export const AnswerBody = z.strictObject({ advice: text(4_000), ...facts });

/** Bodies of the commands this room answers. */
export const clinicBodies = {
  takeVisit: z.strictObject({}),
  returnVisit: z.strictObject({}),
  sendMessage: z.strictObject({ text: text(4_000) }),
  offerCall: z.strictObject({ kind: z.enum(['voice', 'video']), url: text(500) }),
  answerVisit: AnswerBody,
  sendOn: z.strictObject({ reason: text(500), need: z.enum(NEEDS), findings: z.array(z.string().max(50)).max(30).default([]) }),
  checkPrescription: z.strictObject({ accepted: z.array(text(250).min(1)).max(100).default([]) }),
  queryPrescription: z.strictObject({ item: z.int().min(0).max(19), question: text(1_000) }),
  amendPrescription: z.strictObject({ reason: text(1_000), ...facts }),
  dispense: z.strictObject({ dispensed: z.array(z.strictObject({ medicine: text(200), days: z.int().min(1).max(366), quantity: quantity.optional() })).max(20).optional() }),
  handToCourier: z.strictObject({ courier: text(100), phone: z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits').optional(), coolBox: z.boolean().optional() }),
  deliver: z.strictObject({ to: text(200).min(1), coldKept: z.boolean().optional() }),
};
