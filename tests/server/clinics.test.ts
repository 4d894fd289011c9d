import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { dateOf } from '../../src/appointments/index.ts';
import { eventually, intake, newKey, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const HOUSE = 'ZZ-H-001';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let city: RunningCity;
let db: pg.Pool;
let ward: Visitor;
let today: number;
const rows = async <T extends pg.QueryResultRow = any>(text: string, values: unknown[] = []): Promise<T[]> => (await db.query<T>(text, values)).rows;
const put = (address: string, body: unknown): Promise<{ status: number; body: any }> => ward.send('PUT', address, body);
const session = (weekday: number, more: object = {}): object => ({ weekday, start: '08:00', end: '12:00', slotMinutes: 60, seats: 2, kept: 0, ...more });
const everyDay = (more: object = {}): object[] => [1, 2, 3, 4, 5, 6, 7].map((weekday) => session(weekday, more));
const schedule = (more: object = {}): object => ({ institution: HOUSE, service: 'specialist', clinic: '', sessions: everyDay(), validFrom: dateOf(today), ...more });
let people = 0;
const care = (more: object = {}): object => {
  people++;
  return intake({ person: { name: `Resident ${String(people).padStart(4, '0')}`, phone: `1370001${String(people).padStart(4, '0')}` }, need: 'specialist', ageYears: 40, ...more });
};
const book = async (slot: string, more: object = {}): Promise<any> => {
  const { status, body } = await city.visitor().post('/api/appointments', { slot, care: care(more) });
  expect(`${status} ${body.code ?? ''}`).toBe('201 ');
  return body;
};
const csv = (text: string | Uint8Array, query = ''): Promise<{ status: number; body: any }> => fetch(`${city.url}/api/schedules/import${query}`, {
  method: 'POST', body: text as string, headers: { cookie: ward.cookie, 'content-type': 'text/csv', 'idempotency-key': newKey() },
}).then(async (response) => ({ status: response.status, body: await response.json() }));

beforeAll(async () => {
  city = await startCity();
  db = city.database.pool;
  ward = await city.as(`ward@institution:${HOUSE}`);
  today = (await city.visitor().get('/api/city')).body.at;
}, 60_000);
afterAll(() => city.stop());

describe('an institution publishes', () => {
  it('given a schedule, then its sessions replace the built-in pattern, and the ward sees its day', async () => {
    const [{ count }] = await rows<{ count: number }>(`select count(*)::int as count from slot where institution = $1 and service = 'specialist' and starts_at > $2 and closed_at is null`, [HOUSE, today]) as [{ count: number }];
    const replaces = [{ institution: HOUSE, service: 'specialist', sessions: count }];
    const rehearsed = await put('/api/schedules/specialist?dryRun=true', schedule());
    expect(rehearsed).toMatchObject({ status: 200, body: { dryRun: true, schedules: [{ id: 'specialist', change: 'new' }], replaces } });
    expect(await put('/api/schedules/specialist', schedule())).toMatchObject({ status: 409, body: { code: 'replacesBuiltIn', errors: [{ field: 'confirmReplaces', detail: expect.stringContaining(`${count} coming sessions`) }] } });
    expect((await ward.get(`/api/schedules?institution=${HOUSE}`)).body.schedules).toEqual([]);

    const published = await put('/api/schedules/specialist?confirmReplaces=true', schedule());
    expect(published.body).toMatchObject({ slots: rehearsed.body.slots, replaces });
    const day = (await ward.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(today + 2 * DAY)}`)).body.sessions.filter(({ service, closed }: any) => service === 'specialist' && !closed);
    expect(day.map(({ startsAt, seats }: any) => [new Date(startsAt + 8 * HOUR).toISOString().slice(11, 16), seats])).toEqual([['08:00', 2], ['09:00', 2], ['10:00', 2], ['11:00', 2]]);
    expect((await ward.get(`/api/schedules?institution=${HOUSE}`)).body.patterns.some(({ service }: any) => service === 'specialist')).toBe(false);
    expect((await put('/api/schedules/specialist', schedule())).body.schedules[0].change).toBe('same');
  });

  it('everything wrong is said at once, by field; nothing is stored', async () => {
    const bad = schedule({ service: 'emergency', sessions: [session(1, { end: '07:00' }), session(8), session(2, { seats: -1, kept: 3 })], validUntil: '2020-01-01' });
    const { status, body } = await put('/api/schedules/bad', bad);
    expect(status).toBe(400);
    expect(body.errors.map(({ field, code }: any) => `${field} ${code}`)).toEqual([
      'service emergencyTakesNoAppointments', 'validUntil endsBeforeItBegins', 'sessions.0.end endsBeforeItBegins', 'sessions.1.weekday weekdayInvalid',
      'sessions.2.seats numberOutOfRange',
    ]);
    expect(await rows(`select from schedule where id = 'bad'`)).toEqual([]);
  });

  it('a session that overlaps another of its clinic is refused with the one it meets; a stranger\'s schedule is not there', async () => {
    const { status, body } = await put('/api/schedules/second', schedule({ sessions: [session(3, { start: '11:00', end: '13:00' })] }));
    expect([status, body.code, body.errors[0].field]).toEqual([400, 'sessionsOverlap', 'sessions.0.start']);
    const other = await city.as('ward@institution:ZZ-H-002');
    expect((await other.send('PUT', '/api/schedules/specialist', schedule())).status).toBe(404);
    expect((await other.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(today)}`)).status).toBe(404);
  });
});

