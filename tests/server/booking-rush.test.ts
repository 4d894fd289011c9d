import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/base/index.ts';
import { book, layOut, somebody, wrongSessions } from '../booking-people.ts';
import { eventually, freePort, newKey, startCity, TOWN, type Answer, type RunningCity } from '../running-city.ts';

let city: RunningCity;
let day: number;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  day = (await city.visitor().get('/api/city')).body.at + DAY_MS;
}, 60_000);
afterAll(() => city.stop());

const rows = async (text: string, values: unknown[] = []): Promise<any[]> => (await city.database.pool.query(text, values)).rows;
const session = (given: Record<string, unknown> = {}, startsAt = day): Promise<string> => layOut(city.database.pool, startsAt, given);
const hold = (slot: string, { person }: ReturnType<typeof somebody>, groups: readonly string[] = []): Promise<Answer> =>
  city.visitor().post('/api/appointments/hold', { slot, person: { name: person.name, phone: person.phone, groups } });
const codes = ({ body }: Answer): readonly string[] => (body.errors ?? [body]).map(({ code }: { code: string }) => code);

describe('a seat', () => {
  it('is found, held, booked, opened by its link, moved and given back', async () => {
    const slot = await session({ seats: 1 });
    const other = await session({ seats: 1 }, day + HOUR_MS);
    const found = await city.visitor().get(`/api/appointments/free?service=specialist&town=990101001&clinic=${slot.split(':')[1]}`);
    expect(found.body.seats.map((seat: { slot: string }) => seat.slot)).toEqual([slot]);
    const care = somebody();

    const held = await hold(slot, care);
    expect([held.status, held.body.state]).toEqual([201, 'held']);
    expect((await book(city.url, slot)).body).toMatchObject({ status: 409, code: 'slotTaken' });
    const booked = await city.visitor().post('/api/appointments', { hold: held.body.id, care });
    expect([booked.status, booked.body.id, booked.body.state]).toEqual([201, held.body.id, 'booked']);

    const resident = city.visitor();
    const me = await resident.post('/api/my/sign-in', { token: booked.body.token, phoneLast4: care.person.phone.slice(-4) });
    expect(me.body.actor).toMatchObject({ role: 'resident', scope: `appointment:${held.body.id}` });
    expect((await resident.get('/api/appointments/mine')).body.appointment).toMatchObject({ slot, actions: ['move', 'cancel'] });
    const moved = await resident.post(`/api/appointments/${held.body.id}/move`, { slot: other });
    expect([moved.status, moved.body.appointment?.slot]).toEqual([200, other]);
    expect((await book(city.url, slot)).status).toBe(201);
    const cancelled = await resident.post(`/api/appointments/${held.body.id}/cancel`, {});
    expect(cancelled.body.appointment).toMatchObject({ state: 'cancelled', actions: [] });
    expect((await book(city.url, other)).status).toBe(201);
  });

  it('given its new session is full, then the old seat stays theirs', async () => {
    const [mine, full] = [await session({ seats: 1 }), await session({ seats: 1 }, day + HOUR_MS)];
    await book(city.url, full);
    const care = somebody();
    const { body: booked } = await book(city.url, mine, care);
    const resident = city.visitor();
    await resident.post('/api/my/sign-in', { token: booked.token, phoneLast4: care.person.phone.slice(-4) });

    const answer = await resident.post(`/api/appointments/${booked.id}/move`, { slot: full });

    expect([answer.status, answer.body.code]).toEqual([409, 'slotTaken']);
    expect((await resident.get('/api/appointments/mine')).body.appointment).toMatchObject({ slot: mine, state: 'booked' });
  });

  it('given another hour of the same day is chosen while one is held, then it is theirs and the first is free; given it is full, then the first stays', async () => {
    const [first, other, full] = [await session({ seats: 1 }), await session({ seats: 1 }, day + HOUR_MS), await session({ seats: 1 }, day + 2 * HOUR_MS)];
    await book(city.url, full);
    const care = somebody();
    const person = { name: care.person.name, phone: care.person.phone, groups: [] };
    const instead = (slot: string, of: string): Promise<Answer> => city.visitor().post('/api/appointments/hold', { slot, person, hold: of });
    const { body: held } = await hold(first, care);
    expect((await instead(full, held.id)).body.code).toBe('slotTaken');
    expect(await rows(`select state from booking where id = $1`, [held.id])).toEqual([{ state: 'held' }]);

    const answer = await instead(other, held.id);

    expect([answer.status, answer.body.slot]).toEqual([201, other]);
    expect(await rows(`select slot from booking where person_key = (select person_key from booking where id = $1) and state = 'held'`, [answer.body.id])).toEqual([{ slot: other }]);
    expect((await book(city.url, first)).status).toBe(201);
  });

  it('held by somebody who never came back is free the moment the hold is over, also before anybody has swept', async () => {
    const slot = await session({ seats: 1 });
    const { body: held } = await hold(slot, somebody());
    const [answer] = await Promise.all([
      rows(`update booking set held_until = 1 where id = $1`, [held.id]).then(() => book(city.url, slot)),
    ]);
    expect(answer!.status).toBe(201);
    expect(await rows(`select state, person, token_hash from booking where id = $1`, [held.id])).toEqual([{ state: 'cancelled', person: null, token_hash: null }]);
  });

  it('kept back goes to a green channel first, and to everybody once its time has come', async () => {
    const slot = await session({ seats: 2, kept: 1, kept_until: day - HOUR_MS });
    expect((await book(city.url, slot)).status).toBe(201);
    const refused = await book(city.url, slot);
    expect([refused.body.code, refused.body.detail]).toEqual(['seatsKept', expect.stringContaining('until 20')]);
    expect((await book(city.url, slot, somebody({ groups: ['pregnant'] }))).body).toMatchObject({ state: 'booked', kept: true });

    const opened = await session({ seats: 1, kept: 1, kept_until: 1 });
    expect((await book(city.url, opened)).body).toMatchObject({ state: 'booked', kept: false });
  });
});

