import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Kysely, PostgresDialect } from 'kysely';
import { listVisitsOfBefore } from '../../src/server/migrations/054-clinic.ts';
import type { JourneyView } from '../../src/journey/index.ts';
import { hashToken } from '../../src/server/sign-in/proofs.ts';
import { ask, eventually, intake, newKey, startCity, submit, TOWN, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity({ city: 'zhengzhou' });
}, 60_000);
afterAll(() => city.stop());

let people = 0;
const person = (): object => ({ name: `Resident ${String(people++).padStart(4, '0')}`, phone: '13700005678' });
const refill = (given: object = {}) => intake({ person: person(), town: TOWN, need: 'medicineRefill', groups: ['chronic'], ageYears: 66, patientKind: 'greenCode', medicine: 'amlodipine 5 mg', medicineDaysLeft: 3, ...given });
const tablets = { medicine: 'amlodipine 5 mg', dose: 'one in the morning', days: 28, controlled: 'no' };
const insulin = { medicine: '甘精胰岛素', dose: '10 IU at night', days: 28, quantity: 2, controlled: 'no' };

interface Scene { readonly id: string; readonly resident: Visitor; readonly doctor: Visitor; readonly pharmacist: Visitor; readonly committee: Visitor; readonly journey: JourneyView }
async function scene(given: object = {}): Promise<Scene> {
  const { id, resident, journey } = await ask(city, refill(given));
  const at = `institution:${journey.institution!.code}`;
  return { id, resident, journey, doctor: await city.as(`cloudDoctor@${at}`), pharmacist: await city.as(`pharmacist@${at}`), committee: await city.as(`committee@town:${TOWN}`) };
}
const give = (by: Visitor, id: string, command: string, body: object = {}): Promise<Answer> => by.post(`/api/journeys/${id}/${command}`, body);
async function done(by: Visitor, id: string, command: string, body: object = {}): Promise<JourneyView> {
  const { status, body: answer } = await give(by, id, command, body);
  if (status !== 200) throw new Error(`${command}: ${JSON.stringify(answer)}`);
  return answer.journey;
}
const codes = ({ body }: Answer): string[] => [body.code, ...(body.errors ?? []).map(({ code, field }: { code: string; field: string }) => `${code} ${field}`)];
const rows = async (text: string): Promise<Record<string, unknown>[]> => (await city.database.pool.query(text)).rows;

describe('the desks of the cloud clinic', () => {
  it('given somebody asks for their tablets, then they are in the queue of the institution that answers for them, with a promised time, and of no other', async () => {
    const { id, doctor, journey } = await scene();
    const { body } = await doctor.get('/api/cloud/queue');
    const mine = body.waiting.find((visit: { journey: string }) => visit.journey === id);
    expect(mine).toMatchObject({ service: 'refill', acuity: 'IV', medicineDaysLeft: 3, late: false, unanswered: false, promisedAt: expect.any(Number) });
    expect(body.services.map(({ service }: { service: string }) => service)).toEqual(['general', 'chronic', 'refill', 'children']);
    const elsewhere = journey.institution!.code === 'ZZ-H-001' ? 'ZZ-H-002' : 'ZZ-H-001';
    expect((await (await city.as(`cloudDoctor@institution:${elsewhere}`)).get('/api/cloud/queue')).body.waiting.map((visit: { journey: string }) => visit.journey)).not.toContain(id);
    expect((await city.visitor().get('/api/cloud/queue')).status).toBe(401);
    expect((await city.visitor().get('/api/cloud/promise?service=refill')).body).toMatchObject({ service: 'refill', promisedAt: expect.any(Number), measuredAt: expect.any(Number) });
  }, 60_000);

  it('given a doctor types a name in either language, then the medicine is found with what may not be done', async () => {
    const doctor = await city.as('cloudDoctor@institution:ZZ-H-001');
    const find = async (q: string) => (await doctor.get(`/api/formulary?q=${encodeURIComponent(q)}`)).body.medicines;
    expect(await find('胰岛素')).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'insulin-glargine', coldChain: true, neverRunOut: 'insulin', daysMax: 84 })]));
    expect((await find('morph'))[0]).toMatchObject({ code: 'morphine', notOnline: { rule: 'CL-controlled' }, daysMax: 0 });
    expect((await find('amoxicillin'))[0]).toMatchObject({ daysMax: 28 });
  });
});

