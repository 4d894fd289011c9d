import { parseInstant } from '../base/index.ts';
import { CONSCIOUSNESS, GROUPS, NEEDS, VITAL_RANGE } from '../triage/index.ts';
import type { Group, MeasuredVital, TriageCase, Vitals } from '../triage/index.ts';
import { PATIENT_KINDS, TEST_STATES } from './decision.ts';
import type { CareCase } from './decision.ts';
import { MOBILITIES } from './facts.ts';

/** One field that cannot be read, and what to write instead. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export const CASE_KEYS = [
  'id', 'instant', 'town', 'ageYears', 'ageMonths', 'sex', 'groups', 'patientKind', 'need', 'findings', 'notKnown', 'vitals', 'test',
  'mobility', 'ownInstitution',
] as const;

const SEXES = ['female', 'male', 'other'] as const;
const OLDEST_YEARS = 130;
const MOST_ENTRIES = 200;
const LONGEST_WORD = 100;

/**
 * Reads a case as another system writes it. Everything but `need` may be missing, and `null` is missing; what is there has
 * to be right, because a fact half understood decides as surely as a true one. An unknown finding is no problem here:
 * triage counts it as a finding that somebody has to ask about.
 */
export function readCase(value: unknown): { readonly care: CareCase } | { readonly problems: readonly FieldProblem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problems: [{ field: '', message: 'a case has to be an object such as {"id":"1","need":"fever"}' }] };
  }
  const input = value as Readonly<Record<string, unknown>>;
  const problems: FieldProblem[] = [];
  const fail = (field: string, message: string): undefined => {
    problems.push({ field, message });
    return undefined;
  };
  for (const key of Object.keys(input)) {
    // Read past, a misspelt "findings" would lose the chest pain.
    if (!(CASE_KEYS as readonly string[]).includes(key)) fail(clip(key), `is not known; known are ${CASE_KEYS.join(', ')}`);
  }
  const oneOf = <T extends string>(field: string, values: readonly T[]): T | undefined => {
    const given = input[field] ?? undefined;
    if (given === undefined) return undefined;
    return values.find((item) => item === given) ?? fail(field, `is ${show(given)}; write one of ${values.join(', ')}`);
  };
  const need = oneOf('need', NEEDS);
  if (need === undefined && (input.need ?? undefined) === undefined) fail('need', `is missing; write one of ${NEEDS.join(', ')}`);
  const instant = readInstant(input.instant ?? undefined, fail);
  const town = readTown(input.town ?? undefined, fail);
  const ageMonths = readAge(input, fail);
  const sex = oneOf('sex', SEXES);
  const patientKind = oneOf('patientKind', PATIENT_KINDS);
  const test = oneOf('test', TEST_STATES);
  const mobility = oneOf('mobility', MOBILITIES);
  const groups = readWords(input, 'groups', fail).filter((word): word is Group => {
    if ((GROUPS as readonly string[]).includes(word)) return true;
    fail('groups', `names ${show(word)}; write ${GROUPS.join(', ')}`);
    return false;
  });
  const findings = readWords(input, 'findings', fail);
  const notKnown = readWords(input, 'notKnown', fail);
  const vitals = readVitals(input.vitals ?? undefined, fail);
  const own = input.ownInstitution ?? undefined;
  if (own !== undefined && !isWord(own)) fail('ownInstitution', 'has to be the code of an institution');

  if (problems.length > 0 || need === undefined) return { problems };
  const care: CareCase = {
    need, groups, findings, vitals,
    ...(notKnown.length > 0 && { notKnown }),
    ...(instant !== undefined && { instant }),
    ...(town !== undefined && { town }),
    ...(ageMonths !== undefined && { ageMonths }),
    ...(sex && { sex }),
    ...(patientKind && { patientKind }),
    ...(test && { test }),
    ...(mobility && { mobility }),
    ...(typeof own === 'string' && { ownInstitution: own }),
  };
  return { care };
}

type Fail = (field: string, message: string) => undefined;

function readInstant(given: unknown, fail: Fail): number | undefined {
  if (given === undefined) return undefined;
  const instant = typeof given === 'string' ? parseInstant(given) : undefined;
  return instant ?? fail('instant', `is ${show(given)}; write ISO 8601, such as 2022-11-25T08:30:00+08:00`);
}

function readTown(given: unknown, fail: Fail): string | undefined {
  if (given === undefined) return undefined;
  const town = typeof given === 'number' ? String(given) : given;
  if (typeof town === 'string' && /^\d{9}$/.test(town)) return town;
  return fail('town', `is ${show(given)}; write the nine digits of the town's code`);
}

function readAge(input: Readonly<Record<string, unknown>>, fail: Fail): TriageCase['ageMonths'] {
  const years = readNumber(input.ageYears ?? undefined, 'ageYears', 0, OLDEST_YEARS, fail);
  const months = readNumber(input.ageMonths ?? undefined, 'ageMonths', 0, OLDEST_YEARS * 12, fail);
  // A year is whole: 2.9 years is 34 months, and still under three.
  if (months === undefined) return years === undefined ? undefined : Math.floor(years * 12);
  if (years !== undefined && Math.floor(months / 12) !== Math.floor(years)) {
    return fail('ageMonths', `is ${months}, which is not ${years} years; send one of ageYears and ageMonths`);
  }
  return Math.floor(months);
}

function readVitals(given: unknown, fail: Fail): Vitals {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    fail('vitals', 'has to be an object such as {"pulsePerMinute":88}');
    return {};
  }
  const vitals: { -readonly [K in keyof Vitals]: Vitals[K] } = {};
  for (const [name, raw] of Object.entries(given)) {
    const field = `vitals.${clip(name)}`;
    const value = (raw ?? undefined) as unknown;
    if (name === 'consciousness') {
      const found = CONSCIOUSNESS.find((item) => item === value);
      if (found) vitals.consciousness = found;
      else if (value !== undefined) fail(field, `is ${show(value)}; write one of ${CONSCIOUSNESS.join(', ')}`);
    } else if (name === 'airOrOxygen') {
      if (value === 'air' || value === 'oxygen') vitals.airOrOxygen = value;
      else if (value !== undefined) fail(field, `is ${show(value)}; write air or oxygen`);
    } else if (name === 'saturationTargetSetBy') {
      if (isWord(value) && value.trim()) vitals.saturationTargetSetBy = value;
      else if (value !== undefined) fail(field, 'has to be the name of the clinician who set 88 to 92 %; leave it out if nobody did');
    } else if (Object.hasOwn(VITAL_RANGE, name)) {
      const vital = name as MeasuredVital;
      const measured = readNumber(value, field, ...VITAL_RANGE[vital], fail);
      if (measured !== undefined) vitals[vital] = measured;
    } else fail(field, `is not known; known are ${[...Object.keys(VITAL_RANGE), 'airOrOxygen', 'saturationTargetSetBy', 'consciousness'].join(', ')}`);
  }
  return vitals;
}

function readNumber(given: unknown, field: string, min: number, max: number, fail: Fail): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'number' && given >= min && given <= max) return given;
  return fail(field, `is ${show(given)}; write a number from ${min} to ${max}`);
}

function readWords(input: Readonly<Record<string, unknown>>, field: string, fail: Fail): readonly string[] {
  const given = input[field] ?? undefined;
  if (given === undefined) return [];
  if (Array.isArray(given) && given.length <= MOST_ENTRIES && given.every(isWord)) return given;
  fail(field, `has to be a list of at most ${MOST_ENTRIES} codes`);
  return [];
}

const isWord = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= LONGEST_WORD;
const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return clip(JSON.stringify(value) ?? 'nothing');
}
