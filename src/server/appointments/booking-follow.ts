import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { Entry } from '../journeys/store.ts';
import { readSeries, tellSeries } from '../series/store.ts';

/** What a story says of the seat it was booked for. */
interface Followed {
  readonly journey: string;
  readonly booking: string;
  readonly became: 'checkedIn' | 'fulfilled' | null;
  /** When the treatment began, once it is over: the safe gap runs from here. */
  readonly startedAt: Instant | null;
}

/**
 * Bookings follow the story that brings their person there: arrived is checked in, treated is fulfilled. A session of a series that was given
 * is the last one from now on; a seat that the story found by itself is that session's seat.
 */
export async function followStories(trx: Kysely<any>, city: string, entries: readonly Entry[]): Promise<void> {
  const followed = entries.flatMap(({ story, events }): Followed[] => {
    const { booking, arrival } = story;
    if (!booking) return [];
    const types = new Set(events.map(({ type }) => type));
    const became = types.has('Treated') ? 'fulfilled' : types.has('ArrivedAtDoor') || types.has('Received') ? 'checkedIn' : null;
    const isNews = became !== null || types.has('SlotBooked') || types.has('BookingAdopted') || types.has('BookingCancelled');
    if (!isNews) return [];
    const startedAt = types.has('Treated') ? (arrival?.receivedAt ?? null) : null;
    return [{ journey: story.id, booking: booking.id, became: arrival?.institution === booking.slot.institution ? became : null, startedAt }];
  });
  if (followed.length === 0) return;
  const rows = sql`json_to_recordset(${JSON.stringify(followed)}::json) as f(journey text, booking text, became text, "startedAt" bigint)`;
  await sql`update booking b set state = f.became, version = b.version + 1 from ${rows}
    where b.city = ${city} and b.id = f.booking and f.became is not null and b.state in ('booked', 'checkedIn') and b.state <> f.became`.execute(trx);
  const { rows: sessions } = await sql<{ series: string; startedAt: Instant | null }>`with f as (select * from ${rows}),
    session as (
      update series_session n set booking = f.booking, journey = f.journey, state = case when f."startedAt" is null then 'begun' else 'over' end,
        missing = null, owner_role = null, owner_scope = null, due_at = null
      from f where n.city = ${city} and (n.booking = f.booking or n.journey = f.journey) and n.state in ('booked', 'notPlaced', 'begun')
      returning n.series, f.booking, f."startedAt"),
    named as (update booking b set series = session.series from session where b.city = ${city} and b.id = session.booking and b.series is null)
    select series, "startedAt" from session`.execute(trx);
  for (const { series, startedAt } of sessions) {
    if (startedAt !== null) await sessionStarted(trx, city, series, startedAt, entries[0]!.at);
  }
}

/** Given: from here on the next safe gap runs. */
async function sessionStarted(trx: Kysely<any>, city: string, id: string, startedAt: Instant, at: Instant): Promise<void> {
  const stored = await readSeries(trx, city, id, true);
  if (stored) await tellSeries(trx, city, stored.series, [{ type: 'SessionStarted', at: startedAt }], at);
}
