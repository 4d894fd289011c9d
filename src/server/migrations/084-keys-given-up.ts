import { sql, type Kysely } from 'kysely';

/** A key that was stolen or lost: nothing it signed counts by its signature any more, from that moment on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table pass_key add column given_up_at bigint, add constraint pass_key_given_up_is_retired check (given_up_at is null or retired_at is not null)`.execute(db);
}
