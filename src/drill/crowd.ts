import { DAY_MS, HOUR_MS, startOfDay, type Chance, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { CompiledPolicy, MOBILITIES, PATIENT_KINDS, TEST_STATES } from '../policy/index.ts';
import type { Channel, Intake } from '../requests/index.ts';
import type { Group, Need } from '../triage/index.ts';

type Weighted<T> = readonly (readonly [weight: number, value: T])[];

interface Asker {
  readonly need: Need;
  /** Years, from and to. */
  readonly ages: readonly [number, number];
  readonly findings?: Weighted<readonly string[]>;
  readonly groups?: readonly Group[];
  readonly sex?: 'female';
}

/**
 * Who asks on a restricted day, in parts of a hundred. Synthetic, held against DOMAIN 1.4: about 12 % "very urgent" in
 * Shanghai's public pleas; of 120 trips in a smaller city a quarter heart and brain, a quarter injuries; medicine and
 * follow-up in the majority of what committees reported.
 */
const ASKERS: Weighted<Asker> = [
  [6, {
    need: 'emergency', ages: [18, 92],
    findings: [[24, ['chestPain']], [16, ['strokeSigns']], [22, ['majorTrauma']], [17, ['severePain']], [10, ['severeBreathlessness']], [3, ['unresponsive']], [2, ['convulsion']], [6, []]],
  }],
  [1, { need: 'severeIllness', ages: [40, 92], findings: [[60, []], [40, ['severeBreathlessness']]] }],
  [5, { need: 'fever', ages: [0, 88], findings: [[90, ['fever']], [10, ['fever', 'dehydrated']]] }],
  [2, { need: 'haemodialysis', ages: [25, 85], groups: ['chronic'], findings: [[94, []], [6, ['breathlessOnDialysis']]] }],
  [2, { need: 'obstetrics', ages: [19, 43], groups: ['pregnant'], sex: 'female', findings: [[70, []], [20, ['labour']], [10, ['pregnancyBleeding']]] }],
  [2, { need: 'paediatrics', ages: [0, 13], findings: [[92, []], [8, ['poorFeeding']]] }],
  [1, { need: 'radiotherapy', ages: [30, 80] }],
  [1, { need: 'chemotherapy', ages: [20, 80], findings: [[92, []], [8, ['feverOnChemotherapy']]] }],
  [1, { need: 'inpatientAdmission', ages: [20, 88] }],
  [9, { need: 'generalOutpatient', ages: [1, 85] }],
  [4, { need: 'specialist', ages: [5, 85] }],
  [2, { need: 'expert', ages: [10, 85] }],
  [20, { need: 'chronicFollowUp', ages: [40, 90], groups: ['chronic'] }],
  [30, { need: 'medicineRefill', ages: [30, 92], groups: ['chronic'] }],
  [13, { need: 'onlineConsultation', ages: [0, 80] }],
];

/** Calls over the day by hour, 0 to 23; synthetic, with the usual peak of the morning. */
const BY_HOUR: readonly number[] = [2, 1, 1, 1, 1, 2, 3, 5, 8, 9, 9, 8, 6, 6, 6, 6, 6, 5, 5, 5, 4, 4, 3, 2];

const KINDS: Weighted<(typeof PATIENT_KINDS)[number] | undefined> = [
  [15, 'highRiskArea'], [3, 'isolationPoint'], [55, 'greenCode'], [7, 'nonGreenSpecial'], [10, 'none'], [10, undefined],
];
const TESTS: Weighted<(typeof TEST_STATES)[number] | undefined> = [
  [45, 'valid'], [20, 'expired'], [15, 'none'], [3, 'positiveAntigen'], [2, 'positive'], [15, undefined],
];
const MOVES: Weighted<(typeof MOBILITIES)[number] | undefined> = [[78, 'walks'], [9, 'wheelchair'], [3, 'stretcher'], [10, undefined]];
const VIA: Weighted<Channel> = [[45, 'resident'], [30, 'hotline'], [20, 'committee'], [5, 'panel']];

/** `count` requests spread over `hours` from `start`, in the order of their instants. */
export function crowd(
  city: City, policy: CompiledPolicy, chance: Chance, start: Instant, hours: number, count: number,
): readonly { readonly at: Instant; readonly intake: Intake }[] {
  const towns = townsOf(city, policy);
  return Array.from({ length: count }, () => instantIn(chance, start, hours))
    .sort((a, b) => a - b)
    .map((at, index) => ({ at, intake: asker(weighted(ASKERS, chance), chance, towns, at, index + 1) }));
}

/** Who calls 120 without needing an ambulance: in 2022 nine of ten. Who they are is synthetic. */
const CALLS_ELSEWHERE: readonly Need[] = ['medicineRefill', 'onlineConsultation', 'chronicFollowUp', 'generalOutpatient', 'fever', 'specialist'];

/** `count` calls for 120 over `hours` from `start`, one of `oneTripIn` for somebody who needs an ambulance. */
export function callsTo120(
  city: City, policy: CompiledPolicy, chance: Chance, start: Instant, hours: number, count: number, oneTripIn: number,
): readonly { readonly at: Instant; readonly intake: Intake }[] {
  const towns = townsOf(city, policy);
  const [urgent] = ASKERS.map(([, one]) => one).filter(({ need }) => need === 'emergency');
  const others = ASKERS.filter(([, { need }]) => CALLS_ELSEWHERE.includes(need));
  return Array.from({ length: count }, () => instantIn(chance, start, hours))
    .sort((a, b) => a - b)
    .map((at, index) => {
      const one = (index + 1) % oneTripIn === 0 ? urgent! : weighted(others, chance);
      return { at, intake: { ...asker(one, chance, towns, at, index + 1), channel: 'hotline' } };
    });
}

/** Where the announcement holds; the whole city where it names no place there. */
function townsOf(city: City, { coverage }: CompiledPolicy): readonly string[] {
  const covered = [...city.towns.values()].filter(({ code, district }) => coverage?.districts.has(district) || coverage?.towns.has(code));
  return (covered.length > 0 ? covered : [...city.towns.values()]).map(({ code }) => code);
}

/** Drawn and kept by the weight of its hour, so that a window of any length keeps the shape of the day. */
function instantIn(chance: Chance, start: Instant, hours: number): Instant {
  for (;;) {
    const at = start + Math.floor(chance.next() * hours * 3600) * 1000;
    if (chance.next() * 9 < BY_HOUR[Math.floor((at - startOfDay(at)) / HOUR_MS)]!) return at;
  }
}

function asker({ need, ages, findings, groups = [], sex }: Asker, chance: Chance, towns: readonly string[], at: Instant, number: number): Intake {
  const ageMonths = ages[0] * 12 + chance.below((ages[1] - ages[0] + 1) * 12);
  const [patientKind, test, mobility] = [weighted(KINDS, chance), weighted(TESTS, chance), weighted(MOVES, chance)];
  const knownAge = chance.next() < 0.95;
  const ownSex = sex ?? chance.pick(['female', 'male'] as const);
  const lastSessionAt = need === 'haemodialysis' ? at - Math.floor((30 + chance.next() * 36) * 3600) * 1000 : undefined;
  return {
    channel: weighted(VIA, chance),
    person: { name: `Patient ${number}`, phone: '000', sex: ownSex, ...(knownAge && { ageMonths }) },
    town: chance.pick(towns), address: 'as known to the committee', need, groups,
    findings: findings ? weighted(findings, chance) : [],
    vitals: need === 'fever' ? { temperatureCelsius: Math.round(378 + chance.next() * 20) / 10 } : {},
    ...(patientKind && { patientKind }), ...(test && { test }), ...(mobility && { mobility }),
    ...(lastSessionAt !== undefined && { lastSessionAt }),
    ...(need === 'medicineRefill' && { medicineDaysLeft: 1 + chance.below(5) }),
  };
}

function weighted<T>(table: Weighted<T>, chance: Chance): T {
  let rest = chance.next() * table.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of table) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return table[0]![1];
}

/** Stays and far seats need their days before everybody can be home. */
export const HORIZON_AFTER_MS = 14 * DAY_MS;
