import { sql, type Kysely } from 'kysely';

/** What stands on the city's roads, drawn for one incident and deleted with it. Who drew it is in `audit`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table restriction (
    city text not null, id text not null, incident text not null, district text not null,
    valid_from bigint not null, valid_to bigint check (valid_to > valid_from), ended_at bigint, restriction jsonb not null,
    primary key (city, id))`.execute(db);
  await sql`create index restriction_incident on restriction (city, incident) where ended_at is null`.execute(db);
}
