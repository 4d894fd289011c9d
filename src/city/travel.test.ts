import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, metersBetween, parseInstant } from '../base/index.ts';
import { travelEstimate } from './index.ts';

const hospital = { lon: 113.655, lat: 34.752 };
const orchard = { lon: 113.7, lat: 34.72 };
const atClock = (clock: string): number => parseInstant(`2022-11-25 ${clock}`)!;

describe('a travel estimate', () => {
  it('is the great circle times 1.32 at the hour\'s speed, marked as an estimate', () => {
    // Given the evening's slowest hour, 20 km/h by car
    const { seconds, meters, estimated } = travelEstimate(hospital, orchard, atClock('18:30'), 'car');
    expect(meters).toBe(Math.ceil(metersBetween(hospital, orchard) * 1.32));
    expect(seconds).toBe(Math.ceil(meters / (20 / 3.6)));
    expect(estimated).toBe(true);
  });

  it('is shorter at night than at the rush hour, by the city\'s clock', () => {
    const seconds = (clock: string): number => travelEstimate(hospital, orchard, atClock(clock), 'car').seconds;
    expect(seconds('03:00')).toBeLessThan(seconds('12:00'));
    expect(seconds('12:00')).toBeLessThan(seconds('18:00'));
  });

  const place = fc.record({ lon: fc.double({ min: 112.7, max: 114.25, noNaN: true }), lat: fc.double({ min: 34.26, max: 34.98, noNaN: true }) });
  const moment = fc.integer({ min: 0, max: 24 * 400 }).map((hours) => atClock('00:00') + hours * HOUR_MS);

  it('is never shorter by car than by ambulance, the same both ways, and nothing to where one is', () => {
    fc.assert(fc.property(place, place, moment, (from, to, instant) => {
      const car = travelEstimate(from, to, instant, 'car');
      expect(travelEstimate(from, to, instant, 'ambulance').seconds).toBeLessThanOrEqual(car.seconds);
      expect(travelEstimate(to, from, instant, 'car').seconds).toBe(car.seconds);
      expect(travelEstimate(from, from, instant, 'car').seconds).toBe(0);
      expect(Number.isSafeInteger(car.seconds)).toBe(true);
    }));
  });
});
