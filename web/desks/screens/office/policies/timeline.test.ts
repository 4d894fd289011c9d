import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barOf, marksOf, placeOf, spanOf } from './timeline.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const PERIOD = { from: at('2022-11-25T00:00'), to: at('2022-11-30T00:00') };

describe('a picture of periods', () => {
  it('given five days and a moment among them, then it shows them with a day of air and marks the midnights of the city', () => {
    const span = spanOf([PERIOD], at('2022-11-26T09:30'));
    expect(span).toEqual({ from: at('2022-11-24T00:00'), to: at('2022-12-02T00:00') });
    expect(marksOf(span, 4)).toEqual(['2022-11-24T00:00', '2022-11-26T00:00', '2022-11-28T00:00', '2022-11-30T00:00'].map(at));
    expect(placeOf(span, PERIOD.from)).toBe(12.5);
  });

  it('given no end, then the bar runs to the edge', () => {
    const span = spanOf([PERIOD, { from: PERIOD.from }], PERIOD.from);
    const { left, width } = barOf(span, { from: PERIOD.from });
    expect(left + width).toBe(100);
  });

  it('given any periods and any now, then every one of them and now lie inside, in order, and the marks can be read', () => {
    const instant = fc.integer({ min: at('2020-01-01T00:00'), max: at('2035-01-01T00:00') });
    const period = fc.tuple(instant, fc.integer({ min: 1, max: 400 * 86_400_000 })).map(([from, length]) => ({ from, to: from + length }));
    fc.assert(fc.property(fc.array(period, { maxLength: 5 }), instant, fc.integer({ min: 3, max: 8 }), (periods, now, most) => {
      const span = spanOf(periods, now);
      for (const moment of [now, ...periods.flatMap(({ from, to }) => [from, to])]) {
        expect(moment).toBeGreaterThan(span.from);
        expect(moment).toBeLessThan(span.to);
      }
      for (const { left, width } of periods.map((one) => barOf(span, one))) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(width).toBeGreaterThanOrEqual(1);
      }
      const marks = marksOf(span, most);
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.length).toBeLessThanOrEqual(most);
      for (const mark of marks) expect((mark + 8 * 3_600_000) % 86_400_000).toBe(0);
    }));
  });
});