describe('from the doctor to the door', () => {
  it('given insulin, when the pharmacist asks and the doctor answers, then it is checked, dispensed, carried cold with a pass and delivered; and its days are counted', async () => {
    const { id, resident, doctor, pharmacist, committee } = await scene({ medicine: 'insulin glargine', medicineDaysLeft: 2 });
    await done(doctor, id, 'take-visit');
    await done(doctor, id, 'answer-visit', { advice: 'As before.', items: [insulin], allergies: [] });
    const row = (await pharmacist.get('/api/pharmacy')).body.toCheck.find((each: { journey: string }) => each.journey === id);
    expect(row.prescription).toMatchObject({ coldChain: true, warnings: [{ id: 'coldChain:insulin-glargine' }], notChecked: [] });
    expect(codes(await give(pharmacist, id, 'check-prescription', { accepted: [] }))).toEqual(['warningNotAccepted', 'warningNotAccepted accepted']);

    const asked = await done(pharmacist, id, 'query-prescription', { item: 0, question: 'Two pens for four weeks?' });
    expect(asked.step).toMatchObject({ kind: 'consult', owner: { role: 'cloudDoctor' }, dueAt: expect.any(Number) });
    expect((await doctor.get('/api/cloud/queue')).body.queried).toEqual([expect.objectContaining({ journey: id, query: expect.objectContaining({ question: 'Two pens for four weeks?', medicine: '甘精胰岛素' }) })]);
    const amended = await done(doctor, id, 'amend-prescription', { reason: 'one is enough', items: [{ ...insulin, quantity: 1 }] });
    expect(amended.step).toMatchObject({ kind: 'dispense', owner: { role: 'pharmacist' } });

    await done(pharmacist, id, 'check-prescription', { accepted: ['coldChain:insulin-glargine'] });
    await done(pharmacist, id, 'dispense');
    expect(codes(await give(pharmacist, id, 'hand-to-courier', { courier: 'Volunteer 7' }))).toContain('coolBoxMissing coolBox');
    const out = await done(pharmacist, id, 'hand-to-courier', { courier: 'Volunteer 7', phone: '13700000007', coolBox: true });
    const { pass } = out.visit!.handedOver!;
    const checkpoint = await city.as('checkpoint@checkpoint:410102');
    expect((await checkpoint.post('/api/passes/check', { code: pass!.code })).body).toMatchObject({ answer: 'valid' });

    const warm = await done(committee, id, 'deliver', { to: 'her, at the door', coldKept: false });
    expect(warm).toMatchObject({ step: { kind: 'dispense', owner: { role: 'pharmacist' } }, visit: { spoiled: 1 } });
    expect(warm.visit!.deliveredAt).toBeUndefined();
    expect(await rows(`select * from dispensed_medicine where journey = '${id}'`)).toEqual([]);
    expect((await checkpoint.post('/api/passes/check', { code: pass!.code })).body).toMatchObject({ answer: 'withdrawn' });

    await done(pharmacist, id, 'dispense');
    await done(pharmacist, id, 'hand-to-courier', { courier: 'Volunteer 8', coolBox: true });
    await done(committee, id, 'deliver', { to: 'her, at the door', coldKept: true });
    expect(await rows(`select medicine, days, quantity from dispensed_medicine where journey = '${id}'`)).toEqual([{ medicine: '甘精胰岛素', days: 28, quantity: 1 }]);
    expect((await resident.get('/api/my')).body.journey.visit).toMatchObject({ deliveredTo: 'her, at the door', handedOver: { courier: 'Volunteer 8' } });
  }, 60_000);

  it('given the same person is given warfarin in one journey, when the next prescribes ibuprofen, then the pharmacist is warned of both', async () => {
    const who = { name: 'Resident of two', phone: '13700005678' };
    const first = await scene({ person: who, medicine: 'warfarin' });
    await done(first.doctor, first.id, 'take-visit');
    await done(first.doctor, first.id, 'answer-visit', { advice: 'go on', items: [{ ...tablets, medicine: '华法林' }] });
    await done(first.pharmacist, first.id, 'check-prescription');
    await done(first.pharmacist, first.id, 'dispense');
    const second = await scene({ person: { name: '  RESIDENT of two', phone: '137 0000 5678' } });
    await done(second.doctor, second.id, 'take-visit');
    const preview = await second.doctor.post('/api/cloud/preview', { journey: second.id, items: [{ ...tablets, medicine: 'ibuprofen' }, { ...tablets, medicine: '吗啡' }] });
    expect(preview.body).toMatchObject({ broken: [{ rule: 'CL-controlled', field: 'items.1.controlled' }], warnings: [{ id: 'interaction:warfarin-nsaid' }] });
    const { visit } = await done(second.doctor, second.id, 'answer-visit', { advice: 'for the knee', items: [{ ...tablets, medicine: 'ibuprofen', days: 5 }] });
    expect(visit!.prescription!.warnings!.map(({ id }) => id)).toEqual(['interaction:warfarin-nsaid']);
    const row = (await second.pharmacist.get('/api/pharmacy')).body.toCheck.find((each: { journey: string }) => each.journey === second.id);
    expect(row.taking).toEqual([expect.objectContaining({ code: 'warfarin', daysLeft: 27, neverRunOut: 'anticoagulant' })]);
  }, 60_000);

  it('given a prescription over its limits, then everything wrong is said at once and nothing of it is prescribed', async () => {
    const { id, doctor } = await scene({ ageYears: 4, groups: ['child', 'chronic'] });
    await done(doctor, id, 'take-visit');
    const refused = await give(doctor, id, 'answer-visit', { advice: '', items: [{ ...tablets, days: 100 }, { ...tablets, medicine: 'clonazepam 2 mg' }] });
    expect(refused.status).toBe(409);
    expect(codes(refused).slice(1)).toEqual([
      'adviceMissing advice', 'guardianMissing guardian', 'controlledNeverOnline items.1.controlled', 'daysOverLimit items.0.days', 'longNotAssessed long.assessment', 'longNotAgreed long.agreed',
    ]);
    expect(refused.body.errors[2].detail).toContain('CL-controlled');
    expect((await give(doctor, id, 'answer-visit', { advice: 'x', items: [{ ...tablets, days: 0 }, { ...tablets, days: 'many' }] })).status).toBe(400);
    expect((await doctor.get(`/api/journeys/${id}`)).body.journey.visit.prescription).toBeUndefined();
  }, 60_000);

  it('given a controlled medicine is asked for, then the doctor sends them to a window in one tap, and what was said goes along', async () => {
    const { id, doctor, resident } = await scene({ medicine: 'clonazepam 2 mg', medicineDaysLeft: 2 });
    await done(resident, id, 'send-message', { text: '药还有两天' });
    const taken = await done(doctor, id, 'take-visit');
    const [first] = taken.actions;
    expect(first).toMatchObject({ type: 'sendOn', need: 'specialist' });
    const { type: _type, ...body } = first as unknown as Record<string, unknown>;
    expect(await done(doctor, id, 'send-on', body)).toMatchObject({ pathway: 'visit', visit: { messages: [{ text: '药还有两天' }] } });
  }, 60_000);
});

