import { sql, type QueryExecutorProvider } from 'kysely';
import { SECOND_MS, type Instant, type Place } from '../base/index.ts';
import type { DayCar, DayRide } from './day.ts';
import { DECONTAMINATION_MS } from './decide.ts';
import type { Cohort, Leg } from './ride.ts';
import { wishOf } from './wish.ts';
import { loadOf } from './day/problem.ts';

type Db = QueryExecutorProvider;

export type RideState = 'waiting' | 'planned' | 'aboard' | 'over';

/** A ride as its story tells it. */
export interface RideRow {
  readonly ride: string;
  readonly journey: string;
  readonly district: string;
  readonly state: RideState;
  /** Approved, and without a plan that fits. */
  readonly wantsPlan: boolean;
  readonly dayRide: DayRide;
  /** Where and when it ended. */
  readonly arrivedAt?: Instant;
}

/**
 * The rides of these journeys, as they stand: what is not named any more, and is not history, goes. Who shares a car with whom is held
 * against the constraint when the transaction ends.
 */
export async function saveRides(db: Db, city: string, journeys: readonly string[], rows: readonly RideRow[]): Promise<void> {
  await sql`delete from ride where city = ${city} and journey = any(${journeys}::text[]) and state <> 'over'
    and not (ride = any(${rows.map(({ ride }) => ride)}::text[]))`.execute(db);
  if (rows.length === 0) return;
  await sql`insert into ride as r (city, ride, journey, leg, district, town, cohort, state, car, pick_up_at, arrive_at, during, clean_at, seats, wheelchairs, stretchers, wants_plan, day_ride)
    select ${city}, ride, journey, leg, district, town, cohort, state, car, pick_up_at, arrive_at, case when during_to is not null then int8range(during_from, during_to) end, clean_at,
      seats, wheelchairs, stretchers, wants_plan, day_ride
    from json_to_recordset(${JSON.stringify(rows.map(columnsOf))}::json) as n(
      ride text, journey text, leg text, district text, town text, cohort text, state text, car text, pick_up_at bigint, arrive_at bigint,
      during_from bigint, during_to bigint, clean_at bigint, seats integer, wheelchairs integer, stretchers integer, wants_plan boolean, day_ride jsonb)
    on conflict (city, ride) do update set leg = excluded.leg, district = excluded.district, cohort = excluded.cohort, state = excluded.state, car = excluded.car,
      pick_up_at = excluded.pick_up_at, arrive_at = excluded.arrive_at, during = excluded.during, clean_at = excluded.clean_at, seats = excluded.seats,
      wheelchairs = excluded.wheelchairs, stretchers = excluded.stretchers, wants_plan = excluded.wants_plan, day_ride = excluded.day_ride`.execute(db);
}

function columnsOf({ ride, journey, district, state, wantsPlan, dayRide, arrivedAt }: RideRow): object {
  const { order, planned } = dayRide;
  const cleanAt = arrivedAt === undefined ? undefined : arrivedAt + DECONTAMINATION_MS;
  const { seats, wheelchairs, stretchers } = loadOf(order);
  const window = planned && claimedWindow(dayRide, arrivedAt);
  return {
    ride, journey, district, state, wants_plan: wantsPlan, day_ride: dayRide, leg: order.leg, town: order.town, cohort: order.cohort, seats, wheelchairs, stretchers,
    pick_up_at: Math.round(planned?.pickUpAt ?? order.pickUpAt), ...(planned && { car: planned.car, arrive_at: Math.round(planned.arriveAt) }),
    ...(window && { during_from: window.from, during_to: window.to }), ...(cleanAt !== undefined && { clean_at: cleanAt }),
  };
}

/**
 * For how long a ride keeps other cohorts out of its car: from its pick-up to the end of the cleaning after it. It is a claim of the plan: an
 * earlier arrival makes it shorter, down to nothing, and a late one leaves it as it was, for what has happened cannot be refused. What a car
 * really was in contact with is `clean_at`: from it the plan is made again.
 */
export function claimedWindow({ order, planned }: DayRide, arrivedAt?: Instant): { from: Instant; to: Instant } | undefined {
  if (!planned) return undefined;
  const handedOverAt = Math.min(planned.arriveAt + wishOf(order).dropOffSeconds * 1_000, arrivedAt ?? Infinity);
  // Plans are made in whole seconds, from the one that has begun.
  const to = Math.floor((handedOverAt + DECONTAMINATION_MS) / SECOND_MS) * SECOND_MS;
  // Whoever was fetched long before the plan said may be planned to arrive before it said that they get in: the car is theirs all the same.
  const from = Math.round(arrivedAt === undefined ? Math.min(planned.pickUpAt, planned.arriveAt) : planned.pickUpAt);
  return from < to ? { from, to } : undefined;
}

export type StoredRide = Omit<RideRow, 'arrivedAt'>;

const COLUMNS = sql`ride, journey, district, state, wants_plan as "wantsPlan", day_ride as "dayRide"`;

