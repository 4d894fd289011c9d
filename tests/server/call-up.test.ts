import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JourneyView } from '../../src/journey/index.ts';
import { residentLink } from '../../src/server/sign-in/index.ts';
import { eventually, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const UNIT = 'ZZ-H-001';
const HOUR_MS = 3_600_000;

let city: RunningCity;
let made = 0;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

const query = async <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> => (await city.database.pool.query(text, [...values])).rows as T[];
const now = async (): Promise<number> => (await city.visitor().get('/health')).body.at;

interface Slot { readonly id: string; readonly starts_at: number }

async function slots(service: string, institution = UNIT): Promise<readonly Slot[]> {
  return query<Slot>('select id, starts_at::float8 as starts_at from slot where institution = $1 and service = $2 and starts_at > $3 and closed_at is null and taken < seats order by starts_at', [institution, service, await now() + 3 * HOUR_MS]);
}

/** A booking as somebody made it days ago, with a link of its own. */
async function booked(slot: Slot, care: Record<string, unknown>, callUpAt: number): Promise<{ id: string; token: string }> {
  const id = `BT${made++}`;
  const { token, tokenHash, phoneProof } = residentLink(['13700005678']);
  await query('update slot set taken = taken + 1 where id = $1', [slot.id]);
  await query(`insert into booking (city, id, slot, incident, institution, service, booked_at, care, call_up_at, token_hash, phone_proof, person_key)
    select s.city, $1, s.id, i.id, s.institution, s.service, 0, $3, $4, $5, $6, $1 from slot s join incident i on i.city = s.city and i.ended_at is null where s.id = $2`, [id, slot.id, JSON.stringify(care), callUpAt, tokenHash, phoneProof]);
  return { id, token };
}

const dialysis = (given: Record<string, unknown> = {}): Record<string, unknown> => intake({ need: 'haemodialysis', patientKind: 'greenCode', test: 'valid', ...given });

/** Its request has begun, and its person opens it with the link they have had all the time. */
async function calledUp({ id, token }: { id: string; token: string }): Promise<{ resident: Visitor; journey: JourneyView }> {
  await eventually(async () => (await rowOf(id)).journey ?? undefined);
  const resident = city.visitor();
  expect((await resident.post('/api/my/sign-in', { token, phoneLast4: '5678' })).status).toBe(200);
  return { resident, journey: (await resident.get('/api/my')).body.journey };
}

const seatsTaken = async (slot: Slot): Promise<number> => (await query<{ taken: number }>('select taken from slot where id = $1', [slot.id]))[0]!.taken;
const rowOf = async (id: string): Promise<any> => (await query<any>('select * from booking where id = $1', [id]))[0];

describe('a booking becomes a request when its time has come', () => {
  it('given it is due, then its person has a request with that seat, counted once, and the link that they have goes on to work', async () => {
    const [slot] = await slots('haemodialysis');
    const booking = await booked(slot!, dialysis(), 0);
    const { id } = booking;
    const { journey } = await calledUp(booking);
    expect(journey.institution?.code).toBe(UNIT);
    expect((await rowOf(id)).journey).toBe(journey.id);
    expect(await seatsTaken(slot!)).toBe(1);
    expect(['release', 'pass', 'assignCar', 'travel']).toContain(journey.step!.kind);
  });

  it('given it is not due yet, then it stays a booking', async () => {
    const { id } = await booked((await slots('haemodialysis'))[1]!, dialysis(), await now() + HOUR_MS);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await rowOf(id)).journey).toBeNull();
  });

  it('given two servers look at once, then each begins once, with its seat', async () => {
    const second = await startCity({ on: city.database });
    try {
      const [slot] = await slots('haemodialysis', 'ZZ-H-002');
      const bookings = await Promise.all(Array.from({ length: 12 }, () => booked(slot!, dialysis(), 0)));
      const ids = bookings.map(({ id }) => id);
      await eventually(async () => ((await query('select id from booking where id = any($1) and journey is null', [ids])).length === 0 ? true : undefined));
      expect(await query("select journey from event where type = 'BookingAdopted' and data ->> 'booking' = any($1)", [ids])).toHaveLength(12);
    } finally {
      await second.stop();
    }
  });

  it('given it cannot be read, then the ward owns it with a deadline, and when nobody looks the next is told: never silence', async () => {
    const slot = (await slots('haemodialysis'))[2]!;
    const { id } = await booked(slot, { need: 'no such need' }, 0);
    const row = await eventually(async () => { const found = await rowOf(id); return found.trouble ? found : undefined; });
    expect([row.journey, row.owner_role, row.owner_scope, row.due_at > 0]).toEqual([null, 'ward', `institution:${UNIT}`, true]);
    await query('update booking set due_at = 1 where id = $1', [id]);
    const told = await eventually(async () => { const found = await rowOf(id); return found.missed_count > 0 ? found : undefined; }, 15);
    expect(told.owner_role).toBe('city');
    expect((await query('select 1 from outbox where code = $1 and facts ->> \'about\' = $2', ['bookingNotCalledUp', id])).length).toBeGreaterThanOrEqual(2);
  });

  it('given they are worse by then, then the seat is free for others and care goes first', async () => {
    const slot = (await slots('haemodialysis'))[3]!;
    const booking = await booked(slot, dialysis({ findings: ['missedDialysis'] }), 0);
    const { id } = booking;
    const { journey } = await calledUp(booking);
    expect(journey.pathway).toBe('emergency');
    expect((await rowOf(id)).state).toBe('cancelled');
    expect(await seatsTaken(slot)).toBe(0);
  });
});

