import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../requests/draft.ts';
import { caseOf, momentOf, NOTHING_TRIED } from './tried.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const PERIOD = { from: at('2022-11-30T00:00'), to: at('2022-12-05T00:00') };

describe('a case that is tried', () => {
  it('given a version that begins next week, then it is tried when that begins, and not on a day it does not speak of', () => {
    expect(momentOf(NOTHING_TRIED, PERIOD, at('2022-11-25T09:00'))).toBe(PERIOD.from);
    expect(momentOf(NOTHING_TRIED, PERIOD, at('2022-12-01T09:00'))).toBe(at('2022-12-01T09:00'));
    expect(momentOf(NOTHING_TRIED, PERIOD, PERIOD.to)).toBe(PERIOD.from);
    expect(momentOf(NOTHING_TRIED, { from: PERIOD.from }, at('2023-06-01T09:00'))).toBe(at('2023-06-01T09:00'));
  });

  it('given a time somebody chose, then it is that time, also outside the period', () => {
    expect(momentOf({ ...NOTHING_TRIED, at: at('2022-11-01T00:00') }, PERIOD, PERIOD.from)).toBe(at('2022-11-01T00:00'));
  });

  it('given what was left open, then it is not sent: not known is not "no"', () => {
    const tried = { draft: { ...EMPTY, need: 'fever', age: '34', name: 'Somebody' }, vitals: { temperatureCelsius: '38.5', pulsePerMinute: ' ' } };
    expect(caseOf(tried, PERIOD.from)).toEqual({
      instant: '2022-11-29T16:00:00.000Z', need: 'fever', groups: [], findings: [], ageMonths: 408, vitals: { temperatureCelsius: 38.5 },
    });
  });
});
