import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, confirmClosings, eventually, intake, openTemporaryDatabase, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const HOUR_MS = 3_600_000;
const TOY_TOWN = '990101001';
/** In toytown: three houses with an emergency department. */
const HOUSES = ['T-H1', 'T-H2', 'T-H4'] as const;

let city: RunningCity;
/** A second server of the same city: what passes is told once. */
let beside: RunningCity;
beforeAll(async () => {
  const database = await openTemporaryDatabase();
  [city, beside] = [await startCity({ city: 'toytown', on: database }), await startCity({ city: 'toytown', on: database })];
}, 60_000);
afterAll(async () => {
  await beside.stop();
  await city.stop();
  await city.database.stop();
});

const query = async (text: string, values: readonly unknown[] = []): Promise<any[]> => (await city.database.pool.query(text, [...values])).rows;
const wardOf = (house: string): Promise<Visitor> => city.as(`ward@institution:${house}`);
const now = async (): Promise<number> => (await city.visitor().get('/api/status')).body.at;
const standing = async (house: string): Promise<any> => ((await city.visitor().get('/api/status')).body.services as any[]).find((one) => one.institution === house && one.service === 'emergency');
const say = async (house: string, body: object) => (await wardOf(house)).post(`/api/institutions/${house}/services/emergency/status`, body);
const told = (audience: string, code: string) => query('select facts from outbox where audience = $1 and code = $2', [audience, code]);
const person = () => ask(city, intake({ town: TOY_TOWN, need: 'emergency', findings: ['chestPain'] }));
const wayOf = async (resident: Visitor, id: string): Promise<any> => (await resident.get(`/api/journeys/${id}`)).body.journey;
const otherThan = (house: string): string => HOUSES.find((one) => one !== house)!;
/** As if so long had passed since it was said. */
const earlier = (house: string, ms: number) => query(`update service_status set since = since - $2::bigint, until = until - $2::bigint, reported_at = reported_at - $2::bigint where institution = $1`, [house, ms]);

describe('a closure that was announced ahead', () => {
  it('given its hour comes, then whoever is on the way there goes elsewhere and hears it, once, and nobody was led away before', async () => {
    const { id, resident, journey } = await person();
    const house = journey.institution!.code;
    const at = await now();
    await say(house, { state: 'closed', reason: 'works', since: at + HOUR_MS, until: at + 3 * HOUR_MS, standIn: otherThan(house) });
    await confirmClosings(city.url);
    expect((await standing(house)).state).toBe('open');
    expect((await wayOf(resident, id)).institution.code).toBe(house);
    expect(await (await fetch(`${city.url}/status?lang=en`)).text()).toContain('From ');

    await earlier(house, HOUR_MS - 500);

    const after = await eventually(async () => {
      const way = await wayOf(resident, id);
      return way.institution?.code === house ? undefined : way;
    }, 30);
    expect(after.step).toMatchObject({ owner: expect.anything(), dueAt: expect.any(Number) });
    expect(await told(`journey:${id}`, 'placeClosed')).toHaveLength(1);
    expect(await query(`select count(*)::int as count from status_edge where institution = $1 and edge = 'begins'`, [house])).toEqual([{ count: 1 }]);

    const until = (await standing(house)).until as number;
    await query('update service_status set until = $2 where institution = $1', [house, (await now()) - 1_000]);
    await eventually(async () => ((await told(`institution:${house}`, 'closureOver')).length > 0 ? true : undefined), 30);
    expect(await told(`institution:${house}`, 'closureOver'), 'two servers, one notice').toHaveLength(1);
    const open = await standing(house);
    expect(open).toMatchObject({ state: 'open', since: expect.any(Number) });
    expect(open.since).toBeLessThan(until);
    const { published } = (await city.visitor().get('/api/status/published')).body;
    expect(published[0]).toMatchObject({ institution: house, state: 'open' });
  }, 80_000);
});

describe('whoever is led elsewhere', () => {
  it('given the house closes now, then they hear it in the same breath; and where nobody is open, the first that opens takes them', async () => {
    const { id, resident, journey } = await person();
    const house = journey.institution!.code;
    await say(house, { state: 'closed', reason: 'disinfection', until: (await now()) + HOUR_MS, standIn: otherThan(house) });
    await confirmClosings(city.url);
    expect((await wayOf(resident, id)).institution.code).not.toBe(house);
    expect(await told(`journey:${id}`, 'placeClosed')).toHaveLength(1);

    const at = await now();
    for (const each of HOUSES) {
      await query(`insert into service_status (city, institution, service, state, since, until, stand_in, reported_by, reported_at) values ('toytown', $1, 'emergency', 'closed', $2::bigint, $2::bigint + 7200000, 'T-H1', 'x', $2)
        on conflict (city, institution, service) do update set state = 'closed', since = excluded.since, until = excluded.until, reported_at = excluded.reported_at`, [each, at]);
    }
    await (await wardOf('T-H3')).post('/api/institutions/T-H3/as-before');
    const searched = await person();
    expect(searched.journey.institution).toBeUndefined();
    expect(searched.journey.step).toMatchObject({ owner: expect.anything(), dueAt: expect.any(Number) });

    for (const each of HOUSES) expect((await say(each, { state: 'open' })).status).toBe(200);

    const found = await eventually(async () => {
      const way = await wayOf(searched.resident, searched.id);
      return way.institution === undefined ? undefined : way;
    });
    expect(found.step).toMatchObject({ owner: expect.anything(), dueAt: expect.any(Number) });
    expect(await told(`journey:${searched.id}`, 'placeOpenAgain')).toHaveLength(1);
  }, 60_000);
});

describe('a stand-in that closes itself', () => {
  it('given it names another, then everybody is told who takes the first one’s patients now, and the first one hears it', async () => {
    const until = (await now()) + HOUR_MS;
    const [first, second, third] = ['T-H1', 'T-H2', 'T-H4'] as const;
    const closing = await say(second, { state: 'closed', until, standIn: first });
    expect(closing.status).toBe(200);
    await confirmClosings(city.url);
    expect((await standing(second)).standIn).toBe(first);
    const next = (await say(first, { state: 'closed', until, standIn: third })).body.code === undefined ? third : undefined;
    expect(next, 'toytown has a third').toBe(third);
    await confirmClosings(city.url);

    expect((await standing(second)).standIn).toBe(third);
    expect(await told(`institution:${second}`, 'standInClosed')).toEqual([{ facts: expect.objectContaining({ institution: first, next: third }) }]);
  });
});
