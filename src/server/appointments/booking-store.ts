import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { ChairCohort, Slot } from '../../appointments/index.ts';
import { chairFor, cohortAfter, designated, onFreed } from '../../appointments/store.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../base/index.ts';

type Db = Kysely<any>;

/** `startOfDay` of base, for a column: days are the city's. */
export const dayOf = (startsAt: RawBuilder<unknown>): RawBuilder<unknown> => sql`((${startsAt} + ${8 * HOUR_MS}::bigint) / ${DAY_MS}::bigint) * ${DAY_MS}::bigint - ${8 * HOUR_MS}::bigint`;

/** A seat that anybody may take at this moment: not closed, released, and none of those kept back. */
export const seatFree = (at: Instant): RawBuilder<unknown> =>
  sql`closed_at is null and released_at <= ${at} and taken < seats and (kept_until is null or kept_until <= ${at} or taken - taken_kept < seats - kept)`;

/** That very slot while a seat of this cohort is left in it. */
export async function findSlot(db: Db, city: string, { slot, cohort }: { readonly slot: string; readonly cohort: ChairCohort }, at: Instant): Promise<Slot | undefined> {
  const { rows: [row] } = await sql<Slot>`select id, institution, service, starts_at as "startsAt", ends_at as "endsAt" from slot
    where city = ${city} and id = ${slot} and starts_at > ${at} and ${chairFor(cohort)} and ${seatFree(at)}`.execute(db);
  return row;
}

/** The booking stood before the journey: from now on it is the journey's. @returns false when it is another's, or over */
export async function adoptBooking(db: Db, city: string, booking: string, journey: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update booking set journey = ${journey}, version = version + 1, trouble = null, owner_role = null, owner_scope = null, due_at = null
    where city = ${city} and id = ${booking} and journey is null and state = 'booked'`.execute(db);
  return numAffectedRows === 1n;
}

/** One statement: the new seat and the old one, or neither. @returns false when somebody else was faster; the transaction has to be given up then */
export async function changeSeat(db: Db, city: string, { booking, from, slot }: { readonly booking: string; readonly from: string; readonly slot: string }, cohort: ChairCohort, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`with gained as (
      update slot set taken = taken + 1, cohort = ${designated(cohort)} where city = ${city} and id = ${slot} and ${chairFor(cohort)} and ${seatFree(at)} returning institution, service, starts_at),
    held as (select kept from booking where city = ${city} and id = ${booking} and slot = ${from} and state = 'booked' for update),
    moved as (
      update booking set slot = ${slot}, institution = gained.institution, service = gained.service, day = case when day is null then null else ${dayOf(sql`gained.starts_at`)} end,
        kept = false, version = version + 1
      from gained, held where booking.city = ${city} and booking.id = ${booking} returning held.kept)
    update slot set taken = taken - 1, taken_kept = taken_kept - (select kept::int from moved), cohort = ${cohortAfter(sql`1`)}
    where city = ${city} and id = ${from} and exists (select from moved)`.execute(db);
  if (numAffectedRows !== 1n) return false;
  await onFreed(db, city, [from], at);
  return true;
}

/** Nobody came in its time. Its seat stays counted: there is nobody left whom it would help. */
export async function markMissed(db: Db, city: string, booking: string): Promise<void> {
  await sql`update booking set state = 'noShow', held_until = null, version = version + 1 where city = ${city} and id = ${booking} and state in ('booked', 'checkedIn')`.execute(db);
}
