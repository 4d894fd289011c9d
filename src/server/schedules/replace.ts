import { sql, type Kysely } from 'kysely';
import { DAY_MS, type Instant } from '../../base/index.ts';
import { callUpAt, chairCohort, slotWindow, WAY_MS, type BookableService } from '../../appointments/index.ts';
import { cohortOf } from '../../journey/index.ts';
import { chairFor, findAppointment, giveSeatBack, lockSeats, moveSeat, seatFree, tellPerson } from '../../appointments/store.ts';
import { candidatesFor, statusOf } from '../../city/index.ts';
import { Refused, SYSTEM } from '../../people/index.ts';
import type { Intake } from '../../requests/index.ts';
import type { Acuity } from '../../triage/index.ts';
import { LostClaim } from '../journeys/free-things.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { isChildCare, latestInstead } from '../waiting/need.ts';
import { notice } from '../journeys/owed.ts';
import { perform } from '../journeys/play.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';
import { joinDisplaced } from '../waiting/join.ts';
import { shrink } from './displace.ts';

type Db = Kysely<any>;

const LOOK_EVERY_MS = 1_000;
/** So many sessions are held still while one is chosen. */
const LOOKED_AT = 8;
/** Who could not be dealt with because of an error of ours is tried again after this long. */
const AGAIN_MS = 5_000;

/**
 * Whoever lost a seat gets another, in order of need: here first, then at the counterpart, then at the nearest. Each is one transaction and a row
 * until it is done, so that a killed server leaves nobody between two seats; one at a time in the city, so that nobody overtakes.
 */
export function openReplacing(house: House): Rounds {
  const { clock, log } = house;
  let stopped = false;
  const later = new Map<string, Instant>();
  const round = async (): Promise<void> => {
    for (let busy = true; busy && !stopped;) {
      const now = clock.now();
      for (const [booking, until] of later) if (until <= now) later.delete(booking);
      busy = await replaceNext(house, [...later.keys()]).catch((error: unknown) => {
        if (!(error instanceof NotNow)) throw error;
        later.set(error.booking, now + AGAIN_MS);
        log(`The booking ${error.booking} waits for another seat: ${error.message}`);
        return true;
      });
    }
  };
  const rounds = openRounds(() => round().catch((error: unknown) => log(`Placing people again waits for another try: ${messageOf(error)}`)), LOOK_EVERY_MS);
  rounds.kick();
  return {
    kick: rounds.kick,
    stop() {
      stopped = true;
      return rounds.stop();
    },
  };
}

class NotNow extends Error {
  readonly booking: string;
  constructor(booking: string, cause: unknown) {
    super(messageOf(cause));
    this.booking = booking;
  }
}

export interface Leaving {
  readonly booking: string;
  readonly slot: string;
  readonly reason: string;
  readonly prefer: string | null;
  readonly acuity: Acuity;
  readonly gapEndsAt: Instant | null;
  readonly green: boolean;
  readonly state: string;
  readonly current: string;
  readonly journey: string | null;
  readonly institution: string;
  readonly service: BookableService;
  readonly cohort: string | null;
  readonly startsAt: Instant;
  readonly town: string | null;
  readonly care: Intake | null;
  readonly personKey: string | null;
  readonly isTooMany: boolean;
}

/** @returns false when nobody is left */
async function replaceNext(house: House, without: readonly string[]): Promise<boolean> {
  const { db, city } = house;
  const answer = await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} displaced`}, 0))`.execute(trx);
    const leaving = await next(trx, city.id, without);
    if (!leaving) return 'nobody' as const;
    try {
      if (leaving.journey !== null) return await placesFor(trx, house, leaving).then((places) => ({ leaving, to: places[0]?.slot }));
      await place(trx, house, leaving);
    } catch (error) {
      throw new NotNow(leaving.booking, error);
    }
    return 'done' as const;
  });
  if (answer === 'nobody') return false;
  if (answer !== 'done') await throughTheirRequest(house, answer.leaving, answer.to).catch((error: unknown) => { throw new NotNow(answer.leaving.booking, error); });
  return true;
}

