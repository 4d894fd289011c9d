import { SERVICES } from '../city/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { CONSULT_URGENCIES, demandedBy, type Demand, type Demands } from './demands.ts';
import { MEASURE_ID } from './read-measures.ts';
import { THING } from './read-said.ts';
import type { Reader, Spot } from './read.ts';

export const DEMAND_KEYS = ['id', 'clause', 'text', 'says'] as const;
export const SAYS_KEYS = ['longestClosure', 'secondPerson', 'known', 'answer', 'received'] as const;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** No city means more than this, and a slip of the hand in a unit does: "10 d" for "10 min" is somebody who waits ten days. */
export const LONGEST = {
  longestClosure: { seconds: 14 * DAY, said: '14 d' }, known: { seconds: 3 * DAY, said: '3 d' }, answer: { seconds: DAY, said: '24 h' }, received: { seconds: 4 * HOUR, said: '4 h' },
} as const;

/** @param ids of measures and demands read so far in the same file; those read here are added */
export function readDemands(reader: Reader, spot: Spot | undefined, ids: Set<string>): readonly Demand[] {
  if (!spot) return [];
  return reader.items(spot, 'demands').map((item): Demand => {
    const at = reader.fields(item, THING.demand, DEMAND_KEYS);
    const id = reader.text(at.get('id'), THING.demandId, item);
    if (id && !MEASURE_ID.test(id)) reader.fail(at.get('id')!, 'id.measure', { id });
    if (id && ids.has(id)) reader.fail(at.get('id')!, 'duplicate.measure', { id });
    ids.add(id);
    const says = at.get('says');
    const demand: Demand = {
      id,
      clause: reader.text(at.get('clause'), THING.clauseOf(id), item),
      text: reader.words(at.get('text'), THING.textOf(id), item),
      says: says ? readSays(reader, says) : (reader.fail(item, 'missing.says', { id }) ?? {}),
      line: reader.line(item),
    };
    if (says) findDisorder(reader, says, demand);
    return demand;
  });
}

function readSays(reader: Reader, spot: Spot): Demands {
  const at = reader.fields(spot, 'says', SAYS_KEYS);
  if (at.size === 0 && reader.entries(spot).size === 0) reader.fail(spot, 'empty.says', {});
  const closure = at.has('longestClosure') ? within(reader, at.get('longestClosure')!, 'longestClosure', 'longestClosure') : undefined;
  const second = at.has('secondPerson') ? reader.items(at.get('secondPerson')!, 'secondPerson').flatMap((item) => reader.oneOf(item, 'secondPerson', SERVICES) ?? []) : undefined;
  return {
    ...(closure !== undefined && { closureDaysMax: closure / DAY }),
    ...(second && { secondPerson: second }),
    ...(at.has('known') && { knownHours: readEach(reader, at.get('known')!, 'known', SERVICES, HOUR) }),
    ...(at.has('answer') && { answerMinutes: readEach(reader, at.get('answer')!, 'answer', CONSULT_URGENCIES, MINUTE) }),
    ...(at.has('received') && { receivedMinutes: readEach(reader, at.get('received')!, 'received', ACUITIES, MINUTE) }),
  };
}

function readEach<K extends string>(reader: Reader, spot: Spot, what: keyof typeof LONGEST, known: readonly K[], unit: number): Partial<Record<K, number>> {
  const read: Partial<Record<K, number>> = {};
  for (const [name, value] of reader.fields(spot, what, known)) {
    const seconds = within(reader, value, `${what}.${name}`, what);
    if (seconds !== undefined) read[name as K] = seconds / unit;
  }
  return read;
}

function within(reader: Reader, spot: Spot, what: string, of: keyof typeof LONGEST): number | undefined {
  const seconds = reader.seconds(spot, what, LONGEST.longestClosure.seconds);
  if (seconds === undefined || seconds <= LONGEST[of].seconds) return seconds;
  return reader.fail(spot, 'says.outside', { what, value: String(reader.value(spot)), most: LONGEST[of].said });
}

/** Beside what holds anyway nobody who is worse off may wait longer: whoever shortens one step says the ones above it as well. */
function findDisorder(reader: Reader, spot: Spot, demand: Demand): void {
  const { answerMinutes, receivedMinutes } = demandedBy([demand]);
  const at = reader.entries(spot);
  const rises = (minutes: readonly number[]): boolean => minutes.every((each, place) => place === 0 || minutes[place - 1]! <= each);
  const answers = CONSULT_URGENCIES.map((each) => answerMinutes[each]);
  const receipts = ACUITIES.map((each) => receivedMinutes[each]);
  if (at.has('answer') && !rises(answers)) reader.fail(at.get('answer')!, 'says.order', { what: 'answer', minutes: answers });
  if (at.has('received') && !rises(receipts)) reader.fail(at.get('received')!, 'says.order', { what: 'received', minutes: receipts });
}
