import { ACUITIES } from '../triage.ts';
import type { Row } from './row.ts';
import { and } from './sources.ts';

/**
 * "I can't tell" to a question stands one step below "yes": what would be level I cannot be ruled out and is level II, what
 * would be level II is level III. Below that it leaves no mark. Counting it as "yes" would send a resuscitation team to every
 * caller who stands in another room, counting it as "no" is the error nobody sees; a clinician has to confirm the step.
 * @param rows of which those that hang on a finding have such a shadow, under the same conditions
 */
export function notKnownRows(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap(({ finding, ...row }): Row[] => {
    if (finding === undefined || (row.acuity !== 'I' && row.acuity !== 'II')) return [];
    const acuity = ACUITIES[ACUITIES.indexOf(row.acuity) + 1]!;
    return [{ ...row, id: `not-known-${row.id}`, acuity, notKnown: finding, source: and(row.source, '不清楚不等于没有', 'not known is not "no"'), confirm: true }];
  });
}
