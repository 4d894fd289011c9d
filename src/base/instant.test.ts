import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, DAY_MS, formatInstant, HOUR_MS, overlaps, parseInstant, startOfDay, weekday, within } from './index.ts';

const at = (text: string): number => parseInstant(text)!;

describe('An instant read from text', () => {
  it.each([
    ['2022-11-25 08:30', '2022-11-25T00:30:00.000Z'],
    ['2022-11-25T08:30:15+08:00', '2022-11-25T00:30:15.000Z'],
    ['2022-11-25T00:30:00Z', '2022-11-25T00:30:00.000Z'],
    ['2022-11-24T19:30:00-05:00', '2022-11-25T00:30:00.000Z'],
    ['2022-11-25', '2022-11-24T16:00:00.000Z'],
  ])('%s without an offset is the city\'s time, with one it is that', (text, utc) => {
    expect(new Date(at(text)).toISOString()).toBe(utc);
  });

  it('24:00 is the next day\'s 00:00, as announcements write it', () => {
    expect(at('2022-11-29 24:00')).toBe(at('2022-11-30 00:00'));
    expect(at('2022-12-31 24:00')).toBe(at('2023-01-01 00:00'));
  });

  it.each(['', 'tomorrow', '2022-13-01', '2022-02-30', '2022-11-25 25:00', '2022-11-25 24:01', '2022-11-25 08:60', '25.11.2022', '2022-11-25T08:30:00+15:00'])(
    '"%s" is no instant: a wrong time is never guessed', (text) => expect(parseInstant(text)).toBeUndefined(),
  );

  it('comes back from what was written of it', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      expect(parseInstant(formatInstant(seconds * 1_000))).toBe(seconds * 1_000);
    }));
  });
});

describe('A day in the city', () => {
  it('begins at its midnight, not at the one of Greenwich', () => {
    expect(startOfDay(at('2022-11-25 00:00'))).toBe(at('2022-11-25 00:00'));
    expect(startOfDay(at('2022-11-25 07:59'))).toBe(at('2022-11-25 00:00'));
    expect(clockTime(at('2022-11-25 23:59'))).toBe('23:59');
  });

  it('is a Friday on 25 November 2022, and Sunday is 7', () => {
    expect(weekday(at('2022-11-25 00:00'))).toBe(5);
    expect(weekday(at('2022-11-27 23:59'))).toBe(7);
  });

  it('holds every instant of its 24 hours', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
      const day = startOfDay(instant);
      expect(instant - day).toBeGreaterThanOrEqual(0);
      expect(instant - day).toBeLessThan(DAY_MS);
    }));
  });
});

describe('A window', () => {
  const [from, to] = [at('2022-11-25 00:00'), at('2022-11-29 24:00')];

  it('holds its first instant and not its last; an open end holds every later one', () => {
    expect([within({ from, to }, from), within({ from, to }, to - 1), within({ from, to }, to)]).toEqual([true, true, false]);
    expect(within({ from }, to + 1_000 * DAY_MS)).toBe(true);
  });

  it('that only touches another does not overlap it', () => {
    expect(overlaps({ from, to }, { from: to })).toBe(false);
    expect(overlaps({ from, to }, { from: to - HOUR_MS })).toBe(true);
  });
});
