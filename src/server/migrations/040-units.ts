import { sql, type Kysely } from 'kysely';

/**
 * Where each unit was last heard of, where it stands by, when its shift ends and why it is out of service; and who decides that
 * a unit goes, once for each incident.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table unit_state
      add column place_lon double precision, add column place_lat double precision, add column place_at bigint,
      add column post text, add column shift_ends_at bigint,
      add column out_since bigint, add column out_reason text, add column out_until bigint,
      add constraint unit_state_placed check ((place_lon is null) = (place_at is null) and (place_lat is null) = (place_at is null)),
      add constraint unit_state_out check (out_since is not null or (out_reason is null and out_until is null))`,
    sql`create table dispatch_mode (
      city text not null, incident text not null, mode text not null check (mode in ('recommended', 'automatic')),
      since bigint not null, by_id text not null, by_name text not null, reason text not null,
      primary key (city, incident))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
