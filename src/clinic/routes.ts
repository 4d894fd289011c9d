import { z } from 'zod';
import { NEEDS } from '../triage/index.ts';

const item = z.strictObject({
  medicine: z.string().trim().max(200), dose: z.string().trim().min(1).max(200), days: z.int().min(1).max(366),
  controlled: z.enum(['no', 'narcotic', 'psychotropic']),
});

/** Bodies of the commands this room answers. */
export const clinicBodies = {
  takeVisit: z.strictObject({}),
  answerVisit: z.strictObject({ advice: z.string().trim().max(4_000), items: z.array(item).max(20).default([]) }),
  sendOn: z.strictObject({
    reason: z.string().trim().max(500), need: z.enum(NEEDS), findings: z.array(z.string().max(50)).max(30).default([]),
  }),
  dispense: z.strictObject({}),
  deliver: z.strictObject({ to: z.string().trim().min(1).max(200) }),
};
