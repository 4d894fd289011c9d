import type { Text } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { SENTENCE } from './document.ts';
import type { Coverage, NotEncoded, PolicyDocument, StandingRules } from './document.ts';
import { FACT_NAMES } from './facts.ts';
import type { PolicyProblem } from './problem.ts';
import { readDemands } from './read-demands.ts';
import { ANNOUNCED_FACTS, readMeasures } from './read-measures.ts';
import { THING } from './read-said.ts';
import { Reader } from './read.ts';
import type { Spot } from './read.ts';
import { ROOMS } from './rooms.ts';

export type Read<T> = { readonly value: T } | { readonly problems: readonly PolicyProblem[] };

export const POLICY_KEYS = [
  'id', 'version', 'city', 'title', 'source', 'period', 'districts', 'supersedes', 'sentences', 'measures', 'demands', 'notEncoded',
] as const;
export const STANDING_KEYS = ['version', 'law', 'ordinary', 'demands'] as const;
export const NOT_ENCODED_KEYS = ['clause', 'reason', 'room'] as const;
export const DISTRICT = /^[0-9A-Z]{6}$/;
export const TOWN = /^\d{9}$/;
export const POLICY_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** An announcement longer than this is not one. */
export const MOST_SENTENCES = 200;

/**
 * Reads an announcement; either the document, or every problem in the file at once.
 * @param city when given, its districts and towns must contain the policy's.
 */
export function readPolicy(file: string, text: string, city?: City): Read<PolicyDocument> {
  const reader = new Reader(file);
  const root = reader.open(text);
  if (!root) return { problems: reader.inOrder() };
  const at = reader.fields(root, THING.policy, POLICY_KEYS);
  const id = readId(reader, at.get('id'), root);
  const supersedes = at.has('supersedes') ? reader.items(at.get('supersedes')!, 'supersedes').map((item) => {
    const other = readId(reader, item, root);
    if (other && other === id) reader.fail(item, 'supersedes', {});
    return other;
  }) : [];
  const ids = new Set<string>();
  const document: PolicyDocument = {
    id,
    version: reader.text(at.get('version'), 'version', root),
    city: reader.text(at.get('city'), 'city', root),
    title: reader.words(at.get('title'), 'title', root),
    source: reader.text(at.get('source'), 'source', root),
    coverage: readCoverage(reader, root, at.get('period'), at.get('districts'), city),
    ...(supersedes.length > 0 && { supersedes }),
    sentences: readSentences(reader, root, at.get('sentences')),
    measures: readMeasures(reader, root, at.get('measures'), 'measures', ANNOUNCED_FACTS, ids),
    ...(at.has('demands') && { demands: readDemands(reader, at.get('demands'), ids) }),
    notEncoded: at.has('notEncoded') ? reader.items(at.get('notEncoded')!, 'notEncoded').map((item) => readNotEncoded(reader, item)) : [],
  };
  findUnkept(reader, document, root, at);
  return reader.problems.length > 0 ? { problems: reader.inOrder() } : { value: document };
}

/** Reads the rules that hold with and without an announcement. */
export function readStandingRules(file: string, text: string): Read<StandingRules> {
  const reader = new Reader(file);
  const root = reader.open(text);
  if (!root) return { problems: reader.inOrder() };
  const at = reader.fields(root, THING.standingRules, STANDING_KEYS);
  const ids = new Set<string>();
  const rules: StandingRules = {
    version: reader.text(at.get('version'), 'version', root),
    law: readMeasures(reader, root, at.get('law'), 'law', FACT_NAMES, ids),
    ordinary: readMeasures(reader, root, at.get('ordinary'), 'ordinary', FACT_NAMES, ids),
    ...(at.has('demands') && { demands: readDemands(reader, at.get('demands'), ids) }),
  };
  return reader.problems.length > 0 ? { problems: reader.inOrder() } : { value: rules };
}

function readId(reader: Reader, spot: Spot | undefined, root: Spot): string {
  const id = reader.text(spot, 'id', root);
  if (spot && id && !POLICY_ID.test(id)) reader.fail(spot, 'id', { id });
  return id;
}

