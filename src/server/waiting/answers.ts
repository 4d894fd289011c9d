import { sql, type Kysely } from 'kysely';
import { callUpAt } from '../../appointments/index.ts';
import { giveSeatBack, lockSeats, tellPerson } from '../../appointments/store.ts';
import { conflict, notFound } from '../../people/index.ts';
import { LostClaim } from '../journeys/free-things.ts';
import type { House } from '../house.ts';
import { findWaiting, type WaitingRow } from './rows.ts';

type Db = Kysely<any>;

/** The session first, then the place in line, as everybody locks them. */
async function locked(trx: Db, { city, clock }: House, id: string): Promise<WaitingRow> {
  const before = await findWaiting(trx, city.id, id);
  if (!before) throw notFound();
  if (before.offerSlot !== null) await lockSeats(trx, city.id, { slots: [before.offerSlot], phones: [] });
  const row = (await findWaiting(trx, city.id, id, true))!;
  // They were offered another seat, or none any more, while we waited for the session.
  if (row.offerSlot !== before.offerSlot) throw new LostClaim('seat');
  return row;
}

const NO_OFFER = sql`offer = null, offer_slot = null, offered_at = null, call_at = null, called = false, offer_until = null, version = version + 1`;

/** The held seat is theirs. @returns the booking; said twice it is the same @throws Refused 409 when the time for it is over */
export async function acceptOffer(trx: Db, house: House, id: string): Promise<string> {
  const { city, clock, incident } = house;
  const { state, booking: known, offer, offerUntil, startsAt, institution } = await locked(trx, house, id);
  if (state === 'placed') return known!;
  const at = clock.now();
  if (state !== 'offered' || offerUntil! <= at) throw conflict({ code: 'offerIsOver', field: 'id' });
  const { numAffectedRows } = await sql`update booking set state = 'booked', held_until = null, booked_at = ${at}, call_up_at = ${callUpAt(startsAt!, at)}, version = booking.version + 1,
      token_hash = w.token_hash, phone_proof = w.phone_proof
    from waiting w where w.city = booking.city and w.id = ${id} and booking.city = ${city.id} and booking.id = ${offer} and booking.state = 'held'`.execute(trx);
  if (numAffectedRows !== 1n) throw conflict({ code: 'offerIsOver', field: 'id' });
  await sql`update waiting set state = 'placed', booking = ${offer}, owner_role = null, owner_scope = null, due_at = null, ${NO_OFFER} where city = ${city.id} and id = ${id}`.execute(trx);
  await tellPerson(trx, city.id, incident.id, { appointment: offer!, code: 'appointmentBooked', facts: { institution: institution!, startsAt: startsAt! } }, at);
  return offer!;
}

/** The seat goes to the next in this very transaction; whoever declined keeps their place for others. */
export async function declineOffer(trx: Db, house: House, id: string): Promise<void> {
  const { city, clock } = house;
  const { state, offer, offerSlot } = await locked(trx, house, id);
  if (state !== 'offered') throw conflict({ code: 'offerIsOver', field: 'id' });
  await sql`update waiting set state = 'waiting', declined = declined || offer_slot, ${NO_OFFER} where city = ${city.id} and id = ${id}`.execute(trx);
  await giveSeatBack(trx, city.id, { slot: offerSlot!, booking: offer! }, clock.now(), 'offerDeclined');
}

export async function leaveLine(trx: Db, house: House, id: string): Promise<void> {
  const { city, clock } = house;
  const { state, offer, offerSlot } = await locked(trx, house, id);
  if (state === 'left') return;
  if (state === 'placed' || state === 'over') throw conflict({ code: 'waitsNoMore', field: 'id' });
  await sql`update waiting set state = 'left', owner_role = null, owner_scope = null, due_at = null, ${NO_OFFER} where city = ${city.id} and id = ${id}`.execute(trx);
  if (offer !== null) await giveSeatBack(trx, city.id, { slot: offerSlot!, booking: offer }, clock.now(), 'leftTheLine');
}
