import type { Place } from '../base/index.ts';
import type { City } from './city.ts';
import { NO_DRIVE } from './roads/ask.ts';
import type { RoadMap } from './roads/map.ts';
import { PROFILES, type Profile } from './roads/profiles.ts';
import { isOnRoads } from './roads/snap.ts';

/** From the middle of every town to every institution, for one traveller, with what stood in the way. Never changed: a new cordon makes a new one. */
export interface TownTravel {
  readonly profile: Profile;
  /** Undefined where nobody knows: one of the two lies off the roads. Infinity where the roads are there and closed. */
  readonly seconds: (town: string, institution: string) => number | undefined;
  /** What of it is the hand-over at the door, where that is counted. */
  readonly handOverSeconds?: (institution: string) => number;
}

export type TravelTables = Readonly<Record<Profile, TownTravel>>;

/** @param matrix seconds from each to each by rows of `from`, `NO_DRIVE` where there is none */
export async function travelTables(
  city: City, map: RoadMap, matrix: (profile: Profile, from: readonly Place[], to: readonly Place[]) => Promise<Int32Array>,
): Promise<TravelTables> {
  const { from, to } = endsOf(city);
  const driven = await Promise.all(PROFILES.map(async (profile) => [profile, await matrix(profile, from, to)] as const));
  return tablesOf(city, map, new Map(driven));
}

/** The same without a thread: for a rehearsal, whose clock waits. */
export function travelTablesNow(city: City, map: RoadMap, matrix: (profile: Profile, from: readonly Place[], to: readonly Place[]) => Int32Array): TravelTables {
  const { from, to } = endsOf(city);
  return tablesOf(city, map, new Map(PROFILES.map((profile) => [profile, matrix(profile, from, to)])));
}

function endsOf(city: City): { readonly from: readonly Place[]; readonly to: readonly Place[] } {
  return { from: [...city.towns.values()].map(({ centre }) => centre), to: [...city.institutions.values()].map(({ place }) => place) };
}

function tablesOf(city: City, map: RoadMap, driven: ReadonlyMap<Profile, Int32Array>): TravelTables {
  const [towns, institutions] = [[...city.towns.values()], [...city.institutions.values()]];
  const [rowOf, columnOf] = [rankOf(towns), rankOf(institutions)];
  const table = (profile: Profile): TownTravel => ({
    profile,
    seconds(town, institution) {
      const [row, column] = [rowOf.get(town), columnOf.get(institution)];
      if (row === undefined || column === undefined) return undefined;
      const seconds = driven.get(profile)![row * institutions.length + column]!;
      if (seconds !== NO_DRIVE) return seconds;
      return isOnRoads(map, towns[row]!.centre) && isOnRoads(map, institutions[column]!.place) ? Infinity : undefined;
    },
  });
  return Object.fromEntries(PROFILES.map((profile) => [profile, table(profile)])) as Record<Profile, TownTravel>;
}

const rankOf = (rows: readonly { readonly code: string }[]): ReadonlyMap<string, number> => new Map(rows.map(({ code }, rank) => [code, rank]));
