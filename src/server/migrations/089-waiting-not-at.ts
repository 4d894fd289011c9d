import { sql, type Kysely } from 'kysely';

/** Institutions that run the service and see nobody of their age: a child who waits anywhere is offered no seat at a clinic for adults. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table waiting add column not_at text[] not null default '{}'`.execute(db);
}
