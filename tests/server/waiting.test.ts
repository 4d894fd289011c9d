import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { seededChance } from '../../src/base/index.ts';
import { byNeed, dateOf } from '../../src/appointments/index.ts';
import { eventually, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const HOUSE = 'ZZ-H-001';
const DAY = 86_400_000;

let city: RunningCity;
let db: pg.Pool;
let ward: Visitor;
let now: number;
let people = 0;
const rows = async <T extends pg.QueryResultRow = any>(text: string, values: unknown[] = []): Promise<T[]> => (await db.query<T>(text, values)).rows;

const care = (more: object = {}): object => {
  people++;
  return intake({ person: { name: `Resident ${String(people).padStart(4, '0')}`, phone: `1370002${String(people).padStart(4, '0')}` }, need: 'specialist', ageYears: 40, ...more });
};
const join = async (service: string, more: object = {}, of: object = {}): Promise<any> => {
  const { status, body } = await city.visitor().post('/api/waiting', { service, institutions: [HOUSE], from: now, to: now + 14 * DAY, care: care(of), ...more });
  expect(`${status} ${body.code ?? ''}`).toBe('201 ');
  return body;
};

/** A clinic of its own with so many seats, one session a day, all of them taken. */
async function fullClinic(service: string, seats: number): Promise<{ slot: string; booked: { id: string; token: string }[] }> {
  const sessions = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '10:00', end: '10:30', slotMinutes: 30, seats, kept: 0 }));
  const put = await ward.send('PUT', `/api/schedules/${service}?confirmReplaces=true`, { institution: HOUSE, service, sessions, validFrom: dateOf(now) });
  expect(put.status).toBe(200);
  const day = (await ward.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(now + 3 * DAY)}`)).body.sessions.find((each: any) => each.service === service && !each.closed);
  await rows(`update slot set closed_at = 1, closed_reason = 'test' where institution = $1 and service = $2 and id <> $3`, [HOUSE, service, day.slot]);
  const booked = await Promise.all(Array.from({ length: seats }, async () => (await city.visitor().post('/api/appointments', { slot: day.slot, care: care() })).body));
  expect(booked.every(({ state }) => state === 'booked')).toBe(true);
  return { slot: day.slot, booked };
}

const cancel = async (id: string): Promise<void> => {
  const { status, body } = await ward.post(`/api/appointments/${id}/cancel`, { reason: 'Asked by telephone' });
  expect(`${status} ${body.code ?? ''}`).toBe('200 ');
};
const offered = async (service: string): Promise<string[]> => (await rows(`select id from waiting where service = $1 and state = 'offered' order by offered_at, id`, [service])).map(({ id }) => id);

/** What has to be true of one service at any moment when nobody is writing. */
async function promises(service: string): Promise<void> {
  expect(await rows(`select slot.id from slot where service = $1 and taken <> (select count(*) from booking b where b.slot = slot.id and b.state in ('held', 'booked', 'checkedIn', 'fulfilled', 'noShow'))`, [service])).toEqual([]);
  expect(await rows(`select waiting from booking where service = $1 and state = 'held' group by waiting having count(*) > 1`, [service])).toEqual([]);
  expect(await rows(`select id from waiting w where service = $1 and state = 'offered' and not exists (select from booking b where b.id = w.offer and b.state = 'held' and b.slot = w.offer_slot)`, [service])).toEqual([]);
}

beforeAll(async () => {
  city = await startCity({ intakePerMinute: Infinity });
  db = city.database.pool;
  ward = await city.as(`ward@institution:${HOUSE}`);
  now = (await city.visitor().get('/api/city')).body.at;
}, 60_000);
afterAll(() => city.stop());

describe('a place in line', () => {
  it('given a seat is given back, then in that moment it is held for the one who needs it most, who is told; a no gives it to the next', async () => {
    const { booked, slot } = await fullClinic('specialist', 2);
    const [first, green] = [await join('specialist'), await join('specialist', {}, { groups: ['pregnant'] })];
    expect([first.waiting.state, green.waiting.state]).toEqual(['waiting', 'waiting']);

    await cancel(booked[0]!.id);
    expect(await offered('specialist')).toEqual([green.id]);
    expect((await rows(`select code from outbox where audience = $1`, [`waiting:${green.id}`])).map(({ code }) => code)).toEqual(['seatOffered']);
    expect((await city.visitor().post('/api/appointments', { slot, care: care() })).body.code).toMatch(/slotFull|slotTaken/);

    const resident = city.visitor();
    await resident.post('/api/my/sign-in', { token: green.token, phoneLast4: String(green.waiting.person.phone).slice(-4) });
    expect((await resident.get('/api/waiting/mine')).body.waiting).toMatchObject({ id: green.id, offer: { slot }, actions: ['accept', 'decline', 'leave'] });
    expect((await resident.post(`/api/waiting/${first.id}/accept`)).status).toBe(404);
    expect((await resident.post(`/api/waiting/${green.id}/decline`)).body.waiting.state).toBe('waiting');
    expect(await offered('specialist')).toEqual([first.id]);

    const taken = await ward.post(`/api/waiting/${first.id}/accept`);
    expect(taken.body.waiting).toMatchObject({ state: 'placed' });
    expect((await rows('select state, slot from booking where id = $1', [taken.body.waiting.booking]))[0]).toEqual({ state: 'booked', slot });
    await promises('specialist');
  });

  it('given nobody answers, then they are to be rung at half time, and in the end the next is offered within seconds', async () => {
    const { booked } = await fullClinic('expert', 1);
    const [first, second] = [await join('expert'), await join('expert')];
    await cancel(booked[0]!.id);
    await rows('update waiting set call_at = 0 where id = $1', [first.id]);
    const list = await eventually(async () => {
      const { body } = await ward.get(`/api/waiting?institution=${HOUSE}`);
      return body.waiting[0].callThem ? body.waiting : undefined;
    }, 5);
    expect(list[0].id).toBe(first.id);
    await eventually(async () => ((await rows(`select from outbox where code = 'callThem' and audience = $1`, [`institution:${HOUSE}`])).length > 0 ? true : undefined), 5);

    await rows(`update booking set held_until = 1 where waiting = $1`, [first.id]);
    await eventually(async () => ((await offered('expert')).includes(second.id) ? true : undefined), 5);
    expect((await ward.post(`/api/waiting/${first.id}/accept`)).body.code).toBe('offerIsOver');
    await ward.post(`/api/waiting/${second.id}/leave`);
    await promises('expert');
  });

  it.each<[string, object, string]>([
    ['an emergency department', { service: 'emergency' }, 'emergencyTakesNoAppointments'], ['an institution that is not there', { institutions: ['ZZ-H-999'] }, 'unknownInstitution'],
    ['days that are over', { from: 0, to: 1 }, 'endsBeforeItBegins'],
  ])('nobody waits for %s', async (_, more, code) => {
    const { status, body } = await city.visitor().post('/api/waiting', { service: 'specialist', institutions: [], from: now, to: now + DAY, care: care(), ...more });
    expect([status, body.code]).toEqual([400, code]);
  });

  it('nobody stands in one line twice, and nobody waits who must not', async () => {
    const who = care();
    const ask = (of: object): Promise<any> => city.visitor().post('/api/waiting', { service: 'chemotherapy', institutions: [HOUSE], from: now, to: now + 2 * 3_600_000, care: of });
    expect((await ask(who)).status).toBe(201);
    expect((await ask(who)).body.code).toBe('waitsAlready');
    expect((await ask({ ...care(), findings: ['chestPain'] })).body.code).toBe('tooUrgentForAppointment');
  });
});

describe('many at once', () => {
  it('200 wait and 50 cancel together: within seconds 50 seats are held for the 50 who need them most', async () => {
    const { booked } = await fullClinic('obstetrics', 50);
    // Written at once, as the rows that joining writes: what is measured is the refilling.
    await rows(`insert into waiting (city, id, incident, state, service, institutions, from_at, to_at, acuity, green, town, district, person_key, phone_key, person, care, joined_at, made_by, owner_role, owner_scope, due_at)
      select city, 'Wmany' || n, incident, 'waiting', 'obstetrics', array[$1], $2::bigint, $2::bigint + 14 * 86400000::bigint, case when n % 10 = 0 then 'III' else 'IV' end, n % 3 = 0, town, '', 'key' || n, 'phone' || n,
        person, care, $2::bigint + 1000 - n, 'public', 'ward', 'institution:' || $1, $2::bigint + 86400000
      from (select * from booking where id = $3) as b, generate_series(1, 200) as n`, [HOUSE, now, booked[0]!.id]);
    await Promise.all(booked.map(({ id }) => cancel(id)));
    const held = await offered('obstetrics');
    expect(held.length).toBe(50);
    const line = (await rows(`select id, acuity, green, joined_at from waiting where service = 'obstetrics'`))
      .sort((a, b) => byNeed({ acuity: a.acuity, green: a.green, since: Number(a.joined_at) }, { acuity: b.acuity, green: b.green, since: Number(b.joined_at) }));
    expect([...held].sort()).toEqual(line.slice(0, 50).map(({ id }) => id).sort());
    await promises('obstetrics');
  }, 60_000);

  it('whatever people do at once, no seat stays free while somebody who could take it waits, and nobody has two', async () => {
    const { booked, slot } = await fullClinic('radiotherapy', 6);
    const chance = seededChance(11);
    const waiting: string[] = [];
    for (let round = 0; round < 6; round++) {
      const listed = (await ward.get(`/api/waiting?institution=${HOUSE}`)).body.waiting.filter(({ service }: any) => service === 'radiotherapy');
      await Promise.all([
        ...Array.from({ length: 1 + chance.below(3) }, async () => waiting.push((await join('radiotherapy', {}, chance.below(2) ? { groups: ['elderly'] } : {})).id)),
        ...(booked.length > 0 ? [cancel(booked.pop()!.id)] : []),
        ...listed.map(({ id }: any) => ward.post(`/api/waiting/${id}/${chance.pick(['accept', 'decline', 'leave', 'leave'])}`)),
      ]);
      await eventually(async () => {
        const free = await rows('select seats - taken as left from slot where id = $1', [slot]);
        const could = await rows(`select from waiting where service = 'radiotherapy' and state = 'waiting' and not ($1 = any(declined))`, [slot]);
        return free[0].left === 0 || could.length === 0 ? true : undefined;
      }, 10);
      await promises('radiotherapy');
    }
    expect((await rows('select taken <= seats as kept from slot where id = $1', [slot]))[0].kept).toBe(true);
  }, 60_000);

  it('given whoever places people again is killed in the middle, then another goes on and everybody has one seat', async () => {
    const { booked, slot } = await fullClinic('paediatrics', 3);
    await rows(`update slot set closed_at = null, closed_reason = null where service = 'paediatrics' and closed_reason = 'test'`);
    const hand = await db.connect();
    await hand.query(`select pg_advisory_lock(hashtextextended('zhengzhou displaced', 0))`);
    const { body } = await ward.post(`/api/sessions/${encodeURIComponent(slot)}/close`, { reason: 'The doctor is ill' });
    expect(body.people).toBe(3);
    await eventually(async () => ((await rows(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'advisory' and query like '%hashtextextended%' and pid <> pg_backend_pid()`)).length > 0 ? true : undefined), 10);
    expect((await rows('select from displaced where done_at is null and owner_scope is not null and due_at is not null')).length).toBe(3);
    await hand.query('select pg_advisory_unlock_all()');
    hand.release();
    await eventually(async () => ((await rows('select from displaced where done_at is null')).length === 0 ? true : undefined), 20);
    const seats = await rows(`select slot, state from booking where id = any($1)`, [booked.map(({ id }) => id)]);
    expect(seats.map(({ slot: to, state }) => [to !== slot, state])).toEqual(Array(3).fill([true, 'booked']));
    await promises('paediatrics');
  }, 60_000);
});