describe('a table from a spreadsheet', () => {
  const HEAD = 'schedule,institution,service,clinic,kind,weekday,date,start,end,slot_minutes,seats,kept,reason';
  it('given everything is right, then it is published at once, with days off and extra sessions', async () => {
    const text = `\uFEFF${HEAD}\r\nexpert-a,${HOUSE},expert,"a, the first",weekly,1,,08:00,10:00,30,4,1,\r\nexpert-a,${HOUSE},expert,"a, the first",closed,,${dateOf(today + 3 * DAY)},,,30,1,,Holiday\r\n`;
    expect(await csv(text, '?dryRun=true')).toMatchObject({ status: 200, body: { dryRun: true, replaces: [{ service: 'expert' }] } });
    expect(await csv(text)).toMatchObject({ status: 409, body: { code: 'replacesBuiltIn' } });
    expect(await csv(text, '?confirmReplaces=true')).toMatchObject({ status: 200, body: { schedules: [{ id: 'expert-a', change: 'new' }] } });
  });

  it('given mistakes, then each has its line and column', async () => {
    const { status, body } = await csv(`${HEAD}\nx,${HOUSE},expert,,weekly,9,,08:00,10:00,30,4,5,\ny,ZZ-H-002,expert,,weekly,1,,8,10:00,30,some,0,\nz,${HOUSE},expert,,perhaps,1,,08:00,10:00,30,4,0,`);
    expect(status).toBe(400);
    expect(body.errors.map(({ code, line, column }: any) => `${line}:${column} ${code}`).sort()).toEqual([
      '2:12 keptBeyondSeats', '2:6 weekdayInvalid', '3:11 wholeNumberNeeded', '3:2 institutionNotYours', '3:8 timeInvalid', '4:1 scheduleEmpty', '4:5 kindUnknown',
    ]);
    expect((await csv(Uint8Array.from([0x61, 0xd6, 0xd0]))).body.code).toBe('csvNotUtf8');
  });
});

