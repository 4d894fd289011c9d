import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, intake, OTHER_TOWN, startCity, TOWN, type RunningCity } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity({ city: 'zhengzhou' });
}, 60_000);
afterAll(() => city.stop());

const chestPain = intake({ need: 'emergency', findings: ['chestPain'], ageYears: 41, patientKind: 'greenCode' });
const lower = { acuity: 'III', reason: 'reproduced by pressing on the rib' };

describe('lowering an acuity over HTTP', () => {
  it('given a family doctor of the town, then the level is lower, and the name and the reason stand in what happened', async () => {
    const { id } = await ask(city, chestPain);
    const doctor = await city.as(`familyDoctor@town:${TOWN}`);
    expect((await doctor.get(`/api/journeys/${id}`)).body.journey.actions).toContainEqual({ type: 'downTriage', acuity: 'III', reason: '' });
    const answer = await doctor.post(`/api/journeys/${id}/down-triage`, lower);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.journey).toMatchObject({ acuity: 'III', priority: 'urgent' });
    const { timeline } = (await doctor.get(`/api/journeys/${id}`)).body;
    const [happened] = timeline.filter(({ type }: { type: string }) => type === 'AcuityLowered');
    expect(happened.facts).toMatchObject({ from: 'II', acuity: 'III', reason: lower.reason, clinician: expect.stringMatching(/\S/), contact: 'spoken' });
  });

  it('given a unit was on its way, then the person hears that their way has changed, what comes next and until when', async () => {
    const { id } = await ask(city, chestPain);
    await (await city.as('dispatcher@city')).post(`/api/journeys/${id}/send-unit`);
    await (await city.as(`familyDoctor@town:${TOWN}`)).post(`/api/journeys/${id}/down-triage`, lower);
    const { rows } = await city.database.pool.query(`select facts from outbox where journey = $1 and code = 'acuityLowered'`, [id]);
    expect(rows).toEqual([{ facts: expect.objectContaining({ journey: id, step: expect.any(String), owner: expect.any(String), until: expect.any(Number) }) }]);
  });

  it('given it is said again afterwards, then it is as urgent as before', async () => {
    const { id, resident } = await ask(city, chestPain);
    await (await city.as(`familyDoctor@town:${TOWN}`)).post(`/api/journeys/${id}/down-triage`, lower);
    const worse = await resident.post(`/api/journeys/${id}/report-worse`, { findings: ['chestPain'] });
    expect(worse.body.journey).toMatchObject({ acuity: 'II', pathway: 'emergency' });
  });

  it.each([
    ['hotline@city', 403], ['dispatcher@city', 403], [`committee@town:${TOWN}`, 403], [`familyDoctor@town:${OTHER_TOWN}`, 404],
  ])('given %s, then %i and nothing has changed', async (post, status) => {
    const { id, resident } = await ask(city, chestPain);
    expect((await (await city.as(post)).post(`/api/journeys/${id}/down-triage`, lower)).status).toBe(status);
    expect((await resident.get('/api/my')).body.journey.acuity).toBe('II');
  });

  it('given no reason, or a level that is not lower or no level, then which of them is named', async () => {
    const { id } = await ask(city, chestPain);
    const doctor = await city.as(`familyDoctor@town:${TOWN}`);
    const code = async (body: object): Promise<unknown> => {
      const answer = await doctor.post(`/api/journeys/${id}/down-triage`, body);
      return [answer.status, answer.body.code];
    };
    expect(await code({ ...lower, reason: '  ' })).toEqual([409, 'reasonMissing']);
    expect(await code({ ...lower, acuity: 'II' })).toEqual([409, 'notLower']);
    expect((await code({ ...lower, acuity: 'I' }) as unknown[])[0]).toBe(400);
  });
});

describe('the interview over HTTP', () => {
  const next = async (body: object): Promise<any> => (await city.visitor().post('/api/interview', body)).body;
  it('given answers, then the next questions, the level so far and what is not known', async () => {
    const first = await next({ need: 'emergency', ageMonths: 480 });
    expect(first.questions[0]).toMatchObject({ code: 'unresponsive', zh: expect.any(String), en: expect.any(String) });
    const later = await next({ need: 'onlineConsultation', ageMonths: 480, answers: { unresponsive: 'no', notBreathing: 'no', anyBleeding: 'yes' } });
    expect(later).toMatchObject({ acuity: 'II', acuityCertain: false, notKnown: ['majorBleeding', 'vomitingBlood', 'moderateBleeding'] });
    expect(await next({ need: 'onlineConsultation', answers: { unresponsive: 'yes' } })).toMatchObject({ acuity: 'I', acuityCertain: true, questions: [] });
  });
  it('given an answer that is none, then the field is named', async () => {
    const answer = await city.visitor().post('/api/interview', { need: 'fever', answers: { fever: 'maybe' } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('answers.fever');
  });
});
