import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { codeField, instantField } from '../people/index.ts';
import { MOBILITIES, PATIENT_KINDS, TEST_STATES } from '../policy/index.ts';
import { CONSCIOUSNESS, GROUPS, NEEDS, nextQuestions, triage, VITAL_RANGE, withAnswers } from '../triage/index.ts';
import type { MeasuredVital, TriageCase } from '../triage/index.ts';
import { COMPLAINT_LENGTH_MAX } from './decide.ts';
import type { Intake } from './request.ts';

const name = z.string().trim().min(1).max(100);
const phone = z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits');
const finding = z.string().min(1).max(50);

/** Outside of what an instrument can show it is a typing error, and a wrong acuity would follow from it. */
const measured = Object.fromEntries(
  Object.entries(VITAL_RANGE).map(([vital, [least, most]]) => [vital, z.number().min(least).max(most).optional()]),
) as Record<MeasuredVital, z.ZodOptional<z.ZodNumber>>;
const vitals = z.strictObject({
  ...measured,
  airOrOxygen: z.enum(['air', 'oxygen']).optional(),
  consciousness: z.enum(CONSCIOUSNESS).optional(),
});

const person = z.strictObject({
  name, phone, ageMonths: z.int().min(0).max(1_500).optional(), sex: z.enum(['female', 'male', 'other']).optional(),
});

/** One body for every channel; the channel itself is known from who asks. */
export const IntakeBody = z.strictObject({
  person,
  ageYears: z.number().min(0).max(125).optional(),
  proxy: z.strictObject({ name, phone, relation: z.string().trim().max(50).optional() }).optional(),
  town: codeField,
  address: z.string().trim().min(1).max(300),
  point: z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).optional(),
  need: z.enum(NEEDS),
  complaint: z.string().trim().max(COMPLAINT_LENGTH_MAX).optional(),
  since: instantField.optional(),
  companion: z.string().trim().max(100).optional(),
  groups: z.array(z.enum(GROUPS)).max(GROUPS.length).default([]),
  findings: z.array(finding).max(50).default([]),
  notKnown: z.array(finding).max(100).optional(),
  vitals: vitals.default({}),
  patientKind: z.enum(PATIENT_KINDS).optional(),
  test: z.enum(TEST_STATES).optional(),
  mobility: z.enum(MOBILITIES).optional(),
  ownInstitution: codeField.optional(),
  lastSessionAt: instantField.optional(),
  medicineDaysLeft: z.int().min(0).max(400).optional(),
  medicine: z.string().trim().max(200).optional(),
  allergies: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
});

/** Bodies of the commands this room answers. */
export const requestBodies = {
  reportWorse: z.strictObject({ findings: z.array(finding).max(50).default([]), vitals: vitals.optional() }),
  downTriage: z.strictObject({ acuity: z.enum(['II', 'III', 'IV']), reason: z.string().trim().max(500) }),
  namePlace: z.strictObject({ institution: codeField }),
  withdrawRequest: z.strictObject({ reason: z.string().trim().max(500) }),
};

/** So that the next is on the screen while this one is being answered. */
const QUESTIONS_AT_ONCE = 3;

const InterviewBody = z.strictObject({
  need: z.enum(NEEDS), ageMonths: z.int().min(0).max(1_500).optional(), sex: z.enum(['female', 'male', 'other']).optional(),
  groups: z.array(z.enum(GROUPS)).max(GROUPS.length).default([]), findings: z.array(finding).max(50).default([]),
  vitals: vitals.default({}),
  answers: z.record(finding, z.enum(['yes', 'no', 'notKnown'])).default({}).refine((answers) => Object.keys(answers).length <= 100, 'send at most 100 answers'),
});

/** @param body as `IntakeBody` has checked it */
export function intakeOf(body: z.output<typeof IntakeBody>, channel: Intake['channel']): Intake {
  const { ageYears, person: given, ...rest } = body;
  const ageMonths = given.ageMonths ?? (ageYears === undefined ? undefined : Math.floor(ageYears * 12));
  return present({ ...rest, channel, person: present({ ...given, ageMonths }) }) as Intake;
}

/** A key that holds `undefined` would be a fact in the record. */
function present<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

export interface RequestDeps {
  /** Decides, stores, and answers as this channel sees it. @throws Refused */
  readonly submit: (request: FastifyRequest, reply: FastifyReply, body: z.output<typeof IntakeBody>) => Promise<object>;
}

export function registerRequestRoutes(app: FastifyInstance, { submit }: RequestDeps): void {
  app.post('/api/requests', { schema: { tags: ['requests'], summary: 'Ask for care, for oneself or for somebody else', body: IntakeBody } },
    async (request, reply) => submit(request, reply, request.body as z.output<typeof IntakeBody>));

  app.post('/api/interview', { schema: { tags: ['requests'], summary: 'What to ask next; nothing is stored', body: InterviewBody } }, async (request) => {
    const { answers, ...given } = request.body as z.output<typeof InterviewBody>;
    const care = present(given) as TriageCase;
    const after = withAnswers(care, answers);
    const { acuity } = triage(after);
    return {
      questions: nextQuestions(care, answers, QUESTIONS_AT_ONCE).map(({ code, ask }) => ({ code, ...ask })),
      acuity, acuityCertain: acuity === 'I', findings: after.findings, notKnown: after.notKnown,
    };
  });
}