describe('the rush when a session opens', () => {
  it.each([8, 64, 200])('200 callers on 50 seats, %i at a time: 50 have a seat, nobody else was refused for it', async (parallel) => {
    const slot = await session();
    const callers = Array.from({ length: 200 }, () => somebody());
    const answers: Answer[] = [];

    await Promise.all(Array.from({ length: parallel }, async () => {
      for (let care = callers.pop(); care; care = callers.pop()) answers.push(await book(city.url, slot, care));
    }));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
    expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(Array(150).fill('slotTaken'));
    expect(await wrongSessions(city.database.pool)).toEqual([]);
  }, 60_000);

  it('one telephone that asks forty times at once gets no more than its limit, and one key one seat', async () => {
    const slots = await Promise.all(Array.from({ length: 10 }, (_, index) => session({}, day + index * DAY_MS)));
    const { person } = somebody();
    const many = await Promise.all(Array.from({ length: 40 }, (_, index) => book(city.url, slots[index % 10]!, somebody({ person: { ...person, name: `Relative ${index}` } }))));
    expect(many.filter(({ status }) => status === 201)).toHaveLength(6);

    const [care, key] = [somebody(), newKey()];
    const same = await Promise.all(Array.from({ length: 20 }, () => book(city.url, slots[0]!, care, key)));
    expect(new Set(same.map(({ status, body }) => `${status} ${body.id} ${body.token}`)).size).toBe(1);
    expect((await book(city.url, slots[1]!, care, key)).body.code).toBe('idempotencyKeyReused');
    expect(await wrongSessions(city.database.pool)).toEqual([]);
  }, 60_000);

  it('a server that is killed in the middle of it: every seat that was acknowledged is there, and the rest are given once', async () => {
    // The program serves its own city, which may share the database.
    const slot = await session({ city: 'zhengzhou', starts_at: Date.UTC(2099, 0, 1), ends_at: Date.UTC(2099, 0, 2) });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const start = async (): Promise<ChildProcess> => {
      const child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../../src/main.ts'), 'serve'], {
        env: { ...process.env, PORT: String(port), DATABASE_URL: city.database.url, GREENLANE_DEMO: 'on' }, stdio: 'ignore',
      });
      await eventually(async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok || undefined, 30);
      return child;
    };
    const callers = Array.from({ length: 120 }, () => ({ care: somebody({ town: TOWN }), key: newKey() }));
    const ask = ({ care, key }: (typeof callers)[number]): Promise<Answer | undefined> => book(url, slot, care, key).catch(() => undefined);
    const first = await start();
    let answered = 0;
    const gone = new Promise((resolve) => first.once('exit', resolve));

    const before = await Promise.all(callers.map(async (caller, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 2));
      const answer = await ask(caller);
      if (answer?.status === 201 && ++answered === 10) first.kill('SIGKILL');
      return answer;
    }));
    await gone;
    const second = await start();
    const after = await Promise.all(callers.map(ask));
    second.kill('SIGKILL');

    expect(after.filter((answer) => answer?.status === 201)).toHaveLength(50);
    before.forEach((answer, index) => {
      if (answer?.status === 201) expect(after[index]!.body.id).toBe(answer.body.id);
    });
    expect(await wrongSessions(city.database.pool)).toEqual([]);
  }, 90_000);
});

