import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StopView } from '../../../../src/trips/index.ts';
import { barsOf, lanesOf, shareOf } from './chart.ts';

const MINUTE = 60_000;
const stop = (ride: string, kind: StopView['kind'], minute: number, more: Partial<StopView> = {}): StopView => ({
  ride, journey: `J-${ride}`, leg: 'out', kind, at: minute * MINUTE, lateSeconds: 0, cohort: 'other', name: ride, placeName: { zh: '门', en: 'Door' }, ...more,
});

describe('the chart of a car', () => {
  it('given two people who share a car, then both are seen, one below the other', () => {
    const bars = barsOf({ stops: [stop('Wang', 'pickUp', 0), stop('Li', 'pickUp', 10), stop('Wang', 'dropOff', 30), stop('Li', 'dropOff', 40)] });
    expect(bars.map(({ name, lane }) => `${name} ${lane}`)).toEqual(['Wang 0', 'Li 1']);
    expect(lanesOf(bars)).toBe(2);
  });

  it('given somebody got in, then the bar begins when they did and says that it runs', () => {
    const [bar] = barsOf({ stops: [stop('Wang', 'pickUp', 0, { doneAt: 7 * MINUTE }), stop('Wang', 'dropOff', 30, { lateSeconds: 420 })] });
    expect(bar).toMatchObject({ from: 7 * MINUTE, to: 30 * MINUTE, state: 'running', lateMinutes: 7 });
  });

  it('given five minutes, then nobody is called late', () => {
    expect(barsOf({ stops: [stop('Wang', 'pickUp', 0, { lateSeconds: 300 }), stop('Wang', 'dropOff', 30)] })[0]!.lateMinutes).toBe(0);
  });

  const rides = fc.array(fc.record({ from: fc.nat(600), minutes: fc.integer({ min: 1, max: 90 }) }), { maxLength: 12 });
  it('never draws one bar over another, and never loses anybody', () => {
    fc.assert(fc.property(rides, (list) => {
      const bars = barsOf({ stops: list.flatMap(({ from, minutes }, index) => [stop(`R${index}`, 'pickUp', from), stop(`R${index}`, 'dropOff', from + minutes)]) });
      expect(bars.length).toBe(list.length);
      for (const [index, a] of bars.entries()) {
        for (const b of bars.slice(index + 1)) if (a.lane === b.lane) expect(a.to <= b.from || b.to <= a.from).toBe(true);
      }
    }));
  });

  it('keeps what lies outside of the window at its edge', () => {
    expect([shareOf(-5, 0, 10), shareOf(5, 0, 10), shareOf(50, 0, 10)]).toEqual([0, 0.5, 1]);
  });
});
