import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClinicSessionView } from '../../../../../src/appointments/index.ts';
import { clinicRows, tally } from './rows.ts';

const HOUR_MS = 3_600_000;
const session = (hour: number, given: Partial<ClinicSessionView> = {}): ClinicSessionView => ({
  slot: `${given.service ?? 'specialist'}/${given.clinic ?? ''}/${hour}`, service: 'specialist', clinic: '', startsAt: hour * HOUR_MS, endsAt: (hour + 1) * HOUR_MS,
  seats: 4, taken: 1, kept: 1, takenKept: 0, toPlace: 0, moved: [], booked: [], ...given,
});

describe('a clinic\'s day', () => {
  it('given sessions in any order, then each clinic has one line with its hours in order, and none is lost', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.record({ hour: fc.nat(23), clinic: fc.constantFrom('', 'hearts', 'skin') }), { selector: ({ hour, clinic }) => `${hour}${clinic}` }), (given) => {
      const all = given.map(({ hour, clinic }) => session(hour, { clinic }));
      const rows = clinicRows(all);
      expect(new Set(rows.flatMap(({ sessions }) => sessions))).toEqual(new Set(all));
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
      for (const { sessions } of rows) expect(sessions.map(({ startsAt }) => startsAt)).toEqual(sessions.map(({ startsAt }) => startsAt).toSorted((a, b) => a - b));
    }));
  });

  it('given a closed session, then its seats are not offered, and it is counted as closed', () => {
    const day = [session(8), session(9, { closed: { at: 0, reason: 'the doctor is ill' } })];
    expect(tally(day, 0)).toMatchObject({ seats: 4, taken: 1, closed: 1 });
  });

  it('given the time at which kept-back seats open has passed, then none is kept back any more', () => {
    expect(tally([session(8, { keptUntil: 100 })], 99).kept).toBe(1);
    expect(tally([session(8, { keptUntil: 100 })], 100).kept).toBe(0);
  });
});
