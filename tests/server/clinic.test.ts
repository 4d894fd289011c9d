import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, intake, startCity, TOWN, type RunningCity } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity({ city: 'zhengzhou' });
}, 60_000);
afterAll(() => city.stop());

const refill = (given: object = {}) => intake({ town: TOWN, need: 'medicineRefill', groups: ['chronic'], ageYears: 66, patientKind: 'greenCode', medicine: 'amlodipine 5 mg', medicineDaysLeft: 3, ...given });

describe('the desks of the cloud clinic', () => {
  it('given somebody asks for their tablets, then they are in the queue of the institution that answers for them, and of no other', async () => {
    const { journey } = await ask(city, refill());
    const doctor = await city.as(`cloudDoctor@institution:${journey.institution!.code}`);
    const { status, body } = await doctor.get('/api/cloud/queue');
    expect(status).toBe(200);
    expect(body.waiting).toEqual([expect.objectContaining({ journey: journey.id, service: 'refill', acuity: 'IV', medicineDaysLeft: 3, late: false, unanswered: false })]);
    expect(body.services.map(({ service }: { service: string }) => service)).toEqual(['general', 'chronic', 'refill', 'children']);
    const elsewhere = await city.as('cloudDoctor@institution:ZZ-H-001');
    if (journey.institution!.code !== 'ZZ-H-001') expect((await elsewhere.get('/api/cloud/queue')).body.waiting).toEqual([]);
    expect((await city.visitor().get('/api/cloud/queue')).status).toBe(401);
  }, 60_000);

  it('given a doctor types a name in either language, then the medicine is found with what may not be done', async () => {
    const doctor = await city.as('cloudDoctor@institution:ZZ-H-001');
    const find = async (q: string) => (await doctor.get(`/api/formulary?q=${encodeURIComponent(q)}`)).body.medicines;
    expect(await find('胰岛素')).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'insulin-glargine', coldChain: true, neverRunOut: 'insulin', daysMax: 84 })]));
    expect((await find('morph'))[0]).toMatchObject({ code: 'morphine', notOnline: { rule: 'CL-controlled' }, daysMax: 0 });
    expect((await find('amoxicillin'))[0]).toMatchObject({ daysMax: 28 });
  });

  it('given nobody is at the pharmacy, then its desk is there all the same', async () => {
    const pharmacist = await city.as('pharmacist@institution:ZZ-H-001');
    expect((await pharmacist.get('/api/pharmacy')).body).toMatchObject({ toCheck: [], queried: [], toDispense: [], toHandOver: [], onTheWay: [] });
    expect((await city.visitor().get('/api/cloud/promise?service=refill')).body).toMatchObject({ service: 'refill', answerMinutes: 12, promisedAt: expect.any(Number) });
  });
});
