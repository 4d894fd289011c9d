import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant } from '../../base/index.ts';
import { isLiveOrComing, lastTurn, standsAt, type DrawnRestriction } from './drawn.ts';

const midnight = parseInstant('2022-11-25T00:00')!;
const drawn = (more: Partial<DrawnRestriction> = {}): DrawnRestriction => ({
  restriction: { id: 'X1', kind: 'gate', area: { centre: { lon: 113.6, lat: 34.7 }, radiusMeters: 20 }, passage: { ambulance: 'free', car: 'closed', permitCar: 'free' } },
  district: '410102', reason: '', drawnAt: midnight, from: midnight, ...more,
});

describe('a gate that is locked from 22:00 to 06:00', () => {
  const gate = drawn({ daily: { from: '22:00', to: '06:00' } });
  it.each([['00:00', true], ['05:59', true], ['06:00', false], ['21:59', false], ['22:00', true]])('at %s stands: %s', (time, stands) => {
    expect(standsAt(gate, parseInstant(`2022-11-26T${time}`)!)).toBe(stands);
  });

  it('is not over by day', () => {
    expect(isLiveOrComing(gate, midnight + 12 * HOUR_MS)).toBe(true);
  });

  it('changes twice a day, and not before it was drawn', () => {
    expect(lastTurn([gate], midnight + 7 * HOUR_MS)).toBe(midnight + 6 * HOUR_MS);
    expect(lastTurn([gate], midnight + 23 * HOUR_MS)).toBe(midnight + 22 * HOUR_MS);
    expect(lastTurn([gate], midnight + DAY_MS + HOUR_MS)).toBe(midnight + 22 * HOUR_MS);
    expect(lastTurn([gate], midnight + HOUR_MS)).toBe(midnight);
  });
});

describe('the last turn', () => {
  it('of something drawn now for an hour ago is now', () => {
    expect(lastTurn([drawn({ from: midnight - HOUR_MS })], midnight + HOUR_MS)).toBe(midnight);
  });

  it('of something taken back before it began, is never', () => {
    expect(lastTurn([drawn({ from: midnight + HOUR_MS, endedAt: midnight + MINUTE_MS })], midnight + DAY_MS)).toBe(0);
  });

  it('never lies in the future, and between two turns nothing begins and nothing ends', () => {
    const minutes = fc.integer({ min: 0, max: 3 * 24 * 60 });
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'));
    const one = fc.record({
      drawnAt: minutes, from: minutes, length: fc.option(minutes), ended: fc.option(minutes), hours: fc.option(fc.tuple(time, time).filter(([from, to]) => from !== to)),
    }).map(({ drawnAt, from, length, ended, hours }) => drawn({
      drawnAt: midnight + drawnAt * MINUTE_MS, from: midnight + from * MINUTE_MS,
      ...(length !== null && { until: midnight + (from + length + 1) * MINUTE_MS }), ...(ended !== null && { endedAt: midnight + (drawnAt + ended) * MINUTE_MS }),
      ...(hours && { daily: { from: hours[0], to: hours[1] } }),
    }));
    fc.assert(fc.property(fc.array(one, { maxLength: 4 }), minutes, (list, after) => {
      const at = midnight + after * MINUTE_MS;
      // Whoever asks has heard of what was drawn until then.
      const known = list.filter(({ drawnAt }) => drawnAt <= at);
      const turn = lastTurn(known, at);
      expect(turn).toBeLessThanOrEqual(at);
      expect(known.map((each) => standsAt(each, at))).toEqual(known.map((each) => turn > 0 && standsAt(each, turn)));
    }));
  });
});
