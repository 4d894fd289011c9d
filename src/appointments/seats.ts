import { clockTime, formatInstant, HOUR_MS, startOfDay, type Instant, type Refusal } from '../base/index.ts';
import type { AppointmentState } from './appointment.ts';
import type { Slot } from './booking.ts';
import { LIMITS, type Limit } from './limits.ts';

/** One session with its counters, as they stand behind its lock. */
export interface SlotSeats extends Slot {
  readonly clinic: string;
  readonly cohort: string | null;
  readonly seats: number;
  /** Held and booked together. */
  readonly taken: number;
  readonly kept: number;
  readonly takenKept: number;
  readonly keptUntil: Instant | null;
  readonly releasedAt: Instant;
  readonly closedAt: Instant | null;
}

/** A seat out of those kept back for green channels, or any other. */
export type SeatKind = 'ordinary' | 'kept';

/** What one caller asks for. Who they are comes as keys: nobody's name decides anything here. */
export interface SeatAsk {
  /** The booking's id; the same request sent again has the same one. */
  readonly id: string;
  readonly slot?: string;
  /** Their own held seat, to be booked now. */
  readonly hold?: string;
  /** Their own held seat that they give up for this one, in the moment this one is theirs and not before. */
  readonly instead?: string;
  readonly as: 'held' | 'booked';
  readonly personKey: string;
  readonly phoneKey: string;
  readonly proxyKey?: string;
  /** Belongs to a green channel. */
  readonly green: boolean;
  /** The infection cohort of whoever comes, for sessions laid out for one; missing while nobody has asked. */
  readonly cohort?: string;
  /** Asked for by somebody on duty: they are named, and book for many. */
  readonly byStaff: boolean;
  readonly requestHash: string;
}

/** A booking that may stand in the way of a new one, or is the very same. */
export interface KnownBooking {
  readonly id: string;
  readonly state: AppointmentState;
  readonly slot: string;
  readonly service: string;
  readonly day: Instant | null;
  readonly personKey: string | null;
  readonly phoneKey: string | null;
  readonly proxyKey: string | null;
  readonly heldUntil: Instant | null;
  readonly kept: boolean;
  readonly series: string | null;
  readonly requestHash: string | null;
  readonly bookedHash: string | null;
}

export type SeatAnswer =
  | { readonly is: 'taken'; readonly slot: string; readonly seat: SeatKind }
  /** The hold has become a booking; no counter moves. */
  | { readonly is: 'confirmed'; readonly booking: string; readonly slot: string; readonly seat: SeatKind }
  /** Asked before: the same answer again. */
  | { readonly is: 'known'; readonly booking: string }
  | { readonly is: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };

const LIVE: ReadonlySet<AppointmentState> = new Set(['held', 'booked', 'checkedIn']);

export function isLive(state: AppointmentState): boolean {
  return LIVE.has(state);
}

/**
 * Which seat is free for this person. A green channel takes a kept-back one first, so that the others stay for everybody; once the stated
 * time has come all seats are alike.
 */
export function seatFor({ seats, taken, kept, takenKept, keptUntil }: SlotSeats, green: boolean, at: Instant): SeatKind | undefined {
  if (keptUntil === null || at >= keptUntil) return taken < seats ? 'ordinary' : undefined;
  if (green && takenKept < kept) return 'kept';
  return taken - takenKept < seats - kept ? 'ordinary' : undefined;
}

/** Why nobody can book this session now, everything at once. */
export function notOpen({ startsAt, closedAt, releasedAt }: Pick<SlotSeats, 'startsAt' | 'closedAt' | 'releasedAt'>, at: Instant): readonly Refusal[] {
  return [
    ...(startsAt <= at ? [{ code: 'slotPast', field: 'slot' }] : []),
    ...(closedAt === null ? [] : [{ code: 'slotClosed', field: 'slot' }]),
    ...(releasedAt > at ? [{ code: 'notReleasedYet', field: 'slot', facts: opensAt(releasedAt) }] : []),
  ];
}

/**
 * Who gets which seat, in the order they asked. Everything that was read stands behind locks, so what is answered here is what will be
 * written. A refusal names all that is in the way; a full session is one of them only when nothing else is.
 */
export function decideSeats(
  asks: readonly SeatAsk[], slots: ReadonlyMap<string, SlotSeats>, known: readonly KnownBooking[], at: Instant,
): readonly SeatAnswer[] {
  const counters = new Map(slots);
  const bookings = new Map(known.map((booking) => [booking.id, booking]));
  return asks.map((ask) => {
    const answer = answerTo(ask, counters, bookings, at);
    if (answer.is === 'taken') {
      const slot = counters.get(answer.slot)!;
      counters.set(slot.id, { ...designatedFor(slot, ask), taken: slot.taken + 1, takenKept: slot.takenKept + (answer.seat === 'kept' ? 1 : 0) });
      bookings.set(ask.id, asKnown(ask, slot, answer.seat));
    } else if (answer.is === 'confirmed') {
      const slot = counters.get(answer.slot)!;
      counters.set(slot.id, designatedFor(slot, ask));
      bookings.set(answer.booking, { ...bookings.get(answer.booking)!, ...keysOf(ask), state: 'booked', bookedHash: ask.requestHash });
    }
    return answer;
  });
}

