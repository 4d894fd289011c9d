import { sql, type Kysely } from 'kysely';

/** Whoever is on the telephone is found by name, number, address or code among a hundred thousand requests while they speak. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table journey add column found_by text generated always as (lower(id || ' ' || coalesce(story #>> '{request,person,name}', '') || ' ' || coalesce(story #>> '{request,proxy,name}', '') || ' ' || coalesce(story #>> '{request,address}', '') || ' ' ||
    regexp_replace(coalesce(story #>> '{request,person,phone}', ''), '\\D', '', 'g') || ' ' || regexp_replace(coalesce(story #>> '{request,proxy,phone}', ''), '\\D', '', 'g') || ' ')) stored`.execute(db);
}
