import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/base/index.ts';
import type { LockView, Member } from '../../src/panels/index.ts';
import { addMembers } from '../../src/panels/store.ts';
import type { Database } from '../../src/server/index.ts';
import { eventually, freePort, openTemporaryDatabase, TOWN, Visitor } from '../running-city.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const PEOPLE = 240;
const KILLS = 2;

let database: Database;
let port: number;
let server: ChildProcess | undefined;

/** A server process as a person starts it, on a database that survives it. */
async function start(): Promise<void> {
  server = spawn(process.execPath, [path.join(ROOT, 'src', 'main.ts'), 'serve'], {
    env: { ...process.env, PORT: String(port), DATABASE_URL: database.url, GREENLANE_DEMO: 'on' }, stdio: 'ignore',
  });
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok || undefined, 30);
}

async function kill(): Promise<void> {
  const gone = new Promise((resolve) => server?.once('exit', resolve));
  server?.kill('SIGKILL');
  await gone;
}

async function as(post: string): Promise<Visitor> {
  const person = new Visitor(`http://127.0.0.1:${port}`);
  await person.post('/api/demo/sign-in', { id: post });
  return person;
}

beforeAll(async () => {
  database = await openTemporaryDatabase();
  port = await freePort();
  await start();
}, 60_000);
afterAll(async () => {
  await kill();
  await database.stop();
});

describe('a server that is killed while a locked town gets its plans', () => {
  it('leaves its rows to the next one: everybody has a plan, and nobody is asked for twice', async () => {
    const committee = await as(`committee@town:${TOWN}`);
    const { body: { at } } = await committee.get('/api/panels/knocks');
    const { rows: [incident] } = await database.pool.query<{ id: string }>('select id from incident');
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: database.pool }) });
    await addMembers(db, { city: 'zhengzhou', incident: incident!.id }, Array.from({ length: PEOPLE }, (_, index): Member => ({
      id: `K-${index}`, team: `PT-${TOWN}`, key: `K-${index}`, name: `Resident K-${index}`, phone: '13800000001', town: TOWN, address: 'Building 3', groups: ['chronic'], conditions: ['epilepsy'],
      medicines: [{ name: 'valproate', dispensedAt: at - 10 * DAY_MS, days: 12, neverRunOut: true }], joinedAt: at, lastContactAt: at, tries: 0,
    })), at);
    const { body: { id } } = await committee.post('/api/areas/lock', { towns: [TOWN], reason: 'three buildings' });
    const done = async (): Promise<number> => (await database.pool.query(`select count(*)::int as done from area_plan where lock = $1 and member like 'K-%' and state = 'done'`, [id])).rows[0].done;

    for (let kills = 1; kills <= KILLS; kills++) {
      await eventually(async () => ((await done()) >= (kills * PEOPLE) / (KILLS + 2) ? true : undefined), 30);
      await kill();
      // What the killed one had in hand is given back after a minute.
      await database.pool.query(`update area_plan set next_at = 0 where state = 'waiting'`);
      await start();
    }

    const lock = await eventually(async () => {
      const { locks } = (await (await as(`committee@town:${TOWN}`)).get('/api/areas/locks')).body as { locks: readonly LockView[] };
      return locks.find((each) => each.id === id && each.planned === each.people);
    }, 30);
    expect(lock.people).toBeGreaterThanOrEqual(PEOPLE);
    const { rows } = await database.pool.query(`select count(*)::int as asked, count(distinct story->'request'->'person'->>'name')::int as people from journey where story->'request'->'person'->>'name' like 'Resident K-%'`);
    expect(rows[0]).toEqual({ asked: PEOPLE, people: PEOPLE });
  }, 90_000);

  it('given an announcement that people of the city have adopted, then its towns are locked from its first moment, once; what came with the installation locks nobody', async () => {
    const ofPolicies = async (): Promise<readonly LockView[]> => ((await (await as('city@city')).get('/api/areas/locks')).body.locks as readonly LockView[]).filter(({ source }) => source.startsWith('policy:'));
    expect(await ofPolicies()).toEqual([]);
    await kill();
    await database.pool.query(`update policy set life = jsonb_set(life, '{adopted,by}', '{"id": "P7", "name": "Director Zhao (example)"}') where life->>'state' = 'adopted'`);
    await start();
    const [lock] = await eventually(async () => { const found = await ofPolicies(); return found.length > 0 ? found : undefined; }, 20);
    expect(lock).toMatchObject({ by: 'Director Zhao (example)', source: expect.stringContaining('zhengzhou'), towns: expect.arrayContaining([TOWN]) });
    expect(lock!.towns.length).toBeGreaterThan(50);
  }, 40_000);
});
