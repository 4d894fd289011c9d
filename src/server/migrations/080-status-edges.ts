import { sql, type Kysely } from 'kysely';

/** A closure that begins or ends by the clock is told of once, whichever server sees it first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table status_edge (
    city text not null, institution text not null, service text not null, said_at bigint not null, edge text not null check (edge in ('begins', 'ends')), at bigint not null,
    primary key (city, institution, service, said_at, edge, at))`.execute(db);
}
