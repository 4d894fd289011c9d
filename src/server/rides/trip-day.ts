import { DAY_MS, HOUR_MS, startOfDay, type Instant, type Place } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { dayJob, placesOf, tableFrom, type DayCar, type DayJob, type TripDay } from '../../trips/index.ts';
import { carStates, lastCohorts, ridesAhead, type CarState, type StoredRide } from '../../trips/store.ts';
import type { House } from '../house.ts';
import type { Kysely } from 'kysely';

/** A district's day as it is stored at this moment, with the stories its rides belong to. */
export interface StoredDay {
  readonly day: TripDay;
  readonly rides: ReadonlyMap<string, StoredRide>;
  readonly states: ReadonlyMap<string, CarState>;
}

/** Nobody has published drivers' hours: cars are reckoned with round the clock, for this day and the next. Synthetic. */
export function dutyOf(at: Instant): { from: Instant; to: Instant } {
  const from = startOfDay(at);
  return { from, to: from + 2 * DAY_MS };
}

/**
 * Only what is approved is planned: rides that have a car, and those that wait for one with a yes.
 * @param trx inside the district's turn (`takeTurn`) when something is to be stored that depends on it
 */
export async function readDay(trx: Kysely<any>, { city, travel }: Pick<House, 'city' | 'travel'>, district: string, at: Instant): Promise<StoredDay> {
  const rows = (await ridesAhead(trx, city.id, district)).filter(({ state, wantsPlan }) => state !== 'waiting' || wantsPlan);
  const states = await carStates(trx, city.id);
  const cohorts = await lastCohorts(trx, city.id, district, at);
  return {
    day: { at, rides: rows.map(({ dayRide }) => dayRide), cars: carsOf(city, district, at, states, cohorts), travel: drives(travel) },
    rides: new Map(rows.map((row) => [row.ride, row])), states,
  };
}

/** A whole day as a planner's job: its drives, a million in a district, are worked out beside the server and not while others wait. */
export async function jobFor({ travel }: Pick<House, 'travel'>, day: TripDay): Promise<DayJob> {
  const { list, leftAt } = placesOf(day);
  const seconds = new Float64Array(list.length ** 2);
  for (const hour of new Set(leftAt)) {
    const rows = list.flatMap((_, row) => (leftAt[row] === hour ? [row] : []));
    const drives = await travel.permitCarMatrix(rows.map((row) => list[row]!), list, hour);
    rows.forEach((row, n) => seconds.set(drives.subarray(n * list.length, (n + 1) * list.length), row * list.length));
  }
  return dayJob(day, undefined, tableFrom(seconds));
}

function carsOf(city: City, district: string, at: Instant, states: StoredDay['states'], cohorts: Awaited<ReturnType<typeof lastCohorts>>): readonly DayCar[] {
  const { from: onDutyFrom, to: onDutyTo } = dutyOf(at);
  return [...city.cars.values()].flatMap((car): DayCar[] => {
    const home = city.towns.get(car.town);
    if (home?.district !== district) return [];
    const [known, last] = [states.get(car.id), cohorts.get(car.id)];
    const seen = known?.placeAt !== undefined && known.placeAt > at - SEEN_MS ? known : undefined;
    return [{
      car: car.id, town: car.town, home: home.centre, place: seen?.place ?? last?.place ?? home.centre, placeAt: seen?.placeAt ?? at,
      onDutyFrom, onDutyTo, state: known?.state ?? 'ready',
      capacity: { seats: car.seats, wheelchairs: Number(car.wheelchair), stretchers: Number(car.stretcher) },
      ...(last && { cohortBefore: last.cohort }),
    }];
  });
}

/** A place older than this says nothing about where a car is. */
const SEEN_MS = HOUR_MS;

/** Drives asked for once are remembered until the roads change: a day asks for the same ones at every order. */
const remembered = new WeakMap<House['travel'], { turn: Instant; seconds: Map<string, number> }>();
const REMEMBERED_MAX = 500_000;

function drives(travel: House['travel']): TripDay['travel'] {
  let memory = remembered.get(travel);
  if (!memory || memory.turn !== travel.turn() || memory.seconds.size > REMEMBERED_MAX) {
    memory = { turn: travel.turn(), seconds: new Map() };
    remembered.set(travel, memory);
  }
  const { seconds: known } = memory;
  return (from: Place, to: Place, at: Instant): number => {
    const key = `${from.lon} ${from.lat} ${to.lon} ${to.lat} ${Math.floor(at / HOUR_MS)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const seconds = travel.seconds(from, to, at, 'permitCar') ?? Infinity;
    known.set(key, seconds);
    return seconds;
  };
}
