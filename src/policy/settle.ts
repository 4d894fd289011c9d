import type { Acuity } from '../triage/index.ts';
import type { LinkOwner, Safeguard, Transport } from './decision.ts';
import type { Effects, Measure, Replaceable, TermsKey } from './document.ts';
import { linksOf, SERVICE_OF, standInsOf } from './plan.ts';
import type { Plan, VenueOption } from './plan.ts';
import { reasonsOf, ruledOutOf } from './why.ts';

/** Everything a policy says about one combination of facts; shared by all cases that have it, so frozen. */
export interface Outcome {
  readonly effects: Settled;
  /** Which measure settled it: `venue`, `slot.within`, `otherwise.feverClinic`. */
  readonly by: By;
  readonly safeguards: readonly Safeguard[];
  /** The venue chosen, then what stands in for it, and for that; never empty. */
  readonly venues: readonly VenueOption[];
  /** The way there chosen, then what stands in for it; never empty. */
  readonly transports: readonly Transport[];
  /**
   * What is decided when this venue and this way there are to be had. Made once, then shared.
   * @param search no institution is open for any of them: the chain holds `findPlace`.
   */
  readonly plan: (venue: number, transport: number, search: boolean) => Plan;
  /** Options that lead back to themselves (`feverClinic`, `outpatientClinic`, `feverClinic`): cut where they would. */
  readonly circle?: readonly string[];
  /** Measures that settled something here, be it only a deadline; the others that applied were spoken over. */
  readonly heard: ReadonlySet<Measure>;
  /** Attributes that no measure set: the policy is incomplete here, and the better-attended default stands in. */
  readonly unset: readonly Attribute[];
}

export type Headline = Exclude<keyof Effects, 'links' | 'otherwise' | 'service'>;
/** Whatever can be settled. A venue and its service are one answer. */
export type Attribute = Headline | `otherwise.${Replaceable}` | `${TermsKey}.owner` | `${TermsKey}.within`;
export type By = { readonly [A in Attribute]?: Measure };
export type Settled = Required<Pick<Effects, Headline>>;

/**
 * What holds where a policy is silent. The checker reports the silence; the person is meanwhile treated as an emergency,
 * because an answer that sends help is the better of two wrong ones.
 */
const LAST_RESORT: Settled = {
  pathway: 'emergency', venue: 'emergencyDepartment', choice: 'nearest', transport: 'ambulance', wayBack: 'specialCar',
  closedLoop: false, byAppointment: false, greenChannel: false, testRequired: false, entry: 'bufferZone', release: false,
  dispense: false, guardianPresent: false, controlledDrugsInPerson: false,
};
/** Attributes a policy has to settle; the others are `false` unless a measure says otherwise. */
const REQUIRED: readonly Headline[] = ['pathway', 'venue', 'choice', 'transport', 'wayBack', 'closedLoop', 'byAppointment', 'testRequired', 'entry'];

/**
 * What these measures settle, in their order: each attribute by the first that speaks of it.
 * @param measures those that apply, and no others.
 */
