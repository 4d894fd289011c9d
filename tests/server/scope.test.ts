import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyIncident } from '../../src/server/incident.ts';
import { Kysely, PostgresDialect } from 'kysely';
import { ask, intake, OTHER_TOWN, startCity, type RunningCity } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

const fever = () => ask(city, intake({ ageYears: 30, findings: ['fever'], patientKind: 'greenCode', complaint: 'shivering since last night' }));

describe('who sees what', () => {
  it('a committee sees its own town; another town is not even told that the journey exists', async () => {
    const { id } = await fever();
    const own = await city.as('committee@town:410102001');
    const other = await city.as('committee@town:410102002');

    expect((await own.get(`/api/journeys/${id}`)).status).toBe(200);
    expect((await own.get('/api/journeys')).body.journeys.map((journey: { id: string }) => journey.id)).toContain(id);
    expect(await other.get(`/api/journeys/${id}`)).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect(await other.get('/api/journeys/Rnosuch')).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect((await other.post(`/api/journeys/${id}/release`)).status).toBe(404);
    expect((await other.get('/api/journeys')).body.journeys).toEqual([]);
  });

  it('the right place is not enough: the role has to be right as well', async () => {
    const { id } = await fever();
    const family = await city.as('familyDoctor@town:410102001');
    expect(await family.post(`/api/journeys/${id}/release`)).toMatchObject({ status: 403, body: { code: 'notAllowed' } });
  });

  it('a driver learns the cohort and the address, never what is wrong', async () => {
    const { id } = await fever();
    const committee = await city.as('committee@town:410102001');
    await expect.poll(async () => (await committee.get(`/api/journeys/${id}`)).body.journey.step.kind).toBe('release');
    await committee.post(`/api/journeys/${id}/release`);
    const { body: { journey: { out } } } = await committee.post(`/api/journeys/${id}/assign-car`, { leg: 'out' });

    const driver = await city.as(`driver@car:${out.car}`);
    const { journey, timeline } = (await driver.get(`/api/journeys/${id}`)).body;

    expect(journey).toMatchObject({ cohort: 'fever', address: 'Building 3' });
    expect(journey).not.toHaveProperty('clinical');
    expect(JSON.stringify([journey, timeline])).not.toContain('shivering');
  });

  it('nobody signed in sees nothing, a resident only their own', async () => {
    const [mine, other] = [await fever(), await fever()];
    expect((await city.visitor().get('/api/journeys')).status).toBe(401);
    expect((await mine.resident.get(`/api/journeys/${mine.id}`)).status).toBe(200);
    expect((await mine.resident.get(`/api/journeys/${other.id}`)).status).toBe(404);
    expect((await mine.resident.get('/api/journeys?state=all')).body.journeys).toHaveLength(1);
  });

  it('a link without the right telephone opens nothing', async () => {
    const { body } = await city.visitor().post('/api/requests', intake());
    const stranger = city.visitor();
    expect((await stranger.post('/api/my/sign-in', { token: body.token, phoneLast4: '0000' })).status).toBe(401);
    expect((await stranger.get('/api/my')).status).toBe(401);
  });

  it('a committee asks for its own town alone, a ward not at all', async () => {
    const committee = await city.as('committee@town:410102002');
    expect(await committee.post('/api/requests', intake())).toMatchObject({ status: 403, body: { code: 'townNotYours', errors: [{ field: 'town' }] } });
    const own = await committee.post('/api/requests', intake({ town: OTHER_TOWN }));
    expect(own).toMatchObject({ status: 201, body: { journey: { channel: 'committee' } } });
    expect((await (await city.as('ward@institution:ZZ-H-001')).post('/api/requests', intake())).status).toBe(403);
  });

  it('a change that comes from a page of another site is not done', async () => {
    const { id } = await fever();
    const committee = await city.as('committee@town:410102001');
    const answer = await committee.send('POST', `/api/journeys/${id}/release`, {}, { 'idempotency-key': 'foreign-page', origin: 'https://elsewhere.example' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreignOrigin' } });
  });
});

describe('when the incident is over', () => {
  it('everything that was collected about people is deleted, and what they held is free again', async () => {
    const { resident } = await fever();
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
    const { rows: [incident] } = await city.database.pool.query<{ id: string }>('select id from incident');

    await destroyIncident(db, 'zhengzhou', incident!.id, Date.now());

    const tables = ['journey', 'event', 'errand', 'idempotency', 'outbox', 'ride', 'custody_incident', 'shared_ride', 'booking', 'pass', 'pass_check', 'answer', 'call', 'panel_member', 'panel_team', 'panel_knock', 'area_lock', 'area_plan', 'consult'];
    for (const table of tables) {
      expect((await city.database.pool.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
    }
    expect((await city.database.pool.query('select 1 from slot where taken > 0')).rowCount).toBe(0);
    expect((await city.database.pool.query('select 1 from unit_state where mission is not null')).rowCount).toBe(0);
    expect((await resident.get('/api/my')).status).toBe(401);
  });
});
