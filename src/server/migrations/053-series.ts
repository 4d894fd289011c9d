import { sql, type Kysely } from 'kysely';

/**
 * Standing series, their coming sessions, and the runs that place them again when a unit closes. A session that has no seat has an owner and a
 * deadline, and so has a booking that could not become a request: the constraints say so, so that nobody is left to nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table series (
      city text not null, id text not null, incident text not null, version integer not null default 1,
      state text not null check (state in ('active', 'paused', 'ended')),
      service text not null, institution text not null, cohort text not null, town text not null, district text not null,
      person_key text not null, last_start_at bigint, alarm_at bigint, red_at bigint,
      gap text not null default 'safe' check (gap in ('safe', 'alarm', 'red')), red_journey text,
      owner_role text, owner_scope text, due_at bigint, missed_count integer not null default 0,
      series jsonb not null, person jsonb not null, care jsonb not null, token_hash text, phone_proof text,
      made_at bigint not null, made_by text not null,
      primary key (city, id),
      check ((due_at is null) = (owner_role is null) and (due_at is null) = (owner_scope is null)),
      check (gap = 'safe' or due_at is not null or state <> 'active'))`,
    // One live series per person and service: enrolled twice, two chairs would wait for one person.
    sql`create unique index series_once on series (city, incident, person_key, service) where state <> 'ended'`,
    sql`create index series_unit on series (city, institution, service) where state = 'active'`,
    sql`create index series_alarm on series (city, alarm_at) where state = 'active'`,
    sql`create index series_due on series (city, due_at) where due_at is not null`,
    sql`create index series_incident on series (city, incident)`,
    sql`create table series_session (
      city text not null, series text not null, starts_at bigint not null, incident text not null,
      state text not null check (state in ('booked', 'notPlaced', 'begun', 'over', 'dropped')),
      booking text, journey text, missing text, owner_role text, owner_scope text, due_at bigint, missed_count integer not null default 0,
      primary key (city, series, starts_at),
      check (state <> 'booked' or booking is not null),
      check (state <> 'begun' or journey is not null),
      check ((state = 'notPlaced') = (due_at is not null)),
      check ((due_at is null) = (owner_role is null) and (due_at is null) = (owner_scope is null) and (due_at is null) = (missing is null)))`,
    sql`create index series_session_due on series_session (city, due_at) where due_at is not null`,
    sql`create index series_session_booking on series_session (city, booking) where booking is not null`,
    sql`create index series_session_journey on series_session (city, journey) where journey is not null`,
    sql`create index series_session_incident on series_session (city, incident)`,
    sql`create table replacement (
      city text not null, id text not null, incident text not null, institution text not null, service text not null,
      state text not null check (state in ('running', 'done', 'failed')),
      asked_at bigint not null, asked_by text not null, reason text, until bigint, attempts integer not null default 0,
      ended_at bigint, answer jsonb,
      primary key (city, id), check ((state = 'running') = (ended_at is null)))`,
    // One run at a time for one unit's service: whoever asks meanwhile is answered by the run that stands.
    sql`create unique index replacement_running on replacement (city, institution, service) where state = 'running'`,
    sql`create index replacement_incident on replacement (city, incident)`,
    // A booking that could not become a request.
    sql`alter table booking add column trouble text, add column owner_role text, add column owner_scope text, add column due_at bigint,
      add column missed_count integer not null default 0,
      add constraint booking_trouble check ((due_at is null) = (trouble is null) and (due_at is null) = (owner_role is null) and (due_at is null) = (owner_scope is null))`,
    sql`create index booking_due on booking (city, due_at) where due_at is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
