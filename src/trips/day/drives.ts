import { HOUR_MS, type Instant, type Place } from '../../base/index.ts';
import type { CarRoute, TripDay } from '../day.ts';
import type { PlanCar, PlanRide, StopName } from '../plan/problem.ts';

/** Where no road leads: farther than anybody's hours. */
export const NO_ROAD_SECONDS = 24 * 3_600;
/** Where people and cars are, and must be: each place once for each hour in which somebody leaves it. */
export class Places {
  readonly list: Place[] = [];
  /** Drives from there are asked for then. It follows from a stop's wish alone, so that a part of a day has the same drives as the whole. */
  readonly leftAt: Instant[] = [];
  readonly #index = new Map<string, number>();

  of({ lon, lat }: Place, at: Instant): number {
    const leftAt = at - (at % HOUR_MS);
    const key = `${lon} ${lat} ${leftAt}`;
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    this.#index.set(key, this.list.length);
    this.leftAt.push(leftAt);
    return this.list.push({ lon, lat }) - 1;
  }
}

/** Whole seconds, so that no rounding decides whether a plan keeps a promise. */
export function drive({ travel }: TripDay, from: Place, to: Place, at: Instant): number {
  return from.lon === to.lon && from.lat === to.lat ? 0 : whole(from, to, travel(from, to, at));
}

function whole(from: Place, to: Place, seconds: number): number {
  if (from.lon === to.lon && from.lat === to.lat) return 0;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : NO_ROAD_SECONDS;
}

/** A problem's rides and cars, whose places are known, and the routes that run. */
export interface Driven {
  readonly rides: readonly PlanRide[];
  readonly cars: readonly PlanCar[];
  readonly routes: readonly CarRoute[];
}

/** Seconds from place to place, row from. */
export type Table = (day: TripDay, places: Places, driven: Driven) => Float64Array;

/** From everywhere to everywhere: a whole day may be planned in any order. */
export const everyDrive: Table = (day, { list, leftAt }) => {
  const count = list.length;
  const table = new Float64Array(count * count);
  for (let from = 0; from < count; from += 1) for (let to = 0; to < count; to += 1) table[from * count + to] = drive(day, list[from]!, list[to]!, leftAt[from]!);
  return table;
};

/** Worked out elsewhere, with Infinity where no road leads: on roads, many drives together are one search. */
export const tableFrom = (seconds: Float64Array): Table => (_, { list }) => seconds.map((each, at) => {
  const [from, to] = [list[Math.floor(at / list.length)]!, list[at % list.length]!];
  return whole(from, to, each);
});

/**
 * Only the drives that these routes make, and those that one more ride could. On roads each drive is a search, and a desk waits for the answer;
 * what is not asked is as far as where no road leads.
 * @param added the ride that is not in them yet
 */
export function drivesAlong(routes: readonly CarRoute[], added?: string): Table {
  return (day, { list, leftAt }, { rides, cars }) => {
    const count = list.length;
    const table = new Float64Array(count * count).fill(NO_ROAD_SECONDS);
    for (let place = 0; place < count; place += 1) table[place * count + place] = 0;
    const ask = (from: number, to: number): void => { table[from * count + to] = drive(day, list[from]!, list[to]!, leftAt[from]!); };
    const rideOf = new Map(rides.map((ride) => [ride.ride, ride]));
    const routeOf = new Map(routes.map((route) => [route.car, route.stops]));
    const fresh = added === undefined ? undefined : rideOf.get(added);
    const ends = fresh ? [fresh.pickUp.place, fresh.dropOff.place] : [];
    for (const { pickUp, dropOff } of rides) ask(pickUp.place, dropOff.place);
    for (const { car, startPlace, endPlace, next = [] } of cars) {
      const stops = routeOf.get(car) ?? [];
      const isNext = (stop: StopName): boolean => next.some(({ ride, kind }) => ride === stop.ride && kind === stop.kind);
      const placesOf = (names: readonly StopName[]): number[] => names.flatMap(({ ride, kind }) => rideOf.get(ride)?.[kind].place ?? []);
      const way = [startPlace, ...placesOf(stops), endPlace];
      // A door at which it stands comes first, whatever was planned.
      for (const each of [way, [startPlace, ...placesOf([...next, ...stops.filter((stop) => !isNext(stop))]), endPlace]]) {
        each.forEach((place, n) => { if (n > 0) ask(each[n - 1]!, place); });
      }
      ask(startPlace, endPlace);
      // What has begun is also looked at alone, in an order of its own.
      const inside = new Set([...next.map(({ ride }) => ride), ...rides.flatMap(({ ride, aboard }) => (aboard?.car === car ? [ride] : []))]);
      const begun = [...inside].flatMap((ride) => [rideOf.get(ride)?.pickUp.place ?? [], rideOf.get(ride)?.dropOff.place ?? []].flat());
      for (const from of [startPlace, ...begun]) for (const to of [...begun, endPlace]) ask(from, to);
      for (const place of way) for (const end of ends) [[place, end], [end, place]].forEach(([from, to]) => ask(from!, to!));
    }
    return table;
  };
}