/** Dialysis chairs of one hour that were nobody's yet are its cohort's from the first seat on: whoever may infect and whoever may not be infected never sit together. */
export const DESIGNATED_SERVICE = 'haemodialysis';

/**
 * `chairFor` of `hour-cohort/store.ts`, behind the lock: where somebody sits of whom nobody has said a cohort (a hold), nobody else's is guessed.
 * Who holds a chair there has said theirs first when they book it.
 */
function isOthersChair({ service, cohort: hour, taken }: SlotSeats, cohort: string | null, holdsOne = false): boolean {
  return hour === null ? service === DESIGNATED_SERVICE && taken > 0 && !holdsOne : hour !== cohort;
}

function designatedFor(slot: SlotSeats, { cohort }: SeatAsk): SlotSeats {
  return slot.cohort === null && cohort !== undefined && slot.service === DESIGNATED_SERVICE ? { ...slot, cohort } : slot;
}

function answerTo(ask: SeatAsk, slots: ReadonlyMap<string, SlotSeats>, known: ReadonlyMap<string, KnownBooking>, at: Instant): SeatAnswer {
  const before = known.get(ask.id);
  if (before?.requestHash === ask.requestHash && !(ask.as === 'held' && before.state === 'cancelled')) return { is: 'known', booking: ask.id };
  if (before) return refused(before.requestHash === ask.requestHash ? { code: 'holdOver', field: 'slot' } : { code: 'idempotencyKeyReused', field: 'Idempotency-Key' });

  const hold = ask.hold === undefined ? undefined : known.get(ask.hold);
  // Whether a stranger's hold exists is not said: it is over for everybody but its own phone.
  const own = hold !== undefined && (hold.phoneKey === ask.phoneKey || hold.phoneKey === ask.proxyKey);
  if (ask.hold !== undefined && !own) return refused({ code: 'holdOver', field: 'hold' });
  if (hold?.bookedHash === ask.requestHash) return { is: 'known', booking: hold.id };
  if (hold && hold.bookedHash !== null) return refused({ code: 'holdOver', field: 'hold' });

  // A hold that is not the one to be confirmed stands in the way like any other.
  const confirms = hold !== undefined && isHeld(hold, at) && (ask.slot === undefined || ask.slot === hold.slot) ? hold : undefined;
  const instead = ask.instead === undefined ? undefined : [known.get(ask.instead)].find((other) => other && isHeld(other, at) && other.phoneKey === ask.phoneKey);
  // Chosen again: it is theirs already.
  if (instead && instead.slot === ask.slot) return { is: 'known', booking: instead.id };
  const others = [...known.values()].filter((other) => other.id !== confirms?.id && other.id !== instead?.id && stands(other, at));
  const slot = slots.get(ask.slot ?? hold?.slot ?? '');
  if (!slot) return refused({ code: 'slotUnknown', field: 'slot' });
  const inTheWay = [...ofThePerson(ask, slot, others, confirms !== undefined), ...limitsReached(ask, others, at)];
  if (confirms) {
    // A kept-back seat was held by saying more of oneself than the booking says.
    if (confirms.kept && !ask.green && slot.keptUntil !== null && at < slot.keptUntil) return refused({ code: 'seatsKept', field: 'hold', facts: opensAt(slot.keptUntil) }, ...inTheWay);
    return inTheWay[0] ? refused(inTheWay[0], ...inTheWay.slice(1)) : { is: 'confirmed', booking: confirms.id, slot: confirms.slot, seat: confirms.kept ? 'kept' : 'ordinary' };
  }
  const [first, ...rest] = [...notOpen(slot, at), ...inTheWay];
  if (first) return refused(first, ...rest);
  const seat = seatFor(slot, ask.green, at);
  if (seat) return { is: 'taken', slot: slot.id, seat };
  return refused(fullOf(slot));
}

/** Another seat of the same service for a booking that stands: where it goes, or everything that is in the way. */
export function decideMove(
  { id, service, personKey, slot: from }: { readonly id: string; readonly service: string; readonly personKey: string | null; readonly slot: string },
  to: SlotSeats | undefined, known: readonly KnownBooking[], { green, cohort }: { readonly green: boolean; readonly cohort: string | null }, at: Instant,
): { readonly seat: SeatKind } | { readonly refusals: readonly [Refusal, ...Refusal[]] } {
  if (!to || to.id === from) return { refusals: [{ code: 'slotUnknown', field: 'slot' }] };
  const day = startOfDay(to.startsAt);
  const sameDay = known.some((other) => other.id !== id && other.personKey === personKey && personKey !== null && isLive(other.state) && other.service === to.service && other.day === day);
  const [first, ...rest]: readonly Refusal[] = [
    ...(to.service === service ? [] : [{ code: 'otherService', field: 'slot', facts: { service } }]), ...notOpen(to, at),
    ...(isOthersChair(to, cohort) ? [{ code: 'cohortNotHere', field: 'slot' }] : []), ...(sameDay ? [{ code: 'alreadyBookedThatDay', field: 'slot' }] : []),
  ];
  if (first) return { refusals: [first, ...rest] };
  const seat = seatFor(to, green, at);
  return seat ? { seat } : { refusals: [fullOf(to)] };
}

