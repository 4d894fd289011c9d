import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intake, newKey, startCity, submit, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let dispatcher: Visitor;
const rows = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await city.database.pool.query(text, values)).rows;
const emergency = (given: Record<string, unknown> = {}) => submit(city, intake({ need: 'emergency', findings: ['chestPain'], ...given }));

beforeAll(async () => {
  city = await startCity();
  dispatcher = await city.as('dispatcher@city');
}, 60_000);
afterAll(() => city.stop());

describe('two calls about one person', () => {
  it('become one by the dispatcher\'s word: one is closed and names the other, the other says so, and the caller hears it', async () => {
    const [first, second] = [await emergency(), await emergency({ findings: ['chestPain', 'unresponsive'] })];
    const key = newKey();

    const joined = await dispatcher.post(`/api/journeys/${second.id}/join-call`, { into: first.id }, key);

    expect(joined).toMatchObject({ status: 200, body: { journey: { closed: { outcome: 'joined' }, mission: { joined: first.id } } } });
    const goesOn = (await dispatcher.get(`/api/journeys/${first.id}`)).body.journey;
    expect(goesOn).toMatchObject({ acuity: 'I', mission: { joinedBy: [second.id] }, step: { kind: 'sendUnit' } });
    expect(await rows(`select code from outbox where audience = $1 and code = 'callJoined'`, [`journey:${second.id}`])).toHaveLength(1);
    expect((await dispatcher.post(`/api/journeys/${second.id}/join-call`, { into: first.id }, key)).body.journey.version).toBe(joined.body.journey.version);
  });

  it('are not joined when a unit is on its way to the one that would end, nor twice, nor by anybody else', async () => {
    const [first, second] = [await emergency(), await emergency()];
    await dispatcher.post(`/api/journeys/${first.id}/send-unit`);
    expect(await dispatcher.post(`/api/journeys/${first.id}/join-call`, { into: second.id })).toMatchObject({ status: 409, body: { code: 'unitAlreadySent' } });
    expect(await dispatcher.post(`/api/journeys/${second.id}/join-call`, { into: 'R000000000' })).toMatchObject({ status: 404 });
    expect((await (await city.as('hotline@city')).post(`/api/journeys/${second.id}/join-call`, { into: first.id })).status).toBe(403);
    expect((await dispatcher.post(`/api/journeys/${second.id}/join-call`, { into: first.id })).status).toBe(200);
    expect(await dispatcher.post(`/api/journeys/${second.id}/join-call`, { into: first.id })).toMatchObject({ status: 409 });
  });

  it('are kept apart when a dispatcher says so', async () => {
    const [first, second] = [await emergency(), await emergency()];
    const kept = await dispatcher.post(`/api/journeys/${first.id}/keep-apart`, { other: second.id });
    expect(kept).toMatchObject({ status: 200, body: { journey: { mission: { apartFrom: [second.id] } } } });
  });
});
