import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { intoOutbox } from '../../people/store.ts';
import type { AppointmentPerson } from '../appointment.ts';
import { designated } from '../hour-cohort/store.ts';
import type { KnownBooking, SlotSeats } from '../seats.ts';

type Db = QueryExecutorProvider;

/** Who and what a claim is about. */
export interface Wanting {
  readonly slots: readonly string[];
  readonly bookings: readonly string[];
  readonly people: readonly string[];
  /** Telephones of the people and of those who ask for them. */
  readonly phones: readonly string[];
}

/** A row of `slot` as `SlotSeats`. */
export const SLOT_SEATS = sql`id, institution, service, starts_at as "startsAt", ends_at as "endsAt", clinic, cohort, seats, taken, kept, taken_kept as "takenKept",
  kept_until as "keptUntil", released_at as "releasedAt", closed_at as "closedAt"`;

/**
 * One telephone and one session are asked about by one transaction at a time: what is read after this stays true until it ends. Telephones
 * come before sessions and both in order, so that no two ever wait for each other.
 */
export async function lockSeats(db: Db, city: string, { slots, phones }: Pick<Wanting, 'slots' | 'phones'>): Promise<readonly SlotSeats[]> {
  const { rows } = await sql<SlotSeats>`/* prepared lockSeats */ with telephones as materialized (
      select pg_advisory_xact_lock(number) from (select distinct hashtextextended(${city} || phone, 0) as number from unnest(${phones}::text[]) as phone order by 1) as numbers)
    select ${SLOT_SEATS} from slot
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
