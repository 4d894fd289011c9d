import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { GREEN_GROUPS, GREEN_MONTHS } from '../appointment.ts';
import type { BookableService, Slot } from '../booking.ts';
import { dayOf, seatFree, seatsLeft, takesKept } from '../free-seat/store.ts';
import { chairFor, cohortAfter, designated } from '../hour-cohort/store.ts';
import { onFreed } from '../waiting/store.ts';

type Db = QueryExecutorProvider;

export interface FreeSlot extends Slot {
  readonly seatsLeft: number;
}

const SLOTS_MAX = 200;

/** Slots with a seat left for this person that start in the window, earliest first. */
export async function freeSlots(
  db: Db, city: string, institution: string, service: BookableService, { from, to }: { readonly from: Instant; readonly to: Instant },
  who: { readonly green: boolean; readonly cohort: string; readonly at: Instant },
): Promise<readonly FreeSlot[]> {
  const left = seatsLeft(who.green, who.at);
  const { rows } = await sql<FreeSlot>`select id, institution, service, starts_at as "startsAt", ends_at as "endsAt", ${left} as "seatsLeft"
    from slot where city = ${city} and institution = ${institution} and service = ${service}
      and starts_at >= ${from} and starts_at < ${to} and has_seat and ${seatFree(who.green, who.at)} and ${chairFor(who.cohort)}
    order by starts_at limit ${SLOTS_MAX}`.execute(db);
  return rows;
}

export interface SeatClaim {
  readonly slot: string;
  readonly booking: string;
}

/**
 * A seat for a request that is under way; whether a green channel's is free for them stands in the request.
 * @returns false when the last seat went to somebody else
 */
export async function takeSeat(db: Db, city: string, { slot, booking }: SeatClaim, { journey, cohort }: { readonly journey: string; readonly cohort: string }, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`with person as materialized (
      select incident, coalesce((story #> '{request,groups}') ?| array[${sql.join(GREEN_GROUPS)}], false) or need in ('obstetrics', 'paediatrics')
        or coalesce((story #>> '{request,person,ageMonths}')::int not between ${GREEN_MONTHS.childBelow} and ${GREEN_MONTHS.elderlyFrom - 1}, false) as green
      from journey where city = ${city} and id = ${journey}),
    seat as materialized (
      select slot.id, institution, service, incident, ${takesKept(sql`green`, at)} as kept from slot, person
      where slot.city = ${city} and slot.id = ${slot} and ${seatFree(sql`green`, at)} and ${chairFor(cohort)}
      for no key update of slot),
    counted as (
      update slot set taken = taken + 1, taken_kept = taken_kept + seat.kept::int, cohort = ${designated(cohort)} from seat where slot.city = ${city} and slot.id = seat.id)
    insert into booking (city, id, slot, journey, incident, institution, service, booked_at, kept)
    select ${city}, ${booking}, id, ${journey}, incident, institution, service, ${at}, kept from seat`.execute(db);
  return numAffectedRows === 1n;
}

/** Once: a booking that is cancelled already gives no second seat. */
export async function giveSeatBack(db: Db, city: string, { slot, booking }: SeatClaim, at: Instant, reason = 'planChanged'): Promise<boolean> {
  // The session's row first, as everybody takes them: two who wait for each other would both fail.
  const { numAffectedRows } = await sql`with seat as materialized (select id from slot where city = ${city} and id = ${slot} for no key update),
    given as (
      update booking set cancelled_at = ${at}, state = 'cancelled', held_until = null, cancelled_reason = ${reason}, version = version + 1
      where city = ${city} and id = ${booking} and slot in (select id from seat) and cancelled_at is null returning kept)
    update slot set taken = taken - 1, taken_kept = taken_kept - given.kept::int,
      cohort = ${cohortAfter(sql`1`)}
    from given where slot.city = ${city} and slot.id = ${slot}`.execute(db);
  if (numAffectedRows !== 1n) return false;
  await onFreed(db, city, [slot], at);
  return true;
}

/** Which holds are looked at; without a limit to it, all of the city. */
export type HoldsOf = { readonly slots: readonly string[] } | { readonly institution: string; readonly service: string } | { readonly city: true };

const HOLDS_MAX = 500;

/**
 * Holds whose time is over give their seats back; who held one for five minutes and typed nothing to the end is forgotten with it.
 * @returns how many seats are free again
 */
