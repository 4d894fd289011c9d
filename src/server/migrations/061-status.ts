import { sql, type Kysely } from 'kysely';

/** What is said of services beyond open and closed: that it is as before, how many places there are, what waits for somebody, and what was published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table service_word (
      city text not null, institution text not null, service text not null, said_at bigint not null, said_by text not null,
      primary key (city, institution, service))`,
    sql`create table service_places (
      city text not null, institution text not null, service text not null, capacity integer not null, free integer not null,
      beyond integer not null default 0, said integer, said_at bigint not null, said_by text not null,
      primary key (city, institution, service),
      constraint places_counted check (free between 0 and capacity and beyond >= 0 and (said is null or said between 0 and capacity)))`,
    // One of a kind for each service; a house that has said nothing for too long is asked once for all of them, and its service is ''.
    sql`create table status_matter (
      city text not null, id text not null, incident text not null, institution text not null, service text not null, district text not null,
      kind text not null check (kind in ('closing', 'unknown', 'difference')), asked jsonb, asked_name text, opened_at bigint not null,
      owner_role text not null, owner_scope text not null, due_at bigint not null, missed_count integer not null default 0,
      primary key (city, id), unique (city, incident, institution, service, kind), check ((kind = 'closing') = (asked is not null)))`,
    sql`create index status_matter_due on status_matter (city, due_at)`,
    // Published, and so without anybody's name.
    sql`create table status_log (
      city text not null, id bigint generated always as identity, institution text not null, service text not null, state text not null,
      since bigint not null, until bigint, reason text, stand_in text, at bigint not null, primary key (city, id))`,
    sql`create index status_log_at on status_log (city, at desc)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
