import { sql, type Kysely } from 'kysely';

/** Where a pass was shown, so that one that is shown in two far places in a short time is seen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table pass_check add column scope text not null default '', add column lon double precision, add column lat double precision,
      add column received_at bigint, add constraint pass_check_place check ((lon is null) = (lat is null))`,
    sql`create index pass_check_pass on pass_check (city, pass, at desc) where pass is not null`,
    sql`create index pass_check_incident on pass_check (city, incident)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
