/** Sessions of their own for a test, and people who have never been there before. */
import type pg from 'pg';
import { intake, newKey, Visitor, type Answer } from './running-city.ts';

let made = 0;

export function somebody(given: Record<string, unknown> = {}): Record<string, unknown> & { person: { name: string; phone: string } } {
  const number = String(++made).padStart(5, '0');
  return intake({ person: { name: `Resident ${number}`, phone: `137000${number}`, ageMonths: 480 }, town: '990101001', need: 'specialist', ...given }) as never;
}

export async function layOut(db: pg.Pool, startsAt: number, given: Record<string, unknown> = {}): Promise<string> {
  const clinic = `test-${++made}`;
  const slot: Record<string, unknown> = {
    city: 'toytown', id: `T-H1/specialist/${startsAt}/clinic:${clinic}`, institution: 'T-H1', service: 'specialist', clinic, starts_at: startsAt, ends_at: startsAt + 1_800_000, seats: 50, ...given,
  };
  const names = Object.keys(slot);
  await db.query(`insert into slot (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`, Object.values(slot));
  return slot['id'] as string;
}

export function book(url: string, slot: string, care: object = somebody(), key = newKey()): Promise<Answer> {
  return new Visitor(url).post('/api/appointments', { slot, care }, key);
}

/** Sessions whose counters do not say what their bookings say, or with more people than seats. */
export async function wrongSessions(db: pg.Pool): Promise<readonly unknown[]> {
  const { rows } = await db.query(`select slot.id, seats, taken, taken_kept, count(b.id)::int as booked, (count(b.id) filter (where b.kept))::int as kept from slot
    left join booking b on b.city = slot.city and b.slot = slot.id and b.state <> 'cancelled' group by slot.city, slot.id
    having taken <> count(b.id) or taken_kept <> count(b.id) filter (where b.kept) or taken > seats`);
  return rows;
}
