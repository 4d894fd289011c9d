import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, overlaps, parseInstant } from '../base/index.ts';
import { admitted, decide, discharged, initialStatus, knownUntil, periodOf, stated, statusOf, STATUS_RULES, withStatus, type City, type LiveStatus, type Places, type ReportStatus } from './index.ts';
import { loadCity } from './load.ts';

const { city } = loadCity(join(import.meta.dirname, '../../cities/toytown')) as { city: City };
const START = parseInstant('2022-11-25 00:00')!;
const HOUSES = ['T-H1', 'T-H2', 'T-H4'] as const;
const SERVICE = 'emergency';

const report = fc.record({
  afterHours: fc.integer({ min: -2, max: 6 }), house: fc.constantFrom(...HOUSES), state: fc.constantFrom('open', 'limited', 'closed'),
  sinceHours: fc.integer({ min: -12, max: 30 }), lastsHours: fc.integer({ min: 1, max: 50 }), standIn: fc.option(fc.constantFrom(...HOUSES), { nil: undefined }), confirmed: fc.boolean(),
});

/** Every report that is taken, one after the other. */
function play(reports: readonly (typeof report extends fc.Arbitrary<infer R> ? R : never)[]): { status: LiveStatus; now: number; taken: number } {
  let status = initialStatus(city);
  let now = START;
  let taken = 0;
  for (const { afterHours, house, state, sinceHours, lastsHours, standIn, confirmed } of reports) {
    const instant = now + afterHours * HOUR_MS;
    now = Math.max(now, instant);
    const command: ReportStatus = {
      type: 'reportStatus', instant, institution: house, service: SERVICE, state: state as ReportStatus['state'], since: instant + sinceHours * HOUR_MS,
      until: instant + (sinceHours + lastsHours) * HOUR_MS, reportedBy: 'ward', ...(standIn && { standIn }), ...(confirmed && { confirmedBy: 'district' }),
    };
    const decided = decide(city, status, command);
    if (!decided.ok || decided.value.type === 'ClosingAsked') continue;
    taken++;
    status = withStatus(status, decided.value.status);
  }
  return { status, now, taken };
}

describe('whatever wards report, in whatever order', () => {
  it('then no two closures ever name each other, and none holds without a second person', () => {
    let closures = 0;
    fc.assert(fc.property(fc.array(report, { maxLength: 14 }), (reports) => {
      const { status } = play(reports);
      const closed = HOUSES.flatMap((house) => status.get(SERVICE)?.get(house)?.reported ?? []).filter(({ state }) => state === 'closed');
      closures += closed.length;
      for (const one of closed) for (const other of closed) {
        const eachOther = one.standIn === other.institution && other.standIn === one.institution && overlaps(periodOf(one), periodOf(other));
        expect(eachOther, JSON.stringify([one, other])).toBe(false);
      }
    }), { numRuns: 400 });
    expect(closures, 'the days hold closures at all').toBeGreaterThan(50);
    fc.assert(fc.property(fc.array(report.map((one) => ({ ...one, confirmed: false })), { maxLength: 10 }), (reports) => {
      const { status, now } = play(reports);
      for (const house of HOUSES) expect(statusOf(status, house, SERVICE, now).state).not.toBe('closed');
    }));
  });

  it('then a word is never known for longer than its limit, unless it named a period that still runs', () => {
    fc.assert(fc.property(fc.array(report, { maxLength: 8 }), fc.integer({ min: 0, max: 100 }), (reports, laterHours) => {
      const { status, now } = play(reports);
      const at = now + laterHours * HOUR_MS;
      for (const house of HOUSES) {
        const said = status.get(SERVICE)?.get(house)?.reported;
        const saidAt = Math.max(START, said?.reportedAt ?? -Infinity);
        if (knownUntil(status, house, SERVICE, saidAt) < at) continue;
        const fresh = at - saidAt <= STATUS_RULES.knownHours[SERVICE] * HOUR_MS;
        const runs = said !== undefined && said.state !== 'open' && said.until !== undefined && said.until >= at;
        expect(fresh || runs).toBe(true);
        if (!fresh && said && said.since <= at && at < said.until!) expect(statusOf(status, house, SERVICE, at).state).not.toBe('open');
      }
    }));
  });

  it('then free places are never below nought nor above all there are, and whoever was taken in is counted', () => {
    const act = fc.oneof(fc.constant('in' as const), fc.constant('out' as const), fc.record({ capacity: fc.integer({ min: 0, max: 5 }), free: fc.nat(5) }).map(({ capacity, free }) => ({ capacity, free: Math.min(capacity, free) })));
    fc.assert(fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let places: Places = { institution: 'T-H1', service: 'inpatient', capacity: 2, free: 2, beyond: 0, saidAt: START, saidBy: 'ward' };
      for (const one of acts) {
        const before = places;
        const counted = one === 'in' ? admitted(places) : one === 'out' ? discharged(places) : stated(places, one);
        const { said: _, ...rest } = places;
        places = { ...(typeof one === 'string' ? places : rest), ...counted };
        expect(places.free).toBeGreaterThanOrEqual(0);
        expect(places.free).toBeLessThanOrEqual(places.capacity);
        expect(places.beyond).toBeGreaterThanOrEqual(0);
        if (one === 'in') expect(before.free - places.free + (places.beyond - before.beyond), 'each admission counts').toBe(1);
        if (typeof one === 'object' && one.free !== before.free) expect(places.said ?? places.free, 'what was said is never lost').toBe(one.free);
      }
    }));
  });
});
