import { z } from 'zod';
import { codeField, instantField } from '../../people/index.ts';

/** What is wrong with times, seats and days is said by the room, everything at once; here only that they are there. */
const hours = { start: z.string().max(10), end: z.string().max(10), slotMinutes: z.number(), seats: z.number(), kept: z.number().default(0) };

export const ScheduleBody = z.strictObject({
  institution: codeField, service: z.string().min(1).max(50), clinic: z.string().trim().max(60).default(''), clinicName: z.string().trim().min(1).max(100).optional(), cohort: z.string().max(20).optional(),
  sessions: z.array(z.strictObject({ weekday: z.number(), ...hours })).max(200).default([]),
  extra: z.array(z.strictObject({ date: z.string().max(10), ...hours })).max(200).default([]),
  closures: z.array(z.strictObject({ from: instantField, to: instantField, reason: z.string().trim().max(200) })).max(200).default([]),
  keptOpensHours: z.number().default(24), release: z.strictObject({ days: z.number(), time: z.string().max(10) }).optional(),
  validFrom: z.string().max(10), validUntil: z.string().max(10).optional(),
});

export const ScheduleParams = z.strictObject({ id: z.string().regex(/^[\w.:-]{1,60}$/, 'use letters, digits and . : _ - , at most 60') });
export const SlotParams = z.strictObject({ slot: z.string().min(1).max(250) });
const yes = z.enum(['true', 'false']).optional();
/** `confirmReplaces`: the sessions that the city began with may go; asked for where there are any. */
export const PublishQuery = z.strictObject({ dryRun: yes, confirmReplaces: yes });
/** Needed by whoever answers for more than one institution. */
export const OfInstitution = z.strictObject({ institution: codeField.optional() });
export const ListQuery = z.strictObject({ institution: codeField });
export const DayQuery = z.strictObject({ institution: codeField, date: z.string().max(10) });
export const CloseBody = z.strictObject({ reason: z.string().trim().min(1).max(200) });
export const ChangeBody = z.strictObject({ startsAt: instantField.optional(), endsAt: instantField.optional(), seats: z.int().min(0).max(500).optional() })
  .refine((change) => Object.keys(change).length > 0, { path: ['startsAt'], message: 'say what changes: startsAt, endsAt or seats' });
export const ClosureBody = z.strictObject({ from: instantField, to: instantField, reason: z.string().trim().min(1).max(200) });
