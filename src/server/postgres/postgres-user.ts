/**
 * PostgreSQL refuses to run as root, and servers and containers are often set up as root. Then it runs as the account
 * `postgres`, which is created if the machine has none. Elsewhere it runs as whoever started Greenlane.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process';
import { chownSync } from 'node:fs';
import { messageOf, StartProblem } from '../start-problem.ts';

const ACCOUNT = 'postgres';
/** The same messages, whatever language and PG* settings the person at the keyboard has. */
const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin' };

interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Runner {
  /** Set only when we are root and PostgreSQL must not be. */
  readonly account: Account | undefined;
  runSync(program: string, args: readonly string[]): SpawnSyncReturns<string>;
  /** Starts a program that goes on by itself; what it says goes to the open file `logHandle`. */
  start(program: string, args: readonly string[], logHandle: number): ChildProcess;
}

/**
 * @param program the PostgreSQL program that must be runnable
 * @param dataDir the folder that must be reachable
 */
export function asPostgresUser(program: string, dataDir: string): Runner {
  const account = process.getuid?.() === 0 ? findOrCreateAccount() : undefined;
  const plain = runner([], account);
  if (!account || reaches(plain, program, dataDir)) return plain;
  // A clone in root's home (mode 0700) is out of reach for any other account. Rather than opening that folder to all,
  // PostgreSQL keeps the one right that lets it pass, and is still not root.
  // (`no_setuid_fixup`: access(2), with which PostgreSQL looks for its own programs, would otherwise leave that right out.)
  const passing = runner(
    [
      'setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--securebits=+no_setuid_fixup',
      '--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override', '--bounding-set=-all,+dac_override',
    ],
    account,
  );
  if (reaches(passing, program, dataDir)) return passing;
  throw new StartProblem(
    `PostgreSQL may not run as root, and the account ${ACCOUNT} that it runs as cannot reach ${dataDir} or ${program}: start Greenlane as an ordinary user, move it out of a private folder such as /root, or set DATABASE_URL.`,
  );
}

export function chownToPostgres(runner: Runner, ...paths: string[]): void {
  if (runner.account) for (const path of paths) chownSync(path, runner.account.uid, runner.account.gid);
}

function runner(prefix: readonly string[], account: Account | undefined): Runner {
  const ids = prefix.length === 0 && account ? account : {};
  const whole = (program: string, args: readonly string[]): [string, string[]] => {
    const [first = program, ...rest] = [...prefix, program, ...args];
    return [first, rest];
  };
  return {
    account,
    runSync: (program, args) => spawnSync(...whole(program, args), { ...ids, env, cwd: '/', encoding: 'utf8' }),
    start: (program, args, logHandle) =>
      spawn(...whole(program, args), { ...ids, env, cwd: '/', detached: true, stdio: ['ignore', logHandle, logHandle] }),
  };
}

function reaches(candidate: Runner, program: string, dataDir: string): boolean {
  return candidate.runSync('/bin/sh', ['-c', 'test -x "$0" && test -x "$1"', program, dataDir]).status === 0;
}

function findOrCreateAccount(): Account {
  const found = findAccount();
  if (found) return found;
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT], { encoding: 'utf8' });
  const created = findAccount();
  if (created) return created;
  throw new StartProblem(
    `PostgreSQL may not run as root, and the account ${ACCOUNT} could not be created (${made.stderr?.trim() || messageOf(made.error)}): create it, start Greenlane as an ordinary user, or set DATABASE_URL.`,
  );
}

function findAccount(): Account | undefined {
  const id = (flag: string): number => Number(spawnSync('id', [flag, ACCOUNT], { encoding: 'utf8' }).stdout || NaN);
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}
