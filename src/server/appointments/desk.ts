import { createHash } from 'node:crypto';
import { startOfDay, type Instant, type Refusal } from '../../base/index.ts';
import {
  callUpAt, decideSeats, HOLD_MS, isHeld, type AppointmentPerson, type AppointmentRow, type SeatAnswer, type SeatAsk, type SlotSeats,
} from '../../appointments/index.ts';
import { endHold, findAppointment, giveBackExpired, knownBookings, lockSeats, slotsOf, writeSeats, type NewBooking, type Wanting } from '../../appointments/store.ts';
import { conflict, Refused, type Actor } from '../../people/index.ts';
import type { Intake } from '../../requests/index.ts';
import type { Kysely } from 'kysely';
import { Batches } from '../journeys/batches.ts';
import { isDatabaseAway } from '../postgres/database-away.ts';
import { LostClaim } from '../journeys/free-things.ts';
import type { House } from '../house.ts';
import { linkToken } from '../journeys/intake.ts';
import { personKey, phoneKey } from '../person-key.ts';
import { hashOf, withFreshLooks } from '../journeys/play.ts';
import { residentLink, type ResidentLink } from '../sign-in/index.ts';

/**
 * Sessions are shared out over so many queues with one writer each: two writers that want the same session only wait for each other, two of
 * different ones use two processors. Chosen by `bench:booking`: with more, a batch is too small to share its commit.
 */
const QUEUES = 2;
const BATCH_MAX = 128;

/** A seat for somebody, as a route has checked it. */
export interface Wanted {
  readonly slot?: string;
  readonly hold?: string;
  /** A hold that is given up for this one. */
  readonly instead?: string;
  readonly person: AppointmentPerson;
  readonly green: boolean;
  /** What they come for, and with which risk of infection; a hold has none yet. */
  readonly cohort?: string;
  readonly care?: Intake;
}

export interface Given {
  readonly row: AppointmentRow;
  /** For the link of whoever it is for; the same request sent again gets the same one. */
  readonly token: string;
}

export interface AppointmentDesk {
  /**
   * A seat is held or booked: durably, before it is answered. The same key again gets the same seat again, as it stands now.
   * @throws Refused naming everything that is in the way
   */
  take(actor: Actor, wanted: Wanted, key: string): Promise<Given>;
  /** Resolves when everything that was accepted is durable. */
  settled(): Promise<void>;
}

interface Item {
  readonly ask: SeatAsk;
  readonly wanted: Wanted;
  readonly actor: Actor;
  readonly link: ResidentLink;
}

type Outcome = { readonly row: AppointmentRow } | { readonly known: string } | { readonly refusals: readonly [Refusal, ...Refusal[]] };

/**
 * Callers who come in the same moment are gathered into one write: they share its locks, its conditional write and its commit, and each gets
 * an answer of their own.
 * @param secret of this installation: with the sender's key it makes the booking's id and its link, which is stored nowhere
 */
export function openAppointmentDesk(house: House, secret: string): AppointmentDesk {
  const { city, db, incident } = house;
  const queues = Array.from({ length: QUEUES }, () =>
    new Batches<Item, Outcome>((items) => write(house, items), { writersMax: 1, sizeMax: BATCH_MAX, isForAll: isDatabaseAway }));

  return {
    settled: async () => void (await Promise.all(queues.map((queue) => queue.settled()))),
    async take(actor, wanted, key) {
      const { person, care, slot, hold, instead } = wanted;
      const token = linkToken(secret, key, actor.id);
      const ask: SeatAsk = {
        id: bookingId(token), as: care ? 'booked' : 'held', green: wanted.green, byStaff: actor.role !== 'resident',
        ...(wanted.cohort !== undefined && { cohort: wanted.cohort }), ...(slot !== undefined && { slot }), ...(hold !== undefined && { hold }), ...(instead !== undefined && { instead }),
        personKey: personKey(incident.id, person), phoneKey: phoneKey(incident.id, person.phone),
        ...(person.proxy && { proxyKey: phoneKey(incident.id, person.proxy.phone) }),
        requestHash: hashOf([key, actor.id, slot, hold ?? instead, person, care]),
      };
      const phones = [person.phone, ...(person.proxy ? [person.proxy.phone] : [])];
      const outcome = await queues[queueOf(slot ?? hold ?? '')]!.add({ ask, wanted, actor, link: residentLink(phones, token) });
      if ('row' in outcome) return { row: outcome.row, token };
      if ('refusals' in outcome) throw outcome.refusals[0].code === 'idempotencyKeyReused' ? new Refused(422, outcome.refusals) : new Refused(409, outcome.refusals);
      const row = await findAppointment(db, city.id, outcome.known);
      if (!row) throw conflict({ code: 'takenMeanwhile' });
      return { row, token };
    },
  };
}

/** Always the same one for the same session. */
function queueOf(name: string): number {
  return createHash('sha256').update(name).digest()[0]! % QUEUES;
}

/** Nobody who knows one of them can guess another. */
function bookingId(token: string): string {
  return `B${createHash('sha256').update(`booking ${token}`).digest('base64url').slice(0, 20)}`;
}

/** A hold that is over, of somebody who asks, in a session nobody has asked for: it is given back before anything is decided. */
class HeldElsewhere extends LostClaim {
  readonly slots: readonly string[];

