import { sql, type Kysely } from 'kysely';
import type { Slot } from '../../appointments/index.ts';
import { chairFor, seatFree, type freeSlots } from '../../appointments/store.ts';

type Db = Kysely<any>;

/** That very slot while a seat is left in it for this person. */
export async function findFreeSlot(db: Db, city: string, slot: string, { green, cohort, at }: Parameters<typeof freeSlots>[5]): Promise<Slot | undefined> {
  const { rows: [row] } = await sql<Slot>`select id, institution, service, starts_at as "startsAt", ends_at as "endsAt" from slot
    where city = ${city} and id = ${slot} and starts_at > ${at} and ${chairFor(cohort)} and ${seatFree(green, at)}`.execute(db);
  return row;
}

/** The booking stood before the journey: from now on it is the journey's. @returns false when it is another's, or over */
export async function adoptBooking(db: Db, city: string, booking: string, journey: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update booking set journey = ${journey}, version = version + 1, trouble = null, owner_role = null, owner_scope = null, due_at = null
    where city = ${city} and id = ${booking} and journey is null and state = 'booked'`.execute(db);
  return numAffectedRows === 1n;
}

/** Nobody came in its time. Its seat stays counted: there is nobody left whom it would help. */
export async function markMissed(db: Db, city: string, booking: string): Promise<void> {
  await sql`update booking set state = 'noShow', held_until = null, version = version + 1 where city = ${city} and id = ${booking} and state in ('booked', 'checkedIn')`.execute(db);
}
