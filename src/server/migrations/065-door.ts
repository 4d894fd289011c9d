import { sql, type Kysely } from 'kysely';

/** A hand-over that both sides sign: the house that has received somebody, and the crew that brought them, whose signature may still be owed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table hand_over (
      city text not null, id text not null, incident text not null, institution text not null, district text not null, brought_by text not null,
      received_at bigint, received_by text, told_at bigint, told_by text,
      owner_role text, owner_scope text, due_at bigint, missed_count integer not null default 0,
      primary key (city, id), check ((due_at is null) = (owner_role is null)), check ((due_at is null) = (owner_scope is null)),
      check ((received_at is null) = (received_by is null)), check ((told_at is null) = (told_by is null)))`,
    sql`create index hand_over_due on hand_over (city, due_at) where due_at is not null`,
    sql`create index hand_over_incident on hand_over (city, incident)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
