import { sql, type Kysely } from 'kysely';

/**
 * Published schedules, whoever loses a seat when one changes, and the waiting list. A schedule is its institution's own and outlives an
 * incident; rows about people belong to one. Whoever has lost a seat and whoever waits has an owner: the constraints say so.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table schedule (
      city text not null, institution text not null, id text not null, service text not null, clinic text not null, version integer not null default 1,
      schedule jsonb not null, published_at bigint not null, published_by text not null, ended_at bigint,
      primary key (city, institution, id))`,
    sql`create index schedule_service on schedule (city, institution, service) where ended_at is null`,
    // A session that has to become smaller than it is taken: nobody new is let in, and each who is placed elsewhere takes a seat with them. What a
    // ward changed by hand stays so when its schedule is published again.
    sql`alter table slot add column seats_to integer check (seats_to between 0 and seats),
      add column by_hand boolean not null default false`,
    sql`create table displaced (
      city text not null, booking text not null, slot text not null, incident text not null, reason text not null, asked_at bigint not null,
      starts_at bigint not null, acuity text not null, gap_ends_at bigint, green boolean not null, prefer text,
      owner_role text, owner_scope text, due_at bigint, missed_count integer not null default 0,
      attempts integer not null default 0, done_at bigint, outcome text, to_slot text, waiting text,
      primary key (city, booking, slot),
      check ((done_at is null) = (due_at is not null) and (due_at is null) = (owner_role is null) and (due_at is null) = (owner_scope is null)),
      check ((done_at is null) = (outcome is null)))`,
    sql`create index displaced_open on displaced (city, acuity, gap_ends_at, green desc, starts_at, booking) where done_at is null`,
    sql`create index displaced_slot on displaced (city, slot)`,
    sql`create index displaced_incident on displaced (city, incident)`,
    sql`create table waiting (
      city text not null, id text not null, incident text not null, version integer not null default 1,
      state text not null check (state in ('waiting', 'offered', 'placed', 'left', 'over')),
      service text not null, institutions text[] not null default '{}', from_at bigint not null, to_at bigint not null, cohort text,
      acuity text not null, gap_ends_at bigint, green boolean not null, displaced boolean not null default false,
      town text not null, district text not null, person_key text not null, phone_key text not null, proxy_key text, person jsonb not null, care jsonb not null,
      call_only boolean not null default false, token_hash text, phone_proof text, joined_at bigint not null, made_by text not null,
      owner_role text, owner_scope text, due_at bigint, missed_count integer not null default 0,
      offer text, offer_slot text, offered_at bigint, call_at bigint, called boolean not null default false, offer_until bigint, declined text[] not null default '{}', booking text,
      primary key (city, id),
      check ((state in ('waiting', 'offered')) = (due_at is not null) and (due_at is null) = (owner_role is null) and (due_at is null) = (owner_scope is null)),
      check ((state = 'offered') = (offer is not null) and (offer is null) = (offer_until is null) and (offer is null) = (offer_slot is null)),
      check ((state = 'placed') = (booking is not null)), check (to_at > from_at))`,
    // One place in line per person and service.
    sql`create unique index waiting_once on waiting (city, incident, person_key, service) where state in ('waiting', 'offered')`,
    sql`create index waiting_line on waiting (city, service, displaced desc, acuity, gap_ends_at, green desc, joined_at, id) where state = 'waiting'`,
    sql`create index waiting_offer on waiting (city, offer_slot) where state = 'offered'`,
    sql`create index waiting_due on waiting (city, due_at) where due_at is not null`,
    sql`create unique index waiting_token on waiting (city, token_hash) where token_hash is not null`,
    sql`create index waiting_incident on waiting (city, incident)`,
    // Nobody holds two seats that were offered to them.
    sql`create unique index booking_waiting on booking (city, waiting) where waiting is not null and state = 'held'`,
    sql`create index slot_clinic_day on slot (city, institution, starts_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
