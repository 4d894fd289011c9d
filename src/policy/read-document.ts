import { isMap, isSeq } from 'yaml';
import { SERVICES } from '../city/index.ts';
import type { City } from '../city/index.ts';
import { ACUITIES } from '../triage/index.ts';
import type { Acuity } from '../triage/index.ts';
import { ENTRY_CHANNELS, LINK_KINDS, LINK_OWNERS, PATHWAYS, TRANSPORTS, VENUE_KINDS } from './decision.ts';
import { FETCHING, LONGEST_WAIT_SECONDS, VISITED_VENUES } from './document.ts';
import type { Condition, Coverage, Effects, Fetching, LinkTerms, Measure, Otherwise, PolicyDocument, PolicyProblem, StandingRules, TermsKey, VisitedVenue } from './document.ts';
import { FACT_NAMES, FACTS, SETS } from './facts.ts';
import type { FactName } from './facts.ts';
import { SERVICE_OF } from './plan.ts';
import { Reader } from './read.ts';
import type { Spot } from './read.ts';

export type Read<T> = { readonly value: T } | { readonly problems: readonly PolicyProblem[] };

const DISTRICT = /^[0-9A-Z]{6}$/;
const TOWN = /^\d{9}$/;
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const MEASURE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/**
 * Reads an announcement; either the document, or every problem in the file at once.
 * @param city when given, its districts and towns must contain the policy's.
 */
export function readPolicy(file: string, text: string, city?: City): Read<PolicyDocument> {
  const reader = new Reader(file);
  const root = reader.open(text);
  if (!root) return { problems: reader.inOrder() };
  const at = reader.fields(root, 'a policy', ['id', 'version', 'city', 'title', 'source', 'period', 'districts', 'measures', 'notEncoded']);
  const id = reader.text(at.get('id'), 'id', root);
  if (id && !ID.test(id)) reader.fail(at.get('id')!, 'id', `"${id}" is no id; use small letters, digits and "-"`);
  const document: PolicyDocument = {
    id,
    version: reader.text(at.get('version'), 'version', root),
    city: reader.text(at.get('city'), 'city', root),
    title: reader.words(at.get('title'), 'title', root),
    source: reader.text(at.get('source'), 'source', root),
    coverage: readCoverage(reader, root, at.get('period'), at.get('districts'), city),
    measures: readMeasures(reader, root, at.get('measures'), 'measures', new Set()),
    notEncoded: at.has('notEncoded') ? reader.items(at.get('notEncoded')!, 'notEncoded').map((item) => {
      const entry = reader.fields(item, 'an entry of notEncoded', ['sentence', 'reason']);
      return { sentence: reader.text(entry.get('sentence'), 'sentence', item), reason: reader.text(entry.get('reason'), 'reason', item) };
    }) : [],
  };
  return reader.problems.length > 0 ? { problems: reader.inOrder() } : { value: document };
}

/** Reads the rules that hold with and without an announcement. */
export function readStandingRules(file: string, text: string): Read<StandingRules> {
  const reader = new Reader(file);
  const root = reader.open(text);
  if (!root) return { problems: reader.inOrder() };
  const at = reader.fields(root, 'the standing rules', ['version', 'law', 'ordinary']);
  const ids = new Set<string>();
  const rules: StandingRules = {
    version: reader.text(at.get('version'), 'version', root),
    law: readMeasures(reader, root, at.get('law'), 'law', ids),
    ordinary: readMeasures(reader, root, at.get('ordinary'), 'ordinary', ids),
  };
  return reader.problems.length > 0 ? { problems: reader.inOrder() } : { value: rules };
}

