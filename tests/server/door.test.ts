import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/base/index.ts';
import { escalateOwed } from '../../src/server/journeys/owed.ts';
import { ask, intake, newKey, startCity, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let db: Kysely<any>;
let [ward, gate, board]: Visitor[] = [];
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
  [ward, gate, board] = await Promise.all(['ward@institution:T-H1', 'gate@institution:T-H1', 'dispatcher@city'].map((post) => city.as(post))) as [Visitor, Visitor, Visitor];
}, 60_000);
afterAll(() => city.stop());

/** Three units are all that toytown has. */
const out: (() => Promise<void>)[] = [];
afterEach(async () => { for (const back of out.splice(0)) await back(); });

/** Somebody whom a unit has taken to the door of the central hospital. */
async function brought(name: string): Promise<{ id: string; crew: Visitor; unit: string }> {
  const { id } = await ask(city, intake({ town: '990101001', need: 'emergency', findings: ['chestPain'], person: { name, phone: '13700095678', ageMonths: 700 } }));
  const { body: { journey: { mission: { unit } } } } = await board!.post(`/api/journeys/${id}/send-unit`);
  const crew = await city.as(`crew@unit:${unit}`);
  for (const step of ['aboard', 'atDestination']) expect((await crew.post(`/api/journeys/${id}/report-mission`, { step })).status).toBe(200);
  out.push(async () => { for (const step of ['handedOver', 'inService']) await crew.post(`/api/journeys/${id}/report-mission`, { step }); });
  return { id, crew, unit };
}
const report = { happened: 'chest pain at home', found: 'pale, sweating', measured: 'BP 95/60, SpO2 94 %', done: 'aspirin 300 mg, oxygen' };
const owed = async (id: string): Promise<any> => (await city.database.pool.query(`select owner_role, due_at, told_by, received_by from hand_over where id like $1`, [`${id}/%`])).rows[0];

