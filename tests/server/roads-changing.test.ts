import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { roadsFile } from '../../src/city/load.ts';
import { runReplay } from '../../src/replay-cli.ts';
import { bodyOf, KINDS, newDraft, withPlace } from '../../web/desks/screens/office/roads/draft.ts';
import { around, drawToytown, TOYTOWN } from '../roads/toytown.ts';
import { ask, eventually, intake, openTemporaryDatabase, startCity, submit, type RunningCity } from '../running-city.ts';

const [RIVERSIDE, FOOTHILL] = ['990101001', '990102001'];
const emergency = intake({ town: RIVERSIDE, need: 'emergency', findings: ['chestPain'] });
const HOUR_MS = 3_600_000;

let dataDir: string;
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-changing-'));
  await drawToytown(dataDir);
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
afterAll(() => rmSync(dataDir, { recursive: true }));

async function toytown(options: Parameters<typeof startCity>[0] = {}): Promise<RunningCity> {
  const city = await startCity({ city: 'toytown', settings: { dataDir }, ...options });
  stops.push(() => city.stop());
  return city;
}
const journeyOf = async ({ resident }: Awaited<ReturnType<typeof ask>>): Promise<any> => (await resident.get('/api/my')).body.journey;
const askedForRoads = async ({ database }: RunningCity): Promise<readonly string[]> =>
  (await database.pool.query<{ journey: string }>(`select journey from event where type = 'RequestDecided' and data ->> 'because' = 'roadsChanged' order by journey`)).rows.map(({ journey }) => journey);
/** Whoever is open has been asked about the roads as they are. */
const everybodyAsked = ({ database }: RunningCity): Promise<true> => eventually(async () => {
  const { rows: [row] } = await database.pool.query(`select count(*)::int as left from journey where state = 'open' and roads_turn < (select max(greatest(valid_from, drawn_at, coalesce(ended_at, 0))) from restriction)`);
  return row.left === 0 || undefined;
});

describe('open requests, when something begins to stand on the roads', () => {
  it('are asked again where the house they were to go to is cut off: told calmly, with an owner and a deadline; nobody else is touched', async () => {
    const city = await toytown();
    const [cutOff, elsewhere, onTheWay] = [await ask(city, emergency), await ask(city, intake({ town: FOOTHILL, need: 'emergency', findings: ['chestPain'] })), await ask(city, emergency)];
    const dispatcher = await city.as('dispatcher@city');
    const { body: { units: [{ unit }] } } = await dispatcher.get(`/api/journeys/${onTheWay.id}/candidates`);
    expect((await dispatcher.post(`/api/journeys/${onTheWay.id}/send-unit`, { unit })).status).toBe(200);
    const crew = await city.as(`crew@unit:${unit}`);
    for (const step of ['acknowledged', 'enRoute', 'atPatient', 'aboard']) expect((await crew.post(`/api/journeys/${onTheWay.id}/report-mission`, { step })).status, step).toBe(200);
    const [elsewhereBefore, onTheWayBefore] = [await journeyOf(elsewhere), await journeyOf(onTheWay)];
    expect((await journeyOf(cutOff)).institution.code).toBe('T-H1');

    const { body: { restriction } } = await (await city.as('city@city')).post('/api/restrictions', around(TOYTOWN.central));
    await everybodyAsked(city);

    const after = await journeyOf(cutOff);
    expect(after).toMatchObject({ institution: { code: 'T-H2' }, step: { kind: 'sendUnit', owner: { role: 'dispatcher' } }, changed: { because: 'roadsChanged' } });
    expect(await askedForRoads(city)).toEqual([cutOff.id]);
    expect(await journeyOf(elsewhere)).toEqual(elsewhereBefore);
    expect((await journeyOf(onTheWay)).institution).toEqual(onTheWayBefore.institution);
    const { rows: told } = await city.database.pool.query(`select audience, facts from outbox where code = 'roadsChanged'`);
    expect(told).toMatchObject([{ audience: `journey:${cutOff.id}`, facts: { institution: 'T-H2', step: 'sendUnit', owner: 'dispatcher', until: expect.any(Number) } }]);
    const { rows: houses } = await city.database.pool.query(`select audience, code from outbox where journey = $1 and audience like 'institution:%' order by id`, [cutOff.id]);
    expect(houses.slice(-2)).toEqual(expect.arrayContaining([{ audience: 'institution:T-H1', code: 'noLongerExpected' }, { audience: 'institution:T-H2', code: 'expected' }]));

    // The first house is reached again, but not by a quarter of an hour sooner: nobody is sent to and fro.
    await (await city.as('city@city')).post(`/api/restrictions/${restriction.id}/end`, {});
    await everybodyAsked(city);
    expect((await journeyOf(cutOff)).institution.code).toBe('T-H2');
    expect(await askedForRoads(city)).toEqual([cutOff.id]);
  }, 60_000);

  it('are asked once by two servers, and once more when the guards who sent them across the town have gone', async () => {
    const database = await openTemporaryDatabase();
    stops.push(() => database.stop());
    const [one, two] = [await toytown({ on: database }), await toytown({ on: database })];
    const held = { passage: { ambulance: { delaySeconds: 2_400 }, car: { delaySeconds: 2_400 }, permitCar: { delaySeconds: 2_400 } } };
    const open = await Promise.all(Array.from({ length: 30 }, (_, index) => submit(index % 2 ? one : two, emergency)));
    const centre = await one.as('city@city');
    const { body: { restriction } } = await centre.post('/api/restrictions', around(TOYTOWN.central, held));
    await everybodyAsked(two);
    expect(await askedForRoads(one)).toEqual(open.map(({ id }) => id).sort());
    // Sent to the second house under the guards; then those at the second are the slow ones.
    await centre.post(`/api/restrictions/${restriction.id}/end`, {});
    await centre.post('/api/restrictions', around(TOYTOWN.second, held));
    await everybodyAsked(two);
    const asked = await askedForRoads(one);
    expect(asked).toEqual([...open, ...open].map(({ id }) => id).sort());
    const { rows: gaps } = await database.pool.query('select journey from event group by city, journey having count(*) <> max(seq)');
    expect(gaps).toEqual([]);
  }, 90_000);

  it('also while no server ran: whoever starts next asks them, once', async () => {
    const database = await openTemporaryDatabase();
    stops.push(() => database.stop());
    const evening = await startCity({ on: database, city: 'toytown', settings: { dataDir } });
    const person = await submit(evening, emergency);
    const centre = await evening.as('city@city');
    const { at } = (await centre.get('/api/restrictions')).body;
    await centre.post('/api/restrictions', around(TOYTOWN.central, { from: at + HOUR_MS }));
    await evening.stop();
    await database.pool.query('update incident set clock_offset_ms = clock_offset_ms + $1', [2 * HOUR_MS]);
    const night = await toytown({ on: database });
    await eventually(async () => (await askedForRoads(night)).length > 0 || undefined);
    await everybodyAsked(night);
    expect(await askedForRoads(night)).toEqual([person.id]);
  }, 60_000);
});

