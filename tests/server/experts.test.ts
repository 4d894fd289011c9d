import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/base/index.ts';
import { CONSULT_TIMES, MEDICAL_OFFICE, type Consult } from '../../src/consults/index.ts';
import { escalateLateConsults } from '../../src/consults/routes.ts';
import { ask, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let db: Kysely<any>;
let incident: string;
let at: number;
let [ward, desk, expert, office, district]: Visitor[] = [];
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
  incident = (await city.database.pool.query('select id from incident where ended_at is null')).rows[0].id;
  [ward, desk, expert, office, district] = await Promise.all(['ward@institution:T-H2', 'ward@institution:T-H1', 'expert@institution:T-H1', 'city@city', 'district@district:990101'].map((post) => city.as(post))) as [Visitor, Visitor, Visitor, Visitor, Visitor];
  at = (await expert!.get('/api/consults')).body.at;
}, 60_000);
afterAll(() => city.stop());
// Three open questions are all that one expert is asked for at once.
afterEach(async () => {
  const { consults } = (await ward!.get('/api/consults')).body;
  for (const { id } of consults) await ward!.post(`/api/consults/${id}/withdraw`, { reason: 'over' });
});

const question = { specialty: 'cardiology', urgency: 'immediate', question: 'Thrombolysis?' };
const asked = async (more: object = {}): Promise<Consult> => (await ward!.post('/api/consults', { ...question, ...more })).body.consult;
const shift = (name: string, more: object = {}): object => ({ hospital: 'T-H1', name, phone: '0371-110', specialties: ['cardiology'], from: at - HOUR_MS, to: at + 8 * HOUR_MS, ...more });
const escalate = (when: number): Promise<number> => escalateLateConsults({
  db, city: city.server.city, incident, at: () => when, times: () => ({ immediate: { answer: 10, take: 3 }, urgent: { answer: 30, take: 8 }, soon: { answer: 120, take: 30 }, sameDay: { answer: 1440, take: 120 } }), tell: () => Promise.resolve(),
});

describe('a roster of experts', () => {
  it('given a shift, then its expert is asked by name; overlaps and missing rest are refused; a strange ward keeps no roster', async () => {
    expect((await desk!.post('/api/experts', shift('张医生'))).status).toBe(201);
    const overlap = await desk!.post('/api/experts', shift('张医生', { to: at + HOUR_MS }));
    expect(overlap.body.errors.map(({ code }: { code: string }) => code)).toEqual(['shiftOverlaps']);
    expect((await ward!.post('/api/experts', shift('x'))).status).toBe(404);
    expect((await ward!.post('/api/experts', { ...shift('x'), hospital: 'T-H2' })).body.errors[0].code).toBe('hospitalGivesNoConsults');
    expect(await asked()).toMatchObject({ askedOf: 'T-H1', askedExpert: '张医生' });
  });

  it('given the second is less busy, then it is their turn; given everybody rests, the medical office decides whom to wake', async () => {
    await desk!.post('/api/experts', shift('李医生'));
    expect((await asked()).askedExpert).toBe('李医生');
    const { shifts } = (await desk!.get('/api/experts?hospital=T-H1')).body;
    expect(shifts.map(({ name, open }: { name: string; open: number }) => [name, open])).toEqual([['张医生', 0], ['李医生', 1]]);
    for (const { id } of shifts) expect((await desk!.post(`/api/experts/${id}/end`)).status).toBe(200);
    await desk!.post('/api/experts', shift(await nameOf(expert!), { from: at, to: at + 4 * HOUR_MS, onSite: true }));
    expect((await expert!.post('/api/experts/rest', { hours: 2 })).body.restingUntil).toBeGreaterThan(at);
    const sleeping = await asked();
    expect(sleeping.askedOf).toBe(MEDICAL_OFFICE);
    expect((await ward!.post(`/api/consults/${sleeping.id}/assign`, { hospital: 'T-H1' })).status).toBe(403);
    const named = (await office!.post(`/api/consults/${sleeping.id}/assign`, { hospital: 'T-H1', expert: await nameOf(expert!) })).body.consult;
    expect(named).toMatchObject({ askedOf: 'T-H1', escalations: [{ because: 'assigned' }] });
    await expert!.post('/api/experts/rest', { hours: 0 });
  });

  it('given a list with faults, then all are said by line and column and nothing is kept; given it is whole, then all of it, once', async () => {
    const send = (text: string, query = ''): Promise<{ status: number; body: any }> => desk!.send('POST', `/api/experts/import?hospital=T-H1${query}`, text, { 'content-type': 'text/csv', 'idempotency-key': `roster-${text.length}${query}` });
    const bad = 'name,phone,specialties,from,to\n,x,heart,soon,later';
    expect((await send(bad, '&dryRun=true')).body.problems).toHaveLength(5);
    expect((await send(bad)).status).toBe(400);
    const good = 'name,phone,specialties,from,to\n王医生,0371-110,oncology,2022-12-01T08:00:00+08:00,2022-12-01T20:00:00+08:00';
    expect([(await send(good)).status, (await send(good)).status]).toEqual([200, 200]);
    const { rows: [count] } = await city.database.pool.query(`select count(*)::int as n from expert_shift where name = '王医生'`);
    expect(count.n).toBe(1);
  });
});

