import { ACUITIES } from '../triage/index.ts';
import type { Coverage, Measure, PolicyDocument, StandingRules } from './document.ts';
import { FACT_NAMES, FACTS, GROUP_MASKS, groupsOf } from './facts.ts';
import type { FactName, Facts } from './facts.ts';
import { settle } from './settle.ts';
import type { Outcome } from './settle.ts';

/** Per fact, the class of each of its answers: two answers that no measure tells apart are one class. */
export interface Partition {
  readonly fact: FactName;
  /** Indexed like `FACTS[fact]`, or by group mask. */
  readonly classOf: readonly number[];
  readonly classes: number;
  readonly stride: number;
}

/** One condition of one measure, ready to be asked. */
interface ConditionTest {
  readonly measure: number;
  /** For each fact the condition names: does this answer hold? */
  readonly answers: readonly { readonly fact: Exclude<FactName, 'group'>; readonly values: ReadonlySet<string> }[];
  /** By group mask, when the condition names groups. */
  readonly groups: readonly boolean[] | undefined;
}

export interface CompiledPolicy {
  readonly id: string;
  /** What a decision records of it. */
  readonly identity: { readonly id: string; readonly version: string };
  readonly version: string;
  readonly city: string | undefined;
  /** Absent: the standing rules alone. */
  readonly coverage: Coverage | undefined;
  /** In the order of evaluation: law, announcement, ordinary rules. */
  readonly measures: readonly Measure[];
  /** Which of them the announcement made: from this place up to, not including, that one. */
  readonly announced: { readonly from: number; readonly to: number };
  readonly partitions: readonly Partition[];
  /** How many combinations differ for this policy: what a proof has to walk. */
  readonly size: number;
  readonly outcomes: (Outcome | undefined)[];
  /** Cells in which the same measures apply to the same acuity share one outcome. */
  readonly distinct: Map<string, Outcome>;
  readonly tests: readonly ConditionTest[];
  /** Strides by answer, for the key. */
  readonly offsets: { readonly [F in Exclude<FactName, 'group'>]: Readonly<Record<string, number>> };
  readonly groupOffsets: readonly number[];
}

/**
 * Makes a policy fast and walkable. Each fact's answers are joined into classes that no measure distinguishes; a
 * combination of classes is one cell of a table, filled when the first case comes by it.
 */
export function compilePolicy(document: PolicyDocument | undefined, standing: StandingRules): CompiledPolicy {
  const announced = (document?.measures ?? []).map(onlyInForce);
  const measures = [...standing.law, ...announced, ...standing.ordinary];
  const partitions = partition(measures);
  const size = partitions.reduce((product, { classes }) => product * classes, 1);
  const offsets = Object.fromEntries(partitions.filter(({ fact }) => fact !== 'group').map(({ fact, classOf, stride }) =>
    [fact, Object.fromEntries(FACTS[fact].map((value, index) => [value, classOf[index]! * stride]))]));
  const group = partitions.find(({ fact }) => fact === 'group')!;
  const id = document?.id ?? 'standing-rules';
  const version = document ? `${document.version}+${standing.version}` : standing.version;
  return {
    id,
    version,
    identity: Object.freeze({ id, version }),
    city: document?.city,
    coverage: document?.coverage,
    measures,
    announced: { from: standing.law.length, to: standing.law.length + announced.length },
    partitions,
    size,
    outcomes: size <= DENSE_CELLS ? new Array<Outcome | undefined>(size).fill(undefined) : [],
    distinct: new Map(),
    tests: testsOf(measures),
    offsets: offsets as CompiledPolicy['offsets'],
    groupOffsets: group.classOf.map((index) => index * group.stride),
  };
}

/** Above this a table is kept sparse: slower, but a policy that tells everything apart cannot take the memory of the server. */
const DENSE_CELLS = 1_000_000;

/** An announcement speaks of its own period and districts only. */
function onlyInForce(measure: Measure): Measure {
  const when = measure.when.length === 0 ? [{}] : measure.when;
  return { ...measure, when: when.map((condition) => ({ ...condition, period: ['inForce'] })) };
}

function partition(measures: readonly Measure[]): readonly Partition[] {
  let stride = 1;
  return FACT_NAMES.map((fact) => {
    const asked = new Set(measures.flatMap(({ when }) => when.flatMap((condition) => condition[fact]?.join() ?? [])));
    const questions = [...asked].map((values) => new Set(values.split(',')));
    // Deadlines are given by acuity, so no two acuities are ever the same.
    if (fact === 'acuity') for (const acuity of ACUITIES) questions.push(new Set([acuity]));
    const answers: readonly (readonly string[])[] = fact === 'group'
      ? Array.from({ length: GROUP_MASKS }, (_, mask) => groupsOf(mask))
      : FACTS[fact].map((value) => [value]);
    const seen = new Map<string, number>();
    const classOf = answers.map((answer) => {
      const signature = questions.map((values) => (answer.some((value) => values.has(value)) ? '1' : '0')).join('');
      if (!seen.has(signature)) seen.set(signature, seen.size);
      return seen.get(signature)!;
    });
    const result = { fact, classOf, classes: seen.size, stride };
    stride *= seen.size;
    return result;
  });
}

export function keyOf(policy: CompiledPolicy, facts: Facts): number {
  const { offsets } = policy;
  return (
    offsets.period[facts.period]! + offsets.acuity[facts.acuity]! + offsets.need[facts.need]! +
    offsets.patientKind[facts.patientKind]! + offsets.test[facts.test]! + offsets.mobility[facts.mobility]! +
    offsets.age[facts.age]! + offsets.fever[facts.fever]! + offsets.ownInstitution[facts.ownInstitution]! +
    policy.groupOffsets[facts.groups]!
  );
}

function testsOf(measures: readonly Measure[]): readonly ConditionTest[] {
  return measures.flatMap(({ when }, measure) => (when.length === 0 ? [{}] : when).map((condition): ConditionTest => {
    const { group, ...single } = condition as Measure['when'][number];
    return {
      measure,
      answers: Object.entries(single).map(([fact, values]) => ({ fact: fact as Exclude<FactName, 'group'>, values: new Set(values) })),
      groups: group && Array.from({ length: GROUP_MASKS }, (_, mask) => groupsOf(mask).some((name) => group.includes(name))),
    };
  }));
}

function holds({ answers, groups }: ConditionTest, facts: Facts): boolean {
  for (const { fact, values } of answers) if (!values.has(facts[fact])) return false;
  return groups === undefined || groups[facts.groups]!;
}

/** The measures that apply, in order, by their place in `policy.measures`. */
export function applying(policy: CompiledPolicy, facts: Facts): readonly number[] {
  const places: number[] = [];
  for (const test of policy.tests) {
    if (places.at(-1) !== test.measure && holds(test, facts)) places.push(test.measure);
  }
  return places;
}

/** The outcome for these facts: computed once, then shared. */
export function outcomeOf(policy: CompiledPolicy, facts: Facts): Outcome {
  const key = keyOf(policy, facts);
  return (policy.outcomes[key] ??= outcomeFor(policy, applying(policy, facts), facts));
}

/** Which measures apply and how urgent it is: an outcome depends on nothing else. */
export function outcomeFor(policy: CompiledPolicy, places: readonly number[], facts: Facts): Outcome {
  const signature = `${facts.acuity} ${places.join()}`;
  let outcome = policy.distinct.get(signature);
  if (!outcome) policy.distinct.set(signature, (outcome = settle(places.map((place) => policy.measures[place]!), facts.acuity)));
  return outcome;
}