describe('a hand-over', () => {
  it('given the crew tells and the ward receives, then both have signed, and what was told stands with the patient', async () => {
    const { id, crew } = await brought('Handed Over');
    const told = (await crew.post(`/api/journeys/${id}/hand-over`, { report })).body.journey;
    expect(told.arrival.handOver.report).toEqual(report);
    expect((await crew.post(`/api/journeys/${id}/hand-over`, { report })).body.code).toBe('alreadyHandedOver');
    const { arrival: atGate } = (await gate!.get(`/api/journeys/${id}`)).body.journey;
    expect(atGate.arrivedAt).toBeDefined();
    expect(atGate.handOver, 'a guard reads nothing of an illness').toBeUndefined();
    const received = (await ward!.post(`/api/journeys/${id}/receive-patient`)).body.journey;
    expect(received.arrival).toMatchObject({ receivedByName: expect.any(String), handOver: { report } });
    expect(await owed(id)).toMatchObject({ owner_role: null, told_by: expect.any(String), received_by: expect.any(String) });
  });

  it('given the ward has received them first, then the crew still owes its signature, by a deadline that is told on once', async () => {
    const { id, crew } = await brought('Received First');
    await ward!.post(`/api/journeys/${id}/receive-patient`);
    const before = await owed(id);
    expect(before.owner_role).toBe('crew');
    const late = Number(before.due_at);
    const told = await Promise.all([escalateOwed(db, 'toytown', 'hand_over', late), escalateOwed(db, 'toytown', 'hand_over', late)]);
    expect(told.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect((await crew.post(`/api/journeys/${id}/hand-over`, { report })).status).toBe(200);
    expect((await owed(id)).owner_role).toBe(null);
  });

  it('given a press that lies ahead, a missing word, or another unit, then it is said, and nothing is signed', async () => {
    const { id, crew } = await brought('Careful');
    const { at } = (await crew.get('/api/journeys')).body;
    expect((await crew.post(`/api/journeys/${id}/hand-over`, { report, at: at + DAY_MS })).body.code).toBe('timeInFuture');
    expect((await crew.post(`/api/journeys/${id}/hand-over`, { report: { happened: 'x' } })).status).toBe(400);
    expect((await ward!.post(`/api/journeys/${id}/hand-over`, { report })).status).toBe(403);
    const { units } = (await board!.get('/api/units')).body;
    const stranger = await city.as(`crew@unit:${units.find((each: { id: string; journey?: string }) => !crew.cookie.includes(each.id) && each.journey !== id).id}`);
    expect((await stranger.post(`/api/journeys/${id}/hand-over`, { report })).status).toBeGreaterThanOrEqual(403);
  });

  it('given two of a ward receive at once, then one has it', async () => {
    const { id } = await brought('Twice');
    const answers = await Promise.all(Array.from({ length: 6 }, () => ward!.post(`/api/journeys/${id}/receive-patient`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});

describe('who stands at the door', () => {
  it('is found by plate, name or code among those this house expects, and nowhere else', async () => {
    const { id, unit } = await brought('Zhou Found');
    for (const text of [unit.toLowerCase(), 'zhou found', id]) {
      const { found } = (await ward!.post('/api/door/find', { text })).body;
      expect(found.map(({ journey }: { journey: { id: string } }) => journey.id)).toContain(id);
    }
    const elsewhere = await city.as('ward@institution:T-H4');
    expect((await elsewhere.post('/api/door/find', { text: 'Zhou Found' })).body.found).toEqual([]);
    expect((await ward!.post('/api/door/find', { text: 'a' })).body.found).toEqual([]);
    expect((await board!.post('/api/door/find', { text: 'Zhou' })).status).toBe(403);
  });

  it('given a unit has brought somebody before who is in bed by now, then by its plate the one at the door is found', async () => {
    const first = await brought('Brought Before');
    await ward!.post(`/api/journeys/${first.id}/receive-patient`);
    for (const back of out.splice(0)) await back();
    const next = await brought('Brought Now');
    expect(next.unit, 'the nearest of three that are all free').toBe(first.unit);
    const { found } = (await ward!.post('/api/door/find', { text: next.unit })).body;
    expect(found.map(({ journey }: { journey: { id: string } }) => journey.id)).toEqual([next.id]);
  });

  it('given nobody knows who it is, then their request begins here, they are received at once, and the same press twice is one person', async () => {
    const key = newKey();
    const send = (): ReturnType<Visitor['post']> => ward!.post('/api/door/unknown', { ageMonths: 480, sex: 'male', findings: ['unresponsive'] }, key);
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(first.body.journey).toMatchObject({ acuity: 'I', institution: { code: 'T-H1' }, arrival: { receivedAt: expect.any(Number) }, step: { kind: 'treat', owner: { role: 'ward' } } });
    expect(first.body.answer).toEqual({ via: expect.any(String), test: expect.stringMatching(/none|inParallel/), atOnce: true });
    expect(second.body.journey.id).toBe(first.body.journey.id);
  });

  it('given it is known later who it is, then their other open request ends in this one, and only with the same name and number', async () => {
    const person = { name: 'Wu Known', phone: '137 0008 5678' };
    const other = await ask(city, intake({ town: '990101001', need: 'generalOutpatient', person: { ...person, phone: '13700085678' }, findings: ['fever'] }));
    const { journey } = (await ward!.post('/api/door/unknown', { findings: ['chestPain'] })).body;
    expect((await ward!.post(`/api/door/${journey.id}/identify`, { person: { name: '', phone: '1' } })).status).toBe(400);
    const known = (await ward!.post(`/api/door/${journey.id}/identify`, { person, town: '990101001', address: 'Building 7' })).body;
    expect(known.journey.person.name).toBe('Wu Known');
    expect(known.others.map(({ journey: id }: { journey: string }) => id)).toEqual([other.id]);
    expect((await ward!.post(`/api/door/${journey.id}/merge`, { journey: 'R-somebody-else' })).body.code).toBe('notSamePerson');
    const merged = (await ward!.post(`/api/door/${journey.id}/merge`, { journey: other.id })).body.journey;
    expect(merged.clinical.findings).toEqual(expect.arrayContaining(['chestPain', 'fever']));
    const { rows: [ended] } = await city.database.pool.query(`select state, story ->> 'mergedInto' as into, story #>> '{closed,outcome}' as outcome from journey where id = $1`, [other.id]);
    expect(ended).toEqual({ state: 'closed', into: journey.id, outcome: 'joined' });
  });

  it('given a gate, then it lets them arrive and never receives; what it is shown holds no illness', async () => {
    const { journey } = (await gate!.post('/api/door/unknown', { findings: ['chestPain'] })).body;
    expect(journey.arrival).toMatchObject({ arrivedAt: expect.any(Number) });
    expect(journey.arrival.receivedAt).toBeUndefined();
    // No ambulance is sent to the door they stand at: the ward receives them next.
    expect(journey.step).toMatchObject({ kind: 'receive', owner: { role: 'ward', scope: 'institution:T-H1' } });
    expect(journey.clinical).toBeUndefined();
    expect((await gate!.post(`/api/door/${journey.id}/identify`, { person: { name: 'x', phone: '123' } })).status).toBe(403);
  });
});

describe('which way in', () => {
  it.each([
    ['under three', { ageMonths: 20, need: 'fever', findings: ['fever'], test: 'none' }, { test: 'none' }],
    ['chest pain without a test', { findings: ['chestPain'], test: 'none' }, { atOnce: true }],
    ['a positive antigen test', { need: 'generalOutpatient', test: 'positiveAntigen' }, {}],
  ])('given %s, then there is a way in, named as the guard says it', async (_what, given, wanted) => {
    const { answer, acuity, reasons, door } = (await gate!.post('/api/door/entry', given)).body;
    expect(['direct', 'bufferZone']).toContain(answer.via);
    expect(answer).toMatchObject(wanted);
    expect(door.en).toMatch(/^Door [12]/);
    expect(reasons.length).toBeGreaterThan(0);
    expect(acuity).toMatch(/^I{1,3}V?$|^IV$/);
  });

  it('given somebody who was announced does not come, then the house sees it, and why', async () => {
    const { id, resident } = await ask(city, intake({ town: '990101001', need: 'generalOutpatient', person: { name: 'Not Coming', phone: '13700075678' } }));
    expect((await resident.post(`/api/journeys/${id}/withdraw-request`, { reason: 'better' })).status).toBe(200);
    const { gone } = (await ward!.get('/api/door')).body;
    expect(gone).toEqual(expect.arrayContaining([expect.objectContaining({ journey: id, reason: 'withdrawn' })]));
  });
});

describe('a bed', () => {
  const bed = async (): Promise<number> => Number((await city.database.pool.query(`select free from service_places where institution = 'T-H1' and service = 'inpatient'`)).rows[0].free);
  const admit = async (id: string, days: number): Promise<any> => ward!.post(`/api/journeys/${id}/admit`, { expectedDischargeAt: (await ward!.get('/api/door')).body.at + days * DAY_MS });

  it('given two of a ward admit at once, the stay is made longer, and they get worse after treatment, then it is one bed, and free once', async () => {
    await ward!.post('/api/institutions/T-H1/services/inpatient/places', { capacity: 10, free: 5 });
    const { id } = await brought('One Bed');
    await ward!.post(`/api/journeys/${id}/receive-patient`);
    await Promise.all([admit(id, 2), admit(id, 2), admit(id, 3)]);
    expect((await admit(id, 5)).status).toBe(200);
    expect(await bed()).toBe(4);
    await ward!.post(`/api/journeys/${id}/finish-treatment`, { outcome: 'discharged' });
    expect(await bed()).toBe(5);
    await ward!.post(`/api/journeys/${id}/finish-treatment`, { outcome: 'discharged' });
    await board!.post(`/api/journeys/${id}/report-worse`, { findings: ['unresponsive'] });
    await ward!.post(`/api/journeys/${id}/finish-treatment`, { outcome: 'discharged' });
    expect(await bed()).toBe(5);
  });
});

describe('somebody at a door that cannot treat them', () => {
  it('given a unit has to take them on, then the house where they stand sees them and their clock until it has them, and receives nobody who is expected elsewhere', async () => {
    const small = await city.as('ward@institution:T-H3');
    const { journey } = (await small.post('/api/door/unknown', { findings: ['unresponsive'] })).body;
    expect(journey.institution.code).not.toBe('T-H3');
    const { journeys } = (await small.get('/api/journeys')).body;
    expect(journeys.map(({ id }: { id: string }) => id)).toContain(journey.id);
    expect((await small.post('/api/door/find', { text: journey.person.name })).body.found).toHaveLength(1);
    expect((await small.post(`/api/journeys/${journey.id}/receive-patient`)).status).toBe(403);
    const sent = (await board!.post(`/api/journeys/${journey.id}/send-unit`)).body.journey;
    const crew = await city.as(`crew@unit:${sent.mission.unit}`);
    out.push(async () => { for (const step of ['atDestination', 'handedOver', 'inService']) await crew.post(`/api/journeys/${journey.id}/report-mission`, { step }); });
    await crew.post(`/api/journeys/${journey.id}/report-mission`, { step: 'aboard' });
    expect((await small.get(`/api/journeys/${journey.id}`)).status).toBe(404);
  });
});
