import { describe, expect, it } from 'vitest';
import type { ScheduleView } from '../../../../../src/appointments/index.ts';
import { idOf, NEW_LINE, newRoster, rosterOf, scheduleOf } from './roster.ts';

const HOURS = { start: '08:00', end: '12:00', slotMinutes: 30, seats: 4, kept: 1 };
const PUBLISHED: ScheduleView = {
  institution: 'ZZ-H-001', id: 'specialist-hearts', service: 'specialist', clinic: 'hearts', clinicName: 'Cardiology', keptOpensHours: 24, release: { days: 7, time: '07:00' },
  validFrom: '2022-11-25', sessions: [{ weekday: 1, ...HOURS }, { weekday: 3, ...HOURS }, { weekday: 2, ...HOURS, seats: 8 }], extra: [{ date: '2022-12-03', ...HOURS }],
  closures: [{ from: 0, to: 1, reason: 'holiday' }], version: 3, publishedAt: 0, publishedBy: 'x',
};

describe('a roster in the hand', () => {
  it('given a published schedule, then days with the same hours stand in one line', () => {
    expect(rosterOf(PUBLISHED).lines.map(({ days, seats }) => [days, seats])).toEqual([[[1, 3], '4'], [[2], '8']]);
  });

  it('given nothing is changed, then the same is sent again, and days off and extra sessions are not lost', () => {
    const { id: _, version: _v, publishedAt: _a, publishedBy: _b, ...schedule } = PUBLISHED;
    const sent = scheduleOf(rosterOf(PUBLISHED), 'ZZ-H-001', PUBLISHED) as { sessions: { weekday: number }[] };
    expect({ ...sent, sessions: sent.sessions.toSorted((a, b) => a.weekday - b.weekday) })
      .toEqual({ ...schedule, sessions: schedule.sessions.toSorted((a, b) => a.weekday - b.weekday) });
  });

  it('given a release that was left open, then none is sent, and a line on five days is five sessions', () => {
    const sent = scheduleOf({ ...newRoster('2022-11-25'), service: 'specialist', lines: [NEW_LINE] }, 'ZZ-H-001', undefined);
    expect(sent).not.toHaveProperty('release');
    expect(sent).toMatchObject({ sessions: [1, 2, 3, 4, 5].map((weekday) => ({ weekday })) });
  });

  it('given a new schedule, then its name says what it is of; one that has a name keeps it', () => {
    expect(idOf({ ...newRoster(''), service: 'expert', clinic: 'Expert Wang ' })).toBe('expert-expert-wang');
    expect(idOf({ ...newRoster(''), service: 'expert', clinic: '专家王' })).toBe('expert');
    expect(idOf({ ...newRoster(''), id: 'kept' })).toBe('kept');
  });
});
