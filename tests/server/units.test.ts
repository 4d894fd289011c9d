import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intake, startCity, submit, type RunningCity } from '../running-city.ts';

let city: RunningCity;
let unit: string;
const placeOf = async (): Promise<object> => (await city.database.pool.query('select place_lon as lon, place_lat as lat, place_at as at from unit_state where unit = $1', [unit])).rows[0];

beforeAll(async () => {
  city = await startCity();
  unit = (await city.database.pool.query('select unit from unit_state order by unit limit 1')).rows[0].unit;
}, 60_000);
afterAll(() => city.stop());

describe('where a unit is', () => {
  it('its crew says it; one that arrives late changes nothing, and a clock that runs ahead silences nobody', async () => {
    const crew = await city.as(`crew@unit:${unit}`);
    const now = (await crew.get('/api/units')).body.at as number;
    const report = (lon: number, at: number, more = {}): ReturnType<typeof crew.post> => crew.post(`/api/units/${unit}/position`, { lon, lat: 34.75, at, ...more });

    expect(await report(113.65, now - 5_000)).toMatchObject({ status: 202, body: { kept: true } });
    expect(await report(113.60, now - 9_000)).toMatchObject({ status: 202, body: { kept: false } });
    expect(await report(113.61, now - 1_000, { accuracyMeters: 5_000 })).toMatchObject({ status: 202, body: { kept: false } });
    expect(await placeOf()).toMatchObject({ lon: 113.65, at: now - 5_000 });

    // Another continent: a phone that is lost or lies.
    expect(await report(-74, now - 500)).toMatchObject({ status: 202, body: { kept: false } });
    expect(await placeOf()).toMatchObject({ lon: 113.65, at: now - 5_000 });

    expect((await report(113.66, now + 86_400_000)).body.kept).toBe(true);
    expect((await placeOf() as { at: number }).at).toBeLessThan(now + 60_000);
    await new Promise((done) => setTimeout(done, 5));
    expect((await report(113.67, Date.now() + 86_400_000)).body.kept).toBe(true);
  });

  it('nobody else says it: not another crew, not a dispatcher', async () => {
    const [second] = (await city.database.pool.query('select unit from unit_state where unit <> $1 order by unit', [unit])).rows;
    const other = await city.as(`crew@unit:${second.unit}`);
    expect((await other.post(`/api/units/${unit}/position`, { lon: 1, lat: 1, at: 1 })).status).toBe(404);
    const dispatcher = await city.as('dispatcher@city');
    expect((await dispatcher.post(`/api/units/${unit}/position`, { lon: 1, lat: 1, at: 1 })).status).toBe(403);
  });
});

describe('out of service', () => {
  it('given a reason, then it is nobody\'s choice until it is back, and a unit named all the same is refused', async () => {
    const crew = await city.as(`crew@unit:${unit}`);
    const dispatcher = await city.as('dispatcher@city');
    const { id } = await submit(city, intake({ need: 'emergency', findings: ['chestPain'] }));

    expect((await crew.post(`/api/units/${unit}/service`, { state: 'outOfService' })).status).toBe(400);
    expect((await crew.post(`/api/units/${unit}/service`, { state: 'outOfService', reason: 'oxygen empty', until: 1 })).body).toMatchObject({ code: 'outOfServiceTooLong' });
    expect((await crew.post(`/api/units/${unit}/service`, { state: 'outOfService', reason: 'oxygen empty' })).status).toBe(200);
    const shown = (await dispatcher.get('/api/units')).body.units.find((each: { id: string }) => each.id === unit);
    expect(shown.outOfService).toEqual({ reason: 'oxygen empty' });
    const [second] = (await city.database.pool.query('select unit from unit_state where unit <> $1 order by unit', [unit])).rows;
    const seenBy = async (post: string): Promise<unknown> => (await (await city.as(post)).get('/api/units')).body.units.find((each: { id: string }) => each.id === unit).outOfService;
    expect(await seenBy(`crew@unit:${second.unit}`)).toEqual({});
    expect(await seenBy(`crew@unit:${unit}`)).toEqual({ reason: 'oxygen empty' });
    expect(await dispatcher.post(`/api/journeys/${id}/send-unit`, { unit })).toMatchObject({ status: 409, body: { code: 'unitTaken' } });

    expect((await dispatcher.post(`/api/units/${unit}/service`, { state: 'inService' })).status).toBe(200);
    expect((await dispatcher.post(`/api/journeys/${id}/send-unit`, { unit })).body.journey.mission.unit).toBe(unit);
  });
});
