import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BoardView } from '../../src/dispatch/index.ts';
import { eventually, intake, newKey, startCity, submit, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let dispatcher: Visitor;
const rows = async (text: string, values: unknown[] = []): Promise<Record<string, any>[]> => (await city.database.pool.query(text, values)).rows;
const call = (given: Record<string, unknown> = {}) => submit(city, intake({ need: 'emergency', findings: ['chestPain'], ...given }));
const arrest = { findings: ['unresponsive'] };
const board = async (): Promise<BoardView> => (await dispatcher.get('/api/board')).body;
/** News of a call reaches the board a moment after the caller's answer. */
const rowOf = (journey: string) => eventually(async () => (await board()).calls.find((row) => row.journey === journey));
/** So many units are free, all others are with patients who are none of this test's business. */
const leaveFree = async (count: number): Promise<string[]> => {
  await rows(`update unit_state set mission = 'before ' || unit, journey = 'before' where unit not in (select unit from unit_state where mission is null order by unit limit ${count})`);
  return (await rows('select unit from unit_state where mission is null order by unit')).map(({ unit }) => unit as string);
};

beforeAll(async () => {
  city = await startCity();
  dispatcher = await city.as('dispatcher@city');
}, 60_000);
afterAll(() => city.stop());
beforeEach(async () => {
  await rows(`update journey set state = 'closed' where state = 'open'`);
  await rows('update unit_state set mission = null, journey = null');
  await dispatcher.post('/api/board/mode', { mode: 'recommended', reason: 'an ordinary day' });
});

describe('the board', () => {
  it('shows the queue with an answer for everybody, and candidates and the plain button agree with it', async () => {
    const { id } = await call();

    const row = await rowOf(id);

    expect(row).toMatchObject({ acuity: 'II', name: 'Resident 0001', address: 'Building 3', answer: { reasons: [{ code: expect.any(String) }] } });
    expect((await dispatcher.get(`/api/journeys/${id}/candidates`)).body.units[0].unit).toBe(row.answer!.unit);
    const sent = await dispatcher.post(`/api/journeys/${id}/send-unit`);
    expect(sent).toMatchObject({ status: 200, body: { journey: { mission: { unit: row.answer!.unit } } } });
    expect(await rowOf(id)).toMatchObject({ unit: row.answer!.unit });
    expect((await board()).units.find(({ unit }) => unit === row.answer!.unit)).toMatchObject({ state: 'toPatient', journey: id });
  });

  it('one press turns a unit round to somebody worse: the first patient has an owner, a deadline, their place and a calm word', async () => {
    const [unit] = await leaveFree(1);
    const first = await call();
    expect((await dispatcher.post('/api/board/send', { journey: first.id, unit })).status).toBe(200);
    const worse = await call(arrest);
    expect(await rowOf(worse.id)).toMatchObject({ answer: { unit, takenFrom: expect.any(String) } });

    const key = newKey();
    const pressed = await dispatcher.post('/api/board/send', { journey: worse.id, unit }, key);

    expect(pressed).toMatchObject({ status: 200, body: { journey: { mission: { unit } } } });
    const waits = (await dispatcher.get(`/api/journeys/${first.id}`)).body.journey;
    expect(waits).toMatchObject({ step: { kind: 'sendUnit', owner: { role: 'dispatcher' }, dueAt: expect.any(Number) }, mission: { unitsLost: 1, firstAskedAt: expect.any(Number) } });
    expect(await rowOf(first.id)).toMatchObject({ unitsLost: 1, answer: { shortfalls: expect.arrayContaining([expect.anything()]) } });
    expect(await rows(`select 1 from outbox where audience = $1 and code = 'unitDiverted'`, [`journey:${first.id}`])).toHaveLength(1);
    expect(await rows('select journey from unit_state where unit = $1', [unit])).toEqual([{ journey: worse.id }]);
    const again = await dispatcher.post('/api/board/send', { journey: worse.id, unit }, key);
    expect([again.status, again.body.journey.version]).toEqual([200, pressed.body.journey.version]);
    // Its crew had no network, and reports for whom it was sent first.
    const crew = await city.as(`crew@unit:${unit}`);
    expect(await crew.post(`/api/journeys/${first.id}/report-mission`, { step: 'atPatient' })).toMatchObject({ status: 409, body: { code: 'unitTurnedRound' } });
    const other = (await board()).units.find(({ unit: each }) => each !== unit)!.unit;
    expect((await (await city.as(`crew@unit:${other}`)).post(`/api/journeys/${first.id}/report-mission`, { step: 'atPatient' })).status).toBe(404);
  });

  it('a dispatcher\'s own choice is done or refused by name: never at the price of somebody worse', async () => {
    const [unit] = await leaveFree(1);
    const [worse, lesser] = [await call(arrest), await call()];

    expect(await dispatcher.post('/api/board/send', { journey: lesser.id, unit })).toMatchObject({ status: 409, body: { code: 'unitNeededMore' } });
    expect(await dispatcher.post(`/api/journeys/${lesser.id}/send-unit`)).toMatchObject({ status: 409, body: { code: 'noUnitFree' } });
    expect((await dispatcher.post('/api/board/send', { journey: worse.id, unit })).status).toBe(200);
    expect(await dispatcher.post('/api/board/send', { journey: lesser.id, unit })).toMatchObject({ status: 409, body: { code: 'unitTaken' } });
    expect(await dispatcher.post('/api/board/send', { journey: lesser.id, unit, takenFrom: worse.id })).toMatchObject({ status: 409, body: { code: 'unitNeededMore' } });
    expect(await dispatcher.post('/api/board/send', { journey: lesser.id, unit: 'nobody' })).toMatchObject({ status: 400, body: { code: 'unknownUnit' } });
    expect((await rowOf(lesser.id)).unit).toBeUndefined();
  });

  it('is seen by those who send and those who answer for a district, each as much as concerns them', async () => {
    const here = await call();
    await dispatcher.post(`/api/journeys/${here.id}/send-unit`);
    const districts = [...city.server.city.districts.keys()];
    const home = city.server.city.towns.get('410102001')!.district;
    const other = districts.find((code) => code !== home)!;

    const [own, neighbour] = [await city.as(`district@district:${home}`), await city.as(`district@district:${other}`)];

    expect((await own.get('/api/board')).body.calls.map(({ journey }: { journey: string }) => journey)).toEqual([here.id]);
    expect((await own.get('/api/board')).body.calls[0].address).toBeUndefined();
    expect((await neighbour.get('/api/board')).body.calls).toEqual([]);
    for (const person of [await city.as('hotline@city'), city.visitor()]) expect([401, 403]).toContain((await person.get('/api/board')).status);
    expect((await own.post('/api/board/mode', { mode: 'automatic', reason: 'x' })).status).toBe(403);
  });

  it('a unit of another district is mutual aid: both districts see it', async () => {
    const home = city.server.city.towns.get('410102001')!.district;
    const foreign = [...city.server.city.units.values()].find(({ station }) => city.server.city.stations.get(station)!.district !== home)!;
    const from = city.server.city.stations.get(foreign.station)!.district;
    const { id } = await call();
    expect((await dispatcher.post('/api/board/send', { journey: id, unit: foreign.id })).status).toBe(200);

    for (const district of [home, from]) {
      const view = (await (await city.as(`district@district:${district}`)).get('/api/board')).body as BoardView;
      expect(view.aid).toMatchObject([{ unit: foreign.id, journey: id, from, to: home }]);
      expect(view.units.map(({ unit }) => unit)).toContain(foreign.id);
    }
    expect((await dispatcher.get(`/api/journeys/${id}`)).body.journey.mission.aid).toEqual({ from, to: home });
  });

  it('acuity first, infection never before it: whoever is in greater danger gets the unit, infected or not', async () => {
    for (const [worse, lesser] of [[{ ...arrest, test: 'positive' }, {}], [arrest, { test: 'positive' }]]) {
      const [unit] = await leaveFree(1);
      const [second, first] = [await call(lesser), await call(worse)];
      expect(await rowOf(first.id)).toMatchObject({ answer: { unit } });
      expect((await rowOf(second.id)).answer!.unit).toBeUndefined();
      await dispatcher.post(`/api/journeys/${first.id}/send-unit`);
      await rows(`update journey set state = 'closed' where state = 'open'`);
      await rows('update unit_state set mission = null, journey = null');
    }
  });

  it('ambulances that wait at a door for an hour count as that much drive: the next goes elsewhere, and says why', async () => {
    const { institution } = await call();
    const before = institution!.code;
    for (const minutes of [70, 80, 90]) {
      const { id } = await call();
      await rows(`update journey set story = jsonb_set(story, '{mission,times}', $2::jsonb) where id = $1`,
        [id, JSON.stringify({ sent: 0, atDestination: 1_000_000, handedOver: 1_000_000 + minutes * 60_000 })]);
    }
    // One that nobody waits at, or the usual of the city would be an hour as well.
    const others = [...city.server.city.institutions.values()].filter(({ code, services }) => code !== before && services.has('emergency')).slice(0, 9);
    for (const { code } of others) {
      for (let crew = 0; crew < 3; crew += 1) {
        const { id } = await call();
        await rows(`update journey set institution = $3, story = jsonb_set(story, '{mission,times}', $2::jsonb) where id = $1`,
          [id, JSON.stringify({ sent: 0, atDestination: 1_000_000, handedOver: 1_600_000 }), code]);
      }
    }
    const second = await startCity({ on: city.database });
    try {
      const asked = await eventually(async () => {
        const seen = await submit(second, intake({ need: 'emergency', findings: ['chestPain'] }));
        return seen.institution!.code !== before ? seen : undefined;
      });
      expect(asked.reasons.map(({ clause }) => clause)).toContain('city-handOver');
      expect(asked.ruledOut).toContainEqual(expect.objectContaining({ option: `institution:${before}`, clause: 'city-handOver' }));
    } finally {
      await second.stop();
    }
  });

  it('the way of a unit, and where it stands by', async () => {
    const { id } = await call();
    const { answer } = await rowOf(id);
    const route = await dispatcher.get(`/api/board/route?journey=${id}&unit=${answer!.unit}`);
    expect(route).toMatchObject({ status: 200, body: { seconds: expect.any(Number), source: 'estimate' } });
    const [post] = (await board()).posts;
    expect((await dispatcher.post('/api/board/moves', { unit: answer!.unit, post: post!.code })).status).toBe(200);
    expect((await board()).units.find(({ unit }) => unit === answer!.unit)!.post).toBe(post!.code);
    expect(await dispatcher.post('/api/board/moves', { unit: 'x', post: 'y' })).toMatchObject({ status: 400, body: { errors: [{ field: 'unit' }, { field: 'post' }] } });
  });
});

describe('on the worst day the board sends by itself', () => {
  it('until a dispatcher switches back: everybody it can serve is served, worst first, and says why', async () => {
    const units = await leaveFree(3);
    const lesser = [await call(), await call(), await call()];
    expect((await dispatcher.post('/api/board/mode', { mode: 'automatic', reason: 'twelve times the calls' })).status).toBe(200);
    await eventually(async () => ((await board()).calls.filter(({ unit }) => unit !== undefined).length === 3 ? true : undefined));

    const worse = await call(arrest);
    await eventually(async () => (await rowOf(worse.id)).unit);

    const view = await eventually(async () => {
      const seen = await board();
      return seen.done.some(({ journey }) => journey === worse.id) ? seen : undefined;
    });
    expect(units).toContain(view.calls.find(({ journey }) => journey === worse.id)!.unit);
    const done = view.done.find(({ journey }) => journey === worse.id)!;
    expect(done).toMatchObject({ takenFrom: expect.any(String), reasons: expect.arrayContaining([expect.objectContaining({ code: 'takenFromLesser' })]) });
    expect(view.mode).toMatchObject({ mode: 'automatic', reason: 'twelve times the calls' });
    expect(lesser.map(({ id }) => id)).toContain(done.takenFrom);
    expect(await rows(`select facts from audit where what = 'switchDispatchMode' order by id desc limit 1`)).toMatchObject([{ facts: { mode: 'automatic' } }]);

    await dispatcher.post('/api/board/mode', { mode: 'recommended', reason: 'calm again' });
    const calm = await board();
    expect(calm.mode.mode).toBe('recommended');
    expect(calm.done.map(({ journey }) => journey)).toContain(worse.id);
    await rows('update unit_state set mission = null, journey = null where unit = $1', [units[0]]);
    const after = await call(arrest);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await rowOf(after.id)).unit).toBeUndefined();
  });
});
