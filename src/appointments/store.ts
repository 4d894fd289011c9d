import { sql, type QueryExecutorProvider } from 'kysely';
import { DAY_MS, HOUR_MS, startOfDay, type Instant } from '../base/index.ts';
import type { BookableService, Slot } from './booking.ts';
import { sessionsOf } from './schedule.ts';

type Db = QueryExecutorProvider;

export interface Seated {
  readonly institution: string;
  readonly service: BookableService;
  readonly seats: number;
}

/**
 * Slots of the days from today on, by one statement; those that stand keep their bookings. The id says what it is, so that
 * two servers that top up at once make the same slots.
 */
export async function addSlots(db: Db, city: string, services: readonly Seated[], at: Instant, days: number): Promise<void> {
  const rows = services.flatMap((seated) => {
    const { startsMs, lengthMs } = sessionsOf(seated.service);
    return startsMs.map((start) => ({ ...seated, start, length: lengthMs }));
  });
  await sql`insert into slot (city, id, institution, service, starts_at, ends_at, seats)
    select ${city}, institution || '/' || service || '/' || day + start, institution, service, day + start, day + start + length, seats
    from generate_series(${startOfDay(at)}::bigint, ${startOfDay(at) + (days - 1) * DAY_MS}::bigint, ${DAY_MS}::bigint) as day,
      json_to_recordset(${JSON.stringify(rows)}::json) as pattern(institution text, service text, seats integer, start bigint, length bigint)
    where day + start > ${at - HOUR_MS}
    on conflict do nothing`.execute(db);
}

export interface FreeSlot extends Slot {
  readonly seatsLeft: number;
}

const SLOTS_MAX = 200;

/** Slots with a seat left that start in the window, earliest first. */
export async function freeSlots(
  db: Db, city: string, institution: string, service: BookableService, from: Instant, to: Instant,
): Promise<readonly FreeSlot[]> {
  const { rows } = await sql<FreeSlot>`select id, institution, service, starts_at as "startsAt", ends_at as "endsAt", seats - taken as "seatsLeft"
    from slot where city = ${city} and institution = ${institution} and service = ${service}
      and starts_at >= ${from} and starts_at < ${to} and taken < seats
    order by starts_at limit ${SLOTS_MAX}`.execute(db);
  return rows;
}

export interface SeatClaim {
  readonly slot: string;
  readonly booking: string;
}

/** @returns false when the last seat went to somebody else */
export async function takeSeat(db: Db, city: string, { slot, booking }: SeatClaim, journey: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`update slot set taken = taken + 1
    where city = ${city} and id = ${slot} and taken < seats`.execute(db);
  if (numAffectedRows !== 1n) return false;
  const made = await sql`insert into booking (city, id, slot, journey, incident, institution, service, booked_at)
    select ${city}, ${booking}, ${slot}, ${journey}, journey.incident, slot.institution, slot.service, ${at}
    from journey, slot where journey.city = ${city} and journey.id = ${journey} and slot.city = ${city} and slot.id = ${slot}`.execute(db);
  if (made.numAffectedRows !== 1n) throw new Error(`a seat was taken for ${journey}, which is not stored`);
  return true;
}

/** Once: a booking that is cancelled already gives no second seat. */
export async function giveSeatBack(db: Db, city: string, { slot, booking }: SeatClaim, at: Instant): Promise<void> {
  await sql`with given as (
      update booking set cancelled_at = ${at}, state = 'cancelled', held_until = null where city = ${city} and id = ${booking} and cancelled_at is null returning slot)
    update slot set taken = taken - 1 where city = ${city} and id = ${slot} and exists (select from given)`.execute(db);
}
