import { isMap, isSeq } from 'yaml';
import type { Text } from '../base/index.ts';
import { SERVICES } from '../city/index.ts';
import { ACUITIES } from '../triage/index.ts';
import type { Acuity } from '../triage/index.ts';
import { ENTRY_CHANNELS, PATHWAYS, TRANSPORTS, VENUE_KINDS } from './decision.ts';
import { CHOICES, FETCHING, LONGEST_WAIT_SECONDS, REPLACEABLE, TERMS_KEYS, VISITED_VENUES, WAYS_BACK, WHETHER_AND_WHEN } from './document.ts';
import type { Condition, Effects, Fetching, LinkTerms, Measure, OpenCondition, Otherwise, TermsKey, VisitedVenue, WhereAndHow } from './document.ts';
import { FACT_NAMES, FACTS, NEVER_BLOCK_FACTS, SETS } from './facts.ts';
import type { FactName } from './facts.ts';
import { standInsOf } from './plan.ts';
import { THING } from './read-said.ts';
import type { Reader, Spot } from './read.ts';
import { ROOMS, roomsOf } from './rooms.ts';
import { STEP_OWNERS } from './step-owners.ts';

export const MEASURE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
export const MEASURE_KEYS = ['id', 'clause', 'text', 'rooms', 'over', 'when', 'then'] as const;
/** Beyond this nobody can review an announcement, and nothing should be asked to prove it. */
export const MOST_MEASURES = 300;

export const EFFECT_WORDS = {
  pathway: PATHWAYS, venue: VENUE_KINDS, service: SERVICES, choice: CHOICES, transport: TRANSPORTS, wayBack: WAYS_BACK, entry: ENTRY_CHANNELS,
} as const satisfies { readonly [K in keyof Effects]?: readonly string[] };
export const EFFECT_FLAGS = [
  'closedLoop', 'byAppointment', 'greenChannel', 'testRequired', 'release', 'dispense', 'guardianPresent', 'controlledDrugsInPerson',
] as const satisfies readonly (keyof Effects)[];

/** An announcement speaks of its own period alone, so its measures cannot ask for another. */
export const ANNOUNCED_FACTS = FACT_NAMES.filter((fact) => fact !== 'period');

/**
 * @param name of the list in its file.
 * @param known facts that its measures may ask for.
 * @param ids those taken already; the ones read here are added.
 */
export function readMeasures(reader: Reader, root: Spot, spot: Spot | undefined, name: string, known: readonly FactName[], ids: Set<string>): readonly Measure[] {
  if (!spot) return reader.fail(root, 'missing.measures', { list: name }) ?? [];
  const items = reader.items(spot, name);
  if (items.length > MOST_MEASURES) {
    return reader.fail(items[MOST_MEASURES]!, 'tooMany.measures', { list: name, count: items.length, most: MOST_MEASURES }) ?? [];
  }
  const stepBack: { readonly spot: Spot; readonly id: string; readonly own: string }[] = [];
  const here = new Set<string>();
  const measures = items.map((item): Measure => {
    const at = reader.fields(item, THING.measure, MEASURE_KEYS);
    const id = reader.text(at.get('id'), THING.measureId, item);
    if (id && !MEASURE_ID.test(id)) reader.fail(at.get('id')!, 'id.measure', { id });
    if (id && ids.has(id)) reader.fail(at.get('id')!, 'duplicate.measure', { id });
    ids.add(id);
    here.add(id);
    const then = at.get('then');
    const before = reader.problems.length;
    const effects = then ? readEffects(reader, then) : (reader.fail(item, 'missing.then', { id }) ?? {});
    const sound = reader.problems.length === before;
    const over = at.has('over') ? reader.items(at.get('over')!, 'over').map((other) => {
      const named = reader.text(other, THING.idInOver, item);
      if (named) stepBack.push({ spot: other, id: named, own: id });
      return named;
    }) : [];
    const common = {
      id,
      clause: reader.text(at.get('clause'), THING.clauseOf(id), item),
      text: reader.words(at.get('text'), THING.textOf(id), item),
      rooms: readRooms(reader, item, at.get('rooms'), id, sound ? effects : undefined),
      ...(over.length > 0 && { over }),
      line: reader.line(item),
    };
    const when = readWhen(reader, at.get('when'), known);
    const grounds = NEVER_BLOCK_FACTS.filter((fact) => when.some((condition) => condition[fact]));
    if (grounds.length === 0) return { ...common, when: when.map(withoutGrounds), then: effects };
    if (then) findWhetherAndWhen(reader, then, id, grounds);
    return { ...common, when, then: whereAndHow(effects) };
  });
  for (const { spot: other, id, own } of stepBack) {
    if (id === own || !here.has(id)) reader.fail(other, 'unknownMeasure', { id: own, other: id, list: name });
  }
  return measures;
}

