import { sql, type Kysely } from 'kysely';

/** Keys that sign passes: one signs for a unit, earlier ones are still read until the last pass of theirs has ended. The secret itself is in `secret`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table pass_key (
      city text not null, kid text not null, issuer text not null, x text not null, y text not null, secret text not null, made_at bigint not null, retired_at bigint, primary key (city, kid))`,
    sql`create unique index pass_key_signs on pass_key (city, issuer) where retired_at is null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
