import { describe, expect, it } from 'vitest';
import { triage } from '../index.ts';
import type { Acuity, TriageCase, Vitals } from '../index.ts';

const YEAR = 12;
const RANK: Record<Acuity, number> = { I: 0, II: 1, III: 2, IV: 3 };
const acuityOf = (vitals: Vitals, rest: Partial<TriageCase> = {}): Acuity =>
  triage({ need: 'generalOutpatient', groups: [], findings: [], vitals, ...rest }).acuity;
const aged = (years: number, vitals: Vitals): Acuity => acuityOf(vitals, { ageMonths: Math.round(years * YEAR) });

describe('arrest', () => {
  it.each([0, 1, 4, 6, 10, 13, 14, 40, 90])('given no breath or no pulse at %i years, then level I', (years) => {
    expect(aged(years, { respiratoryRatePerMinute: 0 })).toBe('I');
    expect(aged(years, { pulsePerMinute: 0 })).toBe('I');
    expect(aged(years, { systolicMmHg: 0 })).toBe('I');
  });
  it('given no breath or no pulse and no age, then level I, child or not', () => {
    for (const groups of [[], ['child']] as const) {
      expect(acuityOf({ respiratoryRatePerMinute: 0 }, { groups })).toBe('I');
      expect(acuityOf({ pulsePerMinute: 0 }, { groups })).toBe('I');
    }
  });
});

describe('children of a known age', () => {
  it.each<[number, Vitals, Acuity]>([
    [13, { systolicMmHg: 72 }, 'II'], [13, { systolicMmHg: 90 }, 'II'], [13, { systolicMmHg: 91 }, 'IV'], [14, { systolicMmHg: 72 }, 'II'],
    [9, { systolicMmHg: 88 }, 'II'], [9, { systolicMmHg: 89 }, 'IV'], [1, { systolicMmHg: 72 }, 'II'], [1, { systolicMmHg: 73 }, 'IV'],
    [10, { systolicMmHg: 180 }, 'II'],
    [10, { pulsePerMinute: 200 }, 'I'], [8, { pulsePerMinute: 180 }, 'I'], [8, { pulsePerMinute: 179 }, 'II'], [2, { pulsePerMinute: 220 }, 'I'],
    [6, { pulsePerMinute: 40 }, 'I'], [13, { pulsePerMinute: 40 }, 'I'], [6, { pulsePerMinute: 41 }, 'II'], [6, { pulsePerMinute: 55 }, 'III'],
    [6, { respiratoryRatePerMinute: 10 }, 'II'], [6, { respiratoryRatePerMinute: 5 }, 'I'],
  ])('given %d years and %j, then level %s', (years, vitals, acuity) => {
    expect(aged(years, vitals)).toBe(acuity);
  });

  it('given a low pressure, a slow pulse or slow breathing, then no child is less urgent than a grown-up with the same value', () => {
    for (let years = 1; years < 14; years += 1) {
      for (let value = 0; value <= 90; value += 1) {
        // Under ten, 80 is a healthy pressure.
        if (years >= 10 || value <= 70) expect(RANK[aged(years, { systolicMmHg: value })]).toBeLessThanOrEqual(RANK[aged(15, { systolicMmHg: value })]);
        if (value <= 55) expect(RANK[aged(years, { pulsePerMinute: value })]).toBeLessThanOrEqual(RANK[aged(15, { pulsePerMinute: value })]);
        if (value <= 10) expect(RANK[aged(years, { respiratoryRatePerMinute: value })]).toBeLessThanOrEqual(RANK[aged(15, { respiratoryRatePerMinute: value })]);
      }
    }
  });
});

describe('a child of unknown age', () => {
  it('given 71 systolic or a pulse of 180, then being known as a child takes nothing away', () => {
    expect(acuityOf({ systolicMmHg: 71 }, { groups: ['child'] })).toBe('II');
    expect(acuityOf({ pulsePerMinute: 180 }, { groups: ['child'] })).toBe('I');
  });
});

describe('cold', () => {
  it.each<[number, Acuity]>([[35.9, 'III'], [32.1, 'III'], [32, 'II'], [28.1, 'II'], [28, 'I'], [26, 'I']])('given an adult at %d °C, then level %s', (temperatureCelsius, acuity) => {
    expect(aged(40, { temperatureCelsius })).toBe(acuity);
  });
});
