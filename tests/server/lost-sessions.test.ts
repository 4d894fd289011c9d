/** Who holds, waits, is there already or is on their way when a session closes, shrinks or moves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateOf } from '../../src/appointments/index.ts';
import { DAY_MS, HOUR_MS } from '../../src/base/index.ts';
import { book, layOut, somebody, wrongSessions } from '../booking-people.ts';
import { eventually, startCity, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let ward: Visitor;
let now: number;
let day: number;
beforeAll(async () => {
  city = await startCity({ city: 'toytown', intakePerMinute: Infinity });
  ward = await city.as('ward@institution:T-H1');
  now = (await city.visitor().get('/api/city')).body.at;
  day = now + 2 * DAY_MS;
  // Nobody is placed anywhere but where a test says.
  await rows(`update slot set closed_at = 1, closed_reason = 'test' where service in ('specialist', 'haemodialysis')`);
}, 60_000);
afterAll(() => city.stop());

const rows = async (text: string, values: unknown[] = []): Promise<any[]> => (await city.database.pool.query(text, values)).rows;
const session = (given: Record<string, unknown> = {}, startsAt = day): Promise<string> => layOut(city.database.pool, startsAt, given);
const close = (slot: string): Promise<Answer> => ward.post(`/api/sessions/${encodeURIComponent(slot)}/close`, { reason: 'The doctor is ill' });
const change = (slot: string, to: object): Promise<Answer> => ward.post(`/api/sessions/${encodeURIComponent(slot)}/change`, to);
const hold = (slot: string, { person }: ReturnType<typeof somebody>): Promise<Answer> => city.visitor().post('/api/appointments/hold', { slot, person: { name: person.name, phone: person.phone, groups: [] } });
const join = async (care: object, service = 'specialist'): Promise<any> => (await city.visitor().post('/api/waiting', { service, institutions: ['T-H1'], from: now, to: now + 10 * DAY_MS, care })).body;
const placed = (): Promise<true> => eventually(async () => ((await rows('select from displaced where done_at is null')).length === 0 ? true as const : undefined), 20);
const bookingOf = async (id: string): Promise<any> => (await rows('select state, slot, journey, kept from booking where id = $1', [id]))[0];
const end = (...slots: string[]): Promise<unknown> => rows(`update slot set closed_at = 1, closed_reason = 'test' where id = any($1)`, [slots]);

describe('a session that is not held', () => {
  it('given somebody is there already, then they have another seat too, and are told', async () => {
    const [slot, next] = [await session(), await session({}, day + HOUR_MS)];
    const { body: { id } } = await book(city.url, slot);
    await rows(`update booking set state = 'checkedIn' where id = $1`, [id]);
    expect((await close(slot)).body.people).toBe(1);
    await placed();
    expect(await bookingOf(id)).toMatchObject({ state: 'booked', slot: next });
    expect(await rows(`select code from outbox where audience = $1 and code = 'appointmentMoved'`, [`appointment:${id}`])).toHaveLength(1);
    await end(slot, next);
  });

  it('given somebody was offered a seat in it, then they are told that it is over, wait again, and are rung up for the next one as for the first', async () => {
    const slot = await session({ seats: 1 });
    const waits = await join(somebody());
    expect(waits.waiting.offer.slot).toBe(slot);
    await rows('update waiting set called = true where id = $1', [waits.id]);
    await close(slot);
    expect((await rows('select state, called from waiting where id = $1', [waits.id]))[0]).toEqual({ state: 'waiting', called: false });
    expect(await rows(`select from outbox where audience = $1 and code = 'offerOver'`, [`waiting:${waits.id}`])).toHaveLength(1);
    await rows(`update waiting set state = 'left', due_at = null, owner_role = null, owner_scope = null where id = $1`, [waits.id]);
  });

  it('given a chair of it was offered to a cohort, then its hour is nobody\'s when it is held again', async () => {
    const slot = `T-H1/haemodialysis/${day}`;
    await rows(`insert into slot (city, id, institution, service, starts_at, ends_at, seats) values ('toytown', $1, 'T-H1', 'haemodialysis', $2, $3, 2) on conflict (city, id) do update set closed_at = null, closed_reason = null, seats = 2, taken = 0, cohort = null`, [slot, day, day + 4 * HOUR_MS]);
    const waits = await join(somebody({ need: 'haemodialysis', test: 'positive' }), 'haemodialysis');
    expect((await rows('select cohort from slot where id = $1', [slot]))[0].cohort).toBe('positive');
    await close(slot);
    expect((await rows('select cohort, taken from slot where id = $1', [slot]))[0]).toEqual({ cohort: null, taken: 0 });
    await rows(`update waiting set state = 'left', due_at = null, owner_role = null, owner_scope = null where id = $1`, [waits.id]);
  });
});

describe('a service that is shut for a time', () => {
  const says = (state: object): Promise<Answer> => ward.post('/api/institutions/T-H1/services/chemotherapy/status', state);
  const standing = (): Promise<any[]> => rows(`select id, starts_at, closed_at is null as open from slot where service = 'chemotherapy' and institution = 'T-H1' and starts_at > $1 order by starts_at`, [now]);

  it('given its ward takes one of its sessions back by hand meanwhile, then that one stays closed when it opens', async () => {
    expect((await says({ state: 'closed', since: now, until: now + DAY_MS * 2 - HOUR_MS, reason: 'disinfection', standIn: 'T-H2' })).status).toBe(200);
    const { id } = (await standing()).find(({ open }) => !open);
    expect((await close(id)).status).toBe(200);
    await says({ state: 'open' });
    expect((await standing()).filter(({ open }) => !open).map((each) => each.id)).toEqual([id]);
  });

  it('given another schedule is published meanwhile, then none of its sessions is held before it opens, and none of the old ones after', async () => {
    const until = now + DAY_MS * 2 - HOUR_MS;
    expect((await says({ state: 'closed', since: now, until, reason: 'disinfection', standIn: 'T-H2' })).status).toBe(200);
    const sessions = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => ['06:10', '20:10'].map((start) => ({ weekday, start, end: start.replace(':10', ':50'), slotMinutes: 40, seats: 2, kept: 0 })));
    const put = await ward.send('PUT', '/api/schedules/chemo?confirmReplaces=true', { institution: 'T-H1', service: 'chemotherapy', clinic: '', sessions, validFrom: dateOf(now) });
    expect(put.status).toBe(200);
    const meanwhile = await standing();
    expect(meanwhile.filter(({ open, starts_at: starts }) => open && Number(starts) < until)).toEqual([]);
    expect(meanwhile.some(({ open, starts_at: starts }) => open && Number(starts) > until)).toBe(true);
    await says({ state: 'open' });
    const open = (await standing()).filter((each) => each.open).map(({ starts_at: starts }) => Number(starts));
    expect(open.every((starts) => new Date(starts).toISOString().slice(14, 16) === '10')).toBe(true);
    expect(open.some((starts) => starts < until)).toBe(true);
  });
});

describe('a session that becomes smaller', () => {
  it('given a seat of it is only held, then nobody who has booked loses theirs for it', async () => {
    const [slot, other] = [await session({ seats: 2 }), await session({}, day + HOUR_MS)];
    const { body: booked } = await book(city.url, slot);
    const { body: held } = await hold(slot, somebody());
    expect((await change(slot, { seats: 1 })).body.people).toBe(0);
    expect(await bookingOf(booked.id)).toMatchObject({ state: 'booked', slot });
    expect((await bookingOf(held.id)).state).toBe('cancelled');
    expect((await rows('select seats, taken, seats_to from slot where id = $1', [slot]))[0]).toEqual({ seats: 1, taken: 1, seats_to: null });
    await end(slot, other);
  });
});

describe('a session that is moved', () => {
  it('given it was a cohort\'s by whoever sat there, then it meets every other session of its unit', async () => {
    const from = `T-H1/haemodialysis/${day + DAY_MS}`;
    const at = `T-H1/haemodialysis/${day + DAY_MS + 6 * HOUR_MS}`;
    for (const [id, starts] of [[from, day + DAY_MS], [at, day + DAY_MS + 6 * HOUR_MS]] as const) {
      await rows(`insert into slot (city, id, institution, service, starts_at, ends_at, seats) values ('toytown', $1, 'T-H1', 'haemodialysis', $2, $3, 2) on conflict (city, id) do update set closed_at = null, closed_reason = null`, [id, starts, starts + 4 * HOUR_MS]);
    }
    expect((await book(city.url, from, somebody({ need: 'haemodialysis', test: 'positive' }))).status).toBe(201);
    expect((await change(from, { startsAt: day + DAY_MS + 6 * HOUR_MS })).body.code).toBe('sessionsMeet');
    await end(from, at);
  });

  it('given it is moved to before it would have opened for booking, then it opens as much earlier', async () => {
    const slot = await session({ released_at: day + 2 * DAY_MS }, day + 3 * DAY_MS);
    expect((await change(slot, { startsAt: day })).status).toBe(200);
    const [moved] = await rows('select id, released_at from slot where clinic = (select clinic from slot where id = $1) and id <> $1', [slot]);
    expect(Number(moved.released_at)).toBe(day - DAY_MS);
    await end(slot, moved.id);
  });

  it('given it comes back to where it stood, then those kept back and taken there still fit', async () => {
    const slot = await session({ seats: 2, kept: 2, kept_until: day });
    const { body: { id } } = await book(city.url, slot, somebody({ groups: ['pregnant'] }));
    expect((await change(slot, { startsAt: day + HOUR_MS })).status).toBe(200);
    await placed();
    const [{ slot: moved }] = [await bookingOf(id)];
    expect(moved).not.toBe(slot);
    expect((await change(moved, { startsAt: day })).status).toBe(200);
    await placed();
    expect(await bookingOf(id)).toMatchObject({ state: 'booked', slot });
    await end(slot, moved);
  });
});

describe('a request that runs', () => {
  const running = async (slot: string, care: object): Promise<{ id: string; journey: string; token: string }> => {
    const { status, body } = await book(city.url, slot, care);
    expect(status).toBe(201);
    await rows('update booking set call_up_at = 1 where id = $1', [body.id]);
    const journey = await eventually(async () => (await bookingOf(body.id)).journey ?? undefined, 20);
    return { id: body.id, journey, token: body.token };
  };

  it('given only a seat kept back for people like her is left, then it is hers: asked for by herself, and when her session closes', async () => {
    const [slot, kept, last] = [await session({ seats: 1 }), await session({ seats: 1, kept: 1, kept_until: day }, day + HOUR_MS), await session({ seats: 1, kept: 1, kept_until: day }, day + 2 * HOUR_MS)];
    const { id } = await running(slot, somebody({ groups: ['pregnant'] }));
    const moved = await ward.post(`/api/appointments/${id}/move`, { slot: kept });
    expect(`${moved.status} ${moved.body.code ?? ''}`).toBe('200 ');
    expect(await bookingOf(id)).toMatchObject({ slot: kept, kept: true });
    await close(kept);
    await end(slot);
    await placed();
    expect(await bookingOf(id)).toMatchObject({ state: 'booked', slot: last, kept: true });
    expect(await wrongSessions(city.database.pool)).toEqual([]);
    await end(last);
  });

  it('given another of their appointments is on that day, then they hear it, and both stay', async () => {
    const care = somebody();
    const [slot, other, third] = [await session(), await session({}, day + DAY_MS), await session({}, day + DAY_MS + HOUR_MS)];
    const { id } = await running(slot, care);
    const { body: second } = await book(city.url, other, care);
    const answer = await ward.post(`/api/appointments/${id}/move`, { slot: third });
    expect(`${answer.status} ${answer.body.code}`).toBe('409 alreadyBookedThatDay');
    expect([(await bookingOf(id)).slot, (await bookingOf(second.id)).slot]).toEqual([slot, other]);
    await end(slot, other, third);
  });

  it('given it is moved to a day and another is booked on that day in the same moment, then one of them is, and the other hears why', async () => {
    for (let round = 0; round < 6; round++) {
      const care = somebody();
      const [slot, other, third] = [await session(), await session({}, day + DAY_MS), await session({}, day + DAY_MS + HOUR_MS)];
      const { id } = await running(slot, care);
      const answers = await Promise.all([ward.post(`/api/appointments/${id}/move`, { slot: third }), book(city.url, other, care)]);
      expect(answers.filter(({ status }) => status < 300), JSON.stringify(answers.map(({ body }) => body))).toHaveLength(1);
      expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([409]);
      await end(slot, other, third);
    }
  }, 60_000);
});

describe('a place in line', () => {
  it('of a child is offered nothing at a clinic that sees no children, and everything at one that does', async () => {
    await rows(`update slot set closed_at = 1, closed_reason = 'test' where service = 'generalOutpatient'`);
    const at = (house: string, startsAt: number): Promise<string> =>
      layOut(city.database.pool, startsAt, { id: `${house}/generalOutpatient/${startsAt}/clinic:x`, institution: house, service: 'generalOutpatient', clinic: 'x' });
    const adults = await at('T-H4', day);
    const care = somebody({ need: 'generalOutpatient', person: { name: 'A child', phone: '13700077777', ageMonths: 60 } });
    const child = (await city.visitor().post('/api/waiting', { service: 'generalOutpatient', institutions: [], from: now, to: now + 10 * DAY_MS, care })).body;
    expect(child.waiting.state).toBe('waiting');
    const children = await at('T-H1', day + HOUR_MS);
    const offered = await eventually(async () => (await rows(`select offer_slot from waiting where id = $1 and state = 'offered'`, [child.id]))[0], 20);
    expect(offered.offer_slot).toBe(children);
    await end(adults, children);
  });


  it('gives nobody more appointments than they may have', async () => {
    const care = somebody();
    for (let nth = 0; nth < 4; nth++) expect((await book(city.url, await session({}, day + nth * DAY_MS), care)).status).toBe(201);
    await session({}, day + 5 * DAY_MS);
    expect((await join(care)).code).toBe('limitPerson');
    expect(await rows(`select from waiting where person ->> 'name' = $1`, [care.person.name])).toEqual([]);
  });
});
