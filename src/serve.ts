import { checkPort, demoLinks, openDatabase, startServer, StartProblem, type Settings } from './server/index.ts';

/** Longer than any request may take. Past this, open connections are cut; what was acknowledged is already durable. */
const STOP_SECONDS_MAX = 15;

/**
 * `greenlane serve`: starts everything, serves until asked to stop, stops everything it started and nothing else.
 * @returns the exit code: 0 when stopped on request
 */
export async function serve(settings: Settings): Promise<number> {
  const started = performance.now();
  const asked = stopRequest();
  try {
    await checkPort(settings.host, settings.port);
    say(settings.databaseUrl ? 'Connecting to the PostgreSQL of DATABASE_URL' : `Starting PostgreSQL in ${settings.dataDir}`);
    const database = await openDatabase({ ...settings, log: say });
    try {
      if (asked.already) return 0;
      const server = await startServer(settings, database, { log: say });
      try {
        const seconds = ((performance.now() - started) / 1_000).toFixed(1);
        process.stdout.write(welcome(settings, seconds));
        const lost = await Promise.race([asked.promise, database.lost]);
        if (lost !== undefined) throw new StartProblem(lost);
        say('Stopping');
      } finally {
        await withinSeconds(STOP_SECONDS_MAX, server.stop());
      }
    } finally {
      await database.stop();
    }
    say('Everything is stopped');
    return 0;
  } catch (problem) {
    if (asked.already) return 0;
    if (!(problem instanceof StartProblem)) throw problem;
    process.stderr.write(`${problem.message}\n`);
    return 1;
  }
}

/** A server that runs, answers residents and lets no staff in looks healthy: whoever started it has to be told. */
const NO_SIGN_IN = 'Nobody can sign in yet: set GREENLANE_OIDC_URL, GREENLANE_OIDC_CLIENT and GREENLANE_OIDC_SECRET to the city\'s sign-in service '
  + 'and GREENLANE_FIRST_STAFF to the e-mail of the first person, or look around with GREENLANE_DEMO=on.';

/** What a new user reads: the address, a way in for each role, and what to try first; without a way in, how to get one. */
export function welcome({ host, port, demo, oidc, phoneCodes }: Settings, seconds: string): string {
  const address = `http://${shownHost(host)}:${port}`;
  const ready = ['', `Greenlane is ready after ${seconds} s: ${address}`];
  const links = demoLinks(address);
  const width = Math.max(...links.map(({ url }) => url.length));
  const demoLines = [
    '', `Try first: ask for care as a resident would at ${address}/ - then carry it on as`, '',
    ...links.map(({ role, url, whatToTry }) => `  ${role.padEnd(13)} ${url.padEnd(width)}  ${whatToTry.en}`), '',
    'This is demo mode: these links sign in without a password and every page says so. GREENLANE_DEMO=off turns it off.',
  ];
  const staffLine = oidc || phoneCodes ? `Staff sign in at ${address}/sign-in.` : NO_SIGN_IN;
  return [...ready, ...(demo ? demoLines : [staffLine]), `The interface for programs: ${address}/docs. Ctrl-C stops everything.`, ''].join('\n');
}

/**
 * Ctrl-C reaches us up to three times (terminal, npm, launcher), and people press it again when it takes a second; the
 * first one is obeyed and the rest change nothing, so that stopping is never itself interrupted.
 */
function stopRequest(): { readonly already: boolean; readonly promise: Promise<undefined> } {
  let already = false;
  const promise = new Promise<undefined>((resolve) => {
    const stop = (): void => {
      already = true;
      resolve(undefined);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    // Our launcher holds the other end of this channel: it closes when the launcher is gone, even by `kill -9`.
    if (process.connected) process.on('disconnect', stop);
  });
  // The terminal may be gone before we are; stopping properly matters more than the last line.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return { get already() { return already; }, promise };
}

async function withinSeconds(seconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => { timer = setTimeout(resolve, seconds * 1_000); })]);
  clearTimeout(timer);
}

function shownHost(host: string): string {
  if (host === '127.0.0.1' || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