describe('roads that are imported while a server runs', () => {
  it('count within seconds; a file that cannot be used never takes them away, and the office reads which roads these are', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-later-'));
    stops.push(async () => rmSync(folder, { recursive: true }));
    const city = await toytown({ settings: { dataDir: folder } });
    const office = await city.as('city@city');
    const { riverside, west } = TOYTOWN;
    const address = `/api/travel?from=${riverside.lon},${riverside.lat}&to=${west.lon},${west.lat}`;
    const roads = async (): Promise<any> => (await office.get('/api/roads')).body;
    expect(await roads()).toMatchObject({ travel: 'estimate', because: 'missing' });
    expect((await office.get(address)).body.estimated).toBe(true);
    const dispatcher = await city.as('dispatcher@city');
    const { id } = await submit(city, emergency);
    const nearest = async (): Promise<any> => (await dispatcher.get(`/api/journeys/${id}/candidates`)).body.units[0];
    expect(await nearest()).toMatchObject({ estimated: true });

    await drawToytown(folder);
    await eventually(async () => (await office.get(address)).body.estimated === false || undefined);
    const shown = { travel: 'roads', extract: 'toytown.osm.pbf', importedAt: '2022-11-25T00:00:00Z', points: expect.any(Number), pieces: expect.any(Number) };
    expect(await roads()).toMatchObject(shown);
    expect(await roads()).not.toHaveProperty('refused');
    const { unit, ...drive } = await nearest();
    expect(drive).not.toHaveProperty('estimated');
    // What was drawn before counts on the new roads.
    await office.post('/api/restrictions', around({ lon: 113.6, lat: 34.7455 }));

    writeFileSync(roadsFile(folder, 'toytown'), 'not roads at all');
    await eventually(async () => (await roads()).refused === 'broken' || undefined);
    expect(await roads()).toMatchObject(shown);
    expect((await office.get(address)).body).toMatchObject({ estimated: false, because: 'noWayOpen' });
    // Whoever is sent although no road is open is shown as that, to the person as well.
    await office.post('/api/restrictions', around(riverside, { kind: 'closure' }));
    expect((await dispatcher.post(`/api/journeys/${id}/send-unit`, { unit })).body.journey.mission).toMatchObject({ unit, noWayOpen: true });

    copyFileSync(roadsFile(dataDir, 'toytown'), roadsFile(folder, 'toytown'));
    await eventually(async () => (await roads()).refused === undefined || undefined);
    expect((await office.get(address)).body).toMatchObject({ estimated: false, because: 'noWayOpen' });
  }, 60_000);
});

