import type { Service } from '../city/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { chainOf, termsKey } from './chain.ts';
import type { Entry, LinkKind, LinkOwner, PlannedLink, Reason, RuledOut, Safeguard, VenueKind } from './decision.ts';
import type { Coverage, Effects, Measure, PolicyDocument, StandingRules, TermsKey } from './document.ts';
import { FACT_NAMES, FACTS, GROUP_MASKS, groupsOf } from './facts.ts';
import type { FactName, Facts } from './facts.ts';

/** Everything a policy says about one combination of facts; shared by all cases that have it, so frozen. */
export interface Outcome {
  readonly effects: Settled;
  readonly service: Service;
  readonly entry: Entry;
  readonly safeguards: readonly Safeguard[];
  readonly links: readonly PlannedLink[];
  /** The same chain when no institution is open. */
  readonly linksWithSearch: readonly PlannedLink[];
  readonly reasons: readonly Reason[];
  /** The same with triage's reason before them, kept per triage row once somebody had it. */
  readonly reasonsByRow: Map<string, readonly Reason[]>;
  readonly ruledOut: readonly RuledOut[];
  /** Attributes that no measure set: the policy is incomplete here, and the better-attended default stands in. */
  readonly unset: readonly string[];
}

type Headline = Exclude<keyof Effects, 'links'>;
export type Settled = Required<Omit<Effects, 'links' | 'service'>>;

/**
 * What holds where a policy is silent. The checker reports the silence; the person is meanwhile treated as an emergency,
 * because an answer that sends help is the better of two wrong ones.
 */
const LAST_RESORT: Settled = {
  pathway: 'emergency', venue: 'emergencyDepartment', choice: 'nearest', transport: 'ambulance', wayBack: 'specialCar',
  closedLoop: false, byAppointment: false, greenChannel: false, testRequired: false, entry: 'bufferZone', release: false,
  dispense: false, guardianPresent: false, controlledDrugsInPerson: false,
};
const LAST_RESORT_LINK: { owner: LinkOwner; dueSeconds: number } = { owner: 'city', dueSeconds: 600 };
/** Attributes a policy has to settle; the others are `false` unless a measure says otherwise. */
const REQUIRED: readonly Headline[] = ['pathway', 'venue', 'choice', 'transport', 'wayBack', 'closedLoop', 'byAppointment', 'testRequired', 'entry'];

const SERVICE_OF: Record<VenueKind, Service> = {
  emergencyDepartment: 'emergency', feverClinic: 'feverClinic', dialysisUnit: 'haemodialysis',
  designatedInstitution: 'generalOutpatient', maternityUnit: 'obstetrics', paediatricClinic: 'paediatrics',
  radiotherapyUnit: 'radiotherapy', chemotherapyUnit: 'chemotherapy', inpatientWard: 'inpatient',
  outpatientClinic: 'generalOutpatient', specialistClinic: 'specialist', expertClinic: 'expert', cloudClinic: 'cloudClinic',
};

/** Per fact, the class of each of its answers: two answers that no measure tells apart are one class. */
export interface Partition {
  readonly fact: FactName;
  /** Indexed like `FACTS[fact]`, or by group mask. */
  readonly classOf: readonly number[];
  readonly classes: number;
  readonly stride: number;
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
  readonly partitions: readonly Partition[];
  /** How many combinations differ for this policy: what a proof has to walk. */
  readonly size: number;
  readonly outcomes: (Outcome | undefined)[];
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
    partitions,
    size,
    outcomes: new Array<Outcome | undefined>(size).fill(undefined),
    offsets: offsets as CompiledPolicy['offsets'],
    groupOffsets: group.classOf.map((index) => index * group.stride),
  };
}

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

export function applies(measure: Measure, facts: Facts): boolean {
  return measure.when.length === 0 || measure.when.some((condition) => {
    for (const fact of FACT_NAMES) {
      const values = condition[fact];
      if (!values) continue;
      if (fact === 'group' ? !groupsOf(facts.groups).some((group) => values.includes(group)) : !values.includes(facts[fact])) return false;
    }
    return true;
  });
}

