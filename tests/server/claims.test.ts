import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, intake, newKey, startCity, submit, type RunningCity } from '../running-city.ts';

let city: RunningCity;
let db: pg.Pool;
const rows = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => (await db.query<T>(text, values)).rows;

beforeAll(async () => {
  city = await startCity();
  db = city.database.pool;
}, 60_000);
afterAll(() => city.stop());

describe('units', () => {
  it('40 dispatchers at once for 5 units: each unit goes once, nobody is refused while one is free', async () => {
    await rows(`update unit_state set mission = 'before ' || unit, journey = 'before' where unit not in (select unit from unit_state order by unit limit 5)`);
    const free = (await rows('select unit from unit_state where mission is null order by unit')).map(({ unit }) => unit as string);
    const asked = await Promise.all(Array.from({ length: 40 }, () => submit(city, intake({ need: 'emergency', findings: ['unresponsive'] }))));
    const dispatcher = await city.as('dispatcher@city');

    const answers = await Promise.all(asked.map(({ id }) => dispatcher.post(`/api/journeys/${id}/send-unit`)));

    const sent = answers.filter(({ status }) => status === 200).map(({ body }) => body.journey.mission.unit as string);
    expect([...sent].sort()).toEqual(free);
    expect(answers.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(35).fill('409 noUnitFree'));
    const held = await rows('select unit, mission, journey from unit_state where mission is not null');
    expect(new Set(held.map(({ mission }) => mission)).size).toBe(held.length);
  }, 60_000);

  it('a named unit that is with somebody else is refused by name, and the person is not forgotten', async () => {
    const { id } = await submit(city, intake({ need: 'emergency', findings: ['chestPain'] }));
    const dispatcher = await city.as('dispatcher@city');

    const [busy] = await rows(`select unit from unit_state where mission is not null and journey <> 'before'`);

    const answer = await dispatcher.post(`/api/journeys/${id}/send-unit`, { unit: busy!['unit'] });

    expect(answer).toMatchObject({ status: 409, body: { code: 'unitTaken' } });
    expect((await dispatcher.get(`/api/journeys/${id}`)).body.journey.step.kind).toBe('sendUnit');
  });
});

describe('seats', () => {
  const feverish = intake({ ageYears: 30, findings: ['fever'], patientKind: 'greenCode' });

  it('60 people for the 20 seats that are left: all 20 are taken, none twice, and the others are still on their way somewhere', async () => {
    const first = await submit(city, { ...feverish });
    await eventually(async () => ((await rows('select 1 from errand where done_at is null')).length === 0 ? true : undefined), 50);
    await rows(`delete from booking`);
    await rows(`delete from slot where service = 'feverClinic' and id not in (
      select id from slot where institution = $2 and service = 'feverClinic' and starts_at > $1 order by starts_at limit 5)`,
      [(await city.visitor().get('/api/city')).body.at + 61 * 60_000, first.institution!.code]);
    await rows(`update slot set seats = 4, taken = 0 where service = 'feverClinic'`);

    const asked = await Promise.all(Array.from({ length: 60 }, () => submit(city, feverish)));
    await eventually(async () => ((await rows('select 1 from errand where done_at is null')).length === 0 ? true : undefined), 50);

    const [seats] = await rows<{ seats: number; taken: number }>(`select sum(seats)::int as seats, sum(taken)::int as taken from slot where service = 'feverClinic'`);
    expect(seats).toEqual({ seats: 20, taken: 20 });
    const bookings = await rows('select journey from booking where cancelled_at is null');
    expect(new Set(bookings.map(({ journey }) => journey)).size).toBe(20);
    const open = await rows('select 1 from journey where id = any($1) and owner_role is not null and due_at is not null', [asked.map(({ id }) => id)]);
    expect(open).toHaveLength(60);
  }, 120_000);
});

describe('cars', () => {
  it('one car takes one cohort at a time, and another only after the cleaning, whatever the code above believes', async () => {
    const take = (ride: number, cohort: string, from: number, to: number) => db.query(
      `insert into ride (city, car, ride, journey, leg, district, town, cohort, state, pick_up_at, during, seats, wheelchairs, stretchers, day_ride)
       values ('zhengzhou', 'none', $1, 'R1', 'out', 'D', 'T', $2, 'planned', $3, int8range($3, $4), 1, 0, 0, '{}')`, [`ride ${ride}`, cohort, from, to]).then(() => cohort, (error: { code: string }) => error.code);
    const cohorts = ['suspected', 'fever', 'contact', 'positive', 'other'];

    const taken = await Promise.all(Array.from({ length: 32 }, (_, ride) => take(ride, cohorts[ride % cohorts.length]!, 1_000 + ride, 2_000 + ride)));

    const first = taken.filter((answer) => cohorts.includes(answer));
    expect(first.length).toBeGreaterThan(0);
    expect(new Set(first).size).toBe(1);
    expect(await take(98, cohorts.find((cohort) => cohort !== first[0])!, 1_900, 2_500)).toBe('23P01');
    expect(await take(99, 'immunocompromised', 5_000, 6_000)).toBe('immunocompromised');
    await rows(`delete from ride where car = 'none'`);
  });
});

describe('the same thing sent again', () => {
  it('20 times the same request at once is one journey and one answer', async () => {
    const key = newKey();
    const body = intake({ ageYears: 40, need: 'onlineConsultation' });

    const answers = await Promise.all(Array.from({ length: 20 }, () => city.visitor().post('/api/requests', body, key)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => `${body.journey.id} ${body.journey.version} ${body.token}`)).size).toBe(1);
    expect((await city.visitor().post('/api/requests', { ...body, address: 'elsewhere' }, key)).body.code).toBe('idempotencyKeyReused');
  });

  it('20 times the same command at once is done once, and answered the same after the story has moved on', async () => {
    const { id } = await submit(city, intake({ ageYears: 40, need: 'onlineConsultation' }));
    const doctor = await city.as(`cloudDoctor@institution:${(await rows('select institution from journey where id = $1', [id]))[0]!['institution']}`);
    const key = newKey();

    const answers = await Promise.all(Array.from({ length: 20 }, () => doctor.post(`/api/journeys/${id}/take-visit`, {}, key)));
    await doctor.post(`/api/journeys/${id}/answer-visit`, { advice: 'Rest.', items: [] });
    const later = await doctor.post(`/api/journeys/${id}/take-visit`, {}, key);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set([...answers, later].map(({ body }) => body.journey.version)).size).toBe(1);
    expect(await rows(`select 1 from event where journey = $1 and type = 'VisitTaken'`, [id])).toHaveLength(1);
  });

  it('a change without a key is not done, and is told how', async () => {
    const answer = await city.visitor().send('POST', '/api/requests', intake());
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotencyKeyMissing', errors: [{ field: 'Idempotency-Key' }] } });
  });
});
