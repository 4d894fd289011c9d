import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/server/index.ts';
import { adopt, checked, CHANGED, everybodyAsked, explained } from '../changed-policy.ts';
import { ask, eventually, freePort, intake, openTemporaryDatabase, playToTheEnd, startCity, submit, Visitor } from '../running-city.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe('when what is in force changes', () => {
  it('who is concerned gets a new step, owner, deadline and a notice; who is not keeps everything; and all come home', async () => {
    const city = await startCity();
    stops.push(() => city.stop());
    const concerned = await ask(city, intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 40 }));
    const other = await ask(city, intake({ need: 'emergency', findings: ['chestPain'], ageYears: 61 }));
    await eventually(async () => ((await concerned.resident.get('/api/my')).body.journey.step.kind === 'release' ? true : undefined));
    const before = (await concerned.resident.get('/api/my')).body.journey;
    const untouched = (await other.resident.get('/api/my')).body.journey;

    const { policy, openRequests } = await adopt(city, CHANGED);
    expect(openRequests).toBe(2);
    await everybodyAsked(city);

    const after = (await concerned.resident.get('/api/my')).body.journey;
    expect(after.policy.version.startsWith(policy.version)).toBe(true);
    expect(after.step).toMatchObject({ kind: 'release', dueSeconds: 25 * 60, owner: { role: 'committee' } });
    expect(after.booking).toEqual(before.booking);
    expect((await other.resident.get('/api/my')).body.journey).toEqual(untouched);
    const { timeline } = (await (await city.as('district@district:410102')).get(`/api/journeys/${concerned.id}`)).body;
    expect(timeline.filter(({ type }: { type: string }) => type === 'RequestDecided')).toHaveLength(2);
    const { rows: notices } = await city.database.pool.query(`select journey, audience, facts from outbox where code = 'policyChanged'`);
    expect(notices).toMatchObject([{ journey: concerned.id, audience: `journey:${concerned.id}`, facts: { step: 'release', owner: 'committee', until: expect.any(Number) } }]);
    for (const language of ['en', 'zh-CN']) {
      const [, sentence = ''] = /^## notice\.policyChanged\n(.*)$/m.exec(readFileSync(path.join(ROOT, 'words', language, 'shared.md'), 'utf8')) ?? [];
      const asked = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      expect(asked.length, language).toBeGreaterThan(0);
      expect(Object.keys(notices[0].facts), language).toEqual(expect.arrayContaining(asked));
    }
    expect((await playToTheEnd(city, concerned.id, concerned.resident)).closed).toMatchObject({ outcome: 'home' });
    expect((await playToTheEnd(city, other.id, other.resident)).closed).toMatchObject({ outcome: 'home' });
  }, 120_000);

  it('an announcement that is ended early leaves people at home under ordinary rules, and nobody is forgotten', async () => {
    const city = await startCity();
    stops.push(() => city.stop());
    const person = await ask(city, intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 40 }));
    const planner = await city.as('planner@city');
    const [inForce] = (await planner.get('/api/policies')).body.policies;
    // The first minute of its period is over at any time of its day but that one.
    const { at } = (await city.visitor().get('/api/city')).body;
    const end = inForce.period.from + Math.max(1_000, Math.min(60_000, Math.floor((at - inForce.period.from) / 2_000) * 1_000));
    const { body: { policy: { id, version } } } = await planner.post(`/api/policies/${inForce.id}/${inForce.version}/amend`, { to: end });
    const why = explained(await checked(planner, `/api/policies/${id}/${version}`));
    expect((await (await city.as('city@city')).post(`/api/policies/${id}/${version}/adopt`, { why })).body.policy.state).toBe('ended');
    await everybodyAsked(city);

    const journey = (await person.resident.get('/api/my')).body.journey;
    expect(journey).toMatchObject({ policyInForce: false, policy: { id: 'standing-rules' } });
    expect((await playToTheEnd(city, person.id, person.resident)).closed).toMatchObject({ outcome: 'home' });
    expect((await city.visitor().get('/api/city')).body.policy).toBeNull();
  }, 120_000);

  it('a period that ends by itself, also while no server runs: everybody is asked again, and the announcement was not touched', async () => {
    const database = await openTemporaryDatabase();
    stops.push(() => database.stop());
    const evening = await startCity({ on: database });
    const person = await submit(evening, intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 40 }));
    await evening.stop();
    await database.pool.query('update incident set clock_offset_ms = clock_offset_ms + $1', [6 * 24 * 3_600_000]);

    const afterwards = await startCity({ on: database });
    stops.push(() => afterwards.stop());
    await everybodyAsked(afterwards);

    const { rows: decided } = await database.pool.query(`select data #>> '{decision,policy,id}' as policy, data ->> 'because' as because from event
      where journey = $1 and type = 'RequestDecided' order by seq`, [person.id]);
    expect(decided[0]).toEqual({ policy: 'zhengzhou-2022-11-25', because: 'received' });
    expect(decided.slice(1)).toContainEqual({ policy: 'standing-rules', because: 'policyChanged' });
    expect((await afterwards.visitor().get('/api/policies')).body.policies).toMatchObject([{ id: 'zhengzhou-2022-11-25', state: 'ended' }]);
  }, 120_000);

  it('a second server hears of it and decides by it, and the two ask nobody twice', async () => {
    const one = await startCity();
    stops.push(() => one.stop());
    const two = await startCity({ on: one.database });
    stops.push(() => two.stop());
    const open = await Promise.all(Array.from({ length: 60 }, (_, index) => submit(index % 2 ? one : two, intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 40 }))));

    const { policy } = await adopt(one, CHANGED);
    await everybodyAsked(two);

    const { rows } = await one.database.pool.query(`select journey, count(*)::int as times from event where type = 'RequestDecided' and data ->> 'because' = 'policyChanged' group by journey`);
    expect(rows.map(({ journey }) => journey).sort()).toEqual(open.map(({ id }) => id).sort());
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);

    const journey = await eventually(async () => {
      const decided = await submit(two, intake({ need: 'specialist', patientKind: 'highRiskArea' }));
      return decided.policy.version.startsWith(policy.version) ? decided : undefined;
    });
    expect(journey.links.find(({ kind }) => kind === 'release')).toMatchObject({ dueSeconds: 25 * 60 });
  }, 120_000);
});

