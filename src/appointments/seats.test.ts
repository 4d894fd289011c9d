import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, startOfDay } from '../base/index.ts';
import { chairCohort, decideMove, decideSeats, seatFor, slotId, type KnownBooking, type SeatAsk, type SlotSeats } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const slot = (given: Partial<SlotSeats> = {}): SlotSeats => ({
  id: 'S1', institution: 'H1', service: 'expert', startsAt: NOW + DAY_MS, endsAt: NOW + DAY_MS + HOUR_MS, clinic: '', cohort: null,
  seats: 2, taken: 0, kept: 0, takenKept: 0, keptUntil: null, releasedAt: 0, closedAt: null, ...given,
});
const ask = (name: string, given: Partial<SeatAsk> = {}): SeatAsk => ({
  id: `B-${name}`, slot: 'S1', as: 'booked', personKey: name, phoneKey: `phone of ${name}`, green: false, cohort: 'other', byStaff: false, requestHash: `${name} asks`, ...given,
});
const decide = (asks: readonly SeatAsk[], ...slots: readonly SlotSeats[]) => decideSeats(asks, new Map(slots.map((one) => [one.id, one])), [], NOW);
const codes = (answers: ReturnType<typeof decide>) => answers.map((answer) => (answer.is === 'refused' ? answer.refusals.map(({ code }) => code).join() : answer.is));

describe('who gets a seat', () => {
  it('given two seats and three callers, then the first two', () => {
    expect(codes(decide([ask('A'), ask('B'), ask('C')], slot()))).toEqual(['taken', 'taken', 'slotTaken']);
  });

  it('given the same request twice, then one seat; given the same key for another, then neither', () => {
    expect(codes(decide([ask('A'), ask('A'), ask('A', { requestHash: 'other' })], slot()))).toEqual(['taken', 'known', 'idempotencyKeyReused']);
  });

  it('given somebody who may not have it, then nobody loses a seat by it', () => {
    expect(codes(decide([ask('A'), ask('A', { id: 'B-2', requestHash: 'again' }), ask('B')], slot()))).toEqual(['taken', 'alreadyBookedThatDay', 'taken']);
  });

  it('given a hold, then it becomes the booking; given it is named for another session of the day, then it stands in the way like any other', () => {
    const held: KnownBooking = {
      id: 'H', state: 'held', slot: 'S1', service: 'expert', day: startOfDay(NOW + DAY_MS), personKey: 'A', phoneKey: 'phone of A', proxyKey: null, heldUntil: NOW + HOUR_MS,
      kept: false, series: null, requestHash: 'held', bookedHash: null,
    };
    const sessions = new Map([slot(), slot({ id: 'S2' })].map((one) => [one.id, one]));
    expect(codes(decideSeats([ask('A', { hold: 'H' })], sessions, [held], NOW))).toEqual(['confirmed']);
    expect(codes(decideSeats([ask('A', { hold: 'H', slot: 'S2' })], sessions, [held], NOW))).toEqual(['alreadyBookedThatDay']);
    expect(codes(decideSeats([ask('A', { hold: 'H', slot: 'S2' })], sessions, [{ ...held, heldUntil: NOW }], NOW))).toEqual(['taken']);
    const keptBack = new Map([['S1', slot({ kept: 1, takenKept: 1, taken: 1, keptUntil: NOW + HOUR_MS })]]);
    expect(codes(decideSeats([ask('A', { hold: 'H' })], keptBack, [{ ...held, kept: true }], NOW)), 'held as pregnant, booked as nobody').toEqual(['seatsKept']);
    expect(codes(decideSeats([ask('A', { hold: 'H', green: true })], keptBack, [{ ...held, kept: true }], NOW))).toEqual(['confirmed']);
  });

  it('given a kept-back seat, then a green channel takes it first and leaves the others', () => {
    const kept = slot({ kept: 1, keptUntil: NOW + HOUR_MS });
    expect(decide([ask('A', { green: true }), ask('B')], kept)).toMatchObject([{ seat: 'kept' }, { seat: 'ordinary' }]);
    expect(codes(decide([ask('B'), ask('C')], kept))).toEqual(['taken', 'seatsKept']);
  });

  it('given dialysis chairs of another cohort, then not there', () => {
    expect(codes(decide([ask('A', { cohort: 'contact' })], slot({ cohort: 'other' })))).toEqual(['cohortNotHere']);
    expect(['positive', 'fever', 'suspected', 'contact', 'immunocompromised', 'other'].map(chairCohort)).toEqual(['positive', 'contact', 'contact', 'contact', 'other', 'other']);
  });

  it('whatever is asked: never more than the seats, and a full session only when it is full for this person', () => {
    const anySlot = fc.record({ seats: fc.integer({ min: 0, max: 4 }), kept: fc.nat(4), open: fc.boolean() })
      .map(({ seats, kept, open }) => slot({ seats, kept: Math.min(kept, seats), keptUntil: open ? NOW - 1 : NOW + HOUR_MS }));
    fc.assert(fc.property(anySlot, fc.array(fc.boolean(), { maxLength: 10 }), (free, greens) => {
      const answers = decide(greens.map((green, index) => ask(`P${index}`, { green })), free);
      const taken = answers.filter(({ is }) => is === 'taken').length;
      expect(taken).toBeLessThanOrEqual(free.seats);
      const last = { ...free, taken, takenKept: answers.filter((answer) => answer.is === 'taken' && answer.seat === 'kept').length };
      answers.forEach((answer, index) => {
        if (answer.is === 'refused') expect(seatFor(last, greens[index]!, NOW)).toBeUndefined();
      });
    }));
  });
});

