import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adopt, ANNOUNCED, everybodyAsked } from '../changed-policy.ts';
import { ask, intake, playToTheEnd, startCity, TOWN, type RunningCity } from '../running-city.ts';

/** Zhengzhou's announcement, with Shanghai's sentence: 120 where the committee has no car. */
const OR_120 = ANNOUNCED.replace("version: '1'", "version: '9'").replace('measures:\n', `measures:
  - id: ZZ-or-120
    clause: '7: added, 120 where there is no car'
    text: { zh: 居委会派不出专车时，由120接送。, en: 'If the committee has no car to send, 120 takes you.' }
    rooms: [dispatch]
    when: { acuity: [others], need: [fever] }
    then: { otherwise: { specialCar: ambulance } }
`);

let city: RunningCity;
beforeAll(async () => {
  city = await startCity({ city: 'zhengzhou' });
  await adopt(city, OR_120);
  await everybodyAsked(city);
}, 240_000);
afterAll(() => city.stop());

const withFever = intake({ need: 'fever', findings: ['fever'], ageYears: 30, patientKind: 'greenCode' });

/** The notices of a journey by code, with the facts their sentence asks for in both languages. */
async function noticed(journey: string, code: string): Promise<readonly { audience: string; facts: Record<string, unknown> }[]> {
  const { rows } = await city.database.pool.query('select audience, facts from outbox where journey = $1 and code = $2', [journey, code]);
  for (const language of ['en', 'zh-CN']) {
    const words = readFileSync(path.resolve(import.meta.dirname, `../../words/${language}/shared.md`), 'utf8');
    const sentence = words.split(`## notice.${code}\n`)[1]?.split('\n')[0] ?? '';
    expect(sentence, language).toMatch(/\S/);
    for (const { facts } of rows) for (const [, name] of sentence.matchAll(/\{(\w+)\}/g)) expect(Object.keys(facts), language).toContain(name);
  }
  return rows;
}

/** Which houses were told that somebody comes, in order. */
async function housesTold(journey: string): Promise<readonly string[]> {
  const { rows } = await city.database.pool.query(`select audience from outbox where journey = $1 and code = 'expected' order by id`, [journey]);
  return rows.map(({ audience }) => audience);
}

describe('a car after all, over HTTP', () => {
  it('given 120 has sent nobody, then the call leaves its board, the committee sends a car, and the person is told both times', async () => {
    const { id, resident } = await ask(city, withFever);
    const [committee, dispatcher] = [await city.as(`committee@town:${TOWN}`), await city.as('dispatcher@city')];
    const waiting = async (): Promise<boolean> =>
      (await dispatcher.get('/api/journeys')).body.journeys.some((journey: { id: string; step?: { kind: string } }) => journey.id === id && journey.step?.kind === 'sendUnit');
    const actions = async (): Promise<string[]> => (await committee.get(`/api/journeys/${id}`)).body.journey.actions.map(({ type }: { type: string }) => type);
    await committee.post(`/api/journeys/${id}/release`);
    expect(await actions()).not.toContain('reportCarFree');

    expect((await committee.post(`/api/journeys/${id}/report-no-car`)).body.journey.step).toMatchObject({ kind: 'sendUnit', owner: { role: 'dispatcher' } });
    expect(await waiting()).toBe(true);
    expect(await actions()).toContain('reportCarFree');
    expect((await dispatcher.post(`/api/journeys/${id}/report-car-free`)).status).toBe(403);

    const { status, body } = await committee.post(`/api/journeys/${id}/report-car-free`);
    expect([status, body.journey?.step]).toEqual([200, expect.objectContaining({ kind: 'assignCar', owner: expect.objectContaining({ role: 'committee' }) })]);
    expect(await waiting()).toBe(false);
    expect(await actions()).not.toContain('reportCarFree');
    for (const code of ['noCarToSend', 'carFound']) {
      expect(await noticed(id, code), code).toMatchObject([{ audience: `journey:${id}`, facts: { step: expect.any(String), owner: expect.any(String), until: expect.any(Number) } }]);
    }
    const again = await committee.post(`/api/journeys/${id}/report-car-free`);
    expect([again.status, again.body.code]).toEqual([409, 'carNotWanted']);
    expect((await playToTheEnd(city, id, resident)).closed).toMatchObject({ outcome: 'home' });
  }, 120_000);
});

describe('a hospital that was told somebody comes', () => {
  it('given they withdraw, then the ward hears that nobody comes, and its list loses them', async () => {
    const { id, resident, journey } = await ask(city, withFever);
    const institution = journey.institution!.code;
    const ward = await city.as(`ward@institution:${institution}`);
    const listed = async (): Promise<boolean> => (await ward.get('/api/journeys')).body.journeys.some((one: { id: string }) => one.id === id);
    expect(await listed()).toBe(true);

    await resident.post(`/api/journeys/${id}/withdraw-request`, { reason: 'the fever has gone' });

    expect(await listed()).toBe(false);
    expect(await noticed(id, 'noLongerExpected')).toEqual([{ audience: `institution:${institution}`, facts: { journey: id, reason: 'withdrawn' } }]);
  }, 60_000);

  it('given its clinic closes and another takes them, then the one hears that nobody comes and the other that they do', async () => {
    const { id, journey } = await ask(city, withFever);
    const first = journey.institution!.code;
    const { at, institutions } = (await city.visitor().get('/api/city')).body as { at: number; institutions: { code: string; services: string[] }[] };
    const standIn = institutions.find(({ code, services }) => code !== first && services.includes('feverClinic'))!.code;
    const ward = await city.as(`ward@institution:${first}`);
    const closure = await ward.post(`/api/institutions/${first}/services/feverClinic/status`, { state: 'closed', until: at + 24 * 3_600_000, standIn, reason: 'disinfection' });
    expect(closure.status, JSON.stringify(closure.body)).toBe(200);

    await expect.poll(async () => (await ward.get('/api/journeys')).body.journeys.some((one: { id: string }) => one.id === id), { timeout: 10_000 }).toBe(false);
    expect(await noticed(id, 'noLongerExpected')).toEqual([{ audience: `institution:${first}`, facts: { journey: id, reason: 'elsewhere' } }]);
    expect((await housesTold(id)).at(-1)).not.toBe(`institution:${first}`);
  }, 60_000);
});