async function next(trx: Db, city: string, without: readonly string[]): Promise<Leaving | undefined> {
  const { rows: [row] } = await sql<Leaving>`select d.booking, d.slot, d.reason, d.prefer, d.acuity, d.gap_ends_at as "gapEndsAt", d.green, b.state, b.slot as current, b.journey,
      l.institution, l.service, coalesce(s.cohort, l.cohort) as cohort, l.starts_at as "startsAt", coalesce(b.town, b.care ->> 'town', j.town) as town, coalesce(b.care, j.story -> 'request') as care, b.person_key as "personKey",
      l.closed_at is not null or l.taken > coalesce(l.seats_to, l.seats) as "isTooMany"
    from displaced d join booking b on b.city = d.city and b.id = d.booking join slot l on l.city = d.city and l.id = d.slot left join series s on s.city = b.city and s.id = b.series left join journey j on j.city = b.city and j.id = b.journey
    where d.city = ${city} and d.done_at is null and d.booking <> all(${without}::text[])
    order by d.acuity, d.gap_ends_at nulls last, d.green desc, d.starts_at, b.booked_at, d.booking limit 1 for update of d`.execute(trx);
  // The session may be nobody's yet; whoever leaves it takes their own risk along.
  return row && { ...row, cohort: row.cohort ?? (row.care?.need === undefined ? 'other' : chairCohort(cohortOf({ request: row.care }))) };
}

/** Sessions come before the booking, as everywhere: nobody waits for somebody who waits for them. */
async function place(trx: Db, house: House, leaving: Leaving): Promise<void> {
  const { city, clock, incident } = house;
  const { booking, slot, institution, startsAt, green } = leaving;
  const places = await placesFor(trx, house, leaving);
  const at = clock.now();
  const locked = await lockSeats(trx, city.id, { slots: [slot, ...places.map((each) => each.slot)], phones: [] });
  const now = await findAppointment(trx, city.id, booking, true);
  // They moved or cancelled themselves, or enough others have: nothing is taken from anybody for nothing.
  if (now?.state !== 'booked' || now.slot !== slot) return done(trx, house, leaving, 'notNeeded');
  if (!(await isTooMany(trx, city.id, slot))) return done(trx, house, leaving, 'stays');
  for (const free of places) {
    const to = locked.find(({ id }) => id === free.slot);
    if (!to || !(await moveSeat(trx, city.id, { id: booking, from: slot, to: to.id, green, cohort: leaving.cohort, callUpAt: callUpAt(to.startsAt, at) }, at))) continue;
    await tellPerson(trx, city.id, incident.id, { appointment: booking, code: 'appointmentMoved', facts: { institution: to.institution, startsAt: to.startsAt, was: startsAt, reason: leaving.reason } }, at);
    if (to.institution !== institution) await notice(trx, city.id, incident.id, { audience: `institution:${to.institution}`, code: 'appointmentComes', facts: { appointment: booking, startsAt: to.startsAt, from: institution } }, at);
    return done(trx, house, leaving, 'placed', to.id);
  }
  if (places.length > 0) throw new LostClaim('seat');
  const waiting = await joinDisplaced(trx, house, leaving, now, at);
  await giveSeatBack(trx, city.id, { slot, booking }, at, leaving.reason);
  await notice(trx, city.id, incident.id, { audience: `waiting:${waiting}`, code: 'appointmentLost', facts: { waiting, reason: leaving.reason, was: startsAt, institution } }, at);
  await notice(trx, city.id, incident.id, { audience: `institution:${institution}`, code: 'personNotPlaced', facts: { waiting, startsAt } }, at);
  return done(trx, house, leaving, 'waits', undefined, waiting);
}

async function isTooMany(trx: Db, city: string, slot: string): Promise<boolean> {
  const { rows } = await sql`select from slot where city = ${city} and id = ${slot} and (closed_at is not null or taken > coalesce(seats_to, seats))`.execute(trx);
  return rows.length > 0;
}

