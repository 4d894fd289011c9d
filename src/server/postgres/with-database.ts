import { Kysely, PostgresDialect, sql } from 'kysely';
import { holdsDatabase } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import type { Settings } from '../settings.ts';
import { StartProblem } from '../start-problem.ts';

/**
 * One command on the database of the settings, brought to this version first, and closed again whatever becomes of it. Where
 * no server has kept anything yet, nothing is made: an empty database would only hide that the settings name the wrong one.
 * @throws StartProblem when there is no data
 */
export async function withDatabase({ databaseUrl, dataDir }: Pick<Settings, 'databaseUrl' | 'dataDir'>, work: (db: Kysely<any>) => Promise<number>): Promise<number> {
  if (databaseUrl === undefined && !holdsDatabase(dataDir)) {
    throw new StartProblem(`There is no data in ${dataDir}: set GREENLANE_DATA to the data folder of the server, or DATABASE_URL to its database.`);
  }
  const database = await openDatabase({ databaseUrl, dataDir, log: () => undefined });
  try {
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: database.pool }) });
    const { rows: [found] } = await sql<{ journeys: string | null }>`select to_regclass('journey')::text as journeys`.execute(db);
    if (!found?.journeys) throw new StartProblem('There is no data in this database: set DATABASE_URL to the database of the server, or GREENLANE_DATA to its data folder.');
    await migrate(db);
    return await work(db);
  } finally {
    await database.stop();
  }
}
