import { DAY_MS, type Instant, type Place } from '../base/index.ts';
import {
  driveMatrix, estimateSeconds, LiveRoads, sameSpeedAt, secondsOn, travelTablesNow, type City, type RoadMap, type TravelSeconds, type TravelTables, type Vehicle,
} from '../city/index.ts';

/** How far everything is in a rehearsal: on a city's roads, or estimated from the distance. */
export interface RehearsedTravel {
  readonly seconds: TravelSeconds;
  /** From every town to every institution at this hour; undefined where it is estimated. */
  readonly tables: (at: Instant) => TravelTables | undefined;
  /** A drive that has to be driven, whatever stands in the way. */
  readonly drive: (from: Place, to: Place, at: Instant, kind: Vehicle | 'permitCar') => number;
}

export const ESTIMATED: RehearsedTravel = { seconds: estimateSeconds, tables: () => undefined, drive: estimateSeconds };

/** A board that looks at the whole queue asks for the same ways again and again; more than these would fill the memory. */
const REMEMBERED_MAX = 500_000;

/** A day has fourteen speeds; two travellers, as nothing stands on these roads that a permit opens. */
const WEIGHTS_MAX = 28;

/** Nothing stands on the roads of a rehearsal, so an hour has one answer, which is remembered while it lasts. */
export function onRoads(city: City, map: RoadMap): RehearsedTravel {
  const live = new LiveRoads(map, WEIGHTS_MAX);
  const ask = secondsOn(live);
  const known = new Map<string, number | undefined>();
  const tables = new Map<number, TravelTables>();
  let speedAt = -1;
  const turnTo = (then: Instant): void => {
    if (then === speedAt && known.size < REMEMBERED_MAX) return;
    speedAt = then;
    known.clear();
  };
  const seconds = (from: Place, to: Place, at: Instant, kind: Vehicle | 'permitCar'): number | undefined => {
    const [then, vehicle] = [sameSpeedAt(at), kind === 'permitCar' ? 'car' : kind];
    turnTo(then);
    const key = `${vehicle} ${from.lon} ${from.lat} ${to.lon} ${to.lat}`;
    if (!known.has(key)) known.set(key, ask(from, to, then, vehicle));
    return known.get(key);
  };
  return {
    seconds: Object.assign(seconds, { estimates: (from: Place, to: Place) => ask.estimates?.(from, to) ?? false }),
    tables(at) {
      const then = sameSpeedAt(at);
      // Speeds repeat from day to day.
      const made = tables.get(then % DAY_MS) ?? travelTablesNow(city, map, (profile, from, to) => driveMatrix(live.times(profile === 'permitCar' ? 'car' : profile, then), from, to));
      tables.set(then % DAY_MS, made);
      return made;
    },
    drive: (from, to, at, kind) => seconds(from, to, at, kind) ?? estimateSeconds(from, to, at, kind),
  };
}
