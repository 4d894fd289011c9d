/** Real processes: what a person sees who starts it, stops it, starts it wrongly, or pulls the plug. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, freePort, intake, newKey } from '../running-city.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

interface Run {
  readonly child: ChildProcess;
  readonly url: string;
  readonly printed: () => string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

let folder: string;
let runs: Run[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-launch-'));
  runs = [];
});
afterEach(async () => {
  for (const { child } of runs) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(runs.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

/** `greenlane serve` as its own process; settings of the machine that runs the tests do not reach it. */
function serve(settings: Record<string, string>): Run {
  const { DATABASE_URL: _url, PORT: _port, HOST: _host, GREENLANE_DATA: _data, GREENLANE_DEMO: _demo, ...env } = process.env;
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], { cwd: ROOT, env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const run = { child, url: `http://127.0.0.1:${settings['PORT']}`, printed: () => text, ended };
  runs.push(run);
  return run;
}

async function ready(run: Run): Promise<void> {
  await eventually(async () => {
    if (run.child.exitCode !== null) throw new Error(`it ended: ${run.printed()}`);
    return (await fetch(`${run.url}/health`).catch(() => undefined))?.status === 200 || undefined;
  }, 60);
}

const data = (): string => path.join(folder, 'data');

async function askForCare(run: Run): Promise<string> {
  const response = await fetch(`${run.url}/api/requests`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': newKey() }, body: JSON.stringify(intake()),
  });
  const body: any = await response.json();
  if (response.status !== 201) throw new Error(JSON.stringify(body));
  return body.journey.id;
}

async function findAsCommittee(run: Run, journey: string): Promise<number> {
  const signedIn = await fetch(`${run.url}/api/demo/sign-in`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': newKey() }, body: JSON.stringify({ id: 'committee@town:410102001' }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (await fetch(`${run.url}/api/journeys/${journey}`, { headers: { cookie } })).status;
}

describe('A start', () => {
  it('from nothing serves, says where to go and what to try; Ctrl-C stops everything; the next start finds all data again', async () => {
    const first = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    await ready(first);
    await eventually(async () => first.printed().includes('/demo/dispatcher') || undefined);
    const journey = await askForCare(first);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    await expect(fetch(`${first.url}/health`)).rejects.toThrow();

    const second = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    await ready(second);
    expect(await findAsCommittee(second, journey)).toBe(200);
  });

  it('after kill -9 of the server finds what was acknowledged', async () => {
    const first = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    await ready(first);
    const journey = await askForCare(first);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    await ready(second);
    expect(await findAsCommittee(second, journey)).toBe(200);
  });

  it('on a data folder that is being served is refused, and the first goes on', async () => {
    const first = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    await ready(first);
    const second = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain(data());
    expect((await fetch(`${first.url}/health`)).status).toBe(200);
  });
});

/** One clear sentence that says what to do, an exit code, nothing left running. */
describe('What cannot start', () => {
  it('a port in use is named with the setting that chooses another', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as { port: number };
    const run = serve({ GREENLANE_DATA: data(), PORT: String(port) });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toMatch(new RegExp(`${port}[\\s\\S]*PORT=`));
    await new Promise((resolve) => holder.close(resolve));
  });

  it('a port that is no port is named', async () => {
    const run = serve({ GREENLANE_DATA: data(), PORT: 'abc' });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('PORT=abc is not a port');
  });

  it.runIf(process.platform === 'linux')('a data folder where no folder can be made is named, at once', async () => {
    const run = serve({ GREENLANE_DATA: '/proc/greenlane/data', PORT: String(await freePort()) });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('Cannot use the data folder /proc/greenlane/data');
  });

  it('a data folder that cannot be written is named', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, 'no folder');
    const run = serve({ GREENLANE_DATA: path.join(file, 'data'), PORT: String(await freePort()) });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('GREENLANE_DATA');
  });

  it('a data folder of another version is left as it is', async () => {
    const version = path.join(data(), 'postgres', 'PG_VERSION');
    mkdirSync(path.dirname(version), { recursive: true });
    writeFileSync(version, '12\n');
    writeFileSync(path.join(data(), 'postgres-access.json'), JSON.stringify({ port: await freePort(), password: 'old' }));
    const run = serve({ GREENLANE_DATA: data(), PORT: String(await freePort()) });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('PostgreSQL 12');
    expect(readFileSync(version, 'utf8')).toBe('12\n');
  });

  it('a database that does not answer is named', async () => {
    const run = serve({ DATABASE_URL: `postgres://nobody:nothing@127.0.0.1:${await freePort()}/none`, PORT: String(await freePort()) });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('DATABASE_URL');
  });
});
