import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, parseInstant } from '../base/index.ts';
import type { City, Service } from '../city/index.ts';
import { idOfSlot, problemsOf, readSchedules, slotsOf, type ProposedSchedule, type Schedule, type SessionHours } from './index.ts';

const AT = parseInstant('2022-11-25 07:00')!;
const services = new Map<Service, object>([['specialist', {}], ['haemodialysis', {}], ['expert', {}], ['pharmacy', {}], ['emergency', {}]]);
const city = { institutions: new Map([['H1', { services }]]) } as unknown as City;
const HOURS: SessionHours = { start: '08:00', end: '12:00', slotMinutes: 30, seats: 4, kept: 1 };
const schedule = (more: Partial<ProposedSchedule> = {}): Schedule => ({
  institution: 'H1', id: 'a', service: 'specialist', clinic: '', sessions: [{ weekday: 5, ...HOURS }], extra: [], closures: [], keptOpensHours: 24, validFrom: '2022-11-01', ...more,
} as Schedule);
const wrong = (more: Partial<ProposedSchedule>, others: readonly ProposedSchedule[] = []): string[] =>
  problemsOf(schedule(more), { city, isBySeat: (service) => service !== 'pharmacy', others, at: AT }).map(({ field, code }) => `${field} ${code}`);
const hours = (more: Partial<SessionHours>): Partial<ProposedSchedule> => ({ sessions: [{ weekday: 5, ...HOURS, ...more }] });

describe('a schedule is checked', () => {
  it.each<[string, Partial<ProposedSchedule>, string[]]>([
    ['a good one', {}, []],
    ['an emergency department', { service: 'emergency' }, ['service emergencyTakesNoAppointments']],
    ['a counter', { service: 'pharmacy' }, ['service serviceTakesNoAppointments']],
    ['a service it does not run', { service: 'obstetrics' }, ['service serviceTakesNoAppointments']],
    ['a stranger', { institution: 'H9' }, ['institution unknownInstitution']],
    ['no session', { sessions: [] }, ['sessions scheduleEmpty']],
    ['an end before its start', hours({ end: '07:00' }), ['sessions.0.end endsBeforeItBegins']],
    ['an end at its start', hours({ end: '08:00' }), ['sessions.0.end endsBeforeItBegins']],
    ['negative capacity and a length that does not fit', hours({ seats: -1, kept: 0, slotMinutes: 35 }), ['sessions.0.slotMinutes slotDoesNotFit', 'sessions.0.seats numberOutOfRange']],
    ['no seat at all', hours({ seats: 0, kept: 0 }), ['sessions.0.seats numberOutOfRange']],
    ['more kept than there are', hours({ kept: 5 }), ['sessions.0.kept keptBeyondSeats']],
    ['no time of day', hours({ start: '8:00', end: '25:00' }), ['sessions.0.start timeInvalid', 'sessions.0.end timeInvalid']],
    ['a session until midnight', hours({ start: '20:00', end: '24:00' }), []],
    ['days that are over', { validUntil: '2022-11-24' }, ['validUntil dayIsPast']],
    ['an extra session in the past', { extra: [{ date: '2022-11-24', ...HOURS }] }, ['extra.0.date dayIsPast']],
    ['a day off that ends before it begins, for no reason', { closures: [{ from: AT + HOUR_MS, to: AT, reason: ' ' }] }, ['closures.0.to endsBeforeItBegins', 'closures.0.reason reasonMissing']],
    ['a cohort outside of dialysis', { cohort: 'positive' }, ['cohort cohortForDialysisOnly']],
    ['two sessions at once', { sessions: [{ weekday: 5, ...HOURS }, { weekday: 5, ...HOURS, start: '11:30', end: '12:30' }] }, ['sessions.1.start sessionsOverlap']],
    ['an extra session in a weekly one', { extra: [{ date: '2022-11-25', ...HOURS }] }, ['extra.0.start sessionsOverlap']],
    ['two sessions that touch', { sessions: [{ weekday: 5, ...HOURS }, { weekday: 5, ...HOURS, start: '12:00', end: '13:00' }] }, []],
  ])('%s', (_, more, problems) => expect(wrong(more)).toEqual(problems));

  it('a doctor with a name is in one place, whatever the service; another cohort, another clinic or other weeks are no overlap', () => {
    const named = schedule({ clinic: 'wang' });
    expect(wrong({ id: 'b', service: 'expert', clinic: 'wang' }, [named])).toEqual(['sessions.0.start sessionsOverlap']);
    expect(wrong({ id: 'b', service: 'expert', clinic: 'li' }, [named])).toEqual([]);
    expect(wrong({ id: 'b', validFrom: '2023-01-01' }, [schedule({ validUntil: '2022-12-31' })])).toEqual([]);
    const dialysis = { service: 'haemodialysis', id: 'b', cohort: 'positive' };
    expect(wrong(dialysis, [schedule({ service: 'haemodialysis', cohort: 'other' })])).toEqual([]);
    expect(wrong(dialysis, [schedule({ service: 'haemodialysis', cohort: 'positive' })])).toEqual(['sessions.0.start sessionsOverlap']);
  });

  it('what was published and is over since may stay when the schedule is sent again', () => {
    const over = { extra: [{ date: '2022-11-20', ...HOURS }], closures: [{ from: AT - DAY_MS, to: AT - HOUR_MS, reason: 'Holiday' }] };
    expect(wrong(over)).toEqual(['extra.0.date dayIsPast', 'closures.0.to dayIsPast']);
    expect(wrong(over, [schedule(over)])).toEqual([]);
  });

  it('whatever passes, no two of its slots are one, and no slot of a clinic begins before the last has ended', () => {
    const time = fc.integer({ min: 0, max: 47 }).map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
    const session = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), start: time, end: time, slotMinutes: fc.constantFrom(30, 60), seats: fc.integer({ min: 1, max: 9 }), kept: fc.constant(0) });
    fc.assert(fc.property(fc.array(session, { minLength: 1, maxLength: 6 }), (sessions) => {
      fc.pre(wrong({ sessions }).length === 0);
      const slots = slotsOf(schedule({ sessions }), AT, AT + 14 * DAY_MS);
      expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length);
      slots.slice(1).forEach(({ startsAt }, index) => expect(startsAt).toBeGreaterThanOrEqual(slots[index]!.endsAt));
    }));
  });
});

