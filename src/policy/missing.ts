import { findFinding } from '../triage/index.ts';
import type { CareCase } from './decision.ts';

const FIELDS = ['instant', 'town', 'patientKind', 'test', 'ageMonths', 'mobility', 'vitals.temperatureCelsius'] as const;

const LISTS: readonly (readonly string[])[] = Array.from({ length: 1 << FIELDS.length }, (_, mask) =>
  Object.freeze(FIELDS.filter((_field, index) => (mask & (1 << index)) !== 0)));

/** Facts that would have made the decision surer, to be asked next; never a reason to wait with it. */
export function missingFacts(care: CareCase): readonly string[] {
  const mask =
    (care.instant === undefined ? 1 : 0) | (care.town === undefined ? 2 : 0) | (care.patientKind === undefined ? 4 : 0) |
    (care.test === undefined ? 8 : 0) | (care.ageMonths === undefined ? 16 : 0) | (care.mobility === undefined ? 32 : 0) |
    (care.vitals.temperatureCelsius === undefined && (care.need === 'fever' || care.need === 'chemotherapy') ? 64 : 0);
  const known = LISTS[mask]!;
  if (care.findings.every(isKnown)) return known;
  return [...known, ...care.findings.filter((code) => !isKnown(code)).map((code) => `finding:${code}`)];
}

const isKnown = (code: string): boolean => findFinding(code) !== undefined;