describe('what is said in the page', () => {
  it('given the doctor has answered and the medicine is on its way, when it gets worse, then somebody owes them a call within ten minutes, once, and no figure counts it as a call that rang', async () => {
    const { id, resident, doctor } = await scene();
    await done(doctor, id, 'take-visit');
    await done(doctor, id, 'answer-visit', { advice: 'go on', followUpOf: 'as for years', allergies: [], items: [tablets] });
    const hotline = await city.as('hotline@city');
    const before = (await hotline.get('/api/calls/figures')).body.all.rang;
    await done(resident, id, 'send-message', { text: '谢谢医生' });
    const owed = async (): Promise<any[]> => (await hotline.get('/api/calls')).body.calls.filter(({ journey }: { journey?: string }) => journey === id);
    expect(await owed()).toEqual([]);
    for (const text of ['更难受了', '还是越来越严重']) await done(resident, id, 'send-message', { text });
    const [call, ...more] = await owed();
    expect(more).toEqual([]);
    expect(call).toMatchObject({ state: 'callBackOwed', because: 'worse', phone: '13700005678', owner: { role: 'hotline', scope: 'city' }, callBackDueAt: call.ringingAt + 600_000 });
    expect((await hotline.get('/api/calls/figures')).body.all.rang).toBe(before);
    expect((await hotline.post(`/api/calls/${call.id}/call-back`, { reached: true })).status).toBe(200);
    expect((await owed()).map(({ state }) => state)).toEqual(['ended']);
  }, 60_000);

  it('given words that deny, then nothing changes; given words that tell of a turn for the worse, then the acuity rises at once and the desk of the doctor is told', async () => {
    const { id, resident, doctor, committee, journey } = await scene();
    await done(doctor, id, 'take-visit');
    await done(doctor, id, 'send-message', { text: '有胸痛吗？' });
    expect((await done(resident, id, 'send-message', { text: '没有胸痛' })).acuity).toBe('IV');
    const worse = await done(resident, id, 'send-message', { text: '刚才开始胸痛，出冷汗' });
    expect(worse).toMatchObject({ acuity: 'II', pathway: 'emergency', visit: { messages: [{ from: 'doctor' }, { from: 'person' }, { heard: ['chestPain'] }] } });
    expect(await rows(`select audience from outbox where journey = '${id}' and code = 'visitWorse'`)).toEqual([{ audience: `institution:${journey.institution!.code}` }]);
    // Who brings and who releases needs no word of what was said to a doctor.
    expect((await committee.get(`/api/journeys/${id}`)).body.journey.visit.messages).toBeUndefined();
    expect(JSON.stringify((await committee.get(`/api/journeys/${id}`)).body)).not.toContain('冷汗');
  }, 60_000);

  it('given a message sent twice with one key, then it stands there once; given it is too long or empty, then it is refused', async () => {
    const { id, resident } = await scene();
    const key = newKey();
    for (let time = 0; time < 2; time++) await resident.post(`/api/journeys/${id}/send-message`, { text: '您好' }, key);
    const { journey } = (await resident.get('/api/my')).body;
    expect(journey.visit.messages).toHaveLength(1);
    expect(codes(await give(resident, id, 'send-message', { text: '长'.repeat(1_001) }))).toContain('messageTooLong text');
    expect(codes(await give(resident, id, 'send-message', { text: '  ' }))).toContain('messageMissing text');
    expect(codes(await give(resident, id, 'offer-call', { kind: 'video', url: 'https://meet.example.org/a' }))).toContain('notAllowed');
  }, 60_000);
});

