import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESTROYED_TABLES } from '../../src/server/incident.ts';
import { runIncidentDestroy, runIncidentList } from '../../src/incident-cli.ts';
import type { Database } from '../../src/server/index.ts';
import { Writable } from 'node:stream';
import { ask, eventually, intake, openTemporaryDatabase, playToTheEnd, startCity } from '../running-city.ts';

const TOY_TOWN = '990101001';
let database: Database;
let incident: string;
beforeAll(async () => {
  database = await openTemporaryDatabase();
}, 60_000);
afterAll(() => database.stop());

const count = async (text: string, values: unknown[] = []): Promise<number> => (await database.pool.query<{ count: number }>(text, values)).rows[0]!.count;

async function run(command: 'list' | { id: string; confirmed?: string }): Promise<{ code: number; said: string }> {
  let said = '';
  const stdout = new Writable({ write: (chunk, _, done) => { said += String(chunk); done(); } });
  const where = { databaseUrl: database.url, dataDir: '' };
  const code = command === 'list' ? await runIncidentList(where, stdout) : await runIncidentDestroy(where, { confirmed: undefined, ...command }, stdout);
  return { code, said };
}

/** Every row of every table that names the incident or one of its journeys in a column of its own, whatever tables there will be. */
async function rowsThatName(journeys: readonly string[]): Promise<Record<string, number>> {
  const { rows: columns } = await database.pool.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and column_name in ('journey', 'incident') or (table_name, column_name) in (('journey', 'id'), ('session', 'scope'))`);
  expect(columns.length).toBeGreaterThan(15);
  const found: Record<string, number> = {};
  for (const { table, column } of columns) {
    const names = [incident, ...journeys, ...journeys.map((id) => `journey:${id}`)];
    const rows = await count(`select count(*)::int as count from "${table}" where "${column}" = any($1)`, [names]);
    if (rows > 0) found[`${table}.${column}`] = rows;
  }
  return found;
}

/** Tables that outlive an incident, and why. Whatever else there is must be emptied with it: a new table cannot be forgotten. */
const KEPT: Readonly<Record<string, string>> = {
  incident: 'that there was one, and nobody in it', slot: 'the city’s sessions, given free', schedule: 'published sessions', unit_state: 'the city’s vehicles, given free',
  refusal_history: 'refusals of institutions in figures, as they were published', service_status: 'what is open', service_word: 'since when that is known', service_places: 'how many beds there are', status_log: 'what was published of services, and nobody’s name', status_edge: 'which closures have begun and ended', pass_key: 'public keys of units that issued passes', policy: 'published rules', standing_rules: 'published rules', secret: 'keys of the server', staff: 'posts, ended by their own rule',
  auth_account: 'sign-in', auth_session: 'sign-in, ends by itself', auth_user: 'sign-in', auth_verification: 'sign-in, ends by itself', sign_in_try: 'hashes, end by themselves',
};

describe('an incident is destroyed', () => {
  let journeys: string[];

  it('given it is running and being served, then not: what comes in afterwards would stay for ever', async () => {
    const city = await startCity({ city: 'toytown', on: database });
    const fever = await ask(city, intake({ town: TOY_TOWN, ageYears: 2, findings: ['fever'], patientKind: 'greenCode' }));
    const chestPain = await ask(city, intake({ town: TOY_TOWN, need: 'emergency', findings: ['chestPain'] }));
    await playToTheEnd(city, fever.id, fever.resident);
    await (await city.as('dispatcher@city')).post(`/api/journeys/${chestPain.id}/send-unit`);
    await (await city.as('hotline@city')).post('/api/calls', { phone: '13700005678' });
    const refused = await (await city.as('hotline@city')).post(`/api/journeys/${chestPain.id}/report-refusal`, { ground: 'noTestResult' });
    expect(refused.status, JSON.stringify(refused.body)).toBe(200);
    await eventually(async () => (await count('select count(*)::int as count from errand where done_at is null')) === 0 || undefined);
    journeys = [fever.id, chestPain.id];
    incident = (await database.pool.query<{ id: string }>('select id from incident')).rows[0]!.id;

    const { code, said } = await run({ id: incident, confirmed: incident });

    expect([code, said]).toEqual([1, expect.stringContaining('stop every server')]);
    expect(await count('select count(*)::int as count from journey')).toBe(2);
    await city.stop();
  });

  it('given every table of the database, then each is emptied with the incident or named with the reason why not', async () => {
    const { rows } = await database.pool.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%'`);
    const tables = rows.map(({ name }) => name);
    expect(tables.filter((name) => !DESTROYED_TABLES.includes(name) && !Object.hasOwn(KEPT, name))).toEqual([]);
    expect([...DESTROYED_TABLES, ...Object.keys(KEPT)].filter((name) => !tables.includes(name))).toEqual([]);
    const { rows: named } = await database.pool.query<{ name: string }>(`select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name in ('journey', 'incident')`);
    expect(named.map(({ name }) => name).filter((name) => !DESTROYED_TABLES.includes(name) && name !== 'unit_state')).toEqual([]);
  });

  it('given its id is not said twice, then what would go is counted and nothing is gone', async () => {
    const before = await rowsThatName(journeys);
    for (const confirmed of [undefined, 'another']) {
      const { code, said } = await run({ id: incident, ...(confirmed && { confirmed }) });
      expect(code).toBe(1);
      expect(said).toMatch(/journey +2\n/);
      expect(said).toContain('Nothing was deleted');
    }
    expect(await rowsThatName(journeys)).toEqual(before);
    expect((await run({ id: 'no-such' })).code).toBe(1);
  });

  it('given its id is said twice, then no table holds a row of it, its things are free, and the deletion is on record', async () => {
    const { code } = await run({ id: incident, confirmed: incident });

    expect(code).toBe(0);
    expect(await rowsThatName(journeys)).toEqual({ 'audit.incident': 1 });
    const { rows: [record] } = await database.pool.query('select what, actor_role, facts from audit');
    expect(record).toMatchObject({ what: 'destroyIncident', actor_role: 'system', facts: { journey: 2 } });
    expect(await count('select count(*)::int as count from slot where taken > 0')).toBe(0);
    expect(await count('select count(*)::int as count from unit_state where mission is not null')).toBe(0);
    expect((await run('list')).said).toMatch(new RegExp(`^${incident}.* 0 rows about people\n$`));
  });

  it('the next start begins a new one, in which an institution’s refusals of the last are still read, and nobody of them', async () => {
    const city = await startCity({ city: 'toytown', on: database });
    expect(await count('select count(*)::int as count from incident where ended_at is null')).toBe(1);
    const { body } = await city.visitor().get('/api/refusals/record');
    expect(body).toMatchObject({ institutions: [], earlier: [{ total: 1, neverBlock: 1, byGround: [], endedAt: expect.any(Number) }] });
    expect(journeys.filter((id) => JSON.stringify(body).includes(id))).toEqual([]);
    await city.stop();
  });
});