describe('an appointment whose request runs is moved', () => {
  it('given its person chooses another hour, then one seat is theirs and the other free, and the pass is for the new hour', async () => {
    const [slot, , , , other] = await slots('haemodialysis');
    const [before, there] = [await seatsTaken(slot!), await seatsTaken(other!)];
    const booking = await booked(slot!, dialysis(), 0);
    const { id } = booking;
    const { resident, journey } = await calledUp(booking);
    const moved = await resident.post(`/api/journeys/${journey.id}/move-booking`, { slot: other!.id });
    expect([moved.status, moved.body.code]).toEqual([200, undefined]);
    expect([await seatsTaken(slot!), await seatsTaken(other!)]).toEqual([before, there + 1]);
    expect((await rowOf(id)).slot).toBe(other!.id);
  });

  it('given the hour is beyond the safe gap, then it is refused with the time that still keeps it', async () => {
    const [slot] = await slots('haemodialysis');
    const late = (await slots('haemodialysis')).find(({ starts_at }) => starts_at > slot!.starts_at + 72 * HOUR_MS)!;
    const booking = await booked(slot!, dialysis({ lastSessionAt: await now() - 24 * HOUR_MS }), 0);
    const { resident, journey } = await calledUp(booking);
    const refused = await resident.post(`/api/journeys/${journey.id}/move-booking`, { slot: late.id });
    expect([refused.status, refused.body.code]).toEqual([409, 'beyondSafeGap']);
  });

  it('given somebody else\'s request, then a stranger learns nothing of it', async () => {
    const all = await slots('haemodialysis');
    const booking = await booked(all[0]!, dialysis(), 0);
    const { journey } = await calledUp(booking);
    const stranger = await calledUp(await booked(all[1]!, dialysis(), 0));
    expect((await stranger.resident.post(`/api/journeys/${journey.id}/move-booking`, { slot: all[4]!.id })).status).toBe(404);
  });

  it('given the institution takes the hour back, then another is found, and the ward owns nothing in vain', async () => {
    const [slot] = await slots('haemodialysis');
    const booking = await booked(slot!, dialysis({ lastSessionAt: await now() - 24 * HOUR_MS }), 0);
    const { resident, journey } = await calledUp(booking);
    const ward = await city.as(`ward@institution:${UNIT}`);
    expect((await ward.post(`/api/journeys/${journey.id}/lose-booking`, { reason: 'sessionClosed' })).status).toBe(200);
    const after = await eventually<JourneyView>(async () => {
      const { journey: seen } = (await resident.get('/api/my')).body;
      return seen.step && seen.step.kind !== 'slot' ? seen : undefined;
    });
    expect(after.institution).toBeDefined();
  });
});

describe('an appointment whose request runs is changed where it was booked', () => {
  it('given the ward moves it, then takes it back, then the request follows both times; given the person is there, then so it says', async () => {
    const [slot, other] = (await slots('specialist')).slice(4);
    const care = intake({ need: 'specialist', ageYears: 40, patientKind: 'greenCode', test: 'valid' });
    const [booking, arriving] = [await booked(slot!, care, 0), await booked(slot!, care, 0)];
    const { journey } = await calledUp(booking);
    const ward = await city.as(`ward@institution:${UNIT}`);
    const moved = await ward.post(`/api/appointments/${booking.id}/move`, { slot: other!.id });
    expect([moved.status, moved.body.code, moved.body.appointment?.slot]).toEqual([200, undefined, other!.id]);
    expect((await ward.post(`/api/appointments/${booking.id}/cancel`, {})).body.code).toBe('reasonMissing');
    const cancelled = await ward.post(`/api/appointments/${booking.id}/cancel`, { reason: 'The doctor is ill' });
    expect([cancelled.status, cancelled.body.code, cancelled.body.appointment?.state]).toEqual([200, undefined, 'cancelled']);
    const [after] = await query<{ state: string; owner_role: string }>('select state, owner_role from journey where id = $1', [journey.id]);
    expect(after).toMatchObject({ state: 'open', owner_role: expect.any(String) });

    await calledUp(arriving);
    const there = await ward.post(`/api/appointments/${arriving.id}/check-in`);
    expect([there.status, there.body.code, there.body.appointment?.state]).toEqual([200, undefined, 'checkedIn']);
  });
});