describe('somebody looks for a day', () => {
  it('given a day on which nothing is free, then the strip of days leaves it out, and has each of the others', async () => {
    const midnight = Math.floor((today + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
    const [full, other] = [midnight + 5 * DAY, midnight + 6 * DAY];
    const days = async (more = ''): Promise<number[]> => (await city.visitor().get(`/api/appointments/free/days?service=specialist&institution=${HOUSE}&from=${midnight}&to=${midnight + 14 * DAY}${more}`)).body.days;
    expect(await days()).toEqual(expect.arrayContaining([full, other]));
    await rows(`update slot set kept = seats, kept_until = starts_at where institution = $1 and service = 'specialist' and starts_at >= $2 and starts_at < $3`, [HOUSE, full, other]);
    expect(await days()).not.toContain(full);
    expect(await days()).toContain(other);
    expect(await days('&groups=pregnant'), 'what is kept back is theirs').toContain(full);
    await rows(`update slot set kept = 0, kept_until = null where institution = $1 and service = 'specialist' and starts_at >= $2 and starts_at < $3`, [HOUSE, full, other]);
    expect((await city.visitor().get('/api/appointments/free/days?service=emergency&from=1&to=2')).body.code).toBe('emergencyTakesNoAppointments');
    expect((await city.visitor().get('/api/appointments/free/days?service=specialist&from=2&to=1')).body.code).toBe('endsBeforeItBegins');
  });
});

describe('somebody looks in the whole city', () => {
  it('a child is shown who sees children, also without asking; nobody else is led to a children\'s hospital, which whoever asks for it by name still finds', async () => {
    const CHILDRENS = 'ZZ-H-025';
    const found = async (more: string): Promise<{ institution: string; seesChildren: boolean }[]> => (await city.visitor().get(`/api/appointments/free?service=specialist&limit=200&${more}`)).body.seats;
    const [{ free }] = await rows(`select count(*)::int as free from slot where institution = $1 and service = 'specialist' and has_seat and starts_at > $2`, [CHILDRENS, today]);
    expect(free).toBeGreaterThan(0);
    expect((await found('groups=child')).every(({ seesChildren }) => seesChildren)).toBe(true);
    expect((await found(`institution=${CHILDRENS}`)).length).toBeGreaterThan(0);
    await rows(`update slot set closed_at = 1, closed_reason = 'others' where service = 'specialist' and institution <> $1 and closed_at is null`, [CHILDRENS]);
    expect(new Set((await found('')).map(({ institution }) => institution))).toEqual(new Set());
    expect(new Set((await found('groups=child')).map(({ institution }) => institution))).toEqual(new Set([CHILDRENS]));
    await rows(`update slot set closed_at = null, closed_reason = null where closed_reason = 'others'`);
  });
});

describe('a session is closed', () => {
  const slotAt = async (day: number, hour: string): Promise<string> =>
    (await ward.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(today + day * DAY)}`)).body.sessions.find(({ service, closed, startsAt }: any) => service === 'specialist' && !closed && new Date(startsAt + 8 * HOUR).toISOString().slice(11, 16) === hour).slot;
  const placed = (): Promise<true> => eventually(async () => ((await rows('select from displaced where done_at is null')).length === 0 ? true as const : undefined), 20);

  it('given people are booked, then each has the next seat here and is told', async () => {
    const slot = await slotAt(2, '08:00');
    const [a, b] = [await book(slot), await book(slot)];
    const closed = await ward.post(`/api/sessions/${encodeURIComponent(slot)}/close`, { reason: 'The doctor is ill' });
    expect(closed).toMatchObject({ status: 200, body: { people: 2, slots: { closed: 1 } } });
    await placed();
    const now = await rows(`select id, slot from booking where id = any($1) and state = 'booked'`, [[a.id, b.id]]);
    expect(now.map(({ slot: to }) => to)).toEqual([await slotAt(2, '09:00'), await slotAt(2, '09:00')]);
    expect((await rows(`select audience from outbox where code = 'appointmentMoved' and audience = any($1)`, [[`appointment:${a.id}`, `appointment:${b.id}`]])).length).toBe(2);
    expect((await rows('select taken from slot where id = $1', [slot]))[0].taken).toBe(0);
  });

  it('given it becomes smaller, then those stay who need it most; given another time, then they go there together', async () => {
    const slot = await slotAt(3, '08:00');
    const [first, green] = [await book(slot), await book(slot, { groups: ['pregnant'] })];
    expect((await ward.post(`/api/sessions/${encodeURIComponent(slot)}/change`, { seats: 1 })).body.people).toBe(1);
    await placed();
    expect((await rows('select seats, taken, seats_to from slot where id = $1', [slot]))[0]).toEqual({ seats: 1, taken: 1, seats_to: null });
    expect((await rows('select slot = $2 as stays from booking where id = any($1) order by slot = $2', [[first.id, green.id], slot])).map(({ stays }) => stays)).toEqual([false, true]);
    expect((await rows('select slot from booking where id = $1', [green.id]))[0].slot).toBe(slot);

    const startsAt = (await rows('select starts_at from slot where id = $1', [slot]))[0].starts_at - HOUR;
    const moved = await ward.post(`/api/sessions/${encodeURIComponent(slot)}/change`, { startsAt: Number(startsAt) });
    expect(moved).toMatchObject({ status: 200, body: { people: 1 } });
    await placed();
    expect(Number((await rows('select starts_at from booking join slot on slot.id = booking.slot where booking.id = $1', [green.id]))[0].starts_at)).toBe(Number(startsAt));
  });

  it('given nobody has a seat for them, then they are first in line with an owner and a deadline, and get the next seat', async () => {
    const slot = await slotAt(4, '08:00');
    const last = await book(slot);
    await rows(`update slot set closed_at = 1, closed_reason = 'test' where service = 'specialist' and id <> $1 and taken = 0 and starts_at > $2 and starts_at < $2 + 20 * 86400000::bigint`, [slot, today]);
    await rows(`update slot set seats = taken where service = 'specialist' and id <> $1 and taken > 0`, [slot]);
    await ward.post(`/api/sessions/${encodeURIComponent(slot)}/close`, { reason: 'Disinfection' });
    await placed();
    const [waits] = await rows(`select * from waiting where displaced and state = 'waiting'`);
    expect(waits).toMatchObject({ owner_role: 'ward', owner_scope: `institution:${HOUSE}` });
    expect(waits.person.name).toBe(last.person.name);
    expect((await ward.get(`/api/waiting?institution=${HOUSE}`)).body.waiting[0]).toMatchObject({ id: waits.id, displaced: true });

    await rows(`update slot set closed_at = null, closed_reason = null where id = (select id from slot where service = 'specialist' and closed_reason = 'test' and starts_at > $1 order by starts_at limit 1)`, [today + DAY]);
    const offered = await eventually(async () => (await ward.get(`/api/waiting?institution=${HOUSE}`)).body.waiting.find(({ offer }: any) => offer), 10);
    expect((await ward.post(`/api/waiting/${offered.id}/accept`)).body.waiting).toMatchObject({ state: 'placed' });
    // The link they were given with their first appointment opens the new one.
    const resident = city.visitor();
    await resident.post('/api/my/sign-in', { token: last.token, phoneLast4: last.person.phone.slice(-4) });
    expect((await resident.get('/api/appointments/mine')).body.appointment).toMatchObject({ state: 'booked', person: { name: last.person.name } });
  });

  it('given one seat for two, then it is theirs who needs it more, and the other is first in line', async () => {
    await put('/api/schedules/chemo?confirmReplaces=true', schedule({ service: 'chemotherapy' }));
    const coming = (await ward.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(today + 2 * DAY)}`)).body.sessions.filter(({ service, closed }: any) => service === 'chemotherapy' && !closed);
    const [slot, only] = coming.map(({ slot: id }: any) => id);
    await rows(`update slot set closed_at = 1, closed_reason = 'test' where service = 'chemotherapy' and closed_at is null and not (id = any($1))`, [[slot, only]]);
    await rows('update slot set seats = 1 where id = $1', [only]);
    const [ordinary, green] = [await book(slot, { need: 'chemotherapy' }), await book(slot, { need: 'chemotherapy', groups: ['disabled'] })];
    await ward.post(`/api/sessions/${encodeURIComponent(slot)}/close`, { reason: 'The doctor is ill' });
    await placed();
    expect((await rows('select slot, state from booking where id = $1', [green.id]))[0]).toEqual({ slot: only, state: 'booked' });
    expect((await rows('select outcome, waiting from displaced where booking = $1', [ordinary.id]))[0]).toMatchObject({ outcome: 'waits', waiting: expect.stringMatching(/^W/) });
    const opened = city.visitor();
    await opened.post('/api/my/sign-in', { token: ordinary.token, phoneLast4: ordinary.person.phone.slice(-4) });
    expect((await opened.get('/api/waiting/mine')).body.waiting).toMatchObject({ displaced: true, state: 'waiting' });
    await rows(`update slot set closed_at = null, closed_reason = null where service = 'chemotherapy' and closed_reason = 'test'`);
  });

  it('given a ward closes its whole service, then whoever booked is placed at once; when it opens, its sessions are held again', async () => {
    await rows(`delete from waiting where service = 'chemotherapy'`);
    const day = (await ward.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(today + DAY)}`)).body.sessions.filter(({ service, closed }: any) => service === 'chemotherapy' && !closed);
    const booked = await book(day[0].slot, { need: 'chemotherapy' });
    const report = await ward.post(`/api/institutions/${HOUSE}/services/chemotherapy/status`, { state: 'closed', since: today, until: today + 2 * DAY, reason: 'disinfection', standIn: 'ZZ-H-002' });
    expect(`${report.status} ${report.body.code ?? ''}`).toBe('200 ');
    await placed();
    // Whose request has begun meanwhile is placed by it, with another booking.
    const elsewhere = await eventually(async () => (await rows(`select from booking b join slot on slot.city = b.city and slot.id = b.slot
      where (b.id = $1 or b.journey = (select journey from booking where id = $1)) and b.state = 'booked' and (slot.institution <> $2 or slot.starts_at >= $3)`, [booked.id, HOUSE, today + 2 * DAY]))[0], 20);
    expect(elsewhere).toBeDefined();
    await ward.post(`/api/institutions/${HOUSE}/services/chemotherapy/status`, { state: 'open' });
    expect((await ward.get(`/api/clinic-day?institution=${HOUSE}&date=${dateOf(today + DAY)}`)).body.sessions.find(({ slot }: any) => slot === day[0].slot).closed).toBeUndefined();
  });
});
