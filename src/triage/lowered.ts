import { news2 } from './news2.ts';
import { readingOf } from './reading.ts';
import { dangerSigns } from './signs.ts';
import type { Row } from './tables/row.ts';
import type { TriageCase } from './triage.ts';

/**
 * Has what this row fires on become worse since a clinician looked at it? Asked of rows that fired then and fire now; a value
 * that moved on in the row's own direction, a sign that was not there, a parameter of the score that was bearable.
 */
export function isWorse(row: Row, now: TriageCase, then: TriageCase): boolean {
  if (row.vital) {
    const { name, atLeast, atMost } = row.vital;
    const [value, before] = [readingOf(name, now.vitals)!, readingOf(name, then.vitals)!];
    if (atLeast !== undefined && value > before) return true;
    if (atMost !== undefined && value < before) return true;
  }
  if (row.id.startsWith('news2-')) {
    const [score, before] = [news2(now.vitals), news2(then.vitals)];
    return score.score > before.score || (score.threes & ~before.threes) !== 0;
  }
  if (row.id === 'two-danger-signs') return (dangerSigns(now) & ~dangerSigns(then)) !== 0;
  if (row.id === 'unknown-finding') return [...now.findings, ...(now.notKnown ?? [])].some((code) => !then.findings.includes(code) && !then.notKnown?.includes(code));
  return false;
}