describe('one request that cannot be asked', () => {
  it('keeps no other from it, is named in the log, and is asked when it can be', async () => {
    const log: string[] = [];
    const city = await startCity({ log: (line) => log.push(line) });
    stops.push(() => city.stop());
    const open = await Promise.all(Array.from({ length: 12 }, () => submit(city, intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 40 }))));
    const [broken] = open;
    const { pool } = city.database;
    await eventually(async () => ((await pool.query('select 1 from errand where done_at is null')).rowCount === 0 ? true : undefined), 60);
    const { rows: [{ story }] } = await pool.query('select story from journey where id = $1', [broken!.id]);
    await pool.query(`update journey set story = story - 'request' where id = $1`, [broken!.id]);
    const asked = async (): Promise<readonly string[]> => (await pool.query(`select journey from event where type = 'RequestDecided' and data ->> 'because' = 'policyChanged'`)).rows.map(({ journey }) => journey);

    await adopt(city, CHANGED);
    await eventually(async () => ((await asked()).length === 11 ? true : undefined), 60);

    expect(await asked()).not.toContain(broken!.id);
    await eventually(async () => (log.some((line) => line.startsWith(`${broken!.id} could not be asked again`)) ? true : undefined), 30);
    await pool.query('update journey set story = $2 where id = $1', [broken!.id, story]);
    await everybodyAsked(city);
    expect((await asked()).filter((id) => id === broken!.id)).toHaveLength(1);
  }, 180_000);
});

describe('a server that is killed while everybody is asked again', () => {
  const OPEN = 400;
  let database: Database | undefined;
  let server: ChildProcess | undefined;
  afterAll(async () => {
    server?.kill('SIGKILL');
    await database?.stop();
  });

  it('goes on where it was: each request is asked once, and none is left out', async () => {
    database = await openTemporaryDatabase();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const kill = async (): Promise<void> => {
      const gone = new Promise((resolve) => server?.once('exit', resolve));
      server?.kill('SIGKILL');
      await gone;
    };
    const start = async (): Promise<void> => {
      server = spawn(process.execPath, [path.join(ROOT, 'src', 'main.ts'), 'serve'], {
        env: { ...process.env, PORT: String(port), DATABASE_URL: database!.url, GREENLANE_DEMO: 'on' }, stdio: 'ignore',
      });
      await eventually(async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok || undefined, 30);
    };
    const city = {
      visitor: () => new Visitor(url),
      async as(post: string): Promise<Visitor> {
        const person = new Visitor(url);
        await person.post('/api/demo/sign-in', { id: post });
        return person;
      },
    };
    await start();
    // From many desks: one address may not send so many in a minute.
    const hotline = await city.as('hotline@city');
    await Promise.all(Array.from({ length: OPEN }, async (_, index) => {
      const { status, body } = await hotline.post('/api/requests', intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 30 + (index % 20) }));
      expect(status, JSON.stringify(body)).toBe(201);
    }));
    const asked = async (): Promise<number> => (await database!.pool.query(`select 1 from event where type = 'RequestDecided' and data ->> 'because' = 'policyChanged'`)).rowCount!;

    await adopt(city, CHANGED);
    await eventually(async () => ((await asked()) > 0 ? true : undefined));
    await kill();
    const whenKilled = await asked();
    await start();
    await everybodyAsked(city);

    expect(whenKilled).toBeGreaterThan(0);
    const { rows } = await database.pool.query(`select journey, count(*)::int as times from event where type = 'RequestDecided' and data ->> 'because' = 'policyChanged' group by journey`);
    expect(rows).toHaveLength(OPEN);
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    const { rows: gaps } = await database.pool.query('select journey from event group by city, journey having count(*) <> max(seq)');
    expect(gaps).toEqual([]);
    const { rows: [notices] } = await database.pool.query(`select count(*)::int as count from outbox where code = 'policyChanged'`);
    expect(notices.count).toBe(OPEN);
    expect((await (await city.as('city@city')).get('/api/promises')).body.broken).toEqual([]);
  }, 180_000);
});
