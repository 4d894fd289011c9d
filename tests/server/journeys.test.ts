import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPass } from '../../src/passes/index.ts';
import { ask, confirmClosings, playToTheEnd, startCity, type RunningCity } from '../running-city.ts';

const HOUR_MS = 3_600_000;
let city: RunningCity;
let at: number;
/** A town of a district under the announcement. */
const TOWN = '410102001';

beforeAll(async () => {
  city = await startCity({ city: 'zhengzhou' });
  at = (await city.visitor().get('/api/city')).body.at;
}, 60_000);
afterAll(() => city.stop());

const person = { name: 'Resident 0001', phone: '13700005678' };
const base = { person, town: TOWN, address: 'Building 3, room 201' };

describe('from a request to home and closed, by interface alone', () => {
  it('acute chest pain in a high-risk area, no test: unit, buffer zone, admitted, home', async () => {
    const { id, resident, journey } = await ask(city, { ...base, ageYears: 61, need: 'emergency', findings: ['chestPain'], patientKind: 'highRiskArea', test: 'none' });
    expect(journey).toMatchObject({ pathway: 'emergency', transport: 'ambulance', entry: { testRequired: false, via: 'bufferZone' }, step: { kind: 'sendUnit' } });

    const closed = await playToTheEnd(city, id, resident, async ({ step, institution, arrival }) => {
      if (step?.kind !== 'treat' || arrival?.admittedAt !== undefined) return;
      const ward = await city.as(`ward@institution:${institution!.code}`);
      const admitted = await ward.post(`/api/journeys/${id}/admit`, { expectedDischargeAt: at + 72 * HOUR_MS });
      expect(admitted.body.journey.arrival.admittedAt).toBeTypeOf('number');
    });

    expect(closed.closed!.outcome).toBe('home');
    expect(closed.line).toMatch(/via buffer zone admitted .* ~ home .* ~ closed$/);
    expect(closed.custody.map(({ holder }) => holder.split(':')[0])).toEqual(['home', 'unit', 'institution', 'car', 'home']);
    expect(closed.mission!.times).toHaveProperty('handedOver');
  }, 60_000);

  it('a child of 2 with fever: special car in a closed loop, a fever clinic that takes children, no test asked, home', async () => {
    const { id, resident, journey } = await ask(city, { ...base, ageYears: 2, need: 'fever', findings: ['fever'], groups: ['child'], patientKind: 'greenCode' });
    expect(journey).toMatchObject({ pathway: 'visit', transport: 'specialCar', closedLoop: true, entry: { testRequired: false } });

    const closed = await playToTheEnd(city, id, resident);

    expect(closed.closed!.outcome).toBe('home');
    expect(closed.custody.map(({ holder }) => holder.split(':')[0])).toEqual(['home', 'car', 'institution', 'car', 'home']);
  }, 60_000);

  it('dialysis, own unit closed for disinfection: a seat elsewhere before the safe gap ends, pass both ways, car both ways', async () => {
    const { institutions } = (await city.visitor().get('/api/city')).body as { institutions: { code: string; services: string[]; district: string }[] };
    const [own, standIn] = institutions.filter(({ services }) => services.includes('haemodialysis'));
    const ward = await city.as(`ward@institution:${own!.code}`);
    const lastSessionAt = at - 40 * HOUR_MS;
    const closure = await ward.post(`/api/institutions/${own!.code}/services/haemodialysis/status`, {
      state: 'closed', reason: 'disinfection', until: at + 24 * HOUR_MS, standIn: standIn!.code,
    });
    expect(closure.status, JSON.stringify(closure.body)).toBe(200);
    await confirmClosings(city.url);

    const { id, resident } = await ask(city, { ...base, ageYears: 58, need: 'haemodialysis', patientKind: 'greenCode', ownInstitution: own!.code, lastSessionAt });
    const closed = await playToTheEnd(city, id, resident, async ({ step, pass }) => {
      if (step?.kind !== 'assignCar') return;
      const shown = (await resident.get(`/api/journeys/${id}/pass`)).body;
      expect(shown).toMatchObject({ code: pass!.code, revoked: false });
      expect(shown.qrSvg).toContain('<svg');
      const checkpoint = await city.as('checkpoint@checkpoint:410102');
      expect((await checkpoint.post('/api/passes/check', { jws: shown.jws })).body.answer).toBe('valid');
      const [head, , signature] = shown.jws.split('.');
      expect((await checkpoint.post('/api/passes/check', { jws: `${head}.AAAA.${signature}` })).body.answer).toBe('altered');
      // What a checkpoint keeps for when there is no network says the same.
      const trust = (await city.visitor().get('/api/passes/trust')).body;
      const offline = await readPass(shown.jws, { keys: trust.keys, revoked: Buffer.from(trust.revoked, 'base64') }, trust.at);
      expect(offline).toMatchObject({ answer: 'valid', claims: { kind: 'patient', code: shown.code, issuer: 'city' } });
      expect(Object.keys(offline.claims!).sort(), 'no illness, no address').toEqual(['code', 'from', 'issuer', 'kind', 'name', 'to', 'validFrom', 'validTo']);
      expect((await checkpoint.post('/api/passes/check', { code: 'NOSUCH' })).body).toMatchObject({ answer: 'unknown', whomToCall: { number: expect.any(String) } });
    });

    expect(closed.institution!.code).not.toBe(own!.code);
    expect(closed.booking!.slot.startsAt).toBeLessThan(lastSessionAt + 72 * HOUR_MS);
    expect(closed.ruledOut.map(({ option }) => option)).toContain(`institution:${own!.code}`);
    expect(closed.pass!.validTo).toBeGreaterThan(closed.booking!.slot.endsAt);
    expect([closed.out?.car, closed.back?.car]).toEqual([expect.any(String), expect.any(String)]);
    expect(closed.closed!.outcome).toBe('home');
  }, 60_000);

  it('hypertension, 3 days of tablets left: cloud clinic, prescription, dispensed, delivered to the door', async () => {
    const { id, resident, journey } = await ask(city, { ...base, ageYears: 66, need: 'medicineRefill', groups: ['chronic'], medicine: 'amlodipine', medicineDaysLeft: 3 });
    expect(journey).toMatchObject({ pathway: 'remote', transport: 'none' });

    const closed = await playToTheEnd(city, id, resident);

    expect(closed.closed!.outcome).toBe('delivered');
    expect(closed.visit!.prescription!.items).toHaveLength(1);
    expect(closed.visit).toMatchObject({ dispensedAt: expect.any(Number), deliveredAt: expect.any(Number) });
  }, 60_000);
});

describe('a service that closes', () => {
  it('sends those who were on their way to it back to policy, and no closure is taken without a stand-in', async () => {
    const { journey, resident } = await ask(city, { ...base, ageYears: 30, need: 'fever', findings: ['fever'], patientKind: 'greenCode' });
    const first = journey.institution!.code;
    const { institutions } = (await city.visitor().get('/api/city')).body as { institutions: { code: string; services: string[] }[] };
    const other = institutions.find(({ code, services }) => code !== first && services.includes('feverClinic'))!;
    const ward = await city.as(`ward@institution:${first}`);
    const address = `/api/institutions/${first}/services/feverClinic/status`;

    const alone = await ward.post(address, { state: 'closed', until: at + 10 * HOUR_MS });
    expect([alone.status, alone.body.code]).toEqual([409, 'closureWithoutStandIn']);

    const closure = await ward.post(address, { state: 'closed', until: at + 10 * HOUR_MS, standIn: other.code, reason: 'staffQuarantined' });
    expect(closure.status).toBe(200);
    expect(closure.body.askedAgain).toBeGreaterThan(0);
    await expect.poll(async () => (await resident.get('/api/my')).body.journey.institution?.code, { timeout: 10_000 }).not.toBe(first);
  }, 60_000);
});
