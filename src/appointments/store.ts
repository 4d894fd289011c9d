import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { DAY_MS, HOUR_MS, startOfDay, type Instant } from '../base/index.ts';
import type { Notice } from '../people/index.ts';
import { intoOutbox, notice } from '../people/store.ts';
import { GREEN_GROUPS, GREEN_MONTHS, type AppointmentPerson } from './appointment.ts';
import type { BookableService, Slot } from './booking.ts';
import { dayOf, seatFree, seatsLeft, takesKept } from './free-seat/store.ts';
import { chairFor, cohortAfter, designated } from './hour-cohort/store.ts';
import { onFreed } from './waiting/store.ts';
import { sessionsOf } from './schedule.ts';
import { type KnownBooking, type SlotSeats } from './seats.ts';
import type { AppointmentRow } from './view.ts';

export { dayOf, seatFree, seatsLeft } from './free-seat/store.ts';
export { chairFor, cohortAfter, designated } from './hour-cohort/store.ts';
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

/** Who and what a claim is about. */
export interface Wanting {
  readonly slots: readonly string[];
  readonly bookings: readonly string[];
  readonly people: readonly string[];
  /** Telephones of the people and of those who ask for them. */
  readonly phones: readonly string[];
}

/**
 * One telephone and one session are asked about by one transaction at a time: what is read after this stays true until it ends. Telephones
 * come before sessions and both in order, so that no two ever wait for each other.
 */
export async function lockSeats(db: Db, city: string, { slots, phones }: Pick<Wanting, 'slots' | 'phones'>): Promise<readonly SlotSeats[]> {
  const { rows } = await sql<SlotSeats>`/* prepared lockSeats */ with telephones as materialized (
      select pg_advisory_xact_lock(number) from (select distinct hashtextextended(${city} || phone, 0) as number from unnest(${phones}::text[]) as phone order by 1) as numbers)
    select id, institution, service, starts_at as "startsAt", ends_at as "endsAt", clinic, cohort, seats, taken, kept, taken_kept as "takenKept",
      kept_until as "keptUntil", released_at as "releasedAt", closed_at as "closedAt" from slot
    where (select count(*) from telephones) >= 0 and city = ${city} and id = any(${slots}) order by id for no key update`.execute(db);
  return rows;
}

/** What stands in the way of somebody, or is the very same; behind the locks of `lockSeats`. Keys are of one incident and need no other name. */
export async function knownBookings(db: Db, city: string, { slots, bookings, people, phones }: Wanting, at: Instant): Promise<readonly KnownBooking[]> {
  const of = (those: RawBuilder<unknown>): RawBuilder<unknown> => sql`select ${KNOWN} from booking where ${those}`;
  const live = sql`state in ('held', 'booked', 'checkedIn')`;
  const { rows } = await sql<KnownBooking>`/* prepared knownBookings */ ${of(sql`city = ${city} and id = any(${bookings})`)}
    union all ${of(sql`person_key = any(${people}) and ${live}`)}
    union all ${of(sql`phone_key = any(${phones}) and ${live}`)}
    union all ${of(sql`proxy_key = any(${phones}) and ${live}`)}
    union all ${of(sql`slot = any(${slots}) and state = 'held' and held_until <= ${at}`)}`.execute(db);
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** In which sessions these are. */
export async function slotsOf(db: Db, city: string, bookings: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ slot: string }>`select distinct slot from booking where city = ${city} and id = any(${bookings})`.execute(db);
  return rows.map(({ slot }) => slot);
}

const KNOWN = sql`id, state, slot, service, day, person_key as "personKey", phone_key as "phoneKey", proxy_key as "proxyKey",
  held_until as "heldUntil", kept, series, request_hash as "requestHash", booked_hash as "bookedHash"`;