const withoutGrounds = ({ patientKind: _kind, test: _test, ...open }: Condition): OpenCondition => open;

/** What is left of it when everything is taken away that a ground may not say; by then each of it has been named as a problem. */
function whereAndHow(effects: Effects): WhereAndHow {
  const { pathway: _p, byAppointment: _b, testRequired: _t, dispense: _d, guardianPresent: _g, controlledDrugsInPerson: _c, ...rest } = effects;
  const { venue, transport, entry, links, ...others } = rest;
  const owners = links && Object.fromEntries(Object.entries(links).map(([kind, { owner }]) => [kind, owner ? { owner } : {}]));
  return {
    ...others,
    ...(venue && venue !== NOWHERE.venue && { venue }),
    ...(transport && transport !== NOWHERE.transport && { transport }),
    ...(entry && entry !== NOWHERE.entry && { entry }),
    ...(owners && { links: owners }),
  };
}

/** To be seen at a distance, to go nowhere, to come in by no door: whether, in the words of where. */
const NOWHERE = { venue: 'cloudClinic', transport: 'none', entry: 'none' } as const;

/** Says each word of whether and how soon that stands behind a ground which may never block. */
function findWhetherAndWhen(reader: Reader, then: Spot, id: string, grounds: readonly string[]): void {
  const asked: Text = { zh: grounds.join('和'), en: grounds.join(' and ') };
  const block = (spot: Spot, what: string | Text): undefined => reader.fail(spot, 'neverBlock', { id, grounds: asked, what });
  const effects = reader.entries(then);
  for (const name of WHETHER_AND_WHEN) if (effects.has(name)) block(effects.get(name)!, name);
  for (const [name, value] of Object.entries(NOWHERE)) {
    const spot = effects.get(name);
    if (spot && reader.value(spot) === value) block(spot, `${name}: ${value}`);
  }
  for (const [kind, terms] of effects.has('links') ? reader.entries(effects.get('links')!) : []) {
    const within = reader.entries(terms).get('within');
    if (within) block(within, THING.deadlineOf(kind));
  }
}

/** Which rooms act on it follows from what it says; written beside it for whoever reviews, and held against it. */
function readRooms(reader: Reader, item: Spot, spot: Spot | undefined, id: string, effects: Effects | undefined): Measure['rooms'] & {} {
  const right = effects && roomsOf(effects);
  if (!spot) return (right && reader.fail(item, 'rooms.missing', { id, rooms: right })) ?? right ?? [];
  const before = reader.problems.length;
  const rooms = reader.items(spot, 'rooms').flatMap((room) => reader.oneOf(room, 'room', ROOMS) ?? []);
  if (right && reader.problems.length === before && [...rooms].sort().join() !== [...right].sort().join()) {
    reader.fail(spot, 'rooms', { id, rooms: right });
  }
  return rooms;
}

function readWhen(reader: Reader, spot: Spot | undefined, known: readonly FactName[]): readonly Condition[] {
  if (!spot) return [];
  if (isSeq(spot.node) && spot.node.items.length === 0) reader.fail(spot, 'empty.when', {});
  return (isSeq(spot.node) ? reader.items(spot, 'when') : [spot]).map((item) => {
    const condition: { [F in FactName]?: readonly string[] } = {};
    const before = reader.problems.length;
    const facts = reader.fields(item, 'when', known);
    if (facts.size === 0 && reader.problems.length === before) reader.fail(item, 'empty.when', {});
    for (const [fact, values] of facts) condition[fact as FactName] = readValues(reader, fact as FactName, values);
    return condition;
  });
}

