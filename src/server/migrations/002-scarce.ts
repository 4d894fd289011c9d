import { sql, type Kysely } from 'kysely';

/** Scarce things. Each rule that nobody may break is a constraint here, whatever the code above believes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table unit_state (
      city text not null, unit text not null, mission text, journey text, since bigint not null,
      primary key (city, unit), unique (city, mission), check ((mission is null) = (journey is null)))`,
    sql`create table car_booking (
      city text not null, ride text not null, car text not null, journey text not null, during int8range not null,
      primary key (city, ride),
      constraint one_ride_at_a_time exclude using gist (city with =, car with =, during with &&))`,
    sql`create index car_booking_journey on car_booking (city, journey)`,
    sql`create table slot (
      city text not null, id text not null, institution text not null, service text not null,
      starts_at bigint not null, ends_at bigint not null, seats integer not null, taken integer not null default 0,
      primary key (city, id), check (taken between 0 and seats), check (ends_at > starts_at))`,
    sql`create index slot_free on slot (city, institution, service, starts_at) where taken < seats`,
    sql`create table booking (
      city text not null, id text not null, slot text not null, journey text not null, booked_at bigint not null,
      cancelled_at bigint,
      primary key (city, id), foreign key (city, slot) references slot (city, id))`,
    sql`create unique index booking_once on booking (city, journey, slot) where cancelled_at is null`,
    sql`create table pass (
      city text not null, id text not null, code text not null, journey text not null, valid_from bigint not null,
      valid_to bigint not null, to_institution text not null, from_town text not null, issued_at bigint not null,
      revoked_at bigint,
      primary key (city, id), unique (city, code))`,
    sql`create index pass_journey on pass (city, journey)`,
    sql`create table pass_check (
      city text not null, id bigint generated always as identity, incident text not null, pass text, code text not null,
      answer text not null, at bigint not null, checked_by text not null,
      primary key (city, id))`,
    sql`create table service_status (
      city text not null, institution text not null, service text not null, state text not null, since bigint not null,
      until bigint, reason text, stand_in text, reported_by text not null, reported_at bigint not null,
      primary key (city, institution, service))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
