import { sql, type Kysely } from 'kysely';

/**
 * Special cars: the rides of all stories as one table that can be planned whole, the cars' states and last positions, breaks in
 * custody, links for the family. Every row about a person names its journey or its incident and is deleted with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`drop table car_booking`,
    sql`create table ride (
      city text not null, ride text not null, journey text not null, leg text not null check (leg in ('out', 'back')),
      district text not null, town text not null, cohort text not null,
      state text not null check (state in ('waiting', 'planned', 'aboard', 'over')),
      car text, pick_up_at bigint not null, arrive_at bigint, during int8range, clean_at bigint,
      seats integer not null, wheelchairs integer not null, stretchers integer not null,
      wants_plan boolean not null default false, day_ride jsonb not null,
      primary key (city, ride),
      check ((car is null) = (during is null) or (state = 'over' and car is not null)), check (state not in ('planned', 'aboard') or car is not null),
      -- One cohort may share a car, up to its places. Two never meet in one, nor before it is clean: 'during' ends with the cleaning.
      -- Checked when all rides of a plan are written, because cars are exchanged between them.
      constraint cohorts_apart exclude using gist (city with =, car with =, cohort with <>, during with &&) deferrable initially deferred)`,
    sql`create index ride_journey on ride (city, journey)`,
    sql`create index ride_day on ride (city, district, pick_up_at)`,
    sql`create index ride_car on ride (city, car, pick_up_at) where car is not null`,
    sql`create index ride_wants_plan on ride (city, district) where wants_plan`,
    sql`create table car_state (
      city text not null, car text not null, incident text not null,
      state text not null default 'ready' check (state in ('ready', 'broken', 'off')), reason text, since bigint not null,
      lon double precision, lat double precision, place_at bigint,
      primary key (city, car), check ((place_at is null) = (lon is null) and (lon is null) = (lat is null)))`,
    sql`create table car_position (
      city text not null, car text not null, at bigint not null, incident text not null,
      lon double precision not null, lat double precision not null,
      primary key (city, car, at))`,
    sql`create index car_position_incident on car_position (city, incident)`,
    sql`create table day_plan (
      city text not null, district text not null, incident text not null, at bigint not null, planned_by text not null, moved integer not null,
      primary key (city, district, incident))`,
    sql`create table custody_incident (
      city text not null, id text not null, journey text not null, ride text not null, car text not null, fault text not null,
      district text not null, at bigint not null, lon double precision, lat double precision,
      owner_role text not null, owner_scope text not null, due_at bigint not null, missed_count integer not null default 0,
      settled_at bigint, settled_by text, what text,
      primary key (city, id), check ((settled_at is null) = (settled_by is null)))`,
    // Seen on two servers at once, it is one.
    sql`create unique index custody_incident_once on custody_incident (city, ride, fault) where settled_at is null`,
    sql`create index custody_incident_due on custody_incident (city, due_at) where settled_at is null`,
    sql`create index custody_incident_journey on custody_incident (city, journey)`,
    sql`create table shared_ride (
      city text not null, token_hash text not null, journey text not null, ride text not null, shared_at bigint not null,
      primary key (city, token_hash))`,
    sql`create index shared_ride_journey on shared_ride (city, journey)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