describe('dialysis chairs that are nobody\'s yet', () => {
  const chairs = slot({ service: 'haemodialysis', seats: 4 });
  it('given the first is of one cohort, then the hour is theirs, in one batch as later, by booking as by moving', () => {
    expect(codes(decide([ask('A', { cohort: 'positive' }), ask('B', { cohort: 'other' }), ask('C', { cohort: 'positive' })], chairs))).toEqual(['taken', 'cohortNotHere', 'taken']);
    const moving = { id: 'B', service: 'haemodialysis', personKey: 'A', slot: 'S0' };
    expect(decideMove(moving, { ...chairs, cohort: 'other' }, [], { green: false, cohort: 'positive' }, NOW)).toMatchObject({ refusals: [{ code: 'cohortNotHere' }] });
    expect(decideMove(moving, chairs, [], { green: false, cohort: 'positive' }, NOW)).toEqual({ seat: 'ordinary' });
    expect(decideMove(moving, { ...chairs, cohort: 'other' }, [], { green: false, cohort: null }, NOW)).toMatchObject({ refusals: [{ code: 'cohortNotHere' }] });
  });
});

describe('dialysis chairs that somebody only holds', () => {
  const held: KnownBooking = { id: 'H', state: 'held', slot: 'S1', service: 'haemodialysis', day: startOfDay(NOW + DAY_MS), personKey: 'holder', phoneKey: 'phone of holder', proxyKey: null, heldUntil: NOW + HOUR_MS, kept: false, series: null, requestHash: 'held', bookedHash: null };
  const chairs = slot({ service: 'haemodialysis', seats: 4, taken: 1 });

  it('given nobody has said with whom they sit, then nobody of a known cohort is put beside them; they say it first, and so does whoever holds the next', () => {
    const decided = decideSeats([
      ask('positive', { cohort: 'positive' }), ask('next', { as: 'held', cohort: undefined as never }), ask('holder', { hold: 'H', cohort: 'other' }), ask('late', { cohort: 'positive' }), ask('same', { cohort: 'other' }),
    ], new Map([[chairs.id, chairs]]), [held], NOW);
    expect(codes(decided)).toEqual(['cohortNotHere', 'taken', 'confirmed', 'cohortNotHere', 'taken']);
  });
});

describe('a move', () => {
  const booking = { id: 'B', service: 'expert', personKey: 'A', slot: 'S0' };

  it('given a seat of the same service, then there; given none, another service or the past, then everything that is in the way', () => {
    expect(decideMove(booking, slot(), [], { green: false, cohort: null }, NOW)).toEqual({ seat: 'ordinary' });
    expect(decideMove(booking, slot({ taken: 2 }), [], { green: false, cohort: null }, NOW)).toMatchObject({ refusals: [{ code: 'slotTaken' }] });
    expect(decideMove({ ...booking, service: 'specialist' }, slot({ startsAt: NOW }), [], { green: false, cohort: null }, NOW)).toMatchObject({ refusals: [{ code: 'otherService' }, { code: 'slotPast' }] });
  });
});

describe('the name of a session', () => {
  it('given a clinic or a cohort, then they stand behind what every session has', () => {
    expect(slotId('H1', 'haemodialysis', 7)).toBe('H1/haemodialysis/7');
    expect(slotId('H1', 'haemodialysis', 7, { clinic: 'hall-2', cohort: 'contact' })).toBe('H1/haemodialysis/7/clinic:hall-2/contact');
  });
});