describe('before it is drawn', () => {
  it('whoever draws reads how many roads it meets and which towns it would take longer; nothing is stored', async () => {
    const city = await toytown();
    const office = await city.as('city@city');
    const { status, body: { preview } } = await office.post('/api/restrictions/preview', around(TOYTOWN.central));
    expect(status).toBe(200);
    expect(preview.roadsMet).toBeGreaterThan(0);
    const riverside = preview.slower.find(({ town }: { town: string }) => town === RIVERSIDE);
    expect(riverside).toMatchObject({ institution: 'T-H1', seconds: expect.any(Number), instead: { institution: 'T-H2' } });
    expect(riverside).not.toHaveProperty('then');
    expect(riverside.instead.seconds).toBeGreaterThan(riverside.seconds);
    expect(preview.towns).toBe(preview.slower.length);
    expect((await office.post('/api/restrictions/preview', around({ lon: 113.7, lat: 34.83 }))).body.preview).toMatchObject({ roadsMet: 0, slower: [] });
    expect((await office.get('/api/restrictions')).body.restrictions).toEqual([]);
    expect((await (await city.as('dispatcher@city')).post('/api/restrictions/preview', around(TOYTOWN.central))).status).toBe(403);
  }, 60_000);

  it('what the office\'s form usually means is taken as it is sent', async () => {
    const city = await toytown();
    const office = await city.as('city@city');
    for (const kind of KINDS) {
      const draft = [TOYTOWN.riverside, TOYTOWN.central, TOYTOWN.second].reduce(withPlace, newDraft(kind));
      const { status, body } = await office.post('/api/restrictions/preview', bodyOf(draft));
      expect([status, body.preview.roadsMet > 0], `${kind}: ${JSON.stringify(body)}`).toEqual([200, true]);
    }
  }, 60_000);

  it('a gate can be locked at some hours only; what is ended stays readable with its reason', async () => {
    const city = await toytown();
    const office = await city.as('city@city');
    const { at } = (await office.get('/api/restrictions')).body;
    const time = (shift: number): string => new Date(at + 8 * HOUR_MS + shift * HOUR_MS).toISOString().slice(11, 16);
    const gate = (from: number, to: number): Record<string, unknown> => around(TOYTOWN.central, { kind: 'gate', daily: { from: time(from), to: time(to) }, reason: ' locked at night ' });
    expect((await office.post('/api/restrictions', gate(2, 3))).body.restriction).toMatchObject({ inForce: false, reason: 'locked at night' });
    expect((await submit(city, emergency)).institution?.code).toBe('T-H1');
    const { body: { restriction } } = await office.post('/api/restrictions', gate(-2, 2));
    expect(restriction).toMatchObject({ inForce: true, daily: { from: time(-2), to: time(2) } });
    expect((await submit(city, emergency)).institution?.code).toBe('T-H2');
    await office.post(`/api/restrictions/${restriction.id}/end`, {});
    const { body: past } = await office.get('/api/restrictions/past');
    expect(past.restrictions).toMatchObject([{ id: restriction.id, reason: 'locked at night', inForce: false, endedAt: expect.any(Number) }]);
    expect(await office.post('/api/restrictions', { ...gate(1, 1), reason: 'x'.repeat(301) })).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }, { field: 'daily' }] } });
  }, 60_000);
});

describe('who tries a case, or asks what other rules would have done', () => {
  it('has the roads as they are, or as they stood then', async () => {
    const city = await toytown();
    const office = await city.as('city@city');
    const tried = async (): Promise<string> => (await office.post('/api/policies/try', { policy: 'standing-rules', case: { need: 'emergency', findings: ['chestPain'], town: RIVERSIDE } })).body.decision.institution;
    expect(await tried()).toBe('T-H1');
    const { body: { restriction } } = await office.post('/api/restrictions', around(TOYTOWN.central));
    expect(await tried()).toBe('T-H2');
    const { id } = await submit(city, emergency);
    await office.post(`/api/restrictions/${restriction.id}/end`, {});
    expect(await tried()).toBe('T-H1');

    const { body: { decisions: [replayed] } } = await office.get(`/api/journeys/${id}/replay?policy=standing-rules`);
    expect([replayed.was.institution, replayed.would.institution]).toEqual(['T-H2', 'T-H2']);
    const said: string[] = [];
    const terminal = new Writable({ write: (chunk, _, done) => { said.push(String(chunk)); done(); } });
    expect(await runReplay({ databaseUrl: city.database.url, dataDir }, { journey: id, policy: 'standing-rules', lang: 'en' }, terminal, terminal)).toBe(0);
    expect(said.join('')).toContain('the same under');
  }, 60_000);
});
