import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, seededChance } from '../../src/base/index.ts';
import type { Call, CallState, DutyView } from '../../src/hotline/index.ts';
import { signMessage } from '../../src/server/call-line/signature.ts';
import { passCallTime, watchRosters } from '../../src/server/call-line/watch.ts';
import { ask, eventually, intake, startCity, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

type Shown = Call & { readonly state: CallState };
const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
let city: RunningCity;
let second: RunningCity;
let db: Kysely<any>;
let incident: { id: string };
beforeAll(async () => {
  city = await startCity({ city: 'toytown', settings: { callSecrets: [OLD, NEW] } });
  second = await startCity({ city: 'toytown', on: city.database, settings: { callSecrets: [OLD, NEW] } });
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
  // The exercise's own rosters would answer where these tests want a hole.
  for (const table of ['duty_shift', 'duty_line', 'duty_matter']) await db.deleteFrom(table).execute();
  incident = (await db.selectFrom('incident').select('id').executeTakeFirstOrThrow()) as { id: string };
}, 60_000);
afterAll(async () => {
  await second.stop();
  await city.stop();
});

/** What the rounds of both servers do when it is so late. */
const look = (at: number) => ({ db, city: city.server.city, incident: incident as never, at: () => at });
const nowOf = async (desk: Visitor): Promise<number> => (await desk.get('/api/calls')).body.at;
const find = async (desk: Visitor, id: string): Promise<Shown> => (await desk.get('/api/calls')).body.calls.find((call: Shown) => call.id === id);
const duty = async (post: string, institution = 'T-H1'): Promise<DutyView> => (await (await city.as(post)).get(`/api/institutions/${institution}/duty`)).body;

let messages = 0;
async function report(news: Record<string, unknown>, { id = `msg_${messages++}`, secret = NEW as Uint8Array, seconds = Math.floor(Date.now() / 1_000), on = city, body = JSON.stringify(news), signature = '' } = {}): Promise<Answer> {
  return on.visitor().send('POST', '/api/calls/events', body, { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signature || signMessage(id, seconds, body, secret) });
}

describe('a call rings on', () => {
  it('given two servers look at it, then each telephone is rung once, and what happened is on record', async () => {
    const ward = await city.as('ward@institution:T-H2');
    const at = await nowOf(ward);
    await ward.post('/api/institutions/T-H2/duty', { from: at - MINUTE_MS, to: at + 8 * HOUR_MS, dutyPerson: 'duty A', phone: '371-1', secondPerson: 'duty B', secondPhone: '371-2' });
    const { id, ringingAt, rings } = (await ward.post('/api/calls', { phone: '13800000011', line: 'T-H2' })).body.call as Shown;
    expect(rings).toMatchObject([{ whom: 'dutyPerson', name: 'duty A', phone: '371-1' }]);
    for (const seconds of [12, 33, 95]) await Promise.all([1, 2, 3].map(() => passCallTime(look(ringingAt + seconds * SECOND_MS))));
    const owed = await find(ward, id);
    expect(owed.rings.map(({ whom, at: when, name }) => [whom, (when - ringingAt) / SECOND_MS, name])).toEqual([['dutyPerson', 0, 'duty A'], ['secondPerson', 12, 'duty B'], ['district', 33, undefined]]);
    expect(owed).toMatchObject({ state: 'callBackOwed', owner: { role: 'ward', scope: 'institution:T-H2', name: 'duty A' } });
  });

  it('given the servers do it by themselves, then after ten seconds the second telephone rings', async () => {
    const ward = await city.as('ward@institution:T-H2');
    const { id } = (await ward.post('/api/calls', { phone: '13800000012', line: 'T-H2' })).body.call as Shown;
    await db.updateTable('call').set({ next_at: 0 }).where('id', '=', id).execute();
    const rung = await eventually(async () => { const call = await find(ward, id); return call.rings.length > 1 ? call : undefined; }, 15);
    expect(rung.rings.at(-1)!.at - rung.ringingAt).toBeGreaterThanOrEqual(10 * SECOND_MS);
    expect(rung.rings.filter(({ whom }) => whom === 'secondPerson')).toHaveLength(1);
    await ward.post(`/api/calls/${id}/answer`);
  });

  it('given nobody calls back, then it is told on to the district and the command centre, again and again, and the person goes on owing it by name', async () => {
    const ward = await city.as('ward@institution:T-H2');
    const { id, ringingAt } = (await ward.post('/api/calls', { phone: '13800000013', line: 'T-H2' })).body.call as Shown;
    const owners: string[] = [];
    for (const minutes of [2, 13, 24, 35]) {
      await Promise.all([1, 2].map(() => passCallTime(look(ringingAt + minutes * MINUTE_MS))));
      owners.push((await find(await city.as('city@city'), id)).owner!.scope);
    }
    expect(owners).toEqual(['institution:T-H2', 'district:990101', 'city', 'city']);
    const call = await find(ward, id);
    expect(call).toMatchObject({ toldOn: 3, owner: { name: 'duty A' } });
    const told = await db.selectFrom('outbox').select(['audience', 'code']).where('code', 'in', ['callBackOverdue', 'callBackOwed']).where((where) => where(({ ref }) => ref('facts', '->>').key('about' as never) as never, '=', id as never)).orderBy('created_at').execute();
    expect(told.map(({ audience, code }) => `${code} ${audience}`)).toEqual(['callBackOwed institution:T-H2', 'callBackOverdue district:990101', 'callBackOverdue city', 'callBackOverdue city']);
    const refused = async () => (await db.selectFrom('refusal_case').selectAll().where('call', '=', id).execute());
    expect(await refused()).toMatchObject([{ refusal: { source: 'callUnanswered', about: 'institution:T-H2' } }]);
    expect((await ward.post(`/api/calls/${id}/call-back`, { reached: true })).body.call.state).toBe('ended');
    expect(await refused()).toMatchObject([{ refusal: { over: { how: 'answered' } } }]);
  });

  it('given a call that cannot be written down, then those behind it ring on all the same', async () => {
    const desk = await city.as('hotline@city');
    const { id, ringingAt } = (await desk.post('/api/calls', { phone: '13800000016', line: 'T-H2' })).body.call as Shown;
    await db.insertInto('call').values({ city: 'toytown', id: 'K-unreadable', incident: incident.id, version: 1, line: 'T-H2', state: 'ringing', next_at: 0, rang_at: 0, call: JSON.stringify({ id: 'K-unreadable', line: 'T-H2', phone: '1', ringingAt: 1.5, rings: [], toldOn: 0, callBacks: [] }) }).execute();
    await passCallTime(look(ringingAt + 91 * SECOND_MS));
    expect((await find(await city.as('ward@institution:T-H2'), id)).state).toBe('callBackOwed');
    await db.deleteFrom('call').where('id', '=', 'K-unreadable').execute();
    await desk.post(`/api/calls/${id}/call-back`, { reached: true });
  });

  it('given somebody answers in the moment in which it rings on, then they have it', async () => {
    const desk = await city.as('hotline@city');
    for (let call = 0; call < 15; call++) {
      const { id, ringingAt } = (await desk.post('/api/calls', { phone: '13800000017', line: 'T-H2' })).body.call as Shown;
      const [answer] = await Promise.all([desk.post(`/api/calls/${id}/answer`), passCallTime(look(ringingAt + 12 * SECOND_MS))]);
      expect(answer.status).toBe(200);
      await desk.post(`/api/calls/${id}/end`);
    }
  });

  it('given hundreds of answered calls that nobody ended, then a call that rings now stands first all the same', async () => {
    const desk = await city.as('hotline@city');
    const { id: talked } = (await desk.post('/api/calls', { phone: '13800000071', answered: true })).body.call;
    await sql`insert into call select (jsonb_populate_record(null::call, to_jsonb(one) || jsonb_build_object('id', 'KX' || n, 'exchange_call', null, 'call', one.call || jsonb_build_object('id', 'KX' || n)))).*
      from call as one, generate_series(1, 600) as n where one.id = ${talked}`.execute(db);
    const { id } = (await desk.post('/api/calls', { phone: '13800000072' })).body.call;
    const { calls } = (await desk.get('/api/calls')).body;
    await db.deleteFrom('call').where('id', 'like', 'KX%').execute();
    expect(calls.filter(({ state }: Shown) => state === 'ringing').map((call: Shown) => call.id)).toContain(id);
    await desk.post(`/api/calls/${id}/answer`);
    for (const each of [id, talked]) await desk.post(`/api/calls/${each}/end`);
  });

  it('given a hole in the roster, then it rings in the district at once, and the district owes the call-back', async () => {
    const desk = await city.as('hotline@city');
    const { id, rings, ringingAt } = (await desk.post('/api/calls', { phone: '13800000014', line: 'T-H4' })).body.call as Shown;
    expect(rings.map(({ whom }) => whom)).toEqual(['district']);
    await passCallTime(look(ringingAt + 2 * MINUTE_MS));
    expect((await find(desk, id)).owner?.scope).toMatch(/^district:/);
  });
});

describe('a roster', () => {
  it('given twenty enter the same hours at the same time on two servers, then one shift stands and the others hear whose it is', async () => {
    const wards = [await city.as('ward@institution:T-H3'), await second.as('ward@institution:T-H3')];
    const at = await nowOf(wards[0]!);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => wards[index % 2]!.post('/api/institutions/T-H3/duty', { from: at, to: at + 8 * HOUR_MS, dutyPerson: `duty ${index}`, phone: `371-${100 + index}` })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(new Set(['dutyOverlaps']));
  });

  it('given a gap in the next days, then its ward owns it until a day before, then the district, then the command centre; given it is filled, then nobody does', async () => {
    const ward = await city.as('ward@institution:T-H1');
    const at = await nowOf(ward);
    for (let day = 0; day < 7; day++) {
      if (day === 3) continue;
      expect((await ward.post('/api/institutions/T-H1/duty', { from: at + day * DAY_MS, to: at + (day + 1) * DAY_MS, dutyPerson: `duty ${day}`, phone: `371-${day}` })).status).toBe(201);
    }
    // A round that looked before the last shift was entered is put right by the next.
    const hole = await eventually(async () => (await duty('ward@institution:T-H1')).matters.find(({ kind, from, to }) => kind === 'gap' && from === at + 3 * DAY_MS && to === at + 4 * DAY_MS), 30);
    expect(hole).toMatchObject({ owner: { role: 'ward', scope: 'institution:T-H1' }, dueAt: at + 2 * DAY_MS, to: at + 4 * DAY_MS });
    const owners: string[] = [];
    for (const later of [2 * DAY_MS + MINUTE_MS, 2 * DAY_MS + HOUR_MS, 2 * DAY_MS + 2 * HOUR_MS]) {
      await Promise.all([1, 2].map(() => watchRosters(look(at + later))));
      owners.push((await duty('ward@institution:T-H1')).matters.find(({ id }) => id === hole.id)!.owner.scope);
    }
    expect(owners).toEqual(['district:990101', 'city', 'city']);
    expect((await ward.post('/api/institutions/T-H1/duty', { from: at + 3 * DAY_MS, to: at + 4 * DAY_MS, dutyPerson: 'duty 3', phone: '371-3' })).body.matters.find(({ id }: { id: string }) => id === hole.id)).toBeUndefined();
    const overview = (await (await city.as('district@district:990101')).get('/api/duty')).body;
    expect(overview.lines.map(({ institution }: { institution: string }) => institution)).toContain('T-H1');
    expect((await (await city.as('ward@institution:T-H1')).get('/api/duty')).status).toBe(403);
  });

  it('given the shift changes, then both sign, and what is open and owed goes over by name; without it the one before stays responsible and the district is told', async () => {
    const ward = await city.as('ward@institution:T-H1');
    const before = await duty('ward@institution:T-H1');
    const [goes, comes] = before.shifts;
    const end = goes!.to;
    // Nobody signs: a quarter of an hour later the district knows.
    await Promise.all([1, 2].map(() => watchRosters(look(end + 16 * MINUTE_MS))));
    const told = (await db.selectFrom('duty_matter').selectAll().where('institution', '=', 'T-H1').where('kind', '=', 'notHandedOver').execute());
    expect(told).toMatchObject([{ owner_scope: 'district:990101' }]);

    const { id } = (await ward.post('/api/calls', { phone: '13800000015', line: 'T-H1' })).body.call;
    await ward.post(`/api/calls/${id}/miss`);
    expect((await find(ward, id)).owner?.name).toBe(goes!.dutyPerson);
    const sign = (hand: string, name: string, to = comes!.id) => ward.post('/api/institutions/T-H1/duty/hand-over', { goes: goes!.id, comes: to, hand, name });
    expect((await sign('comes', comes!.dutyPerson)).body.code).toBe('handOverOffDuty');
    // The next one comes early: their shift begins within the hour.
    await db.updateTable('duty_shift').set({ starts_at: before.at + 30 * MINUTE_MS, answers_from: goes!.to }).where('id', '=', comes!.id).execute();
    expect((await sign('goes', 'somebody else')).body.code).toBe('handOverNotNamed');
    expect((await sign('goes', goes!.dutyPerson)).status).toBe(201);
    expect((await find(ward, id)).owner?.name).toBe(goes!.dutyPerson);
    const done = (await sign('comes', comes!.dutyPerson)).body as DutyView;
    expect(done.responsible?.id).toBe(comes!.id);
    // One account signed for both: it counts, and the district asks whoever is said to have come.
    const asksDistrict = await db.selectFrom('outbox').select(['audience', 'facts']).where('code', '=', 'handOverOneAccount').execute();
    expect(asksDistrict).toEqual([{ audience: 'district:990101', facts: { about: 'T-H1', goes: goes!.dutyPerson, comes: comes!.dutyPerson } }]);
    expect((await find(ward, id)).owner?.name).toBe(comes!.dutyPerson);
    await ward.post(`/api/calls/${id}/call-back`, { reached: true });
  });

  it('given a table, then it is looked at first; one wrong row and nothing of it is entered', async () => {
    const ward = await city.as('ward@institution:T-H4');
    const send = (table: string, dryRun: boolean) => ward.send('POST', `/api/institutions/T-H4/duty/import?dryRun=${dryRun}`, table, { 'content-type': 'text/csv', 'idempotency-key': `roster-table-${messages++}` });
    const day = (days: number): string => new Date(at + days * DAY_MS + 8 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ');
    const at = await nowOf(ward);
    const good = `from,to,dutyPerson,phone\n${day(1)},${day(2)},甲,371-1\n${day(2)},${day(3)},乙,371-2\n`;
    expect((await send(good, true)).body).toMatchObject({ dryRun: true, rows: 2, problems: [] });
    expect((await duty('ward@institution:T-H4', 'T-H4')).shifts).toEqual([]);
    const bad = await send(`${good}${day(2)},tomorrow,丙,371-3\n`, false);
    expect(bad).toMatchObject({ status: 400, body: { code: 'rosterTime', errors: [{ line: 4, column: 2 }] } });
    expect((await duty('ward@institution:T-H4', 'T-H4')).shifts).toEqual([]);
    expect((await send(good, false)).body).toMatchObject({ dryRun: false, rows: 2, gaps: [{}] });
    expect((await duty('ward@institution:T-H4', 'T-H4')).shifts.map(({ dutyPerson }) => dutyPerson)).toEqual(['甲', '乙']);
  });

  it('given two institutions name the same number, then the second hears it; and anybody may read who is called where', async () => {
    expect((await (await city.as('ward@institution:T-H1')).post('/api/institutions/T-H1/duty/number', { number: '0371-6600 0001' })).body.publicNumber).toBe('0371-6600 0001');
    expect((await (await city.as('ward@institution:T-H2')).post('/api/institutions/T-H2/duty/number', { number: '037166000001' })).body.code).toBe('numberTaken');
    expect((await city.visitor().get('/api/lines')).body.lines).toEqual([expect.objectContaining({ institution: 'T-H1', number: '0371-6600 0001' })]);
  });
});

describe('a telephone system reports', () => {
  const call = (): string => `pbx-${messages++}`;
  const begun = Date.now() - 60_000;
  const hear = (id: string, event: string, seconds: number, more: object = {}) => report({ event, call: id, at: begun + seconds * 1_000, line: 'T-H1', from: '13711112222', ...more });

  it('given it rings, is answered and ends, then it is one call, also when every report comes twice, out of order and to two servers', async () => {
    const id = call();
    const news = (['ringing', 'answered', 'ended'] as const).map((event, index) => ({ event, call: id, at: begun + index * 4_000, line: 'T-H1', from: '13711112222', ...(event === 'answered' && { by: 'desk 7' }) }));
    const sent = [2, 0, 1, 1, 0, 2].map((index, turn) => report(news[index]!, { id: `${id}-${index}`, on: turn % 2 ? city : second }));
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
    expect(answers.filter(({ body }) => body.seen)).toHaveLength(3);
    expect(new Set(answers.map(({ body }) => body.call)).size).toBe(1);
    const found = await find(await city.as('hotline@city'), answers[0]!.body.call);
    expect(found).toMatchObject({ state: 'ended', phone: '13711112222', answered: { name: 'desk 7', by: 'telephone' } });
    expect(found.answered!.at - found.ringingAt).toBe(4_000);
    expect(await db.selectFrom('call_news').select('id').where('exchange_call', '=', id).execute()).toHaveLength(3);
  });

  it('given a number that nobody registered, then it rings at the city’s line; given a registered one however written, at its own', async () => {
    expect((await hear(call(), 'ringing', 50, { line: '0371-9999' })).body.line).toBe('medicalLine');
    expect((await hear(call(), 'ringing', 50, { line: '+86 0371 66000001' })).body).toMatchObject({ line: 'T-H1', ring: [{ whom: 'dutyPerson', afterMs: 0 }, { whom: 'district' }] });
  });

  it('given it was missed, then a call-back is owed ten minutes after, by whoever has the line', async () => {
    const id = call();
    const { call: ours } = (await hear(id, 'ringing', 0)).body;
    await hear(id, 'missed', 40);
    const owed = await find(await city.as('hotline@city'), ours);
    expect(owed).toMatchObject({ state: 'callBackOwed', owner: { role: 'ward', scope: 'institution:T-H1' } });
    expect(owed.callBackDueAt! - owed.ringingAt).toBe(40_000 + 10 * MINUTE_MS);
  });

  it('given only the telephone system knows who answered, then whoever it was says so, and nobody after them', async () => {
    const id = call();
    await hear(id, 'ringing', 0);
    const { call: ours } = (await hear(id, 'answered', 3)).body;
    const desks = await Promise.all(['hotline@city', 'ward@institution:T-H1'].map((post) => city.as(post)));
    const answers = await Promise.all(desks.map((desk) => desk.post(`/api/calls/${ours}/answer`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 200)!.body.call.answered.at - answers.find(({ status }) => status === 200)!.body.call.ringingAt).toBe(3_000);
  });

  it('given the same reports of many calls in any order, twice, to two servers at the same time, then every call is the same in the end', async () => {
    const chance = seededChance(20221125);
    const at = begun - 120_000;
    const kinds = ['ringing', 'answered', 'missed', 'ended'] as const;
    const stories = Array.from({ length: 12 }, (_, story) => kinds.filter(() => chance.next() < 0.6).map((event, index) => ({ event, at: at + story * 1_000 + index * 2_000, line: 'T-H1', from: '13700009999' })));
    const ends: string[][] = [];
    for (const turn of ['first', 'second']) {
      const sent = stories.flatMap((news, story) => news.flatMap((each, index) => [1, 2].map(() => ({ order: chance.next(), news: { ...each, call: `${turn}-${story}` }, id: `${turn}-${story}-${index}` }))));
      const answers = await Promise.all(sent.sort((a, b) => a.order - b.order).map(({ news, id }, index) => report(news, { id, on: index % 2 ? city : second })));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      ends.push(await Promise.all(stories.map(async (_, story) => {
        const row = await db.selectFrom('call').select(['state', 'call']).where('exchange_call', '=', `${turn}-${story}`).executeTakeFirst();
        if (!row) return 'none';
        const { id: _id, rings: _rings, ...call } = row['call'] as Call;
        return JSON.stringify([row['state'], Object.entries(call).sort()]);
      })));
    }
    expect(ends[1]).toEqual(ends[0]);
  });

  it.each([
    ['signed with the key before', () => report({ event: 'ringing', call: call(), at: Date.now(), line: 'T-H1' }, { secret: OLD }), 200, undefined],
    ['signed with two keys of which one fits', () => { const seconds = Math.floor(Date.now() / 1_000); const body = JSON.stringify({ event: 'ringing', call: call(), at: Date.now(), line: 'T-H1' }); return report({}, { id: 'both-keys', seconds, body, signature: `v1,${randomBytes(32).toString('base64')} v1a,xyz ${signMessage('both-keys', seconds, body, NEW)}` }); }, 200, undefined],
    ['signed by a stranger', () => report({ event: 'ringing', call: call(), at: Date.now(), line: 'T-H1' }, { secret: randomBytes(32) }), 401, 'webhookSignatureWrong'],
    ['sent again six minutes later', () => report({ event: 'ringing', call: call(), at: Date.now(), line: 'T-H1' }, { seconds: Math.floor(Date.now() / 1_000) - 361 }), 401, 'webhookTimeWrong'],
    ['without a signature', () => city.visitor().send('POST', '/api/calls/events', '{}'), 401, 'webhookHeaderMissing'],
    ['that has not happened yet', () => report({ event: 'ringing', call: call(), at: Date.now() + HOUR_MS, line: 'T-H1' }), 400, 'eventAhead'],
    ['no JSON', () => report({}, { body: '{"event"' }), 400, 'bodyUnreadable'],
    ['an event nobody knows', () => report({ event: 'sneezed', call: call(), at: Date.now(), line: 'T-H1' }), 400, 'fieldInvalid'],
  ])('%s', async (_what, send, status, code) => {
    const answer = await send();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('given one message’s id is used for another, then the second is refused and the first stands', async () => {
    const id = call();
    await report({ event: 'ringing', call: id, at: Date.now(), line: 'T-H1' }, { id: 'same-id' });
    expect((await report({ event: 'ended', call: id, at: Date.now(), line: 'T-H1' }, { id: 'same-id' })).body.code).toBe('webhookIdReused');
  });
});

describe('how well the lines answer', () => {
  it('is counted by line and hour, what was abandoned and owed beside what was answered', async () => {
    const { body } = await (await city.as('city@city')).get('/api/calls/figures');
    const { rang, answered, within10s, abandoned, missed } = body.all;
    expect(rang).toBe(Number((await db.selectFrom('call').select(({ fn }) => fn.countAll().as('n')).executeTakeFirstOrThrow()).n));
    expect([answered > 0, within10s <= answered, abandoned + answered <= rang, missed + answered <= rang]).toEqual([true, true, true, true]);
    const line = body.lines.find((each: { line: string }) => each.line === 'T-H1');
    expect(line.hours.reduce((sum: number, each: { rang: number }) => sum + each.rang, 0)).toBe(line.rang);
    expect((await (await city.as('ward@institution:T-H2')).get('/api/calls/figures')).body.lines.map((each: { line: string }) => each.line)).toEqual(['T-H2']);
    expect((await (await city.as('city@city')).get('/api/calls/figures?from=0')).body.code).toBe('figuresTooLong');
  });
});

describe('the caller’s desk', () => {
  const known = { person: { name: 'Resident 0042', phone: '13755550042' }, town: '990101001', address: 'Building 42, gate 3', need: 'generalOutpatient' };

  it('given a person, then they are found by the end of a number, a name, an address or a code, and never by a number in the middle', async () => {
    const { id } = await ask(city, intake({ ...known, person: { ...known.person, phone: '13700425678' } }));
    const desk = await city.as('hotline@city');
    const found = async (words: string): Promise<boolean> => (await desk.post('/api/calls/find', { words })).body.journeys.some((journey: { id: string }) => journey.id === id);
    expect(await Promise.all(['425678', '0042', 'resident 0042', 'building 42', id.toLowerCase(), '13700425678', '1370042', 'Building_42', 'nobody'].map(found)))
      .toEqual([true, true, true, true, true, true, false, false, false]);
    expect((await (await city.as('ward@institution:T-H1')).post('/api/calls/find', { words: '0042' })).status).toBe(403);
  });

  it('given hardly anything is known, then one press puts it on the board of 120, twice pressed is once, and the desk sees who took it', async () => {
    const desk = await city.as('hotline@city');
    const { id } = (await desk.post('/api/calls', { phone: '13755550042', answered: true })).body.call;
    const pressed = await Promise.all([1, 2, 3].map(() => desk.post(`/api/calls/${id}/hand-to-120`, { care: { ...known, person: { ...known.person, phone: '13755550043' } } }, 'hand-over-key-1')));
    expect(pressed.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { journey } = pressed[0]!.body;
    expect(journey).toMatchObject({ pathway: 'emergency', transport: 'ambulance', channel: 'hotline' });
    expect((await find(desk, id)).handedTo120).toMatchObject({ journey: journey.id });
    expect((await (await city.as('dispatcher@city#A')).get('/api/board')).body.calls.some((call: { journey: string }) => call.journey === journey.id)).toBe(true);
    const dispatcher = await city.as('dispatcher@city#A');
    expect((await dispatcher.post(`/api/journeys/${journey.id}/send-unit`, {})).status).toBe(200);
    const { timeline } = (await desk.get(`/api/journeys/${journey.id}`)).body;
    expect(timeline.find((each: { type: string }) => each.type === 'UnitSent').by).toMatchObject({ role: 'dispatcher' });
  });

  it('given they asked for a clinic and now something is wrong, then a sign that was heard makes it an emergency, with everything they had said', async () => {
    const { id } = await ask(city, intake({ ...known, person: { ...known.person, phone: '13755675678' }, complaint: 'dizzy since yesterday' }));
    const desk = await city.as('hotline@city');
    const call = (await desk.post('/api/calls', { phone: '13755675678', answered: true })).body.call;
    const { journey } = (await desk.post(`/api/calls/${call.id}/hand-to-120`, { journey: id, findings: ['chestPain'] })).body;
    expect(journey).toMatchObject({ id, pathway: 'emergency', clinical: { complaint: 'dizzy since yesterday' } });
    expect((await desk.post(`/api/calls/${call.id}/hand-to-120`, { journey: id, findings: ['nothing'] })).body.code).toBe('unknownFinding');
    expect((await desk.post(`/api/calls/${call.id}/hand-to-120`, {})).status).toBe(400);
  });

  it('given no sign has a name and whoever listens is sure, then it is an emergency all the same, the same request and no second one', async () => {
    const { id } = await ask(city, intake({ ...known, person: { ...known.person, phone: '13755685678' }, complaint: 'cannot say what it is' }));
    const desk = await city.as('hotline@city');
    const call = (await desk.post('/api/calls', { phone: '13755685678', answered: true })).body.call;
    const pressed = await Promise.all([1, 2].map(() => desk.post(`/api/calls/${call.id}/hand-to-120`, { journey: id })));
    for (const { body } of pressed) expect(body.journey, JSON.stringify(body)).toMatchObject({ id, pathway: 'emergency', acuity: 'II', clinical: { complaint: 'cannot say what it is' } });
    const { rows } = await city.database.pool.query(`select id from journey where story #>> '{request,person,phone}' = '13755685678'`);
    expect(rows).toEqual([{ id }]);
  });

  it('given the server that took a call is gone while it rings, then the others go on from the rows', async () => {
    const third = await startCity({ city: 'toytown', on: city.database });
    const { id, ringingAt } = (await (await third.as('hotline@city')).post('/api/calls', { phone: '13755550044', line: 'T-H2' })).body.call as Shown;
    await third.stop();
    // Nobody looked for forty seconds: the second person was not rung, and nothing says so.
    await passCallTime(look(ringingAt + 40 * SECOND_MS));
    const desk = await city.as('hotline@city');
    expect((await find(desk, id)).rings.at(-1)).toMatchObject({ whom: 'district', at: ringingAt + 40 * SECOND_MS });
    await passCallTime(look(ringingAt + 91 * SECOND_MS));
    expect((await find(desk, id)).state).toBe('callBackOwed');
    await desk.post(`/api/calls/${id}/call-back`, { reached: true });
  });

  it('given somebody without a telephone of their own, then the line does all they could do on their page, under its own name', async () => {
    const { id, resident } = await ask(city, intake({ town: '990101001', need: 'onlineConsultation', person: { name: 'Resident 0043', phone: '13755885678' } }));
    const desk = await city.as('hotline@city');
    const offered = async (visitor: Visitor): Promise<string[]> => [...new Set<string>((await visitor.get(`/api/journeys/${id}`)).body.journey.actions.map(({ type }: { type: string }) => type))].sort();
    const theirs = await offered(resident);
    expect(theirs).toContain('sendMessage');
    expect(await offered(desk)).toEqual(expect.arrayContaining(theirs));
    expect((await desk.post(`/api/journeys/${id}/send-message`, { text: 'She has no telephone; I write for her.' })).status).toBe(200);
    const { journey, timeline } = (await desk.get(`/api/journeys/${id}`)).body;
    expect(journey.visit.messages.at(-1)).toMatchObject({ from: 'person' });
    expect(timeline.at(-1)).toMatchObject({ type: 'MessageSent', by: { role: 'hotline' } });
  });
});