describe('a question', () => {
  it('given eight take it at once, then one has it; it is answered, rated and read by whoever asked', async () => {
    const consult = await asked();
    const taken = await Promise.all(Array.from({ length: 8 }, () => expert!.post(`/api/consults/${consult.id}/take`)));
    expect(taken.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await expert!.post(`/api/consults/${consult.id}/call`, { kind: 'video', url: 'http://meet.example.org/a' })).body.errors[0].code).toBe('callLinkUnsafe');
    await expert!.post(`/api/consults/${consult.id}/call`, { kind: 'video', url: 'https://meet.example.org/a' });
    await expert!.post(`/api/consults/${consult.id}/answer`, { text: 'Yes, now.' });
    await ward!.post(`/api/consults/${consult.id}/joint-treatment`, { text: 'Given at 12:10.' });
    const rated = (await ward!.post(`/api/consults/${consult.id}/rate`, { helped: 'yes' })).body.consult;
    expect(rated).toMatchObject({ answer: { text: 'Yes, now.' }, call: { kind: 'video' }, rating: { helped: 'yes' } });
    expect(rated.joint).toHaveLength(1);
  });

  it('given it comes from a request, then whoever is asked sees the case and not whose it is; given a number in the text, it is not sent', async () => {
    const { id, journey } = await ask(city, intake({ need: 'fever', town: '990101001', person: { name: '赵女士', phone: '13812345678', ageMonths: 850 } }));
    expect(journey.institution?.code).toBe('T-H1');
    // There is no other house to ask: the medical office has it at once.
    const answer = await desk!.post('/api/consults', { ...question, journey: id });
    expect(answer.status).toBe(201);
    const seen = (await office!.get('/api/consults')).body.consults.find((each: Consult) => each.id === answer.body.consult.id);
    expect(seen.summary).toMatchObject({ ageMonths: 840 });
    expect(JSON.stringify(seen)).not.toMatch(/赵女士|13812345678|"journey"/);
    expect((await ward!.post('/api/consults', { ...question, question: 'call 13812345678' })).body.errors[0].code).toBe('personalDataInQuestion');
  });

  it('given nobody takes it, then several servers pass it on once, and in the end the medical office has it and is told again', async () => {
    const consult = await asked();
    const moved = await Promise.all([escalate(consult.dueAt), escalate(consult.dueAt), escalate(consult.dueAt)]);
    expect(moved.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(1);
    const now = async (): Promise<Consult> => (await office!.get('/api/consults')).body.consults.find(({ id }: Consult) => id === consult.id);
    expect((await now()).escalations).toHaveLength(1);
    await escalate((await now()).dueAt);
    expect((await now()).askedOf).toBe(MEDICAL_OFFICE);
  });

  it('given one late question cannot be moved, then those behind it are passed on all the same, and it is said', async () => {
    const [stuck, next] = [await asked(), await asked()];
    const deps = { db, city: city.server.city, incident, at: () => Math.max(stuck.dueAt, next.dueAt), times: () => CONSULT_TIMES, tell: (_trx: unknown, { id }: Consult) => (id === stuck.id ? Promise.reject(new Error('no words')) : Promise.resolve()) };
    await expect(escalateLateConsults(deps)).rejects.toThrow('no words');
    const { consults } = (await office!.get('/api/consults')).body;
    const of = (id: string): Consult => consults.find((each: Consult) => each.id === id);
    expect([of(stuck.id).escalations.length, of(next.id).escalations.length]).toEqual([0, 1]);
  });

  it('given hundreds were answered in these days, then one that waits is listed all the same', async () => {
    const { id } = await asked({ urgency: 'soon' });
    await sql`insert into consult select (jsonb_populate_record(null::consult, to_jsonb(one) || jsonb_build_object('id', 'QX' || n, 'consult', one.consult || jsonb_build_object('id', 'QX' || n), 'answered_at', ${at}::bigint, 'due_at', ${at - HOUR_MS}::bigint))).*
      from consult as one, generate_series(1, 600) as n where one.id = ${id}`.execute(db);
    const { consults } = (await office!.get('/api/consults')).body;
    await sql`delete from consult where id like 'QX%'`.execute(db);
    expect(consults.map((each: Consult) => each.id)).toContain(id);
  });

  it('given somebody else\'s, then it is not found, whatever is done with it', async () => {
    const consult = await asked();
    const stranger = await city.as('ward@institution:T-H4');
    for (const [what, body] of [['rate', { helped: 'no' }], ['withdraw', { reason: 'x' }], ['joint-treatment', { text: 'x' }]] as const) expect((await stranger.post(`/api/consults/${consult.id}/${what}`, body)).status).toBe(404);
    expect((await ward!.post(`/api/consults/${consult.id}/withdraw`, { reason: 'transferred' })).body.consult.withdrawn.reason).toBe('transferred');
    expect((await expert!.post(`/api/consults/${consult.id}/take`)).body.code).toBe('consultWithdrawn');
  });
});

