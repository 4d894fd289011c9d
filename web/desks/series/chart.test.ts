import { describe, expect, it } from 'vitest';
import type { SeriesView } from '../../../src/appointments/index.ts';
import { gapGroups, gapRow, isNear, percentOf } from './chart.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2022, 10, 25, 4);
const series = (given: Partial<SeriesView> = {}): SeriesView => ({
  id: 'S1', person: { name: 'Resident 0001', phone: '13700005678' }, town: 'T1', service: 'haemodialysis', institution: 'H1', unitName: { zh: '一院', en: 'First' },
  pattern: {}, cohort: 'other', safeGapHours: 72, state: 'safe', lastStartAt: NOW - 40 * HOUR_MS, gapEndsAt: NOW + 32 * HOUR_MS, ...given,
});
const sessionIn = (hours: number) => ({ booking: 'B1', institution: 'H1', institutionName: '一院', startsAt: NOW + hours * HOUR_MS, endsAt: NOW + (hours + 4) * HOUR_MS });

describe('how near the safe gap somebody is', () => {
  it('given a session 40 h ago and the next in 8 h, then both stand on one scale of hours since the last', () => {
    expect(gapRow(series({ next: sessionIn(8) }), NOW)).toMatchObject({ sinceHours: 40, nextHours: 48, tooLate: false });
  });

  it('given the next place lies beyond the gap, then that is said', () => {
    expect(gapRow(series({ next: sessionIn(33) }), NOW).tooLate).toBe(true);
    expect(isNear(series({ next: sessionIn(33) }), NOW)).toBe(true);
  });

  it('given nobody knows the last session, then nothing is drawn as if it were known', () => {
    const { lastStartAt: _unknown, gapEndsAt: _unknownToo, ...rest } = series();
    expect(gapRow(rest, NOW)).toEqual({ series: rest, tooLate: false });
  });

  it.each([['notPlaced', true], ['red', true], ['alarm', true], ['safe', false]] as const)('given the state %s, then looked at first: %s', (state, near) => {
    expect(isNear(series({ state, next: sessionIn(8) }), NOW)).toBe(near);
  });

  it('given less than a day is left, then looked at first, unless somebody paused it by name', () => {
    expect(isNear(series({ gapEndsAt: NOW + 23 * HOUR_MS }), NOW)).toBe(true);
    expect(isNear(series({ gapEndsAt: NOW + 23 * HOUR_MS, paused: true }), NOW)).toBe(false);
  });

  it('keeps the order of the server, worst first, and one scale for those whose clocks are alike', () => {
    const groups = gapGroups([series({ id: 'a', state: 'red' }), series({ id: 'b', service: 'radiotherapy', safeGapHours: 72 }), series({ id: 'c' })], NOW);
    expect(groups.map(({ service, redHours, spanHours, rows }) => [service, redHours, spanHours, rows.map((row) => row.series.id)])).toEqual([
      ['haemodialysis', 96, 120, ['a', 'c']], ['radiotherapy', 120, 150, ['b']],
    ]);
  });

  it('given hours beyond what is drawn, then they are held at the edge', () => {
    expect([percentOf(-1, 120), percentOf(60, 120), percentOf(500, 120)]).toEqual([0, 50, 100]);
  });
});