function readCoverage(reader: Reader, root: Spot, period: Spot | undefined, districts: Spot | undefined, city: City | undefined): Coverage {
  let window: Coverage['period'] = { from: 0 };
  if (!period) reader.fail(root, 'missing', 'period is missing; add from, and to unless the end is open');
  else {
    const at = reader.fields(period, 'period', ['from', 'to']);
    const fromSpot = at.get('from');
    const from = fromSpot ? reader.instant(fromSpot, 'from') : reader.fail(period, 'missing', 'period, from is missing; add the first instant');
    const toSpot = at.get('to');
    const to = toSpot && reader.instant(toSpot, 'to');
    if (from !== undefined && to !== undefined && to <= from) reader.fail(toSpot!, 'period', 'the period ends before it begins, or is empty; exchange from and to');
    window = { from: from ?? 0, ...(to !== undefined && { to }) };
  }
  const codes = new Set<string>();
  const towns = new Set<string>();
  if (!districts) reader.fail(root, 'missing', 'districts is missing; list the code and name of each district covered');
  const before = reader.problems.length;
  const listed = districts ? reader.items(districts, 'districts') : [];
  if (districts && listed.length === 0 && reader.problems.length === before) reader.fail(districts, 'empty', 'districts is empty; a policy that covers nobody protects nobody');
  for (const item of listed) {
    const at = reader.fields(item, 'a district', ['code', 'name', 'towns']);
    const code = reader.text(at.get('code'), 'code', item);
    if (code && !DISTRICT.test(code)) reader.fail(at.get('code')!, 'district', `"${code}" is no district code; it has six characters, in quotes`);
    else if (code && city && !city.districts.has(code)) {
      reader.fail(at.get('code')!, 'unknownDistrict', `${city.name.en} has no district "${code}"; it has ${[...city.districts.keys()].join(', ')}`);
    }
    if (code && codes.has(code)) reader.fail(at.get('code')!, 'duplicate', `district "${code}" is listed twice; keep one`);
    codes.add(code);
    reader.text(at.get('name'), 'name', item);
    for (const town of at.has('towns') ? reader.items(at.get('towns')!, 'towns') : []) {
      const value = reader.text(town, 'a town code', item);
      if (value && !TOWN.test(value)) reader.fail(town, 'town', `"${value}" is no town code; it has nine digits, in quotes`);
      else if (value && city && !city.towns.has(value)) reader.fail(town, 'unknownTown', `${city.name.en} has no town "${value}"; correct the code`);
      towns.add(value);
    }
  }
  return { period: window, districts: codes, towns };
}

function readMeasures(reader: Reader, root: Spot, spot: Spot | undefined, name: string, ids: Set<string>): readonly Measure[] {
  if (!spot) return reader.fail(root, 'missing', `${name} is missing; list the measures`) ?? [];
  return reader.items(spot, name).map((item) => {
    const at = reader.fields(item, 'a measure', ['id', 'clause', 'text', 'when', 'then']);
    const id = reader.text(at.get('id'), 'id of the measure', item);
    if (id && !MEASURE_ID.test(id)) reader.fail(at.get('id')!, 'id', `"${id}" is no measure id; use letters, digits and "-"`);
    if (id && ids.has(id)) reader.fail(at.get('id')!, 'duplicate', `measure "${id}" is there twice; reasons name it, so give each its own id`);
    ids.add(id);
    const then = at.get('then');
    return {
      id,
      clause: reader.text(at.get('clause'), `clause of "${id}" (its number and wording)`, item),
      text: reader.words(at.get('text'), `text of "${id}"`, item),
      when: readWhen(reader, at.get('when')),
      then: then ? readEffects(reader, then) : (reader.fail(item, 'missing', `"${id}" changes nothing; say what follows under then`) ?? {}),
      line: reader.line(item),
    };
  });
}

function readWhen(reader: Reader, spot: Spot | undefined): readonly Condition[] {
  if (!spot) return [];
  return (isSeq(spot.node) ? reader.items(spot, 'when') : [spot]).map((item) => {
    const condition: { [F in FactName]?: readonly string[] } = {};
    const before = reader.problems.length;
    const facts = reader.fields(item, 'when', FACT_NAMES);
    if (facts.size === 0 && reader.problems.length === before) reader.fail(item, 'empty', 'when is empty; leave it out for a measure that always applies');
    for (const [fact, values] of facts) condition[fact as FactName] = readValues(reader, fact as FactName, values);
    return condition;
  });
}

