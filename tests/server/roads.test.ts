import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { roadsFile } from '../../src/city/load.ts';
import type { Database } from '../../src/server/index.ts';
import { around, drawToytown, TOYTOWN } from '../roads/toytown.ts';
import { ask, eventually, intake, openTemporaryDatabase, startCity, submit, type RunningCity, type Visitor } from '../running-city.ts';

const TOWN = '990101001';
const { riverside: RIVERSIDE, central: CENTRAL, west: WEST } = TOYTOWN;

const emergency = intake({ town: TOWN, need: 'emergency', findings: ['chestPain'] });
const chosen = async (city: RunningCity): Promise<string | undefined> => (await submit(city, emergency)).institution?.code;

let dataDir: string;
let database: Database;
let first: RunningCity;
let second: RunningCity;
let centre: Visitor;
const log: string[] = [];
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-roads-'));
  await drawToytown(dataDir);
  database = await openTemporaryDatabase();
  const options = { on: database, city: 'toytown', settings: { dataDir }, log: (line: string) => void log.push(line) };
  first = await startCity(options);
  second = await startCity(options);
  centre = await first.as('city@city');
}, 60_000);
afterAll(async () => {
  await first.stop();
  await second.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true });
});

/** Everything that stands is ended, on both servers. */
afterEach(async () => {
  for (const { id } of (await centre.get('/api/restrictions')).body.restrictions) await centre.post(`/api/restrictions/${id}/end`, {});
  await eventually(async () => (await (await second.as('city@city')).get('/api/restrictions')).body.restrictions.length === 0 || undefined);
});

describe('a cordon drawn on one server', () => {
  it('around the nearest hospital: then the other server sends emergencies to the next, says why, and comes back when it is ended', async () => {
    expect(await chosen(second)).toBe('T-H1');
    const { status, body } = await centre.post('/api/restrictions', around(CENTRAL));
    expect([status, body.restriction.inForce, body.roadsMet > 0]).toEqual([200, true, true]);
    await eventually(async () => (await chosen(second)) === 'T-H2' || undefined);
    expect(await chosen(first)).toBe('T-H2');
    expect((await submit(second, emergency)).ruledOut.map(({ clause }) => clause)).toContain('city-noWayOpen');
    await centre.post(`/api/restrictions/${body.restriction.id}/end`, {});
    expect(await chosen(first)).toBe('T-H1');
    await eventually(async () => (await chosen(second)) === 'T-H1' || undefined);
  });

  it('with guards who hold an ambulance up: then a unit from behind them is later by that on the other server, and on the map', async () => {
    const { id } = await ask(second, intake({ town: TOWN, point: RIVERSIDE, need: 'emergency', findings: ['chestPain'] }));
    const dispatcher = await second.as('dispatcher@city');
    const etas = async (): Promise<readonly number[]> =>
      (await dispatcher.get(`/api/journeys/${id}/candidates`)).body.units.map(({ etaSeconds }: { etaSeconds: number }) => etaSeconds);
    const address = `/api/travel?from=${WEST.lon},${WEST.lat}&to=${RIVERSIDE!.lon},${RIVERSIDE!.lat}&profile=ambulance`;
    const [before, way] = [await etas(), (await dispatcher.get(address)).body];
    expect(way).toMatchObject({ estimated: false, seconds: expect.any(Number), shape: { type: 'LineString' } });
    await centre.post('/api/restrictions', around({ lon: 113.6, lat: 34.7455 }, { kind: 'checkpoint', passage: { ambulance: { delaySeconds: 300 }, car: 'closed', permitCar: 'free' } }));
    const after = await eventually(async () => (Math.max(...await etas()) > Math.max(...before) ? etas() : undefined));
    // The two of the station in town are on this side of the guards.
    expect(after).toEqual([before[0], before[1], before[2]! + 300]);
    expect((await dispatcher.get(address)).body.seconds).toBe(way.seconds + 300);
    expect((await dispatcher.get(address.replace('=ambulance', '=permitCar'))).body.estimated).toBe(false);
    expect((await dispatcher.get(address.replace('=ambulance', '=car'))).body).toMatchObject({ seconds: null, because: 'noWayOpen', shape: null });
  });

  it('for later: then everybody on duty is told, and it counts when its time has come', async () => {
    const { at } = (await centre.get('/api/restrictions')).body;
    const { body } = await centre.post('/api/restrictions', around(CENTRAL, { from: at + 3_600_000 }));
    expect(body.restriction).toMatchObject({ inForce: false, until: null });
    expect(await chosen(first)).toBe('T-H1');
    const driver = await second.as('driver@garage:990101001');
    await eventually(async () => (await driver.get('/api/restrictions')).body.restrictions.length === 1 || undefined);
    await centre.post('/api/restrictions', around(CENTRAL, { from: at + 1_500 }));
    await eventually(async () => (await chosen(second)) === 'T-H2' || undefined);
  }, 30_000);

  it('with an end: then it is over by itself', async () => {
    const { at } = (await centre.get('/api/restrictions')).body;
    await centre.post('/api/restrictions', around(CENTRAL, { until: at + 3_000 }));
    await eventually(async () => (await centre.get('/api/restrictions')).body.restrictions.length === 0 || undefined);
    await eventually(async () => (await chosen(second)) === 'T-H1' || undefined);
  }, 30_000);
});

