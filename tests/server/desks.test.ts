import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passCallTime } from '../../src/server/call-line/watch.ts';
import { ask, intake, newKey, startCity, type RunningCity } from '../running-city.ts';

let city: RunningCity;
let db: Kysely<any>;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
}, 60_000);
afterAll(() => city.stop());

describe('the hotline', () => {
  it('given twenty desks pick up at once, then one has the call', async () => {
    const desk = await city.as('hotline@city');
    const { id } = (await desk.post('/api/calls', { phone: '13800000001' })).body.call;
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.post(`/api/calls/${id}/answer`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  });

  it('given the same call is sent ten times with one key, then it rang once; with another body, then it is refused', async () => {
    const desk = await city.as('hotline@city');
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.post('/api/calls', { phone: '13800000002' }, key)));
    expect(new Set(answers.map(({ body }) => body.call.id)).size).toBe(1);
    expect((await desk.post('/api/calls', { phone: '13800000003' }, key)).status).toBe(422);
  });

  it('given a call rang out while nobody looked, then a call-back is owed, once', async () => {
    const desk = await city.as('hotline@city');
    const { id, ringingAt } = (await desk.post('/api/calls', { phone: '13800000004' })).body.call;
    const { id: incident } = await db.selectFrom('incident').select('id').executeTakeFirstOrThrow();
    const look = { db, city: city.server.city, incident: { id: incident } as never, at: () => ringingAt + 120_000 };
    const swept = await Promise.all([passCallTime(look), passCallTime(look)]);
    expect(Math.max(...swept)).toBeGreaterThan(0);
    const owed = (await desk.get('/api/calls')).body.calls.find((call: { id: string }) => call.id === id);
    expect(owed).toMatchObject({ state: 'callBackOwed', callBackDueAt: ringingAt + 120_000 + 600_000 });
    expect(await passCallTime(look)).toBe(0);
    expect((await desk.post(`/api/calls/${id}/call-back`, { reached: true })).body.call.state).toBe('ended');
  });

  it('given a line of an institution, then its own desk and district hear it, another institution does not', async () => {
    const desk = await city.as('hotline@city');
    const { id } = (await desk.post('/api/calls', { phone: '13800000005', line: 'T-H1' })).body.call;
    const seen = async (post: string): Promise<boolean> =>
      (await (await city.as(post)).get('/api/calls')).body.calls.some((call: { id: string }) => call.id === id);
    expect(await Promise.all(['ward@institution:T-H1', 'district@district:990101', 'ward@institution:T-H2', 'district@district:990102'].map(seen)))
      .toEqual([true, true, false, false]);
    expect((await (await city.as('ward@institution:T-H2')).post(`/api/calls/${id}/answer`)).status).toBe(404);
    expect((await (await city.as('driver@car:T-V1')).get('/api/calls')).status).toBe(403);
  });
});

describe('a consultation', () => {
  const question = { specialty: 'cardiology', urgency: 'immediate', question: 'Thrombolysis?' };

  it('given it is asked, then the nearest municipal hospital has it, one expert takes it and answers', async () => {
    const ward = await city.as('ward@institution:T-H2');
    const { consult } = (await ward.post('/api/consults', question)).body;
    expect(consult).toMatchObject({ askedFrom: 'T-H2', askedOf: 'T-H1', answerBy: consult.askedAt + 600_000, dueAt: consult.askedAt + 180_000 });
    const expert = await city.as('expert@institution:T-H1');
    const taken = await Promise.all(Array.from({ length: 8 }, () => expert.post(`/api/consults/${consult.id}/take`)));
    expect(taken.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await (await city.as('expert@institution:T-H2')).post(`/api/consults/${consult.id}/answer`, { text: 'no' })).status).toBe(404);
    expect((await expert.post(`/api/consults/${consult.id}/answer`, { text: 'Yes, now.' })).body.consult.answer.text).toBe('Yes, now.');
    expect((await ward.get('/api/consults')).body.consults.find((each: { id: string }) => each.id === consult.id).answer.text).toBe('Yes, now.');
  });

  it('given a patient who is not theirs, then nobody asks about them', async () => {
    const { id } = await ask(city, intake({ town: '990102001' }));
    expect((await (await city.as('ward@institution:T-H3')).post('/api/consults', { ...question, journey: id })).status).toBe(404);
  });
});

describe('other systems', () => {
  it('given the scope covers it, then request, steps and visit are read as FHIR; otherwise an OperationOutcome', async () => {
    const { id, journey } = await ask(city, intake({ town: '990101001', complaint: 'shivering' }));
    const committee = await city.as('committee@town:990101001');
    const request = await committee.get(`/fhir/R4/ServiceRequest/${id}`);
    expect(request.type).toContain('application/fhir+json');
    expect(request.body).toMatchObject({ resourceType: 'ServiceRequest', id, status: 'active', intent: 'order', priority: journey.priority });
    const { body: tasks } = await committee.get(`/fhir/R4/Task?focus=ServiceRequest/${id}`);
    expect(tasks).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: tasks.entry.length });
    expect(tasks.entry.length).toBe(new Set(journey.links.map(({ kind }) => kind)).size);
    expect((await committee.get(`/fhir/R4/Encounter/${id}`)).body).toMatchObject({ resourceType: 'Encounter', class: { code: 'AMB' } });

    const other = await city.as('committee@town:990101002');
    expect(await other.get(`/fhir/R4/ServiceRequest/${id}`)).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } });
    expect(await city.visitor().get(`/fhir/R4/Task`)).toMatchObject({ status: 401, body: { resourceType: 'OperationOutcome' } });
    expect(await committee.get('/fhir/R4/Task?owner=anyone')).toMatchObject({ status: 400, body: { issue: [{ code: 'invalid', expression: ['owner'] }] } });
  });

  it('given a gate reads it, then what is wrong with the person is not in it', async () => {
    const { id, journey } = await ask(city, intake({ town: '990101001', complaint: 'shivering' }));
    const gate = await city.as(`gate@institution:${journey.institution?.code}`);
    const request = await gate.get(`/fhir/R4/ServiceRequest/${id}`);
    expect(request.status).toBe(200);
    expect(JSON.stringify(request.body)).not.toContain('shivering');
  });

  it('every institution and service is in the HAVE report', async () => {
    const { body } = await city.visitor().get('/have');
    expect(body.match(/<facility>/g)).toHaveLength(city.server.city.institutions.size);
  });
});