/** The rides of a district that are not over. */
export async function ridesAhead(db: Db, city: string, district: string): Promise<readonly StoredRide[]> {
  const { rows } = await sql<StoredRide>`select ${COLUMNS} from ride where city = ${city} and district = ${district} and state <> 'over' order by ride`.execute(db);
  return rows;
}

/** Who was in a car last, while it is not clean. */
export async function lastCohorts(db: Db, city: string, district: string, at: Instant): Promise<ReadonlyMap<string, { cohort: Cohort; place: Place }>> {
  const { rows } = await sql<{ car: string; cohort: Cohort; place: Place }>`select distinct on (car) car, cohort, day_ride -> 'to' as place from ride
    where city = ${city} and district = ${district} and state = 'over' and clean_at > ${at} order by car, clean_at desc`.execute(db);
  return new Map(rows.map(({ car, ...rest }) => [car, rest]));
}

export interface CarState {
  readonly car: string;
  readonly state: DayCar['state'];
  readonly reason?: string;
  readonly since: Instant;
  readonly place?: Place;
  readonly placeAt?: Instant;
}

export async function carStates(db: Db, city: string): Promise<ReadonlyMap<string, CarState>> {
  const { rows } = await sql<{ car: string; state: DayCar['state']; reason: string | null; since: Instant; lon: number | null; lat: number | null; placeAt: Instant | null }>`
    select car, state, reason, since, lon, lat, place_at as "placeAt" from car_state where city = ${city}`.execute(db);
  return new Map(rows.map(({ car, state, reason, since, lon, lat, placeAt }) => [car, {
    car, state, since, ...(reason !== null && { reason }), ...(lon !== null && lat !== null && placeAt !== null && { place: { lon, lat }, placeAt }),
  }]));
}

export async function setCarState(db: Db, city: string, incident: string, { car, state, reason, since }: Omit<CarState, 'place' | 'placeAt'>): Promise<void> {
  await sql`insert into car_state (city, car, incident, state, reason, since) values (${city}, ${car}, ${incident}, ${state}, ${reason ?? null}, ${since})
    on conflict (city, car) do update set state = excluded.state, reason = excluded.reason, since = excluded.since, incident = excluded.incident`.execute(db);
}

/** Until its driver says that it is ready. One that is broken, or off already, stays what it is. */
export async function takeOffToClean(db: Db, city: string, incident: string, car: string, at: Instant): Promise<void> {
  await sql`insert into car_state (city, car, incident, state, since) values (${city}, ${car}, ${incident}, 'off', ${at})
    on conflict (city, car) do update set state = 'off', reason = null, since = excluded.since, incident = excluded.incident where car_state.state = 'ready'`.execute(db);
}

/** An older one than is known changes nothing. */
export async function savePosition(db: Db, city: string, incident: string, car: string, { lon, lat }: Place, at: Instant): Promise<void> {
  await sql`insert into car_position (city, car, at, incident, lon, lat) values (${city}, ${car}, ${at}, ${incident}, ${lon}, ${lat}) on conflict do nothing`.execute(db);
  await sql`insert into car_state (city, car, incident, since, lon, lat, place_at) values (${city}, ${car}, ${incident}, ${at}, ${lon}, ${lat}, ${at})
    on conflict (city, car) do update set lon = excluded.lon, lat = excluded.lat, place_at = excluded.place_at
    where car_state.place_at is null or car_state.place_at < excluded.place_at`.execute(db);
}

export interface CarPosition {
  readonly at: Instant;
  readonly place: Place;
}

export async function positionsSince(db: Db, city: string, car: string, from: Instant): Promise<readonly CarPosition[]> {
  const { rows } = await sql<{ at: Instant; lon: number; lat: number }>`select at, lon, lat from car_position where city = ${city} and car = ${car} and at >= ${from} order by at`.execute(db);
  return rows.map(({ at, lon, lat }) => ({ at, place: { lon, lat } }));
}

export async function forgetPositions(db: Db, city: string, before: Instant): Promise<void> {
  await sql`delete from car_position where city = ${city} and at < ${before}`.execute(db);
}

/** Cars that cannot take this cohort at some moment of the window: they are off, or another cohort is in them or has not been cleaned away. */
export async function carsKeptApart(db: Db, city: string, cohort: Cohort, { from, to }: { from: Instant; to: Instant }): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ car: string }>`select car from ride where city = ${city} and cohort <> ${cohort} and during && int8range(${from}, ${to})
    union select car from car_state where city = ${city} and state <> 'ready'`.execute(db);
  return new Set(rows.map(({ car }) => car));
}

/** The windows for which cars are taken, from `at` on. */
export async function windowsFrom(db: Db, city: string, at: Instant): Promise<readonly { car: string; ride: string; journey: string; leg: Leg; from: Instant; to: Instant }[]> {
  const { rows } = await sql<{ car: string; ride: string; journey: string; leg: Leg; from: Instant; to: Instant }>`
    select car, ride, journey, leg, lower(during) as "from", upper(during) as "to" from ride
    where city = ${city} and during is not null and upper(during) > ${at} order by lower(during)`.execute(db);
  return rows;
}
