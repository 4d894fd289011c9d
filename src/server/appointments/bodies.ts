import { z } from 'zod';
import type { BookableService } from '../../appointments/index.ts';
import { SERVICES } from '../../city/index.ts';
import { codeField, instantField } from '../../people/index.ts';
import { IntakeBody } from '../../requests/routes.ts';
import { GROUPS } from '../../triage/index.ts';

const { name, phone } = IntakeBody.shape.person.shape;
/** The emergency department is among them to be told, not to be booked. */
const service = z.enum(SERVICES);
/** In an address everything is a text. */
const yes = z.enum(['true', '1', 'yes']).transform(() => true as const).optional();
const instant = z.union([z.string().regex(/^\d{1,13}$/).transform(Number), instantField]);

export const FreeQuery = z.strictObject({
  service, town: codeField.optional(), institution: codeField.optional(), clinic: z.string().max(100).optional(), from: instant.optional(), to: instant.optional(),
  stepFree: yes, child: yes, language: z.string().min(2).max(20).optional(), cohort: z.enum(['other', 'contact', 'positive']).default('other'),
  groups: z.string().max(200).optional().transform((text) => (text ? text.split(',') : [])).pipe(z.array(z.enum(GROUPS))),
  limit: z.coerce.number().int().min(1).max(200).default(60),
});

/** The same wish over a span of days. */
export const FreeDaysQuery = FreeQuery.omit({ limit: true }).extend({ from: instant, to: instant });

const slotField = z.string().min(1).max(200);
/** `hold`: an earlier one of the same telephone, which is given up for this: one person does not keep two hours to choose from. */
export const HoldBody = z.strictObject({
  slot: slotField, hold: z.string().min(1).max(40).optional(), person: z.strictObject({ name, phone, groups: z.array(z.enum(GROUPS)).max(GROUPS.length).default([]) }), proxy: IntakeBody.shape.proxy,
});

/** The seat that is held, or a seat at once; with both, the seat is asked for again should the hold be over. */
export const BookBody = z.strictObject({ hold: z.string().min(1).max(40).optional(), slot: slotField.optional(), care: IntakeBody })
  .refine(({ hold, slot }) => hold !== undefined || slot !== undefined, { path: ['slot'], message: 'name the slot to book, or the hold' });

export const MoveBody = z.strictObject({ slot: slotField });
export const ReasonBody = z.strictObject({ reason: z.string().trim().max(500).default('') });
export const NoBody = z.strictObject({});
export const IdParams = z.strictObject({ id: z.string().min(1).max(40) });

export function isBookable(code: string | undefined): code is BookableService {
  return code !== 'emergency' && (SERVICES as readonly string[]).includes(code ?? '');
}
