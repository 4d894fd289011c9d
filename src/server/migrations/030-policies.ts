import { sql, type Kysely } from 'kysely';

/**
 * Every version of every announcement of a city with its life, the standing rules last read whole, and on each journey how
 * far what is in force had changed when it was last asked under it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table policy (
      city text not null, id text not null, version text not null,
      state text not null check (state in ('draft', 'checked', 'adopted', 'replaced', 'withdrawn')),
      edition bigint, text text not null, life jsonb not null,
      primary key (city, id, version), check ((edition is not null) = (state in ('adopted', 'replaced'))))`,
    // Two who adopt at once are never both right.
    sql`create unique index policy_adopted on policy (city, id) where state = 'adopted'`,
    sql`create table standing_rules (
      city text not null, edition bigint not null, version text not null, text text not null, kept_at bigint not null,
      primary key (city, edition))`,
    sql`alter table journey add column policy_turn bigint not null default 0`,
    sql`create index journey_policy_turn on journey (city, policy_turn) where state = 'open'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
