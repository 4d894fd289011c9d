import { sql, type Kysely } from 'kysely';

/**
 * Why something stands on the roads, at which hours of the day, and since when anybody could know of it; and on each journey how
 * far the roads had changed when it was last asked about them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table restriction add column reason text not null default '', add column drawn_at bigint not null default 0, add column daily jsonb`.execute(db);
  await sql`alter table journey add column roads_turn bigint not null default 0`.execute(db);
  await sql`create index journey_roads_turn on journey (city, roads_turn) where state = 'open'`.execute(db);
}
