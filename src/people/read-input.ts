import type { z } from 'zod';
import type { Refusal } from '../base/index.ts';
import { plainProblem } from './plain-problem.ts';
import { invalid } from './refused.ts';

/**
 * What came from outside, checked and typed; nothing unchecked goes on.
 * @throws Refused 400 naming every wrong field at once
 */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const refusals = parsed.error.issues.flatMap((issue): Refusal[] => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ code: 'unknownField', field: field ? `${field}.${key}` : key }));
    return [{ code: 'fieldInvalid', field: field || 'body', facts: { ...plainProblem(issue) } }];
  });
  const [first = { code: 'fieldInvalid', field: 'body' }, ...rest] = refusals;
  throw invalid([first, ...rest]);
}