describe('what cannot be is refused with its reasons, all at once', () => {
  it('a session that is past and closed, one that opens later, one nobody knows', async () => {
    expect(codes(await book(city.url, await session({ closed_at: 1 }, day - 2 * DAY_MS)))).toEqual(['slotPast', 'slotClosed']);
    expect(codes(await book(city.url, await session({ released_at: day })))).toEqual(['notReleasedYet']);
    expect(codes(await book(city.url, 'T-H1/specialist/1'))).toEqual(['slotUnknown']);
  });

  it('a second appointment of the day, a fifth in the week', async () => {
    const { person } = somebody();
    const at = (index: number): Promise<string> => session({}, day + index * DAY_MS);
    const tell = async (index: number): Promise<Answer> => book(city.url, await at(index), somebody({ person }));
    expect((await tell(0)).status).toBe(201);
    expect(codes(await tell(0))).toEqual(['alreadyBookedThatDay']);
    for (const index of [1, 2, 3]) expect((await tell(index)).status).toBe(201);
    expect(codes(await tell(3))).toEqual(['alreadyBookedThatDay', 'limitPerson']);
    const refused = await tell(4);
    expect([codes(refused), refused.body.detail]).toEqual([['limitPerson'], expect.stringContaining('4 appointments')]);
  });

  it('an emergency, in whatever clothes, is sent to 120 and not to next week', async () => {
    const slot = await session();
    expect(codes(await book(city.url, `T-H1/emergency/${day}`))).toEqual(['emergencyTakesNoAppointments']);
    expect(codes(await book(city.url, slot, somebody({ need: 'emergency' })))).toEqual(['emergencyTakesNoAppointments']);
    const urgent = await book(city.url, slot, somebody({ findings: ['chestPain'] }));
    expect([urgent.body.code, urgent.body.detail]).toEqual(['tooUrgentForAppointment', expect.stringContaining('120')]);
    expect((await city.visitor().get('/api/appointments/free?service=emergency')).body.code).toBe('emergencyTakesNoAppointments');
  });

  it('a stranger\'s appointment and hold: nobody is told that they exist', async () => {
    const slot = await session();
    const { body: booked } = await book(city.url, slot);
    const other = somebody();
    const { body: mine } = await book(city.url, slot, other);
    const resident = city.visitor();
    await resident.post('/api/my/sign-in', { token: mine.token, phoneLast4: other.person.phone.slice(-4) });
    for (const person of [resident, await city.as('ward@institution:T-H2'), await city.as('committee@town:990102001')]) {
      for (const answer of [await person.get(`/api/appointments/${booked.id}`), await person.post(`/api/appointments/${booked.id}/cancel`, { reason: 'mine' }), await person.post(`/api/appointments/${booked.id}/move`, { slot })]) {
        expect([answer.status, answer.body.code]).toEqual([404, 'notFound']);
      }
    }
    const { body: held } = await hold(slot, somebody());
    const taken = await city.visitor().post('/api/appointments', { hold: held.id, care: somebody() });
    expect(codes(taken)).toEqual(codes(await city.visitor().post('/api/appointments', { hold: 'B-none', care: somebody() })));
  });

  it('many wrong fields, and a body no person would send', async () => {
    const answer = await city.visitor().post('/api/appointments', { slot: '', care: { person: { name: '', phone: 'x' }, need: 'nonsense', colour: 1 } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(expect.arrayContaining(['slot', 'care.person.name', 'care.person.phone', 'care.need', 'care.town', 'care.address', 'care.colour']));
    expect((await city.visitor().post('/api/appointments', { slot: 'x'.repeat(100_000), care: somebody() })).status).toBe(413);
  });
});

describe('an institution\'s ward', () => {
  it('says who came and who did not, and gives a reason when it cancels; each act has a name', async () => {
    const at = (await city.visitor().get('/api/city')).body.at;
    // The request of the first begins at once, perhaps before the ward presses; those of the others do not for a day.
    const [slot, later] = [await session({}, at + HOUR_MS), await session({}, at + 2 * DAY_MS)];
    const [came, away, gone] = await Promise.all([slot, later, later].map(async (where) => (await book(city.url, where)).body.id as string));
    const ward = await city.as('ward@institution:T-H1');
    expect((await ward.post(`/api/appointments/${came}/check-in`)).body.appointment.state).toBe('checkedIn');
    expect((await ward.post(`/api/appointments/${away}/no-show`)).body.code).toBe('appointmentNotNow');
    expect((await ward.post(`/api/appointments/${gone}/cancel`, {})).body.code).toBe('reasonMissing');
    expect((await ward.post(`/api/appointments/${gone}/cancel`, { reason: 'The doctor is ill' })).body.appointment.cancelled.reason).toBe('The doctor is ill');
    expect(await rows(`select what from audit where facts ->> 'appointment' = any($1) order by id`, [[away, gone]])).toEqual([{ what: 'cancelAppointment' }]);
    expect(await rows(`select code from outbox where audience = $1 order by id`, [`appointment:${gone}`])).toEqual([{ code: 'appointmentBooked' }, { code: 'appointmentCancelled' }]);
  });
});