function readValues(reader: Reader, fact: FactName, spot: Spot): readonly string[] {
  const sets = SETS[fact] ?? {};
  const known: readonly string[] = [...FACTS[fact], ...Object.keys(sets)];
  const before = reader.problems.length;
  const items = reader.items(spot, THING.inWhen(fact));
  if (items.length === 0 && reader.problems.length === before) reader.fail(spot, 'empty.fact', { fact });
  const values = items.flatMap((item) => {
    const value = reader.oneOf(item, THING.valueOf(fact), known);
    return value === undefined ? [] : (sets[value] ?? [value]);
  });
  return [...new Set(values)].sort();
}

function readEffects(reader: Reader, spot: Spot): Effects {
  const effects: Record<string, unknown> = {};
  const before = reader.problems.length;
  for (const [name, value] of reader.fields(spot, 'then', [...Object.keys(EFFECT_WORDS), ...EFFECT_FLAGS, 'otherwise', 'links'])) {
    if (name === 'links') effects.links = readLinks(reader, value);
    else if (name === 'otherwise') effects.otherwise = readOtherwise(reader, value);
    else effects[name] = name in EFFECT_WORDS ? reader.oneOf(value, name, EFFECT_WORDS[name as keyof typeof EFFECT_WORDS]) : reader.boolean(value, name);
  }
  if (Object.keys(effects).length === 0 && reader.problems.length === before) reader.fail(spot, 'empty.then', {});
  if ('service' in effects && !('venue' in effects)) reader.fail(spot, 'service', {});
  return effects;
}

function readOtherwise(reader: Reader, spot: Spot): Otherwise {
  const otherwise: Record<string, string> = {};
  const options = reader.fields(spot, 'otherwise', REPLACEABLE);
  for (const [option, value] of options) {
    const known = (VISITED_VENUES as readonly string[]).includes(option) ? VISITED_VENUES : FETCHING;
    const standIn = reader.oneOf<VisitedVenue | Fetching>(value, THING.standInFor(option), known);
    if (standIn) otherwise[option] = standIn;
  }
  const circle = Object.keys(otherwise).map((option) => standInsOf(option, otherwise).circle).find((found) => found !== undefined);
  if (circle) reader.fail(options.get(circle[0]!)!, 'circle', { circle: [circle.join(' → ')] });
  return otherwise;
}

function readLinks(reader: Reader, spot: Spot): Effects['links'] & {} {
  const links: Partial<Record<TermsKey, LinkTerms>> = {};
  const kinds = reader.fields(spot, 'links', TERMS_KEYS);
  if (kinds.size === 0 && isMap(spot.node)) reader.fail(spot, 'empty.links', {});
  for (const [kind, terms] of kinds) {
    const at = reader.fields(terms, kind, ['owner', 'within']);
    if (at.size === 0 && isMap(terms.node) && terms.node.items.length === 0) reader.fail(terms, 'empty.step', { step: kind });
    const owner = at.has('owner') ? reader.oneOf(at.get('owner')!, THING.ownerOf(kind), STEP_OWNERS[kind as TermsKey]) : undefined;
    const dueSeconds = at.has('within') ? readWithin(reader, kind, at.get('within')!) : undefined;
    links[kind as TermsKey] = { ...(owner && { owner }), ...(dueSeconds && { dueSeconds }) };
  }
  return links;
}

/** One duration for all, or one for each acuity named. */
function readWithin(reader: Reader, kind: string, spot: Spot): Partial<Record<Acuity, number>> {
  const what = THING.deadlineOf(kind);
  if (!isMap(spot.node)) {
    const seconds = reader.seconds(spot, what, LONGEST_WAIT_SECONDS);
    return seconds === undefined ? {} : { I: seconds, II: seconds, III: seconds, IV: seconds };
  }
  const due: Partial<Record<Acuity, number>> = {};
  for (const [acuity, value] of reader.fields(spot, what, ACUITIES)) {
    const seconds = reader.seconds(value, what, LONGEST_WAIT_SECONDS);
    if (seconds !== undefined) due[acuity as Acuity] = seconds;
  }
  if (Object.keys(due).length === 0 && spot.node.items.length === 0) reader.fail(spot, 'empty.within', { what });
  return due;
}
