import { HOUR_MS, type Instant, type Place } from '../base/index.ts';
import {
  driveMatrix, estimateSeconds, LiveRoads, secondsOn, travelTablesNow, type City, type RoadMap, type TravelSeconds, type TravelTables, type Vehicle,
} from '../city/index.ts';

/** How far everything is in a rehearsal: on a city's roads, or estimated from the distance. */
export interface RehearsedTravel {
  readonly seconds: TravelSeconds;
  /** From every town to every institution at this hour; undefined where it is estimated. */
  readonly tables: (at: Instant) => TravelTables | undefined;
  /** A drive that has to be driven, whatever stands in the way. */
  readonly drive: (from: Place, to: Place, at: Instant, kind: Vehicle) => number;
}

export const ESTIMATED: RehearsedTravel = { seconds: estimateSeconds, tables: () => undefined, drive: estimateSeconds };

/** A board that looks at the whole queue asks for the same ways again and again; more than these would fill the memory. */
const REMEMBERED_MAX = 500_000;

/** Nothing stands on the roads of a rehearsal, so an hour has one answer, which is remembered while it lasts. */
export function onRoads(city: City, map: RoadMap): RehearsedTravel {
  const live = new LiveRoads(map);
  const ask = secondsOn(live);
  const known = new Map<string, number | undefined>();
  const tables = new Map<number, TravelTables>();
  let hour = -1;
  const turnTo = (at: Instant): void => {
    const now = Math.floor(at / HOUR_MS);
    if (now === hour && known.size < REMEMBERED_MAX) return;
    hour = now;
    known.clear();
  };
  const seconds = (from: Place, to: Place, at: Instant, kind: Vehicle | 'permitCar'): number | undefined => {
    turnTo(at);
    const key = `${kind} ${from.lon} ${from.lat} ${to.lon} ${to.lat}`;
    if (!known.has(key)) known.set(key, ask(from, to, at, kind));
    return known.get(key);
  };
  return {
    seconds: Object.assign(seconds, { estimates: (from: Place, to: Place) => ask.estimates?.(from, to) ?? false }),
    // Speeds repeat from day to day.
    tables(at) {
      const ofDay = Math.floor(at / HOUR_MS) % 24;
      const made = tables.get(ofDay) ?? travelTablesNow(city, map, (profile, from, to) => driveMatrix(live.times(profile, at), from, to));
      tables.set(ofDay, made);
      return made;
    },
    drive: (from, to, at, kind) => seconds(from, to, at, kind) ?? estimateSeconds(from, to, at, kind),
  };
}