function readValues(reader: Reader, fact: FactName, spot: Spot): readonly string[] {
  const sets = SETS[fact] ?? {};
  const known: readonly string[] = [...FACTS[fact], ...Object.keys(sets)];
  const before = reader.problems.length;
  const items = reader.items(spot, `${fact} in when`);
  if (items.length === 0 && reader.problems.length === before) reader.fail(spot, 'empty', `${fact} lists no value, so the measure could never apply`);
  const values = items.flatMap((item) => {
    const value = reader.oneOf(item, `value of ${fact}`, known);
    return value === undefined ? [] : (sets[value] ?? [value]);
  });
  return [...new Set(values)].sort();
}

const WORDS = {
  pathway: PATHWAYS, venue: VENUE_KINDS, service: SERVICES, choice: ['nearest', 'ownFirst', 'counterpartFirst'],
  transport: TRANSPORTS, wayBack: ['specialCar', 'own'], entry: ENTRY_CHANNELS,
} as const satisfies { readonly [K in keyof Effects]?: readonly string[] };
const FLAGS = ['closedLoop', 'byAppointment', 'greenChannel', 'testRequired', 'release', 'dispense', 'guardianPresent', 'controlledDrugsInPerson'] as const;
const TERMS_KEYS: readonly TermsKey[] = [...LINK_KINDS, 'carPickUp', 'ownTravel'];

function readEffects(reader: Reader, spot: Spot): Effects {
  const effects: Record<string, unknown> = {};
  const before = reader.problems.length;
  for (const [name, value] of reader.fields(spot, 'then', [...Object.keys(WORDS), ...FLAGS, 'otherwise', 'links'])) {
    if (name === 'links') effects.links = readLinks(reader, value);
    else if (name === 'otherwise') effects.otherwise = readOtherwise(reader, value);
    else effects[name] = name in WORDS ? reader.oneOf(value, name, WORDS[name as keyof typeof WORDS]) : reader.boolean(value, name);
  }
  if (Object.keys(effects).length === 0 && reader.problems.length === before) reader.fail(spot, 'empty', 'then is empty, so the measure changes nothing');
  return effects;
}

function readOtherwise(reader: Reader, spot: Spot): Otherwise {
  const otherwise: Record<string, string> = {};
  for (const [option, value] of reader.fields(spot, 'otherwise', [...VISITED_VENUES, ...FETCHING, 'own'])) {
    const standIn = reader.oneOf<VisitedVenue | Fetching>(value, `stand-in for ${option}`, option in SERVICE_OF ? VISITED_VENUES : FETCHING);
    if (standIn) otherwise[option] = standIn;
  }
  return otherwise;
}

function readLinks(reader: Reader, spot: Spot): Effects['links'] {
  const links: Partial<Record<TermsKey, LinkTerms>> = {};
  for (const [kind, terms] of reader.fields(spot, 'links', TERMS_KEYS)) {
    const at = reader.fields(terms, kind, ['owner', 'within']);
    const owner = at.has('owner') ? reader.oneOf(at.get('owner')!, 'owner', LINK_OWNERS) : undefined;
    const dueSeconds = at.has('within') ? readWithin(reader, kind, at.get('within')!) : undefined;
    links[kind as TermsKey] = { ...(owner && { owner }), ...(dueSeconds && { dueSeconds }) };
  }
  return links;
}

/** One duration for all, or one for each acuity named. */
function readWithin(reader: Reader, kind: string, spot: Spot): Partial<Record<Acuity, number>> {
  const what = `the deadline of ${kind}`;
  if (!isMap(spot.node)) {
    const seconds = reader.seconds(spot, what, LONGEST_WAIT_SECONDS);
    return seconds === undefined ? {} : { I: seconds, II: seconds, III: seconds, IV: seconds };
  }
  const due: Partial<Record<Acuity, number>> = {};
  for (const [acuity, value] of reader.fields(spot, what, ACUITIES)) {
    const seconds = reader.seconds(value, what, LONGEST_WAIT_SECONDS);
    if (seconds !== undefined) due[acuity as Acuity] = seconds;
  }
  return due;
}
