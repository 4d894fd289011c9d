import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/server/index.ts';
import { intake, openTemporaryDatabase, startCity, submit, type RunningCity } from '../running-city.ts';

const POLICIES = path.resolve(import.meta.dirname, '../../policies');
const OWN = 'zhengzhou-2022-11-25.yaml';

let database: Database;
let folder: string;
beforeAll(async () => {
  database = await openTemporaryDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-policies-'));
  cpSync(POLICIES, folder, { recursive: true });
}, 60_000);
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One start and stop, as after an evening's change of files. */
async function started(work: (city: RunningCity, log: readonly string[]) => Promise<void>): Promise<void> {
  const log: string[] = [];
  const city = await startCity({ on: database, policies: folder, log: (line) => log.push(line) });
  try {
    await work(city, log);
  } finally {
    await city.stop();
  }
}

const listed = async (city: RunningCity): Promise<any> => (await (await city.as('planner@city')).get('/api/policies')).body;

/** In the order of an installation's life: each begins where the one before left the database. */
describe.sequential('files of an installation', () => {
  it('given a fresh one with a broken neighbour, then its own announcement is in force and the neighbour is named with line and column', async () => {
    writeFileSync(path.join(folder, 'broken.yaml'), 'id: broken\nmeasures: [\n  - {');
    writeFileSync(path.join(folder, 'noise.yaml'), Buffer.from([0, 159, 146, 150, 255, 10]));
    writeFileSync(path.join(folder, 'deep.yaml'), `a: ${'['.repeat(60_000)}`);
    await started(async (city, log) => {
      const { policies, unreadable } = await listed(city);
      expect(policies).toMatchObject([{ id: 'zhengzhou-2022-11-25', state: 'inForce' }]);
      expect(unreadable.map(({ file }: { file: string }) => file)).toEqual(['broken.yaml', 'deep.yaml', 'noise.yaml']);
      for (const { problems } of unreadable) expect(problems[0]).toMatchObject({ line: expect.any(Number), column: expect.any(Number), message: { zh: expect.any(String), en: expect.any(String) } });
      expect(log.join('\n')).toMatch(/broken\.yaml:\d+:\d+ /);
      expect((await city.visitor().get('/api/policies')).body).not.toHaveProperty('unreadable');
    });
  }, 60_000);

  it('given its file broken or gone, then what is in force stays in force', async () => {
    for (const text of ['id: zhengzhou-2022-11-25\nversion: [', '', undefined]) {
      if (text === undefined) rmSync(path.join(folder, OWN));
      else writeFileSync(path.join(folder, OWN), text);
      await started(async (city) => {
        expect((await listed(city)).policies).toMatchObject([{ id: 'zhengzhou-2022-11-25', state: 'inForce' }]);
        expect((await submit(city, intake())).policy.id).toBe('zhengzhou-2022-11-25');
      });
    }
  }, 60_000);

  it('given its file changed, then that is a draft beside what is in force, which nobody has adopted', async () => {
    writeFileSync(path.join(folder, OWN), readFileSync(path.join(POLICIES, OWN), 'utf8').replace('2022-11-29 24:00', '2022-12-04 24:00'));
    await started(async (city) => {
      const { policies } = await listed(city);
      expect(policies.map(({ state }: { state: string }) => state === 'checked' ? 'draft' : state)).toEqual(['inForce', 'draft']);
      expect(policies[1]).toMatchObject({ author: { id: 'installation' }, basedOn: policies[0].version });
    });
  }, 60_000);

  it('given the first announcement of a city that has run without one, then that is a draft as well', async () => {
    const own = readFileSync(path.join(POLICIES, OWN), 'utf8').replace('city: zhengzhou', 'city: toytown')
      .replace(/^districts:\n(?:  .*\n)+/m, `districts:\n  - { code: '990101', name: 玩具城区 }\n`);
    const plain = async (work: (city: RunningCity) => Promise<void>): Promise<void> => {
      const city = await startCity({ on: database, policies: folder, city: 'toytown' });
      await work(city).finally(() => city.stop());
    };
    await plain(async (city) => expect((await listed(city)).policies).toEqual([]));
    writeFileSync(path.join(folder, 'toytown.yaml'), own);
    await plain(async (city) => {
      const { policies } = await listed(city);
      expect(policies).toMatchObject([{ id: 'zhengzhou-2022-11-25', city: 'toytown', author: { id: 'installation' } }]);
      expect(['draft', 'checked']).toContain(policies[0].state);
      expect((await city.visitor().get('/api/city')).body.policy).toBeNull();
    });
    rmSync(path.join(folder, 'toytown.yaml'));
  }, 60_000);

  it('given broken standing rules, then the last that could be read go on, and the log says so', async () => {
    writeFileSync(path.join(folder, 'standing-rules.yaml'), 'version: 2\nlaw: nonsense');
    await started(async (city, log) => {
      expect(log.join('\n')).toMatch(/standing-rules\.yaml is broken; the rules of version \S+ go on/);
      const emergency = await submit(city, intake({ need: 'emergency', findings: ['unresponsive'] }));
      expect(emergency).toMatchObject({ acuity: 'I', step: { kind: 'sendUnit' } });
    });
  }, 60_000);

  it('given a fresh one whose announcements supersede each other, then the one that begins first is in force and the other a draft', async () => {
    const [empty, ring] = [await openTemporaryDatabase(), mkdtempSync(path.join(tmpdir(), 'greenlane-ring-'))];
    const own = readFileSync(path.join(POLICIES, OWN), 'utf8');
    cpSync(POLICIES, ring, { recursive: true });
    writeFileSync(path.join(ring, OWN), own.replace(/^source:/m, 'supersedes: [aa-first]\nsource:'));
    writeFileSync(path.join(ring, 'aa-first.yaml'), own.replace(/^id: .*/m, 'id: aa-first\nsupersedes: [zhengzhou-2022-11-25]').replace('2022-11-25 00:00', '2022-11-26 00:00'));
    const log: string[] = [];
    const city = await startCity({ on: empty, policies: ring, log: (line) => log.push(line) });
    try {
      const states = (await listed(city)).policies.map(({ id, state }: { id: string; state: string }) => [id, state === 'checked' ? 'draft' : state]);
      expect(Object.fromEntries(states)).toEqual({ 'zhengzhou-2022-11-25': 'inForce', 'aa-first': 'draft' });
      expect(log.join('\n')).toContain('aa-first → zhengzhou-2022-11-25 → aa-first');
      expect((await submit(city, intake())).policy.id).toBe('zhengzhou-2022-11-25');
    } finally {
      await city.stop();
      await empty.stop();
      rmSync(ring, { recursive: true, force: true });
    }
  }, 60_000);

  it('given broken standing rules and none kept, then it says what to correct instead of starting', async () => {
    const empty = await openTemporaryDatabase();
    await expect(startCity({ on: empty, policies: folder })).rejects.toThrow(/standing rules have to be corrected[^]*standing-rules\.yaml:2:/);
    await empty.stop();
  }, 60_000);

  it('given the standing rules of a later release, then every open request is asked again under them', async () => {
    const rules = readFileSync(path.join(POLICIES, 'standing-rules.yaml'), 'utf8');
    writeFileSync(path.join(folder, 'standing-rules.yaml'), `${rules}\n# a later release\n`);
    await started(async (city) => {
      await expect.poll(async () => (await listed(city)).unasked, { timeout: 20_000 }).toBe(0);
      const { rows } = await city.database.pool.query(`select 1 from event where type = 'RequestDecided' and data ->> 'because' = 'policyChanged'`);
      // The same rules in other words concern nobody.
      expect(rows).toEqual([]);
      expect((await city.database.pool.query(`select edition from standing_rules where city = 'zhengzhou' order by edition`)).rows).toHaveLength(2);
    });
  }, 60_000);
});
