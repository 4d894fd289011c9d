import { describe, expect, it } from 'vitest';
import { news2 } from './news2.ts';
import type { Vitals } from './index.ts';

const score = (vitals: Vitals): number => news2(vitals).score;

/** The chart, Royal College of Physicians 2017: the last value of each band, with its points. */
describe('NEWS2, scale by scale', () => {
  it.each<[keyof Vitals, readonly (readonly [value: number, points: number])[]]>([
    ['respiratoryRatePerMinute', [[8, 3], [9, 1], [11, 1], [12, 0], [20, 0], [21, 2], [24, 2], [25, 3]]],
    ['oxygenSaturationPercent', [[91, 3], [92, 2], [93, 2], [94, 1], [95, 1], [96, 0]]],
    ['systolicMmHg', [[90, 3], [91, 2], [100, 2], [101, 1], [110, 1], [111, 0], [219, 0], [220, 3]]],
    ['pulsePerMinute', [[40, 3], [41, 1], [50, 1], [51, 0], [90, 0], [91, 1], [110, 1], [111, 2], [130, 2], [131, 3]]],
    ['temperatureCelsius', [[35, 3], [35.1, 1], [36, 1], [36.1, 0], [38, 0], [38.1, 1], [39, 1], [39.1, 2]]],
  ])('%s', (parameter, bands) => {
    expect(bands.map(([value]) => [value, score({ [parameter]: value })])).toEqual(bands);
  });
  it('given a clinician set 88 to 92 %, then too much oxygen scores as well, and breathing air does not', () => {
    const points = (percent: number, airOrOxygen?: 'air' | 'oxygen'): number =>
      score({ oxygenSaturationPercent: percent, saturationTargetSetBy: 'Clinician A', ...(airOrOxygen && { airOrOxygen }) }) - (airOrOxygen === 'oxygen' ? 2 : 0);
    const values = [83, 84, 85, 86, 87, 88, 92, 93, 94, 95, 96, 97];
    expect(values.map((percent) => points(percent, 'oxygen'))).toEqual([3, 2, 2, 1, 1, 0, 0, 1, 1, 2, 2, 3]);
    expect(values.map((percent) => points(percent, 'air'))).toEqual([3, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    // Nobody said which: the more urgent reading.
    expect(values.map((percent) => points(percent))).toEqual(values.map((percent) => points(percent, 'oxygen')));
  });
  it('given anything but alert, then three points; given supplemental oxygen, two', () => {
    expect((['alert', 'confused', 'voice', 'pain', 'unresponsive'] as const).map((consciousness) => score({ consciousness }))).toEqual([0, 3, 3, 3, 3]);
    expect([score({ airOrOxygen: 'oxygen' }), score({ airOrOxygen: 'air' }), score({})]).toEqual([2, 0, 0]);
  });
});
