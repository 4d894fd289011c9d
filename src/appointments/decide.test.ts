import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../base/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { bookSlot, DIALYSIS_SAFE_GAP_MS, evolveBooking, slotWindow, type BookableService, type Booking, type Slot } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const slot = (id: string, startsAt = NOW + 2 * HOUR_MS): Slot => ({ id, institution: 'H1', service: 'haemodialysis', startsAt, endsAt: startsAt + 4 * HOUR_MS });
const booking: Booking = { id: 'B0', slot: slot('S0'), bookedAt: NOW };
const book = (free: readonly Slot[], wanted?: string, before?: Booking) => bookSlot(before, free, wanted, 'B1', 'H1', 'haemodialysis');

describe('when a seat has to begin', () => {
  it('given dialysis, then before the safe gap since the last session is over', () => {
    const lastSessionAt = NOW - 30 * HOUR_MS;
    expect(slotWindow('IV', NOW, 'haemodialysis', lastSessionAt).to).toBe(lastSessionAt + DIALYSIS_SAFE_GAP_MS);
  });

  it('given the safe gap is all but over, then the next hour one can get there still counts', () => {
    const window = slotWindow('IV', NOW, 'haemodialysis', NOW - 80 * HOUR_MS);
    expect(window).toEqual({ from: NOW + HOUR_MS, to: NOW + 2 * HOUR_MS });
  });

  it('given dialysis and nobody knows the last session, then within a day: it may have been three days ago', () => {
    expect(slotWindow('IV', NOW, 'haemodialysis', undefined).to).toBeLessThanOrEqual(NOW + DAY_MS);
  });

  it('given level III, then within a day; level IV, within the five days of a control period', () => {
    expect(slotWindow('III', NOW, 'specialist', undefined).to).toBe(NOW + DAY_MS);
    expect(slotWindow('IV', NOW, 'specialist', undefined).to).toBe(NOW + 5 * DAY_MS);
  });

  it('is never empty, never in the past, and a dialysis seat in it keeps the safe gap wherever that can be kept', () => {
    const services: readonly BookableService[] = ['haemodialysis', 'specialist', 'feverClinic'];
    fc.assert(fc.property(fc.constantFrom(...ACUITIES), fc.constantFrom(...services), fc.option(fc.nat(200), { nil: undefined }), (acuity, service, hoursSince) => {
      const lastSessionAt = hoursSince === undefined ? undefined : NOW - hoursSince * HOUR_MS;
      const { from, to } = slotWindow(acuity, NOW, service, lastSessionAt);
      expect(from).toBeGreaterThan(NOW);
      expect(to).toBeGreaterThan(from);
      if (service === 'haemodialysis' && lastSessionAt !== undefined && lastSessionAt + DIALYSIS_SAFE_GAP_MS > from + HOUR_MS) {
        expect(to).toBeLessThanOrEqual(lastSessionAt + DIALYSIS_SAFE_GAP_MS);
      }
    }));
  });
});

describe('a seat is booked', () => {
  it('given several, then the earliest; given a choice, then that one', () => {
    expect(book([slot('S1'), slot('S2')])).toMatchObject({ ok: true, value: { type: 'SlotBooked', slot: { id: 'S1' } } });
    expect(book([slot('S1'), slot('S2')], 'S2')).toMatchObject({ ok: true, value: { slot: { id: 'S2' } } });
  });

  it('given none is left, then that is an event, so that another institution is asked; nobody hears "full"', () => {
    expect(book([])).toMatchObject({ ok: true, value: { type: 'SlotUnavailable', institution: 'H1' } });
  });

  it('given the chosen one is gone, or there is a booking already, then it says so', () => {
    expect(book([slot('S1')], 'S9')).toMatchObject({ ok: false, refusal: { code: 'slotTaken', field: 'slot' } });
    expect(book([slot('S1')], undefined, booking)).toMatchObject({ ok: false, refusal: { code: 'alreadyBooked' } });
  });

  it('given the booking was cancelled, then there can be a new one', () => {
    const cancelled = evolveBooking(booking, { type: 'BookingCancelled', booking: 'B0', slot: 'S0', reason: 'placeChanged' }, NOW);
    expect(book([slot('S1')], undefined, cancelled)).toMatchObject({ ok: true, value: { type: 'SlotBooked' } });
  });
});
