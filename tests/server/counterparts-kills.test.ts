import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/server/index.ts';
import { eventually, freePort, intake, openTemporaryDatabase, TOWN, Visitor } from '../running-city.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const OPEN = 250;

describe('a server that is killed while a town with another counterpart is asked again', () => {
  let database: Database | undefined;
  let server: ChildProcess | undefined;
  afterAll(async () => {
    server?.kill('SIGKILL');
    await database?.stop();
  });

  it('goes on where it was: each request is asked once, none is left out, and the change stands', async () => {
    database = await openTemporaryDatabase();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const start = async (): Promise<void> => {
      server = spawn(process.execPath, [path.join(ROOT, 'src', 'main.ts'), 'serve'], { env: { ...process.env, PORT: String(port), DATABASE_URL: database!.url, GREENLANE_DEMO: 'on' }, stdio: 'ignore' });
      await eventually(async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok || undefined, 30);
    };
    const as = async (post: string): Promise<Visitor> => {
      const person = new Visitor(url);
      await person.post('/api/demo/sign-in', { id: post });
      return person;
    };
    const count = async (where: string): Promise<number> => (await database!.pool.query(`select count(*)::int as count from ${where}`)).rows[0].count;
    const ASKED = `event where type = 'RequestDecided' and data ->> 'because' = 'counterpartsChanged'`;
    await start();
    const hotline = await as('hotline@city');
    const sent = await Promise.all(Array.from({ length: OPEN }, () => hotline.post('/api/requests', intake({ need: 'inpatientAdmission', ageYears: 40 }))));
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
    const was: string = sent[0]!.body.journey.institution.code;
    const to = ['ZZ-H-030', 'ZZ-H-016'].find((code) => code !== was)!;

    const saved = await (await as('city@city')).post('/api/counterparts', { base: 0, why: 'Its wards are full', changes: [{ towns: [TOWN], institutions: [to] }] });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    await eventually(async () => ((await count(ASKED)) > 0 ? true : undefined));
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server?.kill('SIGKILL');
    await gone;
    const whenKilled = await count(ASKED);
    await start();
    await eventually(async () => ((await count(`journey where counterparts_turn < 1000000`)) === 0 ? true : undefined), 60);

    expect(whenKilled).toBeGreaterThan(0);
    const { rows } = await database.pool.query(`select journey, count(*)::int as times from ${ASKED} group by journey`);
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    expect(rows).toHaveLength(OPEN);
    expect(await count(`journey where institution <> '${to}'`)).toBe(0);
  }, 120_000);
});