/** A seat that was decided, as it is written. */
export interface NewBooking {
  readonly id: string;
  readonly slot: string;
  readonly kept: boolean;
  /** With which risk of infection; a hold has none yet. */
  readonly cohort: string | null;
  readonly state: 'held' | 'booked';
  readonly heldUntil: Instant | null;
  readonly startsAt: Instant;
  readonly day: Instant;
  readonly institution: string;
  readonly service: string;
  readonly personKey: string;
  readonly phoneKey: string;
  readonly proxyKey: string | null;
  readonly person: AppointmentPerson;
  readonly care: object | null;
  readonly town: string | null;
  readonly callUpAt: Instant | null;
  readonly tokenHash: string;
  readonly phoneProof: string;
  readonly madeBy: string;
  readonly requestHash: string;
  /** A hold that becomes a booking: its seat is counted already. */
  readonly confirms: boolean;
}

/**
 * The conditional write: so many seats of each session, if they are there, with the bookings they are for and the notice of each.
 * The sessions are named twice, once as an array: a city whose slots were laid out a moment ago has no statistics, and PostgreSQL would read all of them for each write.
 * @returns how many bookings stand; fewer than given means that nothing may stand
 */
export async function writeSeats(db: Db, city: string, incident: string, bookings: readonly NewBooking[], at: Instant): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`/* prepared writeSeats */ with given as materialized (
      select * from json_to_recordset(${JSON.stringify(bookings)}::json) as r(id text, slot text, kept boolean, cohort text, state text, "heldUntil" bigint, "startsAt" bigint, day bigint,
        institution text, service text, "personKey" text, "phoneKey" text, "proxyKey" text, person jsonb, care jsonb, town text, "callUpAt" bigint,
        "tokenHash" text, "phoneProof" text, "madeBy" text, "requestHash" text, confirms boolean)),
    wanted as (select slot, (count(*) filter (where not confirms))::int as seats, (count(*) filter (where kept and not confirms))::int as kept, max(cohort) as cohort from given group by slot),
    counted as (
      update slot set taken = taken + wanted.seats, taken_kept = taken_kept + wanted.kept,
        cohort = ${designated(sql`wanted.cohort`)} from wanted
      where slot.city = ${city} and slot.id = any(array(select slot from given)) and slot.id = wanted.slot and (closed_at is null or wanted.seats = 0) and taken + wanted.seats <= slot.seats and taken_kept + wanted.kept <= slot.kept
        and (coalesce(kept_until, 0) <= ${at} or taken - taken_kept + wanted.seats - wanted.kept <= slot.seats - slot.kept)
      returning slot.id),
    made as (
      insert into booking (city, id, slot, incident, state, institution, service, day, booked_at, held_until, kept, person_key, phone_key, proxy_key, person, care, town,
        call_up_at, token_hash, phone_proof, made_by, request_hash)
      select ${city}, given.id, slot, ${incident}, state, institution, service, day, ${at}, "heldUntil", kept, "personKey", "phoneKey", "proxyKey", person, care, town,
        "callUpAt", "tokenHash", "phoneProof", "madeBy", "requestHash"
      from given join counted on counted.id = given.slot where not confirms returning id),
    confirmed as (
      update booking set state = 'booked', held_until = null, booked_at = ${at}, person_key = "personKey", phone_key = "phoneKey", proxy_key = "proxyKey",
        person = given.person, care = given.care, town = given.town, call_up_at = "callUpAt", token_hash = "tokenHash", phone_proof = "phoneProof", booked_hash = "requestHash", made_by = "madeBy", version = version + 1
      from given where confirms and booking.city = ${city} and booking.id = given.id and booking.state = 'held' and booking.held_until > ${at} returning booking.id),
    told as (
      ${intoOutbox({
        city, incident, audience: sql`'appointment:' || id`, code: 'appointmentBooked', facts: sql`json_build_object('institution', institution, 'startsAt', "startsAt")`, at,
        from: sql`given where state = 'booked'`,
      })})
    select (select count(*) from made)::int + (select count(*) from confirmed)::int as count`.execute(db);
  return row!.count;
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