/** The walk through the measures in order: each attribute is settled by the first that applies and speaks of it. */
export function evaluate(measures: readonly Measure[], facts: Facts): Outcome {
  const settled: Partial<Record<Headline, unknown>> = {};
  const by: Partial<Record<Headline, Measure>> = {};
  const owners: Partial<Record<TermsKey, LinkOwner>> = {};
  const due: Partial<Record<TermsKey, number>> = {};
  const winners = new Set<Measure>();
  for (const measure of measures) {
    if (!applies(measure, facts)) continue;
    const { links = {}, ...headlines } = measure.then;
    for (const name of Object.keys(headlines) as Headline[]) {
      if (name in settled) continue;
      settled[name] = headlines[name];
      by[name] = measure;
      winners.add(measure);
    }
    for (const kind of Object.keys(links) as TermsKey[]) {
      const terms = links[kind]!;
      const seconds = terms.dueSeconds?.[facts.acuity];
      if (terms.owner && !(kind in owners)) owners[kind] = terms.owner;
      if (seconds !== undefined && !(kind in due)) due[kind] = seconds;
    }
  }
  const unset: string[] = REQUIRED.filter((name) => !(name in settled));
  const effects = { ...LAST_RESORT, ...settled } as Settled & { service?: Service };
  const shape = { ...effects, wayBack: wayBackOf(effects) };
  const plan = (kinds: readonly LinkKind[]): readonly PlannedLink[] => Object.freeze(kinds.map((kind) => Object.freeze({
    kind,
    owner: owners[termsKey(kind, shape)] ?? LAST_RESORT_LINK.owner,
    dueSeconds: due[termsKey(kind, shape)] ?? LAST_RESORT_LINK.dueSeconds,
  })));
  const withSearch = chainOf({ ...shape, search: true });
  for (const kind of withSearch) {
    const key = termsKey(kind, shape);
    if (!(key in owners)) unset.push(`${key}.owner`);
    if (!(key in due)) unset.push(`${key}.within`);
  }
  const safeguards: Safeguard[] = [];
  if (effects.pathway === 'remote' && effects.guardianPresent) safeguards.push('guardianPresent');
  if (effects.pathway === 'remote' && effects.controlledDrugsInPerson) safeguards.push('controlledDrugsInPerson');
  return Object.freeze({
    effects: Object.freeze(effects),
    service: effects.service ?? SERVICE_OF[effects.venue],
    entry: Object.freeze({ testRequired: effects.testRequired, via: effects.entry }),
    safeguards: Object.freeze(safeguards),
    links: plan(chainOf({ ...shape, search: false })),
    linksWithSearch: plan(withSearch),
    reasons: Object.freeze([...winners].filter((measure) => worthSaying(measure, by, effects)).map(reasonOf)),
    reasonsByRow: new Map(),
    ruledOut: Object.freeze(ruledOutBy(by, effects)),
    unset: Object.freeze(unset),
  });
}

/** Whoever is fetched for a visit is fetched for the way home; an ambulance does not wait, so its way back is its own rule. */
function wayBackOf(effects: Settled): 'specialCar' | 'own' {
  if (effects.pathway !== 'visit') return effects.wayBack;
  return effects.transport === 'own' ? 'own' : 'specialCar';
}

/** What a reader asks about. An attribute that only says "no, nothing special" explains nothing. */
function worthSaying(measure: Measure, by: Partial<Record<Headline, Measure>>, effects: Settled): boolean {
  return (Object.keys(by) as Headline[]).some((name) => {
    if (by[name] !== measure) return false;
    if (name === 'wayBack') return effects.pathway === 'emergency' && effects.wayBack === 'specialCar';
    if (name === 'entry') return effects.entry === 'bufferZone';
    if (name === 'testRequired') return effects.pathway !== 'remote';
    if (name === 'guardianPresent' || name === 'controlledDrugsInPerson' || name === 'dispense') return effects.pathway === 'remote';
    return effects[name as keyof Settled] !== false;
  });
}

const reasonOf = (measure: Measure): Reason => Object.freeze({ clause: measure.id, text: measure.text });

/** Not the policy but the tables rule this one out, and only for as long as nothing gets worse. */
const NOT_AN_EMERGENCY: RuledOut = Object.freeze({
  option: 'pathway:emergency',
  clause: 'triage',
  text: Object.freeze({
    zh: '按目前所知不是急危重症；情况一有加重，马上再打电话或拨120。',
    en: 'By what is known this is not an emergency; if anything gets worse, call again or dial 120 at once.',
  }),
});

function ruledOutBy(by: Partial<Record<Headline, Measure>>, effects: Settled): RuledOut[] {
  const out: RuledOut[] = [];
  const rule = (option: string, measure: Measure | undefined): void => {
    if (measure) out.push(Object.freeze({ option, clause: measure.id, text: measure.text }));
  };
  if (effects.pathway !== 'emergency') out.push(NOT_AN_EMERGENCY);
  for (const pathway of ['visit', 'remote'] as const) {
    if (pathway !== effects.pathway) rule(`pathway:${pathway}`, by.pathway);
  }
  if (effects.pathway !== 'remote') {
    for (const transport of ['ambulance', 'specialCar', 'own'] as const) {
      if (transport !== effects.transport) rule(`transport:${transport}`, by.transport);
    }
    if (!effects.testRequired) rule('entry:testRequired', by.testRequired);
  }
  return out;
}

/** The outcome for these facts: computed once, then shared. */
export function outcomeOf(policy: CompiledPolicy, facts: Facts): Outcome {
  const key = keyOf(policy, facts);
  return (policy.outcomes[key] ??= evaluate(policy.measures, facts));
}
