import { within } from '../base/index.ts';
import { ACUITIES, GROUPS, NEEDS } from '../triage/index.ts';
import type { Acuity, Group } from '../triage/index.ts';
import { PATIENT_KINDS, TEST_STATES } from './decision.ts';
import type { CareCase, Mobility } from './decision.ts';
import type { Coverage } from './document.ts';

export const MOBILITIES: readonly Mobility[] = ['walks', 'wheelchair', 'stretcher'];

/**
 * Everything a measure may ask, and every answer there can be. All of it is finite, so a whole policy can be walked, and a
 * fact nobody gave is the answer `unknown`, which a measure has to name like any other.
 */
export const FACTS = {
  period: ['inForce', 'ordinary'],
  acuity: ACUITIES,
  need: NEEDS,
  patientKind: [...PATIENT_KINDS, 'unknown'],
  test: [...TEST_STATES, 'unknown'],
  mobility: [...MOBILITIES, 'unknown'],
  age: ['underThree', 'threeToFive', 'sixToThirteen', 'fourteenAndOver', 'unknown'],
  fever: ['yes', 'no'],
  ownInstitution: ['yes', 'no'],
  /** A person belongs to several or none: the condition holds when one of theirs is named. */
  group: GROUPS,
} as const satisfies Record<string, readonly string[]>;

export type FactName = keyof typeof FACTS;
export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

/** Words for several values at once, so that a measure reads as its clause does. */
export const SETS: { readonly [F in FactName]?: Readonly<Record<string, readonly string[]>> } = {
  acuity: { emergencies: ['I', 'II'], others: ['III', 'IV'] },
  need: {
    visits: NEEDS.slice(0, 12),
    clinics: NEEDS.slice(1, 12).filter((need) => need !== 'severeIllness'),
    remote: NEEDS.slice(12),
  },
  patientKind: { restricted: ['highRiskArea', 'isolationPoint', 'nonGreenSpecial', 'unknown'], free: ['greenCode', 'none'] },
  test: {
    notValid: ['expired', 'none', 'positiveAntigen', 'positive', 'unknown'],
    anyPositive: ['positiveAntigen', 'positive'],
    notPositive: ['valid', 'expired', 'none', 'unknown'],
  },
};

/** One combination of answers; groups as a bit mask in the order of `GROUPS`. */
export interface Facts {
  readonly period: (typeof FACTS.period)[number];
  readonly acuity: Acuity;
  readonly need: (typeof FACTS.need)[number];
  readonly patientKind: (typeof FACTS.patientKind)[number];
  readonly test: (typeof FACTS.test)[number];
  readonly mobility: (typeof FACTS.mobility)[number];
  readonly age: (typeof FACTS.age)[number];
  readonly fever: (typeof FACTS.fever)[number];
  readonly ownInstitution: (typeof FACTS.ownInstitution)[number];
  readonly groups: number;
}

const GROUP_BIT = Object.fromEntries(GROUPS.map((group, index) => [group, 1 << index])) as Record<Group, number>;
export const GROUP_MASKS = 1 << GROUPS.length;

export function groupsOf(mask: number): readonly Group[] {
  return GROUPS.filter((group) => (mask & GROUP_BIT[group]) !== 0);
}

/** 60 is where the law on the elderly begins; 18 where minority ends; under 14 is who a children's clinic sees. */
const ELDERLY_MONTHS = 60 * 12;
const ADULT_MONTHS = 18 * 12;
const PAEDIATRIC_MONTHS = 14 * 12;
const UNDER_THREE_MONTHS = 36;
const UNDER_SIX_MONTHS = 72;
/** Where screening begins to call it a fever; lower than the clinic's 38 because sending someone home wrongly is worse. */
export const FEVER_CELSIUS = 37.3;

/** What was said and what the age says, joined: neither can take a protection away that the other gives. */
export function groupMask(care: CareCase): number {
  let mask = 0;
  for (const group of care.groups) mask |= GROUP_BIT[group];
  const age = care.ageMonths;
  // The need says it as well: an obstetric patient is pregnant, a paediatric one of unknown age a child.
  if (care.need === 'obstetrics') mask |= GROUP_BIT.pregnant;
  else if (care.need === 'paediatrics' && age === undefined) mask |= GROUP_BIT.child;
  if (age !== undefined) {
    if (age < ADULT_MONTHS) mask |= GROUP_BIT.child;
    if (age < UNDER_THREE_MONTHS) mask |= GROUP_BIT.underThree;
    if (age >= ELDERLY_MONTHS) mask |= GROUP_BIT.elderly;
  }
  return mask & GROUP_BIT.underThree ? mask | GROUP_BIT.child : mask;
}

export function ageBand(care: CareCase, mask: number): Facts['age'] {
  if (mask & GROUP_BIT.underThree) return 'underThree';
  const age = care.ageMonths;
  if (age === undefined) return 'unknown';
  if (age < UNDER_SIX_MONTHS) return 'threeToFive';
  return age < PAEDIATRIC_MONTHS ? 'sixToThirteen' : 'fourteenAndOver';
}

const FEVER_FINDINGS: readonly string[] = ['fever', 'feverFiveDays', 'feverOnChemotherapy'];

export function hasFever(care: CareCase): boolean {
  if (care.need === 'fever') return true;
  const measured = care.vitals.temperatureCelsius;
  if (measured !== undefined && measured >= FEVER_CELSIUS) return true;
  return care.findings.length > 0 && FEVER_FINDINGS.some((finding) => care.findings.includes(finding));
}

/** Somebody a children's clinic has to see. Unknown age counts when the need or the groups speak of a child. */
export function needsChildren(care: CareCase): boolean {
  if (care.ageMonths !== undefined) return care.ageMonths < PAEDIATRIC_MONTHS;
  return care.need === 'paediatrics' || care.groups.includes('child') || care.groups.includes('underThree');
}

export interface Standing {
  /** Known to be inside the period and the districts. */
  readonly known: boolean;
  /** The announcement's protections hold: known inside, or not known to be outside. */
  readonly assumed: boolean;
}

const INSIDE: Standing = { known: true, assumed: true };
const PERHAPS: Standing = { known: false, assumed: true };
const OUTSIDE: Standing = { known: false, assumed: false };

/**
 * Where the case stands to the announcement. An instant or a town nobody gave counts as inside: the announcement only adds
 * transport, channels and owners, so leaving it out by mistake is the worse error.
 * @param district who commands the town, where a city says so; otherwise the town's code alone decides.
 */
export function standing(coverage: Coverage | undefined, care: CareCase, district?: string): Standing {
  if (!coverage) return OUTSIDE;
  if (care.instant !== undefined && !within(coverage.period, care.instant)) return OUTSIDE;
  if (care.town === undefined) return PERHAPS;
  const covered = district === undefined ? townCovered(coverage, care.town) : coverage.districts.has(district);
  if (!covered) return OUTSIDE;
  return care.instant === undefined ? PERHAPS : INSIDE;
}

const COVERED = new WeakMap<Coverage, Map<string, boolean>>();
/** Towns come from outside: more than a country has are mistyped ones, and are not kept. */
const TOWNS_KEPT = 50_000;

function townCovered(coverage: Coverage, town: string): boolean {
  let known = COVERED.get(coverage);
  if (!known) COVERED.set(coverage, (known = new Map()));
  let covered = known.get(town);
  if (covered === undefined) {
    covered = coverage.towns.has(town) || coverage.districts.has(town.slice(0, 6));
    if (known.size < TOWNS_KEPT) known.set(town, covered);
  }
  return covered;
}
