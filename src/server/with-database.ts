import { Kysely, PostgresDialect } from 'kysely';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import type { Settings } from './settings.ts';

/** One command on the database of the settings, brought to this version first, and closed again whatever becomes of it. */
export async function withDatabase(where: Pick<Settings, 'databaseUrl' | 'dataDir'>, work: (db: Kysely<any>) => Promise<number>): Promise<number> {
  const database = await openDatabase({ databaseUrl: where.databaseUrl, dataDir: where.dataDir, log: () => undefined });
  try {
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: database.pool }) });
    await migrate(db);
    return await work(db);
  } finally {
    await database.stop();
  }
}
