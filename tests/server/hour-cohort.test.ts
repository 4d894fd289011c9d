import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const HOUSE = 'ZZ-H-001';
const DAY_MS = 86_400_000;

let city: RunningCity;
let ward: Visitor;
let now: number;
let slots: string[];
let people = 0;
const rows = async (text: string, values: unknown[] = []): Promise<any[]> => (await city.database.pool.query(text, values)).rows;
beforeAll(async () => {
  city = await startCity();
  ward = await city.as(`ward@institution:${HOUSE}`);
  now = (await city.visitor().get('/api/city')).body.at;
  const free = await rows(`select id from slot where institution = $1 and service = 'haemodialysis' and starts_at > $2 order by starts_at limit 6`, [HOUSE, now + DAY_MS]);
  slots = free.map(({ id }) => id);
  // Two chairs an hour, and no other hour in the city: whoever waits, waits for these.
  await rows(`update slot set seats = 2, cohort = null where id = any($1)`, [slots]);
  await rows(`update slot set closed_at = 1, closed_reason = 'test' where service = 'haemodialysis' and id <> all($1)`, [slots]);
}, 60_000);
afterAll(() => city.stop());

const care = (test: 'valid' | 'positive'): object => {
  const number = String(++people).padStart(4, '0');
  return intake({ person: { name: `Resident ${number}`, phone: `1370003${number}` }, need: 'haemodialysis', ageYears: 50, patientKind: 'greenCode', test });
};
const book = async (slot: string, test: 'valid' | 'positive'): Promise<any> => city.visitor().post('/api/appointments', { slot, care: care(test) });
const cohortOf = async (slot: string): Promise<string | null> => (await rows('select cohort from slot where id = $1', [slot]))[0].cohort;
const join = async (test: 'valid' | 'positive'): Promise<any> => (await city.visitor().post('/api/waiting', { service: 'haemodialysis', institutions: [HOUSE], from: now, to: now + 14 * DAY_MS, care: care(test) })).body;
const only = (slot: string): Promise<any> => rows(`update slot set closed_at = case when id = $1 then null else 1 end, closed_reason = case when id = $1 then null else 'test' end where id = any($2)`, [slot, slots]);

describe('dialysis chairs of one hour', () => {
  it('given two cohorts wait and an hour becomes free, then whoever is offered the first chair has it for their cohort; the other waits on', async () => {
    const [slot] = slots as [string];
    await only(slot);
    const first = await book(slot, 'valid');
    const second = await book(slot, 'valid');
    expect([first.status, second.status, await cohortOf(slot)]).toEqual([201, 201, 'other']);
    const [positive, negative] = [await join('positive'), await join('valid')];
    await ward.post(`/api/appointments/${first.body.id}/cancel`, { reason: 'called' });
    // Somebody of the others sits there: the positive, who came first, is not put beside them.
    expect((await rows('select state from waiting where id = $1', [negative.id]))[0].state).toBe('offered');
    expect((await rows('select state from waiting where id = $1', [positive.id]))[0].state).toBe('waiting');
    await ward.post(`/api/waiting/${negative.id}/leave`);
    await ward.post(`/api/appointments/${second.body.id}/cancel`, { reason: 'called' });
    expect((await rows('select state from waiting where id = $1', [positive.id]))[0].state).toBe('offered');
    expect(await cohortOf(slot)).toBe('positive');
    expect((await book(slot, 'valid')).body.code).toBe('cohortNotHere');
    expect((await ward.post(`/api/waiting/${positive.id}/accept`)).status).toBe(200);
    expect((await book(slot, 'positive')).status).toBe(201);
  });

  it('given the only one of an hour moves to another, then the hour they left is nobody\'s again', async () => {
    const [, from, to] = slots as [string, string, string];
    await rows(`update slot set closed_at = null, closed_reason = null where id = any($1)`, [[from, to]]);
    const { body: { id } } = await book(from, 'positive');
    expect(await cohortOf(from)).toBe('positive');
    expect((await ward.post(`/api/appointments/${id}/move`, { slot: to })).status).toBe(200);
    expect([await cohortOf(from), await cohortOf(to)]).toEqual([null, 'positive']);
    expect((await book(from, 'valid')).status).toBe(201);
  });

  it('given somebody has only held a chair, then nobody of another cohort is offered the one beside it; when the hold is over, they are', async () => {
    const slot = slots[3]!;
    await only(slot);
    const held = await city.visitor().post('/api/appointments/hold', { slot, person: { name: 'Holder', phone: '13700039999', groups: [] } });
    expect(held.status).toBe(201);
    const { id } = await join('positive');
    expect((await rows('select state from waiting where id = $1', [id]))[0].state).toBe('waiting');
    await rows('update booking set held_until = 1 where id = $1', [held.body.id]);
    // Whoever looks at the session next gives the hold back.
    await book(slot, 'valid');
    const { rows: mixed } = await city.database.pool.query(`select 1 from booking b join slot s on s.id = b.slot left join waiting w on w.id = b.waiting where b.slot = $1 and b.state in ('held', 'booked') and coalesce(w.cohort, 'other') <> s.cohort`, [slot]);
    expect(mixed).toEqual([]);
  });
});

describe('another hour is chosen', () => {
  it('given it is full, then the hour that was held stays held; given it is free, then it is theirs and the old one is free in the same moment', async () => {
    // Two hours of one day: nobody has two seats of a service on it.
    const [day] = await rows(`select (array_agg(id order by starts_at))[1:2] as ids from slot where institution = $1 and service = 'chemotherapy' and taken = 0 and starts_at > $2
      group by (starts_at + 28800000) / 86400000 having count(*) >= 2 order by min(starts_at) limit 1`, [HOUSE, now + DAY_MS]);
    const [one, two] = day.ids as [string, string];
    await rows(`update slot set seats = 1, kept = 0 where id = any($1)`, [[one, two]]);
    const hold = (slot: string, name: string, phone: string, instead?: string): Promise<any> => city.visitor().post('/api/appointments/hold', { slot, ...(instead !== undefined && { hold: instead }), person: { name, phone, groups: [] } });
    const { body: held } = await hold(one, 'Chooser', '13700038888');
    const { body: other } = await hold(two, 'Somebody else', '13700037777');
    expect((await hold(two, 'Chooser', '13700038888', held.id)).body.code).toBe('slotTaken');
    expect((await rows('select state from booking where id = $1', [held.id]))[0].state).toBe('held');
    expect((await hold(one, 'Chooser', '13700038888', held.id)).body.id).toBe(held.id);
    await rows('update booking set held_until = 1 where id = $1', [other.id]);
    expect((await hold(two, 'Chooser', '13700038888', held.id)).status).toBe(201);
    expect((await rows('select state from booking where id = $1', [held.id]))[0].state).toBe('cancelled');
    expect((await rows('select taken from slot where id = $1', [one]))[0].taken).toBe(0);
    // A stranger gives up nobody's seat.
    const { body: mine } = await hold(one, 'Third', '13700036666');
    await hold(two, 'Fourth', '13700035555', mine.id);
    expect((await rows('select state from booking where id = $1', [mine.id]))[0].state).toBe('held');
  });
});
