import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCity, type RunningCity } from '../running-city.ts';
import { broken, calledUp, closeUnit, enrolAll, HOUR_MS, NOTHING_BROKEN, nowIn, queryOf, settled, UNIT } from '../standing-series.ts';

/** R5: a dialysis unit closes overnight, 300 people, all within 72 h of their last session. `PATIENTS=3000` for ten times as many. */
const PATIENTS = Number(process.env['PATIENTS'] ?? 300);

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

describe('a dialysis unit closes overnight', () => {
  it(`given ${PATIENTS} people of three cohorts, then everybody has another chair within 72 hours, cohorts apart, and rides and passes follow`, async () => {
    const query = queryOf(city.database);
    const ward = await city.as(`ward@institution:${UNIT}`);
    await enrolAll(city, PATIENTS);
    await calledUp(query, PATIENTS / 5);
    expect(await broken(query)).toEqual(NOTHING_BROKEN);
    const began = performance.now();
    await closeUnit(city, ward, UNIT, await nowIn(city) + 47 * HOUR_MS, 'ZZ-H-002');
    await settled(query, PATIENTS / 5);
    if (process.env['PATIENTS']) process.stdout.write(`${Math.round(performance.now() - began)} ms until everything had followed\n`);

    const [run] = (await ward.get('/api/replacements')).body.replacements;
    if (process.env['PATIENTS']) process.stdout.write(`${JSON.stringify(run)}\n`);
    expect(run).toMatchObject({ institution: UNIT, service: 'haemodialysis', state: 'done', unplaced: [] });
    expect([run.placed, run.worstGapHours <= 72]).toEqual([run.sessions, true]);
    expect(run.patients).toBeGreaterThan(PATIENTS / 2);
    expect(await broken(query)).toEqual(NOTHING_BROKEN);
    const [told] = await query<{ people: number }>(`select count(*)::int as people from outbox where code in ('sessionMoved', 'appointmentMoved')`);
    expect(told!.people).toBe(run.placed);
    expect((await (await city.as('city@city')).get('/api/promises')).body.broken).toEqual([]);
  }, 300_000);

  it('given two others close at once that had taken them in, then both runs end and the same holds', async () => {
    const query = queryOf(city.database);
    const [first, second] = (await query<{ institution: string }>(`select institution, count(*) from booking where series is not null and state = 'booked' and institution <> $1 group by 1 order by 2 desc limit 2`, [UNIT])).map(({ institution }) => institution);
    const until = await nowIn(city) + 40 * HOUR_MS;
    const spare = [...city.server.city.institutions.values()].filter(({ code, services }) => services.has('haemodialysis') && code !== UNIT && code !== first && code !== second).map(({ code }) => code);
    await Promise.all([first!, second!].map(async (unit, place) => closeUnit(city, await city.as(`ward@institution:${unit}`), unit, until, spare[place]!)));
    await settled(query, 60);
    expect(await broken(query)).toEqual(NOTHING_BROKEN);
  }, 120_000);

  it('given it opens again, then nobody is thrown back', async () => {
    const query = queryOf(city.database);
    const where = await query(`select id, slot from booking where series is not null and state = 'booked' order by id`);
    const ward = await city.as(`ward@institution:${UNIT}`);
    expect((await ward.post(`/api/institutions/${UNIT}/services/haemodialysis/status`, { state: 'open' })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await query(`select id, slot from booking where series is not null and state = 'booked' order by id`)).toEqual(where);
  }, 30_000);
});