describe('doctors who press at once', () => {
  it('given sixty wait and two hundred press, then each visit has one doctor, the most urgent first, and nobody is lost', async () => {
    const asked = await Promise.all(Array.from({ length: 60 }, (_, index) => submit(city, refill({ town: '410103001', ...(index % 10 === 0 && { findings: ['vitalMedicineOut'] }) }))));
    const code = asked[0]!.institution!.code;
    const here = asked.filter(({ pathway, institution }) => pathway === 'remote' && institution!.code === code).map(({ id }) => id);
    const doctor = await city.as(`cloudDoctor@institution:${code}`);
    await city.database.pool.query(`update clinic_visit set state = 'over' where institution = '${code}' and not (journey = any($1))`, [here]);
    // One post in a demo is one doctor: the limit of visits a doctor holds is what the next test is about.
    const doctors = await Promise.all(Array.from({ length: 200 }, (_, index) => signedInAs(`${code}-D${index}`, code)));
    const answers = await Promise.all(doctors.map((each) => each.post('/api/cloud/next')));
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body)).toEqual([]);
    const got = answers.flatMap(({ body }) => (body.journey ? [body.journey.id as string] : []));
    expect(new Set(got).size).toBe(got.length);
    expect([...got].sort()).toEqual([...here].sort());
    expect(await rows(`select id from journey where id = any('{${here.join()}}') and story #>> '{visit,doctor}' is null`)).toEqual([]);
    expect((await doctor.get('/api/cloud/queue')).body.waiting).toEqual([]);
  }, 90_000);

  it('given a doctor holds as many as one can look after, then the next goes to another; given a visit is left alone, then it waits again with its deadline', async () => {
    const visits = await Promise.all(Array.from({ length: 6 }, () => submit(city, refill({ town: '410104001' }))));
    // Asked last, and out of what must never run out.
    const urgent = await submit(city, refill({ town: '410104001', findings: ['vitalMedicineOut'] }));
    const code = visits[0]!.institution!.code;
    const doctor = await city.as(`cloudDoctor@institution:${code}`);
    const answers: Answer[] = [];
    for (let press = 0; press < 7; press++) answers.push(await doctor.post('/api/cloud/next'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 409]);
    expect(answers.at(-1)!.body.code).toBe('tooManyVisits');
    expect(answers[0]!.body.journey).toMatchObject({ id: urgent.id, acuity: 'III' });
    const { id, step } = answers[0]!.body.journey as JourneyView;
    // The doctor's last sign of life was an hour ago.
    await city.database.pool.query(`update journey set story = jsonb_set(story, '{visit,actedAt}', to_jsonb((story #>> '{visit,actedAt}')::bigint - 3600000)) where id = $1`, [id]);
    await city.database.pool.query(`update clinic_visit set returns_at = returns_at - 3600000 where journey = $1`, [id]);
    const back = await eventually(async () => (await doctor.get('/api/cloud/queue')).body.waiting.find((visit: { journey: string }) => visit.journey === id), 20);
    expect(back).toMatchObject({ state: 'waiting', dueAt: step!.dueAt });
  }, 90_000);
});

