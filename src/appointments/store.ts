import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { DAY_MS, HOUR_MS, startOfDay, type Instant } from '../base/index.ts';
import type { Notice } from '../people/index.ts';
import { notice } from '../people/store.ts';
import type { BookableService } from './booking.ts';
import { sessionsOf } from './schedule.ts';
import type { AppointmentRow } from './view.ts';

export { dayOf, seatFree, seatsLeft } from './free-seat/store.ts';
export { chairFor, cohortAfter, designated } from './hour-cohort/store.ts';
export { knownBookings, lockSeats, SLOT_SEATS, slotsOf, writeSeats, type NewBooking, type Wanting } from './many-seats/store.ts';
export { endHold, freeSlots, giveBackExpired, giveSeatBack, hasAnotherThatDay, moveSeat, takeSeat } from './one-seat/store.ts';
/** Who waits is offered what becomes free. */
export { BY_NEED, onFreed, seatsForLine } from './waiting/store.ts';

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

/** One appointment with its session; `lock` keeps it as it is until the transaction ends. */
export async function findAppointment(db: Db, city: string, id: string, lock = false): Promise<AppointmentRow | undefined> {
  const { rows: [row] } = await sql<AppointmentRow>`${APPOINTMENTS} where b.city = ${city} and b.id = ${id} ${lock ? sql`for update of b` : sql``}`.execute(db);
  return row;
}

/** Of a row of `booking` as b with its session as s, and who it is for. */
export const appointmentColumns = (person: RawBuilder<unknown>): RawBuilder<unknown> => sql`b.id, b.state, b.slot, s.institution, s.service, s.clinic, s.starts_at as "startsAt", s.ends_at as "endsAt", ${person} as person, b.booked_at as "bookedAt",
    b.held_until as "heldUntil", b.kept, b.call_up_at as "callUpAt", b.journey, b.series, b.cancelled_at as "cancelledAt", b.cancelled_reason as "cancelledReason",
    b.version, b.town, b.made_by as "madeBy", b.person_key as "personKey", b.phone_key as "phoneKey", b.proxy_key as "proxyKey", b.care,
    b.trouble, b.owner_role as "ownerRole", b.owner_scope as "ownerScope", b.due_at as "dueAt", b.missed_count as "missedCount"`;

const APPOINTMENTS = sql`select ${appointmentColumns(sql`b.person`)} from booking b join slot s on s.city = b.city and s.id = b.slot`;

/** Bookings that could not become a request, of this institution, of the owner, or of all, the nearest first. */
export async function owedAppointments(db: Db, city: string, incident: string, of: { readonly institutions: readonly string[] } | 'all'): Promise<readonly AppointmentRow[]> {
  const those = of === 'all' ? sql`true` : sql`s.institution = any(${of.institutions}::text[])`;
  const { rows } = await sql<AppointmentRow>`${APPOINTMENTS} where b.city = ${city} and b.incident = ${incident} and b.trouble is not null and b.state = 'booked' and ${those} order by s.starts_at, b.id limit 500`.execute(db);
  return rows;
}

/** Something the person has to hear by text, before there is a request that would tell them. No name leaves with it. */
export async function tellPerson(
  db: Db, city: string, incident: string, { appointment, code, facts }: { readonly appointment: string } & Pick<Notice, 'code' | 'facts'>, at: Instant,
): Promise<void> {
  await notice(db, city, incident, { audience: `appointment:${appointment}`, code, facts }, at);
}

/** Arrived, or did not come; the seat stays theirs. */
export async function markAppointment(db: Db, city: string, id: string, state: 'checkedIn' | 'noShow'): Promise<void> {
  await sql`update booking set state = ${state}, version = version + 1 where city = ${city} and id = ${id}`.execute(db);
}
