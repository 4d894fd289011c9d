import type { Service } from '../city/index.ts';
import type { Acuity } from '../triage/index.ts';
import { chainOf, termsKey } from './chain.ts';
import type { Entry, LinkKind, LinkOwner, PlannedLink, Reason, RuledOut, Safeguard, VenueKind } from './decision.ts';
import type { Effects, Measure, TermsKey } from './document.ts';

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
  /** Measures that settled something here, be it only a deadline; the others that applied were spoken over. */
  readonly heard: ReadonlySet<Measure>;
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

/**
 * What these measures settle, in their order: each attribute by the first that speaks of it.
 * @param measures those that apply, and no others.
 */
export function settle(measures: readonly Measure[], acuity: Acuity): Outcome {
  const settled: Partial<Record<Headline, unknown>> = {};
  const by: Partial<Record<Headline, Measure>> = {};
  const owners: Partial<Record<TermsKey, LinkOwner>> = {};
  const due: Partial<Record<TermsKey, number>> = {};
  const heard = new Set<Measure>();
  const winners = new Set<Measure>();
  for (const measure of measures) {
    const { links = {}, ...headlines } = measure.then;
    for (const name of Object.keys(headlines) as Headline[]) {
      // A venue and its service are one answer: a later measure must not send somebody to this venue for another service.
      if (name in settled || name === 'service') continue;
      settled[name] = headlines[name];
      by[name] = measure;
      winners.add(measure);
    }
    for (const kind of Object.keys(links) as TermsKey[]) {
      const terms = links[kind]!;
      const seconds = terms.dueSeconds?.[acuity];
      if (terms.owner && !(kind in owners)) {
        owners[kind] = terms.owner;
        heard.add(measure);
      }
      if (seconds !== undefined && !(kind in due)) {
        due[kind] = seconds;
        heard.add(measure);
      }
    }
  }
  const unset: string[] = REQUIRED.filter((name) => !(name in settled));
  const effects = { ...LAST_RESORT, ...settled } as Settled;
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
    service: by.venue?.then.service ?? SERVICE_OF[effects.venue],
    entry: Object.freeze({ testRequired: effects.testRequired, via: effects.entry }),
    safeguards: Object.freeze(safeguards),
    links: plan(chainOf({ ...shape, search: false })),
    linksWithSearch: plan(withSearch),
    reasons: Object.freeze([...winners].filter((measure) => worthSaying(measure, by, effects)).map(reasonOf)),
    reasonsByRow: new Map(),
    ruledOut: Object.freeze(ruledOutBy(by, effects)),
    heard: new Set([...winners, ...heard]),
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
