import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, type Place } from '../../base/index.ts';
import { offer, whyNoCar, withMoved, type DayCar, type DayRide, type TripDay } from '../index.ts';

const NINE = Date.UTC(2022, 10, 25, 1);
const place = (minutes: number): Place => ({ lon: 113 + minutes / 1_000, lat: 34 });
const car: DayCar = {
  car: 'C1', town: 'T', home: place(0), place: place(0), placeAt: NINE, onDutyFrom: NINE, onDutyTo: NINE + 9 * HOUR_MS,
  capacity: { seats: 1, wheelchairs: 0, stretchers: 0 }, state: 'ready',
};
const day: TripDay = { at: NINE, rides: [], cars: [car], travel: (from, to) => 60_000 * Math.abs(from.lon - to.lon) };
const ride = (name: string, pickUpAt: number, rest: Partial<DayRide['order']> = {}): DayRide => ({
  order: {
    ride: name, leg: 'back', town: 'T', institution: 'H', pickUpAt, latestPickUpAt: pickUpAt + 10 * MINUTE_MS, travelSeconds: 600, cohort: 'other', seats: 1, wheelchair: false, stretcher: false, ...rest,
  },
  from: place(10), to: place(20),
});
const answer = (given: TripDay, asked: DayRide) => {
  const offered = offer(given, asked);
  return offered.ok ? offered.value.planned.car : offered.refusal;
};

describe('why nobody can drive somebody, so that a desk can act', () => {
  it('given no car with that kind of place, then which kind is missing', () => {
    expect(answer(day, ride('R', NINE, { seats: 5 }))).toEqual({ code: 'noSeats' });
    expect(answer(day, ride('R', NINE, { wheelchair: true }))).toEqual({ code: 'noWheelchairPlace' });
    expect(answer(day, ride('R', NINE, { stretcher: true }))).toEqual({ code: 'noStretcherPlace' });
  });

  it('given that no driver is on duty then, then the hours are named', () => {
    expect(answer(day, ride('R', NINE + 10 * HOUR_MS))).toEqual({ code: 'outsideHours', facts: { onDutyFrom: '09:00', onDutyTo: '18:00' } });
  });

  it('given that no road leads there, then it says so', () => {
    expect(answer({ ...day, travel: () => Infinity }, ride('R', NINE))).toEqual({ code: 'noRoad' });
  });

  it('given a car that drives somebody else for hours, then which car is free when', () => {
    const far: DayRide = { ...ride('busy', NINE + 10 * MINUTE_MS, { longestRideSeconds: 5 * 3_600 }), to: place(220) };
    const busy = offer(day, far);
    const after = busy.ok ? withMoved({ ...day, rides: [far] }, busy.value.moved) : day;
    // There after 210 minutes, five at each end, and 210 minutes back.
    expect(answer(after, ride('R', NINE + 30 * MINUTE_MS))).toEqual({ code: 'carsBusy', facts: { car: 'C1', freeAt: '16:20' } });
    expect(whyNoCar(after, ride('R', NINE + 30 * MINUTE_MS)), 'and a desk counts down to it').toMatchObject({ reason: 'carsBusy', freeAt: NINE + 7 * HOUR_MS + 20 * MINUTE_MS + 1_000 });
    expect(whyNoCar(day, far)).toBeUndefined();
  });

  it('given a car that can do it, then it does', () => {
    expect(answer(day, ride('R', NINE + 30 * MINUTE_MS))).toBe('C1');
  });
});
