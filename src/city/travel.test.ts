import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, metersBetween, parseInstant } from '../base/index.ts';
import { at, gridOfStreets } from '../../tests/roads/streets.ts';
import { LiveRoads, prepareRoads, secondsOn, travelEstimate, travelTime, type Restriction } from './index.ts';

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

describe('a travel time', () => {
  const noon = atClock('12:00');
  const roads = new LiveRoads(prepareRoads(gridOfStreets(11, 11)));
  const [from, to] = [at(0, 0), at(1_000, 600)];

  it('is driven on roads where there are some, and not marked as an estimate', () => {
    const driven = travelTime(roads, from, to, noon, 'car');
    expect(driven).toMatchObject({ estimated: false, meters: 1_600 });
    expect('shape' in driven && driven.shape.length).toBeGreaterThan(10);
  });

  it('is an estimate where there are none, and says why', () => {
    expect(travelTime(undefined, from, to, noon, 'ambulance')).toEqual(travelEstimate(from, to, noon, 'ambulance'));
    const orchardPath = at(500, 5_000);
    expect(travelTime(roads, from, orchardPath, noon, 'permitCar'))
      .toEqual({ ...travelEstimate(from, orchardPath, noon, 'car'), because: 'farFromRoad' });
  });

  it('has no seconds where every road is closed: nobody takes a guess for a way', () => {
    const wall: Restriction = {
      id: 'wall', kind: 'closure', area: { ring: [at(440, -50), at(460, -50), at(460, 1_050), at(440, 1_050)] },
      passage: { ambulance: 'free', car: 'closed', permitCar: { delaySeconds: 90 } },
    };
    const open = travelTime(roads, from, to, noon, 'permitCar');
    roads.restrict([wall]);
    expect(travelTime(roads, from, to, noon, 'car')).toEqual({ estimated: false, why: 'noWayOpen' });
    expect(travelTime(roads, from, to, noon, 'ambulance')).toHaveProperty('seconds');
    expect(travelTime(roads, from, to, noon, 'permitCar')).toMatchObject({ seconds: ('seconds' in open ? open.seconds : NaN) + 90 });
    roads.restrict([]);
  });

  it('has the same seconds when nobody wants to see the way, and none where there is no way', () => {
    const wall: Restriction = {
      id: 'wall', kind: 'closure', area: { ring: [at(440, -50), at(460, -50), at(460, 1_050), at(440, 1_050)] },
      passage: { ambulance: 'free', car: 'closed', permitCar: 'free' },
    };
    roads.restrict([wall]);
    for (const kind of ['ambulance', 'car', 'permitCar'] as const) {
      for (const end of [to, at(300, 300), at(500, 5_000)]) {
        const travel = travelTime(roads, from, end, noon, kind);
        expect(secondsOn(roads)(from, end, noon, kind)).toBe('seconds' in travel ? travel.seconds : undefined);
      }
    }
    expect(secondsOn(roads)(from, to, noon, 'car')).toBeUndefined();
    roads.restrict([]);
  });
});