function readSentences(reader: Reader, root: Spot, spot: Spot | undefined): number {
  if (!spot) return reader.fail(root, 'missing.sentences', {}) ?? 0;
  const count = reader.scalar(spot, 'sentences');
  if (count === undefined || (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_SENTENCES)) return count ?? 0;
  return reader.fail(spot, 'sentences', { value: String(count), most: MOST_SENTENCES }) ?? 0;
}

function readNotEncoded(reader: Reader, item: Spot): NotEncoded {
  const entry = reader.fields(item, THING.sentenceElsewhere, NOT_ENCODED_KEYS);
  const room = entry.has('room') ? reader.oneOf(entry.get('room')!, 'room', ROOMS) : undefined;
  return {
    clause: reader.text(entry.get('clause'), THING.clause, item),
    reason: reader.text(entry.get('reason'), 'reason', item),
    ...(room && { room }),
  };
}

/** Every clause has the number of its sentence in front, and every sentence is a measure, a demand, or named as none. */
function findUnkept(reader: Reader, { sentences }: PolicyDocument, root: Spot, at: ReadonlyMap<string, Spot>): void {
  const kept = new Set<number>();
  let complete = true;
  for (const list of ['measures', 'demands', 'notEncoded']) {
    for (const item of reader.elements(at.get(list))) {
      const spot = reader.entries(item).get('clause');
      const clause = spot && reader.value(spot);
      if (!spot || typeof clause !== 'string') {
        complete = false;
        continue;
      }
      const number = Number(SENTENCE.exec(clause)?.[1]);
      if (!(number >= 1)) {
        complete = false;
        reader.fail(spot, 'clause', {});
      } else if (sentences > 0 && number > sentences) {
        reader.fail(spot, 'clause.beyond', { number, sentences });
      }
      kept.add(number);
    }
  }
  if (!complete) return;
  const unkept = Array.from({ length: sentences }, (_, index) => index + 1).filter((number) => !kept.has(number));
  if (unkept.length > 0) reader.fail(at.get('sentences') ?? root, 'unkept', { numbers: unkept });
}

function readCoverage(reader: Reader, root: Spot, period: Spot | undefined, districts: Spot | undefined, city: City | undefined): Coverage {
  let window: Coverage['period'] = { from: 0 };
  if (!period) reader.fail(root, 'missing.period', {});
  else {
    const at = reader.fields(period, 'period', ['from', 'to']);
    const fromSpot = at.get('from');
    const from = fromSpot ? reader.instant(fromSpot, 'from') : reader.fail(period, 'missing.from', {});
    const toSpot = at.get('to');
    const to = toSpot && reader.instant(toSpot, 'to');
    if (from !== undefined && to !== undefined && to <= from) reader.fail(toSpot!, 'period', {});
    window = { from: from ?? 0, ...(to !== undefined && { to }) };
  }
  const names = new Map<string, Text>();
  const towns = new Set<string>();
  if (!districts) reader.fail(root, 'missing.districts', {});
  const before = reader.problems.length;
  const listed = districts ? reader.items(districts, 'districts') : [];
  if (districts && listed.length === 0 && reader.problems.length === before) reader.fail(districts, 'empty.districts', {});
  for (const item of listed) {
    const at = reader.fields(item, THING.district, ['code', 'name', 'towns']);
    const code = reader.text(at.get('code'), 'code', item);
    if (code && !DISTRICT.test(code)) reader.fail(at.get('code')!, 'district', { code });
    else if (code && city && !city.districts.has(code)) {
      reader.fail(at.get('code')!, 'unknownDistrict', { city: city.name, code, known: [...city.districts.keys()] });
    }
    if (code && names.has(code)) reader.fail(at.get('code')!, 'duplicate.district', { code });
    const name = reader.text(at.get('name'), 'name', item);
    names.set(code, { zh: name, en: city?.districts.get(code)?.name.en ?? name });
    for (const town of at.has('towns') ? reader.items(at.get('towns')!, 'towns') : []) {
      const value = reader.text(town, THING.townCode, item);
      if (value && !TOWN.test(value)) reader.fail(town, 'town', { code: value });
      else if (value && city && !city.towns.has(value)) reader.fail(town, 'unknownTown', { city: city.name, code: value });
      towns.add(value);
    }
  }
  return { period: window, districts: names, towns };
}
