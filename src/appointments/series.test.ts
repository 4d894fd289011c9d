import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, DAY_MS, HOUR_MS, parseInstant, weekday } from '../base/index.ts';
import type { Actor } from '../people/index.ts';
import { GAP_RULES, gapOf, SERIES_SERVICES } from './safe-gap.ts';
import { comingSessions, evolveSeries, longestGapHours, sessionsAWeek, type Series } from './series.ts';
import { decideSeries, type Enrolment, type SeriesCommand } from './series-decide.ts';

/** A Friday. */
const AT = parseInstant('2022-11-25 09:00')!;
const WARD: Actor = { id: 'ward@H1', name: 'Dr Example', role: 'ward', scope: 'institution:H1' };
const COMMITTEE: Actor = { id: 'committee@T1', name: 'Committee', role: 'committee', scope: 'town:T1' };
const MWF: Enrolment = {
  id: 'S1', person: 'key', service: 'haemodialysis', institution: 'H1', pattern: { days: [1, 3, 5], startMinute: 420 }, cohort: 'other', safeGapHours: 72,
  lastStartAt: parseInstant('2022-11-25 07:00')!,
};

function enrolled(change: Partial<Enrolment> = {}): Series {
  const result = decideSeries(undefined, { type: 'enrol', series: { ...MWF, ...change } }, { at: AT, actor: WARD });
  if (!result.ok) throw new Error(result.refusal.code);
  return evolveSeries(undefined, result.value, AT)!;
}

const refused = (series: Series | undefined, command: SeriesCommand, actor = WARD): string | undefined => {
  const result = decideSeries(series, command, { at: AT, actor });
  return result.ok ? undefined : result.refusal.code;
};

