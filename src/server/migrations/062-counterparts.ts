import { sql, type Kysely } from 'kysely';

/**
 * Who answers for which town: every version of the whole set, with who and why; areas kept by name; holes that closures have made; and on
 * each journey how far the counterparts had changed when it was last asked about them. All of it belongs to an incident and ends with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // Of two who change the same version one wins: there is one next number.
    sql`create table counterpart_version (
      city text not null, incident text not null, version integer not null check (version > 0),
      rows jsonb not null, towns text[] not null, why text not null check (why <> ''),
      by_id text not null, by_name text not null, by_role text not null, at bigint not null, undone_to integer,
      primary key (city, incident, version))`,
    sql`create table counterpart_area (
      city text not null, incident text not null, name text not null, towns text[] not null check (cardinality(towns) > 0), by_name text not null,
      primary key (city, incident, name))`,
    sql`create table counterpart_hole (
      id bigint generated always as identity primary key, city text not null, incident text not null, town text not null, service text not null,
      found_at bigint not null, ended_at bigint)`,
    // Several servers see the same hole; it is told once.
    sql`create unique index counterpart_hole_once on counterpart_hole (city, incident, town, service) where ended_at is null`,
    sql`alter table journey add column counterparts_turn bigint not null default 0`,
    sql`create index journey_counterparts_turn on journey (city, counterparts_turn) where state = 'open'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