export async function giveBackExpired(db: Db, city: string, of: HoldsOf, at: Instant): Promise<number> {
  const those = 'slots' in of ? sql`slot = any(${of.slots})` : 'service' in of ? sql`institution = ${of.institution} and service = ${of.service}` : sql`true`;
  const { rows } = await sql<{ slot: string; seats: number }>`with over as materialized (
      select id, slot from booking where city = ${city} and state = 'held' and held_until <= ${at} and ${those} order by held_until limit ${HOLDS_MAX}),
    seats as materialized (select id from slot where city = ${city} and id in (select slot from over) order by id for no key update),
    given as (
      update booking set state = 'cancelled', cancelled_at = ${at}, cancelled_reason = 'holdOver', held_until = null,
        person = null, care = null, token_hash = null, phone_proof = null
      where city = ${city} and id in (select id from over) and slot in (select id from seats) and state = 'held' and held_until <= ${at}
      returning slot, kept),
    freed as (select slot, count(*)::int as seats, (count(*) filter (where kept))::int as kept from given group by slot)
    update slot set taken = taken - freed.seats, taken_kept = taken_kept - freed.kept, cohort = ${cohortAfter(sql`freed.seats`)}
    from freed where slot.city = ${city} and slot.id = freed.slot returning freed.slot, freed.seats`.execute(db);
  if (rows.length > 0) await onFreed(db, city, rows.map(({ slot }) => slot).sort(), at);
  return rows.reduce((sum, { seats }) => sum + seats, 0);
}

/** A hold that its own telephone gives up: its seat is free from now on. */
export async function endHold(db: Db, city: string, { hold, phone }: { readonly hold: string; readonly phone: string }, at: Instant): Promise<void> {
  const { rows } = await sql<{ slot: string }>`update booking set held_until = ${at}
    where city = ${city} and id = ${hold} and phone_key = ${phone} and state = 'held' and held_until > ${at} returning slot`.execute(db);
  if (rows.length > 0) await giveBackExpired(db, city, { slots: rows.map(({ slot }) => slot) }, at);
}

/** One booking that stands, from its session to another. */
export interface SeatMove {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly green: boolean;
  readonly cohort: string | null;
  /** Missing while its request runs already. */
  readonly callUpAt?: Instant;
}

/**
 * The new seat is taken and the old one given back in one statement: there is no moment without either. Both sessions are locked in their order.
 * @returns false when somebody else was faster; a transaction that needs the seat has to be given up then
 */
export async function moveSeat(db: Db, city: string, { id, from, to, green, cohort, callUpAt }: SeatMove, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`with sessions as materialized (select * from slot where city = ${city} and id in (${from}, ${to}) order by id for no key update),
    before as materialized (select kept from booking where city = ${city} and id = ${id} and slot = ${from} and state = 'booked' and (select count(*) from sessions) = 2 for update),
    target as materialized (
      select slot.*, ${takesKept(green, at)} as takes_kept from sessions slot, before where slot.id = ${to} and ${seatFree(green, at)} and ${chairFor(cohort)}),
    taken as (
      update slot set taken = slot.taken + 1, taken_kept = slot.taken_kept + target.takes_kept::int, cohort = ${designated(cohort)} from target
      where slot.city = ${city} and slot.id = target.id returning slot.id),
    given as (
      update slot set taken = taken - 1, taken_kept = taken_kept - before.kept::int, cohort = ${cohortAfter(sql`1`)} from before
      where city = ${city} and id = ${from} and exists (select from taken) returning id)
    update booking set slot = target.id, institution = target.institution, service = target.service, kept = target.takes_kept, call_up_at = coalesce(${callUpAt ?? null}::bigint, call_up_at),
      day = case when day is not null then ${dayOf(sql`target.starts_at`)} end, version = booking.version + 1
    from target where booking.city = ${city} and booking.id = ${id} and exists (select from given)`.execute(db);
  if (numAffectedRows !== 1n) return false;
  await onFreed(db, city, [from], at);
  return true;
}

/** Has whoever this booking is for another of its service on the day of that session? */
export async function hasAnotherThatDay(db: Db, city: string, { booking, slot }: { readonly booking: string; readonly slot: string }): Promise<boolean> {
  const { rows } = await sql`select from slot join booking b on b.city = ${city} and b.id = ${booking}
      join booking other on other.person_key = b.person_key and other.service = slot.service and other.id <> b.id and other.state in ('held', 'booked', 'checkedIn')
    where slot.city = ${city} and slot.id = ${slot} and other.day = ${dayOf(sql`slot.starts_at`)} limit 1`.execute(db);
  return rows.length > 0;
}