describe('who draws', () => {
  it('is the city\'s command centre, or a district on its own roads; nobody else', async () => {
    for (const stranger of [first.visitor(), await first.as('committee@town:990101001'), await first.as('dispatcher@city')]) {
      expect([401, 403]).toContain((await stranger.post('/api/restrictions', around(CENTRAL))).status);
    }
    expect((await first.visitor().get('/api/restrictions')).status).toBe(401);
    expect((await first.visitor().get('/api/travel?from=113.6,34.7&to=113.7,34.8')).status).toBe(401);
    const district = await first.as('district@district:990101');
    expect(await district.post('/api/restrictions', around(WEST))).toMatchObject({ status: 403, body: { code: 'restrictionElsewhere' } });
    const own = (await district.post('/api/restrictions', around(CENTRAL))).body.restriction;
    expect(own.district).toBe('990101');
    const wests = (await centre.post('/api/restrictions', around(WEST))).body.restriction;
    expect((await district.post(`/api/restrictions/${wests.id}/end`, {})).status).toBe(404);
    expect((await district.post(`/api/restrictions/${own.id}/end`, {})).status).toBe(200);
    expect(await district.post(`/api/restrictions/${own.id}/end`, {})).toMatchObject({ status: 409, body: { code: 'restrictionEnded' } });
    const { rows } = await database.pool.query<{ what: string; actor_role: string }>('select what, actor_role from audit where facts::text like $1 order by at', [`%${own.id}%`]);
    expect(rows).toEqual([{ what: 'drawRestriction', actor_role: 'district' }, { what: 'endRestriction', actor_role: 'district' }]);
  });

  it('is told every problem at once, and nothing is stored', async () => {
    const { status, body } = await centre.post('/api/restrictions', { kind: 'wall', area: { ring: [] }, passage: { ambulance: 'free', car: 'perhaps' }, until: 'soon' });
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(expect.arrayContaining(['kind', 'area.ring', 'passage.car', 'passage.permitCar', 'until']));
    const slow = around({ lon: 114.9, lat: 34.75 }, { kind: 'closure', passage: { ambulance: { delaySeconds: 60 }, car: 'closed', permitCar: 'closed' }, until: 1_000 });
    const { body: second } = await centre.post('/api/restrictions', slow);
    expect(second.errors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
      ['passage.ambulance', 'fieldInvalid'], ['until', 'periodBackwards'], ['area', 'restrictionOutsideCity'],
    ]);
    expect(await centre.post('/api/restrictions', around(CENTRAL, { from: 1_000, until: 2_000 }))).toMatchObject({ status: 400, body: { code: 'restrictionOver' } });
    expect(await centre.get('/api/travel?from=here&to=113.7')).toMatchObject({ status: 400, body: { errors: [{ field: 'from' }, { field: 'to' }] } });
    expect((await centre.get('/api/restrictions')).body.restrictions).toEqual([]);
  });

  it('given the same key again, draws once', async () => {
    const [one, two] = [await centre.post('/api/restrictions', around(WEST), 'one-cordon-1'), await centre.post('/api/restrictions', around(WEST), 'one-cordon-1')];
    expect(two.body).toEqual(one.body);
    expect((await centre.get('/api/restrictions')).body.restrictions).toHaveLength(1);
  });
});

describe('roads that cannot be read', () => {
  it('are said in the log, and the city is served with estimates; what is drawn is kept', async () => {
    const broken = mkdtempSync(path.join(tmpdir(), 'greenlane-broken-'));
    await drawToytown(broken);
    writeFileSync(roadsFile(broken, 'toytown'), 'not roads at all');
    const said: string[] = [];
    const city = await startCity({ city: 'toytown', settings: { dataDir: broken }, log: (line) => void said.push(line) });
    try {
      expect(said.filter((line) => line.includes('estimates'))).toHaveLength(1);
      expect(log.filter((line) => line.includes('estimates'))).toEqual([]);
      const office = await city.as('city@city');
      expect((await office.post('/api/restrictions', around(CENTRAL))).body).toMatchObject({ roadsMet: null, restriction: { inForce: true } });
      expect(await chosen(city)).toBe('T-H1');
      expect((await office.get('/api/travel?from=113.6,34.7&to=113.7,34.8')).body).toMatchObject({ estimated: true, because: 'noRoads', seconds: expect.any(Number), shape: null });
    } finally {
      await city.stop();
      rmSync(broken, { recursive: true });
    }
  }, 60_000);
});