  constructor(slots: readonly string[]) {
    super('seat');
    this.slots = slots;
  }
}

async function write(house: House, items: readonly Item[]): Promise<readonly Outcome[]> {
  const { db, city, clock } = house;
  const holds = unique(items.flatMap(({ ask }) => [ask.hold, ask.instead]));
  const ofHolds = holds.length === 0 ? [] : await slotsOf(db, city.id, holds);
  return withFreshLooks(async () => {
    try {
      return await db.transaction().execute((trx) => giveSeats(trx, house, items, ofHolds));
    } catch (error) {
      if (error instanceof HeldElsewhere) await giveBackExpired(db, city.id, { slots: error.slots }, clock.now());
      throw error;
    }
  });
}

/** One transaction for all of them: what is in the way is read behind the locks, so what is decided is what is written. */
async function giveSeats(trx: Kysely<any>, house: House, items: readonly Item[], ofHolds: readonly string[]): Promise<readonly Outcome[]> {
  const { city, incident, clock } = house;
  const asks = items.map(({ ask }) => ask);
  const wanting: Wanting = {
    slots: unique([...asks.map(({ slot }) => slot), ...ofHolds]), bookings: unique(asks.flatMap(({ id, hold, instead }) => [id, hold, instead])),
    people: unique(asks.map(({ personKey: key }) => key)), phones: unique(asks.flatMap(({ phoneKey: key, proxyKey }) => [key, proxyKey])),
  };
  const { seats, known, at } = await lookBehindLocks(trx, city.id, wanting, () => clock.now());
  const slots = new Map(seats.map((slot) => [slot.id, slot]));
  const answers = decideSeats(asks, slots, known, at);
  const rows = items.flatMap((item, index): NewBooking[] => {
    const answer = answers[index]!;
    return answer.is === 'taken' || answer.is === 'confirmed' ? [rowOf(item, answer, slots.get(answer.slot)!, at)] : [];
  });
  // One person has one seat of a service and day: the old one goes first, and comes back with everything else where the new one is lost.
  for (const [index, { instead, phoneKey: phone }] of asks.entries()) if (instead !== undefined && answers[index]!.is === 'taken') await endHold(trx, city.id, { hold: instead, phone }, at);
  if (rows.length > 0 && await writeSeats(trx, city.id, incident.id, rows, at) !== rows.length) throw new LostClaim('seat');
  const written = new Map(rows.map((row) => [row.id, row]));
  return answers.map((answer, index): Outcome => {
    if (answer.is === 'refused') return { refusals: answer.refusals };
    if (answer.is === 'known') return { known: answer.booking };
    const row = written.get(answer.is === 'taken' ? asks[index]!.id : answer.booking)!;
    return { row: asStored(row, slots.get(row.slot)!, at) };
  });
}

/** What is free and what is in the way, with the holds given back whose time is over: nobody is refused for the sake of one of those. */
export async function lookBehindLocks(trx: Kysely<any>, city: string, wanting: Wanting, now: () => Instant): Promise<{
  readonly seats: readonly SlotSeats[]; readonly known: Awaited<ReturnType<typeof knownBookings>>; readonly at: Instant;
}> {
  const seats = await lockSeats(trx, city, wanting);
  const at = now();
  const known = await knownBookings(trx, city, wanting, at);
  const over = known.filter((booking) => booking.state === 'held' && !isHeld(booking, at));
  if (over.length === 0) return { seats, known, at };
  const elsewhere = over.filter(({ slot }) => !wanting.slots.includes(slot));
  if (elsewhere.length > 0) throw new HeldElsewhere(elsewhere.map(({ slot }) => slot));
  await giveBackExpired(trx, city, { slots: wanting.slots }, at);
  return { seats: await lockSeats(trx, city, wanting), known: await knownBookings(trx, city, wanting, at), at };
}

function rowOf({ ask, wanted, actor, link }: Item, answer: Extract<SeatAnswer, { is: 'taken' | 'confirmed' }>, slot: SlotSeats, at: Instant): NewBooking {
  const { care, person } = wanted;
  return {
    id: answer.is === 'taken' ? ask.id : answer.booking, slot: slot.id, kept: answer.seat === 'kept', cohort: ask.cohort ?? null, confirms: answer.is === 'confirmed',
    state: ask.as, heldUntil: ask.as === 'held' ? at + HOLD_MS : null, startsAt: slot.startsAt, day: startOfDay(slot.startsAt),
    institution: slot.institution, service: slot.service, personKey: ask.personKey, phoneKey: ask.phoneKey, proxyKey: ask.proxyKey ?? null,
    person, care: care ?? null, town: care?.town ?? null, callUpAt: care ? callUpAt(slot.startsAt, at) : null,
    tokenHash: link.tokenHash, phoneProof: link.phoneProof, madeBy: actor.id, requestHash: ask.requestHash,
  };
}

function asStored(row: NewBooking, { clinic, startsAt, endsAt, service }: SlotSeats, at: Instant): AppointmentRow {
  return {
    ...row, service, clinic, startsAt, endsAt, bookedAt: at, journey: null, series: null, cancelledAt: null, cancelledReason: null,
    version: row.confirms ? 2 : 1,
  };
}

function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
