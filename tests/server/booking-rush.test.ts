import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/base/index.ts';
import { intake, newKey, startCity, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let day: number;
let tail = 0;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  day = (await city.visitor().get('/api/city')).body.at + DAY_MS;
}, 60_000);
afterAll(() => city.stop());

const rows = async (text: string, values: unknown[] = []): Promise<any[]> => (await city.database.pool.query(text, values)).rows;

/** Somebody who has never been here before. */
function somebody(given: Record<string, unknown> = {}): Record<string, unknown> {
  const number = String(++tail).padStart(4, '0');
  return intake({ person: { name: `Resident ${number}`, phone: `1370000${number}`, ageMonths: 480 }, town: '990101001', need: 'specialist', ...given });
}

/** A session of its own, some days ahead. */
async function session(given: Record<string, unknown> = {}): Promise<string> {
  const id = `T-H1/specialist/${day + ++tail}/clinic:test-${tail}`;
  const slot: Record<string, unknown> = { city: 'toytown', id, institution: 'T-H1', service: 'specialist', clinic: `test-${tail}`, starts_at: day, ends_at: day + 1_800_000, seats: 50, ...given };
  const names = Object.keys(slot);
  await rows(`insert into slot (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`, Object.values(slot));
  return id;
}

const book = (slot: string, care = somebody(), key = newKey(), who: Visitor = city.visitor()): Promise<Answer> => who.post('/api/appointments', { slot, care }, key);

describe('a seat', () => {
  it('is found, held, booked, opened by its link, moved and given back', async () => {
    const slot = await session({ seats: 1 });
    const other = await session({ seats: 1, starts_at: day + 3_600_000, ends_at: day + 7_200_000 });
    const found = await city.visitor().get(`/api/appointments/free?service=specialist&town=990101001&clinic=${slot.split(':')[1]}`);
    expect(found.status).toBe(200);
    expect(found.body.seats.map(({ slot }: { slot: string }) => slot)).toContain(slot);
    const care = somebody();

    const held = await city.visitor().post('/api/appointments/hold', { slot, person: { name: (care['person'] as any).name, phone: (care['person'] as any).phone, groups: [] } });
    expect([held.status, held.body.state]).toEqual([201, 'held']);
    expect((await book(slot)).body).toMatchObject({ status: 409, code: 'slotTaken' });
    const booked = await city.visitor().post('/api/appointments', { hold: held.body.id, care });
    expect([booked.status, booked.body.id, booked.body.state]).toEqual([201, held.body.id, 'booked']);

    const resident = city.visitor();
    const me = await resident.post('/api/my/sign-in', { token: booked.body.token, phoneLast4: (care['person'] as any).phone.slice(-4) });
    expect(me.body.actor).toMatchObject({ role: 'resident', scope: `appointment:${held.body.id}` });
    expect((await resident.get('/api/appointments/mine')).body.appointment).toMatchObject({ slot, actions: ['move', 'cancel'] });
    const moved = await resident.post(`/api/appointments/${held.body.id}/move`, { slot: other });
    expect([moved.status, moved.body.appointment?.slot]).toEqual([200, other]);
    expect((await book(slot)).status).toBe(201);
    const cancelled = await resident.post(`/api/appointments/${held.body.id}/cancel`, {});
    expect(cancelled.body.appointment).toMatchObject({ state: 'cancelled', actions: [] });
    expect((await book(other)).status).toBe(201);
  });
});

describe('the rush when a session opens', () => {
  it.each([8, 64, 200])('200 callers on 50 seats, %i at a time: 50 have a seat, nobody else was refused for it', async (parallel) => {
    const slot = await session();
    const callers = Array.from({ length: 200 }, () => somebody());
    const answers: Answer[] = [];

    await Promise.all(Array.from({ length: parallel }, async () => {
      for (let care = callers.pop(); care; care = callers.pop()) answers.push(await book(slot, care));
    }));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
    expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(Array(150).fill('slotTaken'));
    expect(await rows(`select taken, (select count(*)::int from booking b where b.slot = slot.id and state = 'booked') as rows from slot where id = $1`, [slot])).toEqual([{ taken: 50, rows: 50 }]);
  }, 60_000);
});
