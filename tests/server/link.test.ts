import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, intake, newKey, startCity, type RunningCity } from '../running-city.ts';

const TOY_TOWN = '990101001';
let city: RunningCity;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
}, 60_000);
afterAll(() => city.stop());

const signIn = async (token: string) => {
  const visitor = city.visitor();
  return { visitor, status: (await visitor.post('/api/my/sign-in', { token, phoneLast4: '5678' })).status };
};

describe('a link in wrong hands', () => {
  it('given the committee renews it, then the old link and whoever had it open are out, and the new one opens the same request', async () => {
    const { body } = await city.visitor().post('/api/requests', intake({ town: TOY_TOWN }));
    const { visitor: thief } = await signIn(body.token);
    expect((await thief.get('/api/my')).status).toBe(200);

    const { status, body: renewed } = await (await city.as(`committee@town:${TOY_TOWN}`)).post(`/api/journeys/${body.journey.id}/renew-link`);

    expect(status).toBe(200);
    expect((await thief.get('/api/my')).status).toBe(401);
    expect((await signIn(body.token)).status).toBe(401);
    const { visitor: resident } = await signIn(renewed.token);
    expect((await resident.get('/api/my')).body.journey.id).toBe(body.journey.id);
  });

  it('given somebody has the request open at that moment, then their screen hears nothing more', async () => {
    const { body } = await city.visitor().post('/api/requests', intake({ town: TOY_TOWN }));
    const { visitor: thief } = await signIn(body.token);
    const stream = await fetch(`${city.url}/api/stream`, { headers: { cookie: thief.cookie } });
    await (await city.as(`committee@town:${TOY_TOWN}`)).post(`/api/journeys/${body.journey.id}/renew-link`);
    // The server ends it: otherwise this would wait for ever.
    expect(await stream.text()).toContain(': here');
  }, 30_000);

  it('given the resident renews it, then their own look goes on, and the same key answers the same link', async () => {
    const { id, resident } = await ask(city, intake({ town: TOY_TOWN }));
    const key = newKey();
    const [first, again] = [await resident.post(`/api/journeys/${id}/renew-link`, {}, key), await resident.post(`/api/journeys/${id}/renew-link`, {}, key)];
    expect(again.body).toEqual(first.body);
    expect((await resident.get('/api/my')).status).toBe(200);
    expect((await signIn(first.body.token)).status).toBe(200);
  });

  it('nobody renews a link of another town or another person, and no token stands in the database', async () => {
    const [mine, other] = [await ask(city, intake({ town: TOY_TOWN })), await ask(city, intake({ town: TOY_TOWN }))];
    const others = [mine.resident, await city.as('committee@town:990101002')];
    for (const person of others) expect((await person.post(`/api/journeys/${other.id}/renew-link`)).status).toBe(404);
    expect((await (await city.as('ward@institution:T-H1')).post(`/api/journeys/${other.id}/renew-link`)).status).toBe(403);

    const { body: { token } } = await mine.resident.post(`/api/journeys/${mine.id}/renew-link`);
    const { rows: [kept] } = await city.database.pool.query<{ text: string }>(`select
      (select json_agg(a) from answer a)::text || (select json_agg(a) from audit a)::text || (select json_agg(j) from journey j)::text as text`);
    expect(kept!.text).not.toContain(token);
    expect((await city.database.pool.query(`select 1 from audit where what = 'renewLink' and facts ->> 'journey' = $1`, [mine.id])).rowCount).toBe(1);
  });
});