describe('slots of a schedule', () => {
  const starts = (more: Partial<ProposedSchedule>): string[] => slotsOf(schedule(more), AT, AT + 8 * DAY_MS).map(({ startsAt }) => new Date(startsAt + 8 * HOUR_MS).toISOString().slice(5, 16));

  it('given a weekly session, then each of its days that is valid; given a day off, then nothing that touches it', () => {
    const short = { sessions: [{ weekday: 5, ...HOURS, end: '09:00' }] };
    expect(starts(short)).toEqual(['11-25T08:00', '11-25T08:30', '12-02T08:00', '12-02T08:30']);
    expect(starts({ ...short, validUntil: '2022-11-30' })).toEqual(['11-25T08:00', '11-25T08:30']);
    expect(starts({ ...short, closures: [{ from: parseInstant('2022-11-25 08:45')!, to: parseInstant('2022-11-25 09:00')!, reason: 'x' }] })).toEqual(['11-25T08:00', '12-02T08:00', '12-02T08:30']);
    expect(starts({ ...short, sessions: [], extra: [{ date: '2022-11-26', ...HOURS, end: '08:30' }] })).toEqual(['11-26T08:00']);
  });

  it('given seats are kept back and released, then each slot says until when and from when on', () => {
    const [slot] = slotsOf(schedule({ release: { days: 2, time: '06:30' } }), AT, AT + DAY_MS);
    expect(slot).toMatchObject({ seats: 4, kept: 1, keptUntil: parseInstant('2022-11-24 08:00'), releasedAt: parseInstant('2022-11-23 06:30') });
  });

  it('a chair for everybody has the same name as in the built-in pattern; what is unusual is appended', () => {
    expect([idOfSlot('H1', 'haemodialysis', 5, '', 'other'), idOfSlot('H1', 'haemodialysis', 5, '', 'contact'), idOfSlot('H1', 'expert', 5, 'wang', undefined)])
      .toEqual(['H1/haemodialysis/5', 'H1/haemodialysis/5/contact', 'H1/expert/5/clinic:wang']);
  });
});

describe('schedules in a table', () => {
  const HEAD = 'schedule,institution,service,kind,weekday,date,until_date,start,end,slot_minutes,seats,kept,reason,clinic';
  const read = (body: string): ReturnType<typeof readSchedules> => readSchedules(`${HEAD}\n${body}`, '2022-11-25');

  it('rows of one name are one schedule', () => {
    const { schedules, problems } = read('a,H1,expert,weekly,1,,,08:00,10:00,30,4,1,,wang\na,,,weekly,3,,,08:00,10:00,30,4,,,\na,,,closed,,2022-12-01,2022-12-02,,,,,,Holiday,');
    expect(problems).toEqual([]);
    expect(schedules.map(({ schedule: { sessions, closures, clinic } }) => [sessions.map(({ weekday, kept }) => [weekday, kept]), closures, clinic])).toEqual([
      [[[1, 1], [3, 0]], [{ from: parseInstant('2022-12-01 00:00'), to: parseInstant('2022-12-03 00:00'), reason: 'Holiday' }], 'wang'],
    ]);
  });

  it('the example of the README is a table without a mistake', () => {
    const example = /```csv\n([^`]+)```/.exec(readFileSync(path.join(import.meta.dirname, 'README.md'), 'utf8'))![1]!;
    const { schedules, problems } = readSchedules(example, '2022-11-25');
    expect(problems).toEqual([]);
    const house = { institutions: new Map([['ZZ-H-001', { services }]]) } as unknown as City;
    expect(schedules.flatMap(({ schedule: written }) => problemsOf(written, { city: house, isBySeat: () => true, others: [], at: AT }))).toEqual([]);
  });

  it('a problem of the schedule is told where it was written', () => {
    const { schedules: [first], problems } = read('a,H1,expert,weekly,1,,,08:00,10:00,30,4,9,,\na,,expert2,weekly,1,,,8h,,x,4,,,');
    expect(problems.map(({ code, facts }) => `${facts?.['line']}:${facts?.['column']} ${code}`)).toEqual(['3:3 scheduleDisagrees', '3:10 wholeNumberNeeded']);
    expect(first!.where({ code: 'keptBeyondSeats', field: 'sessions.0.kept' })).toMatchObject({ facts: { line: 2, column: 12 } });
  });
});
