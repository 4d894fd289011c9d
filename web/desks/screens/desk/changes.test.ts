import { describe, expect, it } from 'vitest';
import type { DayView, StopView, UnplannedView } from '../../../../src/trips/index.ts';
import { changesBetween } from './changes.ts';

const MINUTE = 60_000;
const pickUp = (ride: string, minute: number, more: Partial<StopView> = {}): StopView => ({
  ride, journey: ride, leg: 'out', kind: 'pickUp', at: minute * MINUTE, lateSeconds: 0, cohort: 'other', name: ride, placeName: { zh: '门', en: 'Door' }, ...more,
});
const unplanned = (ride: string): UnplannedView => ({ ride, journey: ride, leg: 'out', town: 'T', name: ride, reason: 'carsBusy', pickUpAt: 0, dueAt: 0 });
const day = (cars: Record<string, readonly StopView[]>, without: readonly UnplannedView[] = []): DayView => ({
  at: 0, district: 'D', from: 0, to: 1, planning: false, unplanned: without, incidents: [], travel: 'roads',
  cars: Object.entries(cars).map(([car, stops]) => ({
    car, town: 'T', townName: { zh: '街', en: 'Town' }, state: 'ready', seats: 4, wheelchair: false, stretcher: false, onDutyFrom: 0, onDutyTo: 1, aboard: 0, stops, cleaning: [],
  })),
});
const told = (before: DayView, after: DayView): string[] =>
  changesBetween(before, after).map((change) => `${change.name} ${change.before?.car ?? '–'} ${change.after?.car ?? '–'}`);

describe('what is said after a day was planned anew', () => {
  it('given another car, or another time worth a call, then that person is named; five minutes are not', () => {
    const before = day({ A: [pickUp('Wang', 0), pickUp('Li', 30), pickUp('Sun', 60)] });
    expect(told(before, day({ A: [pickUp('Wang', 5), pickUp('Li', 36)], B: [pickUp('Sun', 60)] }))).toEqual(['Li A A', 'Sun A B']);
  });

  it('given somebody found a car and somebody lost one, then both are named', () => {
    expect(told(day({ A: [pickUp('Wang', 0)] }, [unplanned('Li')]), day({ A: [pickUp('Li', 0)] }, [unplanned('Wang')]))).toEqual(['Wang A –', 'Li – A']);
  });

  it('given somebody got in or cancelled meanwhile, then the plan has told them nothing', () => {
    expect(told(day({ A: [pickUp('Wang', 0), pickUp('Li', 5)] }), day({ A: [pickUp('Wang', 9, { doneAt: 9 * MINUTE })] }))).toEqual([]);
  });
});