describe('an expert who comes in person', () => {
  it('has a pass and a car that drives nobody else, each step has an owner, and after it they are left to rest', async () => {
    const consult = await asked({ mode: 'onSite' });
    await expert!.post(`/api/consults/${consult.id}/take`);
    const { visit } = (await expert!.post('/api/experts/visits', { consult: consult.id, leavesAt: at + 10 * MINUTE_MS })).body;
    expect(visit.pass).toMatch(/^\w{8}$/);
    expect((await expert!.post('/api/experts/visits', { consult: consult.id, leavesAt: at + 10 * MINUTE_MS })).body.code).toBe('visitAlready');
    const mine = async (who: Visitor): Promise<any> => (await who.get('/api/experts/visits')).body.visits.find(({ id }: { id: string }) => id === visit.id);
    expect((await mine(district!)).owner).toMatchObject({ role: 'district' });
    expect((await expert!.post(`/api/experts/visits/${visit.id}/step`, { step: 'left' })).body.code).toBe('noCarYet');
    const { cars } = (await district!.get('/api/cars')).body;
    const lent = await district!.post(`/api/experts/visits/${visit.id}/car`, { car: cars[0].id });
    expect(lent.status).toBe(200);
    const { rows: [state] } = await city.database.pool.query('select state, reason from car_state where car = $1', [cars[0].id]);
    expect(state).toEqual({ state: 'off', reason: 'expertVisit' });
    for (const step of ['left', 'arrived', 'returned']) expect((await expert!.post(`/api/experts/visits/${visit.id}/step`, { step })).status).toBe(200);
    const { rows: [back] } = await city.database.pool.query('select state from car_state where car = $1', [cars[0].id]);
    expect(back.state).toBe('ready');
    expect((await mine(ward!)).owner).toBeUndefined();
    const { rows: [rest] } = await city.database.pool.query('select until from expert_rest where hospital = $1', ['T-H1']);
    expect(Number(rest.until)).toBeGreaterThan(at);
  });

  it('given two districts\' desks lend the same car, then one visit has it', async () => {
    await expert!.post('/api/experts/rest', { hours: 0 });
    const visits = await Promise.all([1, 2].map(async () => {
      const consult = await asked({ mode: 'onSite' });
      await expert!.post(`/api/consults/${consult.id}/take`);
      return (await expert!.post('/api/experts/visits', { consult: consult.id, leavesAt: at + 10 * MINUTE_MS })).body.visit;
    }));
    const { cars } = (await district!.get('/api/cars')).body;
    const lent = await Promise.all(visits.map(({ id }) => district!.post(`/api/experts/visits/${id}/car`, { car: cars[0].id })));
    expect(lent.map(({ status }) => status).sort()).toEqual([200, 409]);
    for (const { id } of visits) expect((await expert!.post(`/api/experts/visits/${id}/call-off`, { reason: 'not needed' })).status).toBe(200);
    const { rows: [state] } = await city.database.pool.query('select state from car_state where car = $1', [cars[0].id]);
    expect(state.state).toBe('ready');
  });

  it('given whoever asked needs nobody any more, then the visit is called off with its car and its pass, and the house of the expert hears it', async () => {
    await expert!.post('/api/experts/rest', { hours: 0 });
    const consult = await asked({ mode: 'onSite' });
    await expert!.post(`/api/consults/${consult.id}/take`);
    const { visit } = (await expert!.post('/api/experts/visits', { consult: consult.id, leavesAt: at + 10 * MINUTE_MS })).body;
    const { cars } = (await district!.get('/api/cars')).body;
    await district!.post(`/api/experts/visits/${visit.id}/car`, { car: cars[0].id });
    expect((await expert!.post(`/api/experts/visits/${visit.id}/step`, { step: 'left' })).status).toBe(200);
    expect((await ward!.post(`/api/consults/${consult.id}/withdraw`, { reason: 'transferred' })).status).toBe(200);
    const query = async (text: string, values: unknown[]): Promise<any> => (await city.database.pool.query(text, values)).rows[0];
    expect((await query('select called_off from expert_visit where id = $1', [visit.id])).called_off).not.toBeNull();
    expect((await query('select state from car_state where car = $1', [cars[0].id])).state).toBe('ready');
    expect((await query('select revoked_at from work_pass where upper(code) = $1', [visit.pass])).revoked_at).not.toBeNull();
    expect(await query(`select audience from outbox where code = 'expertVisitOff' and facts ->> 'visit' = $1`, [visit.id])).toEqual({ audience: `institution:${visit.hospital}` });
  });
});

async function nameOf(visitor: Visitor): Promise<string> {
  return (await visitor.get('/api/me')).body.actor.name;
}
