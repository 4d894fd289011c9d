import { sql } from 'kysely';
import { DAY_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import { WAY_MS } from '../../appointments/index.ts';
import { lockSeats, onFreed, seatsForLine } from '../../appointments/store.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { nextOwner, notice } from '../journeys/owed.ts';

const LINE_MAX = 200;
const TOLD_ON_MS = 30 * MINUTE_MS;

interface Owed {
  readonly id: string;
  readonly incident: string;
  readonly role: string;
  readonly district: string;
}

/**
 * What time does to those who wait, on every server and by one of them at a time: seats that are free although somebody waits, whom to ring up,
 * whose days are over, whose owner has not acted. Offers that run out give their seat back with all other holds.
 * @returns how many sessions were offered
 */
export async function watchWaiting(house: House): Promise<number> {
  const { db, city, clock } = house;
  return db.transaction().execute(async (trx) => {
    const { rows: [turn] } = await sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`${city.id} waiting`}, 0)) as ours`.execute(trx);
    if (!turn!.ours) return 0;
    const at = clock.now();
    const told = await ringUp(house, at) + await endDays(house, at) + await tellOn(house, at);
    const offered = await offerFree(house);
    if (told + offered > 0) await notify(trx, { city: city.id, kind: 'appointments' });
    return offered;
  });
}

/** A seat that nobody gave back in a moment when somebody waited: joined at the same instant, just released, just opened to all. */
async function offerFree({ db, city, clock }: House): Promise<number> {
  const slots = await seatsForLine(db, city.id, clock.now(), LINE_MAX);
  for (const slot of slots) {
    await db.transaction().execute(async (trx) => {
      await lockSeats(trx, city.id, { slots: [slot], phones: [] });
      await onFreed(trx, city.id, [slot], clock.now());
    });
  }
  return slots.length;
}

/** Half of the time is over and nobody has answered, or they read no messages: a person rings them. */
async function ringUp({ db, city }: House, at: Instant): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; incident: string; institution: string; town: string; until: Instant }>`
      update waiting w set called = true, version = w.version + 1 from slot
      where w.city = ${city.id} and w.state = 'offered' and not w.called and w.call_at <= ${at} and slot.city = w.city and slot.id = w.offer_slot
      returning w.id, w.incident, slot.institution, w.town, w.offer_until as until`.execute(trx);
    for (const { id, incident, institution, town, until } of rows) {
      for (const audience of [`institution:${institution}`, `town:${town}`]) await notice(trx, city.id, incident, { audience, code: 'callThem', facts: { waiting: id, until } }, at);
    }
    return rows.length;
  });
}

/** The days they asked for are over. Whoever had lost a seat goes on waiting, and the command centre answers for it. */
async function endDays({ db, city }: House, at: Instant): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; incident: string; displaced: boolean }>`
      update waiting set version = version + 1, state = case when displaced then state else 'over' end, to_at = case when displaced then ${at + DAY_MS}::bigint else to_at end,
        owner_role = case when displaced then 'city' end, owner_scope = case when displaced then 'city' end, due_at = case when displaced then ${at + TOLD_ON_MS}::bigint end
      where city = ${city.id} and state = 'waiting' and to_at <= ${at + WAY_MS}::bigint returning id, incident, displaced`.execute(trx);
    for (const { id, incident, displaced } of rows) {
      await notice(trx, city.id, incident, displaced ? { audience: 'city', code: 'personNotPlaced', facts: { waiting: id } } : { audience: `waiting:${id}`, code: 'waitingOver', facts: { waiting: id } }, at);
    }
    return rows.length;
  });
}

/** A deadline that passes is told on: to the district, then to the command centre, again and again. */
async function tellOn({ db, city }: House, at: Instant): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows: waiting } = await sql<Owed>`select id, incident, owner_role as role, district from waiting where city = ${city.id} and due_at <= ${at} order by due_at limit ${LINE_MAX} for update skip locked`.execute(trx);
    for (const { id, incident, role, district } of waiting) {
      const owner = nextOwner(role, district);
      await sql`update waiting set owner_role = ${owner.role}, owner_scope = ${owner.scope}, due_at = ${at + TOLD_ON_MS}, missed_count = missed_count + 1, version = version + 1
        where city = ${city.id} and id = ${id}`.execute(trx);
      await notice(trx, city.id, incident, { audience: owner.scope, code: 'personNotPlaced', facts: { waiting: id } }, at);
    }
    const { rows: displaced } = await sql<Owed & { slot: string; institution: string }>`select d.booking as id, d.slot, d.incident, d.owner_role as role, slot.institution, ''::text as district
      from displaced d join slot on slot.city = d.city and slot.id = d.slot where d.city = ${city.id} and d.due_at <= ${at} order by d.due_at limit ${LINE_MAX} for update of d skip locked`.execute(trx);
    for (const { id, slot, incident, role, institution } of displaced) {
      const owner = nextOwner(role, city.institutions.get(institution)?.district ?? '');
      await sql`update displaced set owner_role = ${owner.role}, owner_scope = ${owner.scope}, due_at = ${at + TOLD_ON_MS}, missed_count = missed_count + 1 where city = ${city.id} and booking = ${id} and slot = ${slot}`.execute(trx);
      await notice(trx, city.id, incident, { audience: owner.scope, code: 'personNotPlaced', facts: { appointment: id } }, at);
    }
    return waiting.length + displaced.length;
  });
}
