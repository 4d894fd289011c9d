import { z } from 'zod';
import { parseInstant, type Instant } from '../base/index.ts';

/** A time from outside: epoch milliseconds, or ISO 8601 where a person or another system writes it. */
export const instantField = z.union([
  z.int().min(0).max(4_102_444_800_000),
  z.string().max(40).transform((text, context): Instant => {
    const instant = parseInstant(text);
    if (instant === undefined) context.addIssue({ code: 'custom', message: 'write a time as 2022-11-25T08:30:00+08:00' });
    return instant ?? 0;
  }),
]);

/** A code of ours: a town, an institution, a unit, a slot. */
export const codeField = z.string().min(1).max(100);