describe('a standing series', () => {
  it('given no safe gap, one that is no number or one longer than its kind may have, then it is refused', () => {
    const { safeGapHours: _, ...without } = MWF;
    expect(refused(undefined, { type: 'enrol', series: without })).toBe('safeGapMissing');
    for (const safeGapHours of [0, -72, NaN, Infinity]) expect(refused(undefined, { type: 'enrol', series: { ...MWF, safeGapHours } })).toBe('safeGapMissing');
    expect(refused(undefined, { type: 'enrol', series: { ...MWF, safeGapHours: 96 } })).toBe('safeGapTooLong');
  });

  it('given a pattern that leaves the safe gap by itself, or none that can be read, then it is refused', () => {
    expect(refused(undefined, { type: 'enrol', series: { ...MWF, pattern: { days: [1, 4], startMinute: 420 } } })).toBe('patternBeyondSafeGap');
    for (const pattern of [{ days: [], startMinute: 420 }, { days: [1, 1, 3, 5], startMinute: 420 }, { days: [0, 3, 5], startMinute: 420 }, { days: [1, 3, 5], startMinute: 1_440 }, { everyDays: 0, firstAt: AT }]) {
      expect(refused(undefined, { type: 'enrol', series: { ...MWF, pattern } })).toBe('patternUnreadable');
    }
  });

  it('given Mondays, Wednesdays and Fridays at seven, then the coming sessions are on those, in the city’s time', () => {
    const sessions = comingSessions(enrolled(), AT, AT + 14 * DAY_MS);
    expect(sessions.map((start) => `${weekday(start)} ${clockTime(start)}`)).toEqual(['1 07:00', '3 07:00', '5 07:00', '1 07:00', '3 07:00', '5 07:00']);
  });

  it('given three sessions left, then no fourth is planned, and a missed one is still owed', () => {
    const series = enrolled({ sessionsLeft: 3 });
    const first = comingSessions(series, AT, AT + 30 * DAY_MS);
    expect(first).toHaveLength(3);
    const after = evolveSeries(series, { type: 'SessionMissed', at: first[0]! }, first[0]!)!;
    expect(comingSessions(after, AT, AT + 30 * DAY_MS)).toHaveLength(3);
    const started = evolveSeries(series, { type: 'SessionStarted', at: first[0]! }, first[0]!)!;
    expect(comingSessions(started, AT, AT + 30 * DAY_MS)).toEqual(first.slice(1));
  });

  it('given an interval of days, then each session follows from the first', () => {
    const firstAt = parseInstant('2022-11-28 10:00')!;
    const series = enrolled({ service: 'chemotherapy', safeGapHours: 24 * 24, pattern: { everyDays: 21, firstAt } });
    expect(comingSessions(series, AT, AT + 50 * DAY_MS)).toEqual([firstAt, firstAt + 21 * DAY_MS, firstAt + 42 * DAY_MS]);
  });

  it('given the last start, then the alarm comes at 72 hours and red at 96', () => {
    const series = enrolled();
    const last = series.lastStartAt!;
    expect([71, 72, 95, 96].map((hours) => gapOf(series, last + hours * HOUR_MS).state)).toEqual(['safe', 'alarm', 'alarm', 'red']);
  });

  it('given any symptom, then it is red at once, until a session has begun', () => {
    const event = decideSeries(enrolled(), { type: 'reportSymptom', findings: ['severeBreathlessness'] }, { at: AT, actor: COMMITTEE });
    const ill = evolveSeries(enrolled(), event.ok ? event.value : expect.unreachable(), AT)!;
    expect(gapOf(ill, AT)).toMatchObject({ state: 'red', redAt: AT });
    const treated = evolveSeries(ill, { type: 'SessionStarted', at: AT + HOUR_MS }, AT + HOUR_MS)!;
    expect(gapOf(treated, AT + HOUR_MS).state).toBe('safe');
  });

  it('given a last session that nobody knows, then the alarm comes within a day', () => {
    const { lastStartAt: _, ...unknown } = MWF;
    const result = decideSeries(undefined, { type: 'enrol', series: unknown }, { at: AT, actor: WARD });
    const series = evolveSeries(undefined, result.ok ? result.value : expect.unreachable(), AT)!;
    expect(gapOf(series, AT + DAY_MS).state).toBe('alarm');
  });

  it('given anybody but a named clinician of the unit, or no reason, then no session is taken away', () => {
    const thin: SeriesCommand = { type: 'thin', pattern: { days: [1, 4], startMinute: 420 }, safeGapHours: 96, reason: 'residual function, potassium 4.8' };
    const nobody = { ...WARD, name: ' ' };
    for (const actor of [COMMITTEE, nobody, { ...WARD, role: 'system' as const }]) {
      expect(refused(enrolled(), thin, actor)).toBe('thinningNeedsClinician');
      expect(refused(enrolled(), { type: 'pause', until: AT + DAY_MS, reason: 'in hospital' }, actor)).toBe('thinningNeedsClinician');
      expect(refused(enrolled(), { type: 'end', reason: 'transplanted' }, actor)).toBe('thinningNeedsClinician');
    }
    expect(refused(enrolled(), { ...thin, reason: ' ' })).toBe('reasonMissing');
    const result = decideSeries(enrolled(), thin, { at: AT, actor: WARD });
    expect(evolveSeries(enrolled(), result.ok ? result.value : expect.unreachable(), AT)).toMatchObject({ thinned: { by: 'Dr Example' }, safeGapHours: 96 });
  });

  it('given another time that would be fewer sessions, then it is refused as thinning', () => {
    const series = enrolled({ pattern: { days: [1, 2, 3, 5], startMinute: 420 } });
    expect(refused(series, { type: 'changeTime', pattern: { days: [1, 3, 5], startMinute: 420 } })).toBe('thinningNeedsClinician');
    expect(refused(series, { type: 'changeTime', pattern: { days: [1, 3, 5, 6], startMinute: 750 } })).toBeUndefined();
  });

  it('given any commands of anybody but a clinician, then the series has as many sessions a week as before', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
    const command = fc.oneof<fc.Arbitrary<SeriesCommand>[]>(
      fc.record({ type: fc.constant('thin' as const), pattern: fc.record({ days, startMinute: fc.constant(420) }), reason: fc.constant('fewer seats') }),
      fc.record({ type: fc.constant('changeTime' as const), pattern: fc.record({ days, startMinute: fc.constant(750) }) }),
      fc.record({ type: fc.constant('pause' as const), until: fc.constant(AT + DAY_MS), reason: fc.constant('fewer seats') }),
      fc.record({ type: fc.constant('end' as const), reason: fc.constant('fewer seats') }),
      fc.record({ type: fc.constant('sessionMissed' as const), startsAt: fc.constant(AT) }),
    );
    fc.assert(fc.property(fc.array(command, { maxLength: 8 }), fc.constantFrom<Actor['role']>('committee', 'system', 'city', 'hotline', 'familyDoctor'), (commands, role) => {
      let series = enrolled();
      for (const one of commands) {
        const result = decideSeries(series, one, { at: AT, actor: { ...COMMITTEE, role } });
        if (result.ok) series = evolveSeries(series, result.value, AT)!;
      }
      expect(sessionsAWeek(series.pattern)).toBeGreaterThanOrEqual(3);
      expect(comingSessions(series, AT + DAY_MS, AT + 8 * DAY_MS).length).toBeGreaterThanOrEqual(3);
      expect(longestGapHours(series.pattern)).toBeLessThanOrEqual(series.safeGapHours);
    }), { numRuns: 200 });
  });

  it('given any kind of series, then its usual gap may be enrolled, and red comes after the alarm', () => {
    for (const service of SERIES_SERVICES) {
      const { usualHours, longestHours, redAfterHours } = GAP_RULES[service];
      expect(usualHours).toBeLessThanOrEqual(longestHours);
      expect(redAfterHours).toBeGreaterThan(0);
    }
  });
});
