import { within } from '../base/index.ts';
import { ACUITIES, findFinding, GROUPS, NEEDS, ROWS } from '../triage/index.ts';
import type { Group, Row, Triage } from '../triage/index.ts';
import { PATIENT_KINDS, TEST_STATES } from './decision.ts';
import type { CareCase, Mobility } from './decision.ts';
import type { Coverage } from './document.ts';

export const MOBILITIES: readonly Mobility[] = ['walks', 'wheelchair', 'stretcher'];

/**
 * Everything a measure may ask, and every answer there can be. All of it is finite, so a whole policy can be walked, and a
 * fact nobody gave is the answer `unknown`, which a measure has to name like any other.
 */
export const FACTS = {
  /** Where the case stands to the announcement: in its period or not, and in its districts or elsewhere. */
  period: ['inForce', 'before', 'after', 'beforeElsewhere', 'duringElsewhere', 'afterElsewhere'],
  acuity: ACUITIES,
  need: NEEDS,
  age: ['underThree', 'threeToFive', 'sixToThirteen', 'fourteenAndOver', 'unknown'],
  /** A person belongs to several or none: the condition holds when one of theirs is named. */
  group: GROUPS,
  fever: ['yes', 'no'],
  /** Something was found that a doctor at a distance cannot look after. */
  hands: ['no', 'yes'],
  mobility: [...MOBILITIES, 'unknown'],
  ownInstitution: ['yes', 'no'],
  patientKind: [...PATIENT_KINDS, 'unknown'],
  test: [...TEST_STATES, 'unknown'],
} as const satisfies Record<string, readonly string[]>;

export type FactName = keyof typeof FACTS;
/** In this order a policy is walked: what may never block comes last, so that a person is seen beside the same person without it. */
export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

/**
 * Grounds that choose where and how, never whether (ZZ, sentence 9; NHC 24 March 2022). One list for policies and for doors.
 */
export const NEVER_BLOCK_GROUNDS = [
  'noTestResult', 'positiveTest', 'positiveAntigen', 'codeColour', 'riskArea', 'missingPaper', 'disinfection', 'shortPremises', 'epidemicControl',
] as const;
export type NeverBlockGround = (typeof NEVER_BLOCK_GROUNDS)[number];

/**
 * The facts of a case that such a ground can hide in: a test result, the colour of a code, the risk of an area. The other
 * grounds are facts of a place or of nobody, and a policy cannot even ask for them.
 */
export const NEVER_BLOCK_FACTS = ['patientKind', 'test'] as const satisfies readonly FactName[];
export type NeverBlockFact = (typeof NEVER_BLOCK_FACTS)[number];

/** Words for several values at once, so that a measure reads as its clause does. */
export const SETS: { readonly [F in FactName]?: Readonly<Record<string, readonly string[]>> } = {
  period: { ordinary: FACTS.period.slice(1) },
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
export type Facts = { readonly [F in Exclude<FactName, 'group'>]: (typeof FACTS)[F][number] } & { readonly groups: number };

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

/**
 * What a doctor can look after at a distance: a history, a laboratory value, a mind in distress, a medicine that ran out, pain
 * and a rash that can be described and shown. Fever is its own fact. Whatever else is found needs hands and eyes, and so does
 * whatever is added to the findings one day: sent out for nothing costs a way, seen on a screen for nothing may cost a life.
 */
const AT_A_DISTANCE: ReadonlySet<string> = new Set([
  'fever', 'feverFiveDays', 'feverOnChemotherapy', 'selfHarmThoughts', 'vitalMedicineOut', 'moderatePain', 'abdominalPain',
  'worseningRash', 'asthmaStable', 'bornPreterm', 'neutropenia',
]);

/**
 * A value out of its limits is seen in person, like the finding that says the same; a fever and a pain are not more for having been
 * measured. Of emergencies nobody asks it.
 */
const ROWS_FOR_HANDS: ReadonlySet<string> = new Set(ROWS
  .filter(({ id, acuity, vital, consciousness }) => acuity === 'III' && (vital ? !isFeverOrPain(vital) : consciousness !== undefined || id.startsWith('news2')))
  .map(({ id }) => id));

function isFeverOrPain({ name, atLeast }: NonNullable<Row['vital']>): boolean {
  return name === 'painScore' || (name === 'temperatureCelsius' && atLeast !== undefined);
}

/** A finding the tables do not know says nothing yet: a person asks, at a distance too. */
export function needsHands({ findings }: CareCase, { acuity, fired }: Pick<Triage, 'acuity' | 'fired'>): boolean {
  return findings.some((finding) => !AT_A_DISTANCE.has(finding) && findFinding(finding) !== undefined) || (acuity === 'III' && fired.some(({ row }) => ROWS_FOR_HANDS.has(row)));
}

/** Somebody a children's clinic has to see. Unknown age counts when the need or the groups speak of a child. */
export function needsChildren(care: CareCase): boolean {
  if (care.ageMonths !== undefined) return care.ageMonths < PAEDIATRIC_MONTHS;
  return care.need === 'paediatrics' || care.groups.includes('child') || care.groups.includes('underThree');
}

export interface Standing {
  readonly period: Facts['period'];
  /** Known to be inside the period and the districts; an announcement holds as well where nobody knows otherwise. */
  readonly known: boolean;
}

const INSIDE: Standing = { period: 'inForce', known: true };
const PERHAPS: Standing = { period: 'inForce', known: false };
const BEFORE: Standing = { period: 'before', known: false };
const AFTER: Standing = { period: 'after', known: false };
const BEFORE_ELSEWHERE: Standing = { period: 'beforeElsewhere', known: false };
const DURING_ELSEWHERE: Standing = { period: 'duringElsewhere', known: false };
const AFTER_ELSEWHERE: Standing = { period: 'afterElsewhere', known: false };

/**
 * Where the case stands to the announcement. An instant or a town nobody gave counts as inside: the announcement only adds
 * transport, channels and owners, so leaving it out by mistake is the worse error.
 * @param district who commands the town, where a city says so; otherwise the town's code alone decides.
 */
export function standing(coverage: Coverage | undefined, care: CareCase, district?: string): Standing {
  if (!coverage) return BEFORE;
  const { instant, town } = care;
  const elsewhere = town !== undefined && !(district === undefined ? townCovered(coverage, town) : coverage.districts.has(district));
  if (instant !== undefined && !within(coverage.period, instant)) {
    if (instant < coverage.period.from) return elsewhere ? BEFORE_ELSEWHERE : BEFORE;
    return elsewhere ? AFTER_ELSEWHERE : AFTER;
  }
  if (elsewhere) return DURING_ELSEWHERE;
  return instant === undefined || town === undefined ? PERHAPS : INSIDE;
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
