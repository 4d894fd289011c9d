import pg from 'pg';
import { prepareDataFolder } from './data-folder.ts';
import { PreparingClient } from './preparing-client.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { messageOf, StartProblem } from '../start-problem.ts';

const OLDEST_POSTGRES = 15;
const CONNECT_SECONDS_MAX = 10;
/** Leaves room within 200 for live updates, backups and a second server that takes over. */
const POOL_CONNECTIONS = 64;

/** Every count and instant of ours fits a JavaScript number exactly. */
const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/name`; without it PostgreSQL is started under `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Only for tests, and only for a PostgreSQL of our own. */
  readonly unsafeButFast?: boolean;
}

export interface Database {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Settles only if the database goes away by itself; the value is the sentence to print. */
  readonly lost: Promise<string>;
  /** Closes the pool, then stops what was started here and nothing else. */
  stop(): Promise<void>;
}

/**
 * The one door to PostgreSQL: the one that `databaseUrl` names, else one of our own in the data folder.
 * @throws StartProblem with one sentence that says what to do; nothing is left running then
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== undefined) {
    await checkServer(options.databaseUrl);
    const pool = openPool(options.databaseUrl, options.log);
    return { url: options.databaseUrl, pool, lost: new Promise(() => undefined), stop: () => pool.end() };
  }
  prepareDataFolder(options.dataDir);
  const postgres = await startEmbeddedPostgres(options);
  const pool = openPool(postgres.url, options.log);
  return {
    url: postgres.url,
    pool,
    lost: postgres.lost,
    async stop() {
      await pool.end().catch(() => undefined);
      await postgres.stop();
    },
  };
}

/** @param name by which an operator finds these connections in `pg_stat_activity` */
export function openPool(url: string, log: (line: string) => void, max = POOL_CONNECTIONS, name = 'greenlane'): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: CONNECT_SECONDS_MAX * 1_000, application_name: name, keepAlive: true, Client: PreparingClient });
  // One that is lost between two statements of a transaction has nobody else to tell, and would end the process: the next
  // statement fails and says so to whoever asked.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // An idle connection that PostgreSQL closes (57P01, when it stops or restarts) would otherwise end the process.
  pool.on('error', (error) => log(`An idle database connection was closed: ${messageOf(error)}`));
  return pool;
}

async function checkServer(url: string): Promise<void> {
  const client = clientFor(url);
  client.on('error', () => undefined);
  let found: { version: number; text: string; encoding: string } | undefined;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; text: string; encoding: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as text, current_setting('server_encoding') as encoding`,
    );
    found = rows[0];
  } catch (error) {
    throw new StartProblem(
      `Cannot use the PostgreSQL of DATABASE_URL (${withoutPassword(url)}): ${messageOf(error)}; start it or correct DATABASE_URL, or unset it and Greenlane starts its own.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  if (!found || found.version < OLDEST_POSTGRES * 10_000) {
    throw new StartProblem(
      `The PostgreSQL of DATABASE_URL (${withoutPassword(url)}) is version ${found?.text ?? 'unknown'}, and Greenlane needs ${OLDEST_POSTGRES} or later: upgrade it, or unset DATABASE_URL and Greenlane starts its own.`,
    );
  }
  if (found.encoding !== 'UTF8') {
    throw new StartProblem(
      `The database of DATABASE_URL (${withoutPassword(url)}) is encoded in ${found.encoding}, which cannot hold every name: create one with \`create database … encoding 'UTF8' template template0\`.`,
    );
  }
}

function clientFor(url: string): pg.Client {
  if (!/^postgres(ql)?:\/\/\S+$/.test(url)) {
    throw new StartProblem('DATABASE_URL is not the address of a PostgreSQL: write it as postgres://user:password@host:5432/name.');
  }
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_SECONDS_MAX * 1_000 });
  } catch (error) {
    throw new StartProblem(`DATABASE_URL cannot be read (${messageOf(error)}): write it as postgres://user:password@host:5432/name, special characters %-encoded.`);
  }
}

function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/, '$1:…@').replace(/([?&]password=)[^&]*/i, '$1…');
}
