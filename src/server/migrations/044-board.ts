import { sql, type Kysely } from 'kysely';

/** What the board did by itself is looked up by time: on the worst day it is a few hundred among a million events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index event_board on event (city, happened_at) where actor_id = 'board' and type = 'UnitSent'`.execute(db);
}
