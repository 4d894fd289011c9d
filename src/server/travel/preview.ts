import type { Instant } from '../../base/index.ts';
import { NO_DRIVE, roadsMet, type City, type Restriction, type TravelTables } from '../../city/index.ts';
import type { OpenRoads } from '../../city/load.ts';

/** What somebody should know before they draw it. */
export interface TravelPreview {
  /** None: it was drawn where no road is. */
  readonly roadsMet: number;
  /** Of an ambulance to the nearest emergency department of each town: those it would take longer, the most first. */
  readonly slower: readonly SlowerTown[];
  /** Towns that it would take longer, all of them. */
  readonly towns: number;
}

export interface SlowerTown {
  readonly town: string;
  /** The nearest now. */
  readonly institution: string;
  readonly seconds: number;
  /** To the same one then; undefined where no road would be open. */
  readonly then?: number;
  /** The nearest then, and how far; undefined where none could be reached. */
  readonly instead?: { readonly institution: string; readonly seconds: number };
}

const NAMED_MAX = 8;
/** Less is no change that anybody feels. */
const FELT_SECONDS = 30;

/** Asked beside everything else, in the thread of the roads: nobody who asks for care waits for it. */
export async function previewOf(city: City, roads: OpenRoads, tables: TravelTables, restriction: Restriction, at: Instant): Promise<TravelPreview> {
  const towns = [...city.towns.values()];
  const houses = [...city.institutions.values()].filter(({ services }) => services.has('emergency'));
  const then = await roads.matrix('ambulance', at, towns.map(({ centre }) => centre), houses.map(({ place }) => place), [...roads.live.restrictions, restriction]);
  const slower = towns.flatMap(({ code }, row): SlowerTown[] => {
    const now = houses.map((house) => tables.ambulance.seconds(code, house.code) ?? Infinity);
    const after = houses.map((_, column) => then[row * houses.length + column]!).map((seconds) => (seconds === NO_DRIVE ? Infinity : seconds));
    const [nearest, best] = [indexOfLeast(now), indexOfLeast(after)];
    const seconds = now[nearest] ?? Infinity;
    // Where nobody gets through today, nothing is taken away.
    if (seconds === Infinity || after[nearest]! < seconds + FELT_SECONDS) return [];
    return [{
      town: code, institution: houses[nearest]!.code, seconds, ...(after[nearest]! < Infinity && { then: after[nearest]! }),
      ...(after[best]! < Infinity && { instead: { institution: houses[best]!.code, seconds: after[best]! } }),
    }];
  });
  const lost = ({ seconds, instead }: SlowerTown): number => (instead?.seconds ?? Infinity) - seconds;
  slower.sort((a, b) => compare(lost(b), lost(a)) || compare(b.then ?? Infinity, a.then ?? Infinity) || a.town.localeCompare(b.town));
  return { roadsMet: roadsMet(roads.live.map, restriction), slower: slower.slice(0, NAMED_MAX), towns: slower.length };
}

/** Two that have no end are alike. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
const indexOfLeast = (values: readonly number[]): number => values.reduce((best, value, index) => (value < values[best]! ? index : best), 0);
