import { Migrator, type Kysely } from 'kysely';
import { MIGRATIONS } from '../migrations/index.ts';
import { messageOf, StartProblem } from '../start-problem.ts';

/**
 * Brings the database to this version of the program. Safe when several servers start at once: one migrates, the others wait.
 * @throws StartProblem when the database belongs to a later version or a step fails; a failed step leaves nothing behind
 */
export async function migrate(db: Kysely<any>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new StartProblem(
    `The database cannot be brought to this version of Greenlane (${messageOf(error)}): start the version that wrote it, or use an empty database.`,
  );
}
