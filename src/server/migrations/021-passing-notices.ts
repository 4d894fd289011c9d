import { sql, type Kysely } from 'kysely';

/** A notice ends with its journey, or, when it belongs to none, at an instant of its own: real time, as sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table outbox alter column journey drop not null, add column expires_at timestamptz,
      add constraint outbox_ends check (journey is not null or expires_at is not null)`,
    sql`create index outbox_expires on outbox (city, expires_at) where expires_at is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
