import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adopt, ANNOUNCED } from '../changed-policy.ts';
import { confirmClosings, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const HOUSE = 'ZZ-H-001';
const HOUR_MS = 3_600_000;

let city: RunningCity;
let ward: Visitor;
beforeAll(async () => {
  city = await startCity();
  ward = await city.as(`ward@institution:${HOUSE}`);
}, 60_000);
afterAll(() => city.stop());

/** The announcement with one sentence about institutions. */
const demanding = (says: string): string => ANNOUNCED.replace("version: '1'", "version: '7'").replace('\nnotEncoded:', `
demands:
  - id: ZZ-4-institutions
    clause: '4: "municipal public hospitals … receive medical treatment normally"'
    text: { zh: 医院正常接诊，关停须从短。, en: Hospitals receive as usual and close for as short as can be. }
    says: ${says}

notEncoded:`);

const shut = async (hours: number): Promise<any> => {
  const { body: { at } } = await city.visitor().get('/health');
  return ward.post(`/api/institutions/${HOUSE}/services/radiotherapy/status`, { state: 'closed', until: at + hours * HOUR_MS, reason: 'disinfection', standIn: 'ZZ-H-002' });
};
const ask = async (): Promise<any> => (await ward.post('/api/consults', { specialty: 'cardiology', urgency: 'immediate', question: 'Broad complexes, what next?' })).body;

describe('an announcement demands something of institutions', () => {
  it('given none, then two days are the longest closure and ten minutes the answer of an expert; given one, then its figures are, from the moment it is adopted', async () => {
    const long = await shut(60);
    expect([long.status, long.body.code]).toEqual([409, 'closureTooLong']);
    const before = await ask();
    expect(before.consult.answerBy - before.consult.askedAt).toBe(10 * 60_000);

    await adopt(city, demanding('{ longestClosure: 3 d, secondPerson: [radiotherapy], answer: { immediate: 4 min } }'));

    expect((await shut(80)).body).toMatchObject({ code: 'closureTooLong' });
    const asked = await shut(60);
    expect([asked.status, asked.body.waits]).toEqual([200, true]);
    expect(await confirmClosings(city.url)).toBeUndefined();
    const after = await ask();
    expect(after.consult.answerBy - after.consult.askedAt).toBe(4 * 60_000);
    // What was promised to the one who asked before stays promised.
    expect((await ward.get('/api/consults')).body.consults.find(({ id }: { id: string }) => id === before.consult.id).answerBy).toBe(before.consult.answerBy);
  }, 120_000);
});