export function settle(measures: readonly Measure[], acuity: Acuity): Outcome {
  const by: { -readonly [A in Attribute]?: Measure } = {};
  const settled: Record<string, unknown> = {};
  const otherwise: Record<string, string> = {};
  const owners: Partial<Record<TermsKey, LinkOwner>> = {};
  const dueSeconds: Partial<Record<TermsKey, number>> = {};
  const claim = (attribute: Attribute, measure: Measure): boolean => {
    if (by[attribute]) return false;
    by[attribute] = measure;
    return true;
  };
  for (const measure of measures) {
    const { links = {}, otherwise: standIns = {}, service: _, ...headlines } = measure.then;
    for (const [name, value] of Object.entries(headlines)) if (claim(name as Headline, measure)) settled[name] = value;
    for (const [option, standIn] of Object.entries(standIns)) if (claim(`otherwise.${option as Replaceable}`, measure)) otherwise[option] = standIn;
    for (const [key, terms] of Object.entries(links)) {
      const kind = key as TermsKey;
      const seconds = terms.dueSeconds?.[acuity];
      if (terms.owner && claim(`${kind}.owner`, measure)) owners[kind] = terms.owner;
      if (seconds !== undefined && claim(`${kind}.within`, measure)) dueSeconds[kind] = seconds;
    }
  }
  const effects: Settled = Object.freeze({ ...LAST_RESORT, ...settled });
  const venues = standInsOf(effects.venue, otherwise);
  const ways = effects.pathway === 'visit' ? standInsOf(effects.transport, otherwise) : { options: [effects.transport] };
  const circle = venues.circle ?? ways.circle;
  const choices = venues.options.map((venue, place): VenueOption => Object.freeze({
    venue,
    // A later measure must not send somebody to this venue for another service.
    service: (place === 0 ? by.venue?.then.service : undefined) ?? SERVICE_OF[venue],
  }));
  const winners = measures.filter((measure) => Object.keys(effects).some((name) => by[name as Headline] === measure));
  const unset = new Set<Attribute>(REQUIRED.filter((name) => !by[name]));

  const makePlan = (venue: number, way: number, search: boolean): Plan => {
    const choice = choices[venue]!;
    const transport = ways.options[way]!;
    // An emergency department is never behind a slot and asks for no test, in whosever place it stands.
    const atOnce = choice.venue === 'emergencyDepartment';
    const byAppointment = effects.byAppointment && !atOnce;
    const testRequired = effects.testRequired && !atOnce;
    const shape = { ...effects, transport, byAppointment, search, wayBack: wayBackOf(effects, transport) };
    const replaced = new Map([...venues.options.slice(0, venue), ...ways.options.slice(0, way)]
      .map((option) => [option as string, by[`otherwise.${option as Replaceable}`]!]));
    return Object.freeze({
      ...choice, transport, byAppointment,
      ...(ways.options[way + 1] && { transportElse: ways.options[way + 1]! }),
      entry: Object.freeze({ testRequired, via: effects.entry }),
      links: linksOf(shape, { owners, dueSeconds }, (attribute) => unset.add(attribute)),
      reasons: reasonsOf(by, effects, winners, [...replaced.values()]),
      ruledOut: ruledOutOf(by, effects, { transport, testRequired }, replaced),
      reasonsByRow: new Map(),
    });
  };
  const plans: Plan[] = [];
  const plan = (venue: number, way: number, search: boolean): Plan =>
    (plans[(venue * ways.options.length + way) * 2 + (search ? 1 : 0)] ??= makePlan(venue, way, search));
  // All of them are made here, few as they are, so that what nobody settles is known of each.
  for (const venue of choices.keys()) for (const way of ways.options.keys()) for (const search of [false, true]) plan(venue, way, search);

  return Object.freeze({
    effects, by: Object.freeze(by), safeguards: safeguardsOf(effects), venues: Object.freeze(choices), transports: Object.freeze(ways.options), plan,
    ...(circle && { circle }),
    heard: new Set([...Object.entries(by)].filter(([attribute]) => isUsed(attribute, venues.options, ways.options)).map(([, measure]) => measure)),
    unset: Object.freeze([...unset]),
  });
}

/** Whoever is fetched for a visit is fetched for the way home; an ambulance does not wait, so its way back is its own rule. */
function wayBackOf(effects: Settled, transport: Transport): 'specialCar' | 'own' {
  if (effects.pathway !== 'visit') return effects.wayBack;
  return transport === 'own' ? 'own' : 'specialCar';
}

/** A stand-in for something that is not an option here was settled for nobody. */
function isUsed(attribute: string, ...options: readonly (readonly string[])[]): boolean {
  return !attribute.startsWith('otherwise.') || options.some((list) => list.includes(attribute.slice('otherwise.'.length)));
}

function safeguardsOf({ pathway, guardianPresent, controlledDrugsInPerson }: Settled): readonly Safeguard[] {
  const safeguards: Safeguard[] = [];
  if (pathway === 'remote' && guardianPresent) safeguards.push('guardianPresent');
  if (pathway === 'remote' && controlledDrugsInPerson) safeguards.push('controlledDrugsInPerson');
  return Object.freeze(safeguards);
}
