import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latenessOf, promiseOf, splitTime } from './lateness.ts';

const MINUTE_MS = 60_000;
const told = { role: 'district', scope: 'district:1', name: { zh: '区', en: 'District' } } as const;

describe('a deadline on a screen', () => {
  it('given half an hour allowed, when seven minutes are left, then it is short', () => {
    expect(latenessOf(8 * MINUTE_MS, 30 * 60)).toBe('inTime');
    expect(latenessOf(7 * MINUTE_MS, 30 * 60)).toBe('short');
  });

  it('given three minutes allowed, then the last two minutes are short', () => {
    expect(latenessOf(2 * MINUTE_MS + 1, 180)).toBe('inTime');
    expect(latenessOf(2 * MINUTE_MS, 180)).toBe('short');
  });

  it('given two days allowed, then only the last quarter of an hour is short', () => {
    expect(latenessOf(16 * MINUTE_MS, 2 * 86_400)).toBe('inTime');
  });

  it('never turns back to calm as time goes by', () => {
    const order = ['inTime', 'short', 'over'];
    fc.assert(fc.property(fc.integer({ min: -1e8, max: 1e8 }), fc.nat(1e6), fc.integer({ min: 1, max: 1e6 }), (left, later, due) => {
      expect(order.indexOf(latenessOf(left - later, due))).toBeGreaterThanOrEqual(order.indexOf(latenessOf(left, due)));
    }));
  });

  it('given a deadline was missed and moved on, then the first one still counts', () => {
    expect(promiseOf({ dueAt: 900, missed: [{ at: 300, told }, { at: 600, told }] })).toEqual({ dueAt: 300, missed: true });
    expect(promiseOf({ dueAt: 900, missed: [] })).toEqual({ dueAt: 900, missed: false });
  });

  it('splits what is left and what is over in the same way', () => {
    expect(splitTime(3_723_900)).toEqual({ hours: 1, minutes: 2, seconds: 3 });
    expect(splitTime(-61_000)).toEqual({ hours: 0, minutes: 1, seconds: 1 });
  });
});
