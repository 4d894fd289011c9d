import path from 'node:path';
import { readSecrets } from './call-line/signature.ts';
import { readSignInSettings, SIGN_IN_HELP, type SignInFromOutside } from './sign-in/read-settings.ts';
import { StartProblem } from './start-problem.ts';

export interface Settings extends SignInFromOutside {
  readonly port: number;
  readonly host: string;
  /** Absolute path of the folder that holds everything that must survive a restart. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Sign-in without a person behind it, for looking around; every page says so. */
  readonly demo: boolean;
  /** Keys of the telephone system that reports calls; without them nobody may. */
  readonly callSecrets?: readonly Uint8Array[];
}

/** One row per setting: what `--help` prints is what is read below. */
export const SETTINGS_HELP = [
  ['PORT', '4600', 'port of the web server'],
  ['HOST', '127.0.0.1', 'address to listen on; 0.0.0.0 for every network of this machine'],
  ['GREENLANE_DATA', './data', 'folder for everything that must survive a restart'],
  ['DATABASE_URL', '(own PostgreSQL)', 'postgres://user:password@host:5432/name, version 15 or later'],
  ['GREENLANE_DEMO', 'on or off', 'demo sign-in; on unless DATABASE_URL or a public HOST is set'],
  ['GREENLANE_CALLS_SECRET', '(none)', 'whsec_… with which a telephone system signs its reports of calls; two with a space while one replaces the other'],
  ...SIGN_IN_HELP,
] as const;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Settings from environment variables; an empty value counts as not set.
 * @throws StartProblem naming every wrong variable at once
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, cwd: string): Settings {
  const problems: string[] = [];
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;

  const portText = given('PORT') ?? '4600';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : NaN;
  if (!(port >= 1 && port <= 65_535)) {
    problems.push(`PORT=${portText} is not a port: use a whole number from 1 to 65535, for example PORT=4600.`);
  }

  const host = given('HOST') ?? '127.0.0.1';
  if (!/^[\w.:-]+$/.test(host)) {
    problems.push(`HOST=${host} is not an address: use 127.0.0.1 for this machine alone or 0.0.0.0 for every network.`);
  }

  const databaseUrl = given('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/\S+$/.test(databaseUrl)) {
    problems.push('DATABASE_URL is not the address of a PostgreSQL: write it as postgres://user:password@host:5432/name.');
  }

  // A demo sign-in on a real database or a public address hands the city to whoever finds it: it must be asked for.
  const demoText = given('GREENLANE_DEMO') ?? (databaseUrl === undefined && LOOPBACK.includes(host) ? 'on' : 'off');
  if (demoText !== 'on' && demoText !== 'off') {
    problems.push(`GREENLANE_DEMO=${demoText} is neither on nor off: use GREENLANE_DEMO=on or GREENLANE_DEMO=off.`);
  }

  const callsText = given('GREENLANE_CALLS_SECRET');
  const callSecrets = callsText === undefined ? undefined : readSecrets(callsText);
  if (callsText !== undefined && !callSecrets) {
    problems.push('GREENLANE_CALLS_SECRET is no secret for signing: write whsec_ and 24 to 64 random bytes in base64, for example from: echo whsec_$(openssl rand -base64 32)');
  }

  const signIn = readSignInSettings(given, problems);

  if (problems.length > 0) throw new StartProblem(problems.join('\n'));
  return { port, host, dataDir: path.resolve(cwd, given('GREENLANE_DATA') ?? 'data'), databaseUrl, demo: demoText === 'on', ...(callSecrets && { callSecrets }), ...signIn };
}
