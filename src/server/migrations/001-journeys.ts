import { sql, type Kysely } from 'kysely';

/**
 * Journeys, what happened to them, and what is still to be done for them. Instants are epoch milliseconds of the city's
 * clock (`bigint`): the same number in the story, in the row and in the answer. Every key begins with `city`, so that a city
 * is one shard. No foreign keys on the way in: a request is stored by one statement, and checking it twice costs what the
 * worst day does not have.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create extension if not exists btree_gist`,
    sql`create table incident (
      city text not null, id text not null, name text not null, policy text, clock_offset_ms bigint not null,
      started_at bigint not null, ended_at bigint,
      primary key (city, id))`,
    sql`create unique index incident_running on incident (city) where ended_at is null`,
    sql`create table journey (
      city text not null, id text not null, incident text not null, version integer not null,
      state text not null check (state in ('open', 'closed')),
      acuity text not null, pathway text not null, need text not null, town text not null, district text not null,
      institution text, service text not null, scopes text[] not null,
      owner_role text, owner_scope text, step text, due_at bigint, missed_count integer not null default 0,
      received_at bigint not null, closed_at bigint, token_hash text, phone_proof text, story jsonb not null,
      primary key (city, id),
      check (state = 'closed' or (owner_role is not null and step is not null and due_at is not null)))`,
    sql`create index journey_due on journey (city, due_at) where state = 'open'`,
    // Without a list of pending entries: emptying it would fall on one unlucky request, and that may be the emergency.
    sql`create index journey_scopes on journey using gin (scopes) with (fastupdate = off)`,
    sql`create index journey_received on journey (city, received_at)`,
    sql`create index journey_place on journey (city, institution, service) where state = 'open'`,
    sql`create index journey_incident on journey (city, incident)`,
    sql`create unique index journey_token on journey (city, token_hash)`,
    sql`create table event (
      city text not null, journey text not null, seq integer not null, happened_at bigint not null, type text not null,
      actor_id text not null, actor_role text not null, actor_name text not null, data jsonb not null,
      primary key (city, journey, seq))`,
    sql`create table errand (
      city text not null, id bigint generated always as identity, journey text not null, command jsonb not null,
      created_at bigint not null, done_at bigint, attempts integer not null default 0, last_refusal text,
      primary key (city, id))`,
    sql`create index errand_waiting on errand (city, created_at) where done_at is null`,
    sql`create index errand_journey on errand (city, journey)`,
    sql`create table idempotency (
      city text not null, key text not null, actor text not null, request_hash text not null, journey text not null,
      version integer not null, created_at bigint not null,
      primary key (city, key, actor))`,
    sql`create index idempotency_journey on idempotency (city, journey)`,
    sql`create table outbox (
      city text not null, id bigint generated always as identity, journey text not null, audience text not null,
      code text not null, facts jsonb not null, created_at bigint not null, sent_at bigint,
      primary key (city, id))`,
    sql`create index outbox_journey on outbox (city, journey)`,
    sql`create table audit (
      city text not null, id bigint generated always as identity, incident text not null, at bigint not null,
      actor_id text not null, actor_role text not null, what text not null, facts jsonb not null,
      primary key (city, id))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