function fullOf({ taken, seats, keptUntil }: SlotSeats): Refusal {
  return taken < seats ? { code: 'seatsKept', field: 'slot', facts: opensAt(keptUntil!) } : { code: 'slotTaken', field: 'slot' };
}

/** For programs, and as the sentence says it. */
function opensAt(at: Instant): { readonly at: Instant; readonly when: string } {
  return { at, when: `${formatInstant(at).slice(0, 10)} ${clockTime(at)}` };
}

/** A hold lasts to its last millisecond, and not one longer. */
export function isHeld({ state, heldUntil }: Pick<KnownBooking, 'state' | 'heldUntil'>, at: Instant): boolean {
  return state === 'held' && heldUntil !== null && heldUntil > at;
}

/** Is it a seat that somebody has? A hold whose time is over is none. */
function stands(booking: KnownBooking, at: Instant): boolean {
  return booking.state === 'held' ? isHeld(booking, at) : isLive(booking.state);
}

/** Whoever waits for a seat has no more of them in the end than whoever finds one. */
export function limitsOf(who: Pick<SeatAsk, 'personKey' | 'phoneKey' | 'proxyKey' | 'byStaff'>, known: readonly KnownBooking[], at: Instant): readonly Refusal[] {
  return limitsReached({ ...who, as: 'booked' }, known.filter((each) => stands(each, at)), at);
}

function ofThePerson({ personKey, cohort }: SeatAsk, slot: SlotSeats, others: readonly KnownBooking[], confirms: boolean): readonly Refusal[] {
  const day = startOfDay(slot.startsAt);
  const sameDay = others.some((other) => other.personKey === personKey && other.service === slot.service && other.day === day);
  return [
    ...(cohort !== undefined && isOthersChair(slot, cohort, confirms) ? [{ code: 'cohortNotHere', field: 'slot' }] : []),
    ...(sameDay ? [{ code: 'alreadyBookedThatDay', field: 'slot' }] : []),
  ];
}

/** Sessions of a standing series are laid down by its unit and count for nothing here; nor does what lies behind. */
function limitsReached(ask: Pick<SeatAsk, 'personKey' | 'phoneKey' | 'proxyKey' | 'byStaff' | 'as'>, others: readonly KnownBooking[], at: Instant): readonly Refusal[] {
  const counting = others.filter(({ series, day }) => series === null && (day ?? at) >= startOfDay(at));
  const reached = (limit: Limit, count: number): readonly Refusal[] =>
    (count < LIMITS[limit].most ? [] : [{ code: LIMITS[limit].code, field: LIMITS[limit].field, facts: { most: LIMITS[limit].most } }]);
  const many = (of: (other: KnownBooking) => boolean): number => counting.filter(of).length;
  return [
    ...reached('person', many(({ personKey }) => personKey === ask.personKey)),
    ...(ask.byStaff ? [] : [
      ...reached('phone', many(({ phoneKey }) => phoneKey === ask.phoneKey)),
      ...(ask.proxyKey === undefined ? [] : reached('proxy', many(({ proxyKey }) => proxyKey === ask.proxyKey))),
      ...(ask.as === 'held' ? reached('holds', many((other) => other.phoneKey === ask.phoneKey && isHeld(other, at))) : []),
    ]),
  ];
}

function asKnown(ask: SeatAsk, slot: SlotSeats, seat: SeatKind): KnownBooking {
  return {
    id: ask.id, state: ask.as, slot: slot.id, service: slot.service, day: startOfDay(slot.startsAt), ...keysOf(ask), kept: seat === 'kept', series: null,
    heldUntil: ask.as === 'held' ? Infinity : null, requestHash: ask.requestHash, bookedHash: null,
  };
}

function keysOf({ personKey, phoneKey, proxyKey = null }: { personKey: string; phoneKey: string; proxyKey?: string | null }): Pick<KnownBooking, 'personKey' | 'phoneKey' | 'proxyKey'> {
  return { personKey, phoneKey, proxyKey };
}

function refused(first: Refusal, ...rest: readonly Refusal[]): SeatAnswer {
  return { is: 'refused', refusals: [first, ...rest] };
}

/**
 * A booking becomes a request this long before it begins, at once when it is nearer: time for leave, a pass and a car. Synthetic; too
 * early and the plans change once more, too late and nobody can fetch them.
 */
const CALL_UP_MS = 20 * HOUR_MS;

export function callUpAt(startsAt: Instant, at: Instant): Instant {
  return Math.max(at, startsAt - CALL_UP_MS);
}

/** How a chair is asked for by somebody with this risk of infection: fever counts as contact, whoever is easily infected as other. */
export function chairCohort(cohort: string): 'other' | 'contact' | 'positive' {
  if (cohort === 'positive') return 'positive';
  return cohort === 'other' || cohort === 'immunocompromised' ? 'other' : 'contact';
}