async function done(trx: Db, { city, clock }: House, { booking, slot }: Leaving, outcome: string, to?: string, waiting?: string): Promise<void> {
  await sql`update displaced set done_at = ${clock.now()}, outcome = ${outcome}, to_slot = ${to ?? null}, waiting = ${waiting ?? null}, owner_role = null, owner_scope = null, due_at = null
    where city = ${city.id} and booking = ${booking} and slot = ${slot}`.execute(trx);
  await shrink(trx, city.id, [slot]);
  await notify(trx, { city: city.id, kind: 'appointments' });
}

interface Place {
  readonly slot: string;
  readonly institution: string;
  readonly startsAt: Instant;
}

/** Seats within their time, best first: the session it became, here, the counterpart, the nearest; in each the next after the old hour, then the last before it. */
async function placesFor(trx: Db, { city, clock, board, travel }: House, { prefer, institution, service, cohort, startsAt, town, care, personKey, green, acuity, gapEndsAt, booking }: Leaving): Promise<readonly Place[]> {
  const at = clock.now();
  const known = town !== null && city.towns.has(town) ? town : city.institutions.get(institution)!.town;
  const tables = travel.tables();
  const { candidates } = candidatesFor(city, board.now(), {
    town: known, service, instant: Math.max(at, startsAt), children: isChildCare(care, service), rule: 'counterpartFirst', ownInstitution: institution, ...(tables && { travel: tables.car }),
  });
  // Whose ward has closed the whole service is not among them.
  const own = statusOf(board.now(), institution, service, Math.max(at, startsAt)).state === 'closed' ? [] : [institution];
  const order = [...new Set([...own, ...candidates.map(({ institution: { code } }) => code)])];
  const from = Math.min(startsAt, slotWindow(acuity, at, service, undefined).from);
  const { rows } = await sql<Place>`select slot.id as slot, slot.institution, slot.starts_at as "startsAt" from slot join unnest(${order}::text[]) with ordinality as o(institution, place) on o.institution = slot.institution
    where slot.city = ${city.id} and slot.service = ${service} and ${chairFor(cohort)} and slot.starts_at >= ${Math.max(at + WAY_MS / 2, from)}
      and slot.starts_at <= ${latestInstead({ acuity, gapEndsAt, green }, service, startsAt, at)} and slot.has_seat and slot.seats_to is null and ${seatFree(green, at)}
      and not exists (select from booking where booking.city = slot.city and booking.person_key = ${personKey} and booking.service = slot.service and booking.id <> ${booking}
        and booking.state in ('held', 'booked', 'checkedIn') and booking.day between slot.starts_at - ${DAY_MS - 1}::bigint and slot.starts_at)
    order by slot.id <> ${prefer ?? ''}, o.place, slot.starts_at < ${startsAt}, abs(slot.starts_at - ${startsAt}), slot.id limit ${LOOKED_AT}`.execute(trx);
  return rows;
}

/** Their request has begun: it moves its own seat, with ride and pass; where nothing can be named it goes back to policy, which finds them a place. */
async function throughTheirRequest(house: House, leaving: Leaving, to: string | undefined): Promise<void> {
  const reason = leaving.reason === 'sessionMoved' ? 'sessionChanged' : 'sessionClosed';
  const outcome = await (async (): Promise<string> => {
    if (leaving.state !== 'booked' || leaving.current !== leaving.slot) return 'notNeeded';
    if (!leaving.isTooMany) return 'stays';
    for (const command of [...(to === undefined ? [] : [{ type: 'moveBooking', slot: to, reason } as const]), { type: 'loseBooking', reason } as const]) {
      try {
        await perform(house, SYSTEM, leaving.journey!, command);
        return command.type === 'moveBooking' ? 'placed' : 'askedAgain';
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        // Whoever has set out is let in where they arrive: no door is closed to them.
        if (error.refusals.some(({ code }) => code === 'personIsAway')) return 'underWay';
      }
    }
    return 'noBooking';
  })();
  await house.db.transaction().execute((trx) => done(trx, house, leaving, outcome, outcome === 'placed' ? to : undefined));
}