describe('a new version', () => {
  it('given visits from before there were rows for them, then each lies on the desk it belongs to', async () => {
    const waiting = await submit(city, refill({ town: '410105001' }));
    const doctor = await city.as(`cloudDoctor@institution:${waiting.institution!.code}`);
    const [taken, answered] = [await submit(city, refill({ town: '410105001' })), await submit(city, refill({ town: '410105001' }))];
    for (const { id } of [taken, answered]) await done(doctor, id, 'take-visit');
    await done(doctor, answered.id, 'answer-visit', { advice: 'go on', items: [tablets] });
    const ids = [waiting, taken, answered].map(({ id }) => id);
    await city.database.pool.query('delete from clinic_visit where journey = any($1)', [ids]);
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
    await listVisitsOfBefore(db);
    const stored = await rows(`select journey, state from clinic_visit where journey = any('{${ids.join()}}')`);
    expect(new Map(stored.map(({ journey, state }) => [journey, state]))).toEqual(new Map([[waiting.id, 'waiting'], [taken.id, 'taken'], [answered.id, 'toCheck']]));
  }, 60_000);
});

/** A doctor of their own: the demo knows one for each post. */
async function signedInAs(id: string, institution: string): Promise<Visitor> {
  const visitor = await city.as(`cloudDoctor@institution:${institution}`);
  await city.database.pool.query('update session set actor_id = $1 where token_hash = $2', [id, hashToken(visitor.cookie.split('=')[1]!)]);
  return visitor;
}
