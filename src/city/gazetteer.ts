import type { Place, Text } from '../base/index.ts';
import type { City, Compound } from './city.ts';

/** A place that a caller can name: where they live, where they stand, which town. */
export interface FoundPlace {
  readonly kind: 'compound' | 'institution' | 'town';
  readonly code: string;
  readonly name: Text;
  readonly address?: string;
  readonly town: string;
  readonly point: Place;
  readonly gate?: Compound['gate'];
  /** The middle of something, not a door. */
  readonly approximate?: true;
}

/** Shorter pieces are in every other name: a query is not said to be about a place because both say "road". */
const KEY_LENGTH_MIN = 3;
/** Before a name that is only a part of what was asked. */
const EVERY_WORD = 2.5;
const KIND_ORDER = { compound: 0, institution: 1, town: 2 } as const;
const BUILDING = /\d+(?:号楼|单元|室|楼|层|号|房)/u;

/**
 * Letters and digits alone: width, case, spaces, stops and the words for a house ("12栋", "12幢") make no difference. Callers and
 * those who type in a hurry agree on nothing else.
 */
export function plainAddress(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\p{P}\p{S}\s]/gu, '').replace(/(?<=\d)(?:栋|幢|座)/gu, '号楼');
}

/**
 * Towns, institutions and compounds whose name or address is meant by `query`, best first: the whole name, its beginning, a
 * part of it, a name inside a longer address ("玫瑰园12号楼804"), every word of it, its characters in order ("一附院").
 */
export function findPlaces(city: City, query: string, limit: number): readonly FoundPlace[] {
  const asked = plainAddress(query);
  if (asked === '') return [];
  const words = query.split(/\s+/u).map(plainAddress).filter((word) => word !== '');
  const building = asked.search(BUILDING);
  const withoutBuilding = building > 0 ? asked.slice(0, building) : undefined;
  return entriesOf(city)
    .map((entry) => ({ entry, rank: rankOf(entry, asked, withoutBuilding, words) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || KIND_ORDER[a.entry.place.kind] - KIND_ORDER[b.entry.place.kind]
      || a.entry.names[0]!.length - b.entry.names[0]!.length || (a.entry.place.code < b.entry.place.code ? -1 : 1))
    .slice(0, limit)
    .map(({ entry }) => entry.place);
}

function rankOf({ names, lines }: GazetteerEntry, asked: string, withoutBuilding: string | undefined, words: readonly string[]): number {
  let best = Infinity;
  for (const [keys, more] of [[names, 0], [lines, 1]] as const) {
    for (const key of keys) best = Math.min(best, rankIn(key, asked) + more, withoutBuilding === undefined ? Infinity : rankIn(key, withoutBuilding) + more + 0.5);
  }
  const everyWord = words.length > 1 && words.every((word) => names.some((key) => key.includes(word)));
  return everyWord ? Math.min(best, EVERY_WORD) : best;
}

function rankIn(key: string, asked: string): number {
  if (key === asked) return 0;
  if (key.startsWith(asked)) return 1;
  if (key.includes(asked)) return 2;
  if (key.length >= KEY_LENGTH_MIN && asked.includes(key)) return 3;
  return asked.length >= KEY_LENGTH_MIN && isAbbreviation(asked, key) ? 5 : Infinity;
}

/** Chinese names are shortened by leaving characters out; Latin letters in order would match anything. */
function isAbbreviation(short: string, long: string): boolean {
  if (!/^\p{Script=Han}+$/u.test(short)) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

interface GazetteerEntry {
  readonly place: FoundPlace;
  /** Each of them means this place alone … */
  readonly names: readonly string[];
  /** … and these begin with where it lies: whoever asks for the town is not asking for every house in it. */
  readonly lines: readonly string[];
}

/** Built once a city: it is frozen, and some thousand names are folded for every letter typed otherwise. */
const entriesByCity = new WeakMap<City, readonly GazetteerEntry[]>();

function entriesOf(city: City): readonly GazetteerEntry[] {
  const known = entriesByCity.get(city);
  if (known) return known;
  const folded = (texts: readonly string[]): readonly string[] => [...new Set(texts.map(plainAddress))].filter((key) => key !== '');
  const entry = (place: FoundPlace, names: readonly string[], lines: readonly string[] = []): GazetteerEntry => ({ place, names: folded(names), lines: folded(lines) });
  const entries = [
    ...[...city.compounds.values()].map(({ code, name, also, address, town, place, gate, approximate }) => {
      const townName = city.towns.get(town)?.name.zh ?? '';
      return entry(
        { kind: 'compound', code, name, address, town, point: place, ...(gate && { gate }), ...(approximate && { approximate }) },
        [name.zh, name.en, ...also, address], [townName + name.zh, townName + address, address + name.zh]);
    }),
    ...[...city.institutions.values()].map(({ code, name, town, place, approximate }) =>
      entry({ kind: 'institution', code, name, town, point: place, ...(approximate && { approximate }) }, [name.zh, name.en])),
    ...[...city.towns.values()].map(({ code, name, centre, district }) => entry(
      { kind: 'town', code, name, town: code, point: centre, approximate: true }, [name.zh, name.en], [(city.districts.get(district)?.name.zh ?? '') + name.zh])),
  ];
  entriesByCity.set(city, entries);
  return entries;
}
