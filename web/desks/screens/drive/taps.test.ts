import { describe, expect, it } from 'vitest';
import type { DriverReport, DriverStop } from '../../../../src/trips/index.ts';
import { aboardNow, tapOf, toDo, withReports } from './taps.ts';

const stop = (journey: string, kind: 'pickUp' | 'dropOff', at: number, more: Partial<DriverStop> = {}): DriverStop => ({
  ride: `${journey}-out`, journey, leg: 'out', kind, at, placeName: { zh: '门', en: 'Door' }, person: { name: journey },
  cohort: 'other', seats: 1, wheelchair: false, stretcher: false, ...more,
});
const report = (journey: string, step: DriverReport['step'], at: number, more: Partial<DriverReport> = {}): DriverReport =>
  ({ key: `${journey}${step}${at}`, journey, leg: 'out', step, at, ...more });

const DAY = [stop('Wang', 'pickUp', 10), stop('Li', 'pickUp', 20), stop('Wang', 'dropOff', 30), stop('Li', 'dropOff', 40)];
const names = (stops: readonly DriverStop[]): string[] => stops.map(({ journey, kind }) => `${journey} ${kind}`);

describe('the stops of a driver without a line', () => {
  it('given nothing was pressed, then the first stop waits for the door and nobody can be handed over who is not aboard', () => {
    const stops = withReports(DAY, []);
    expect(tapOf(stops[0]!)).toBe('atDoor');
    expect(tapOf(stops[2]!)).toBeUndefined();
  });

  it('given three presses that no server has heard, then the person is handed over and the next one is next', () => {
    const reports: DriverReport[] = [];
    for (const at of [11, 12]) reports.push(report('Wang', tapOf(withReports(DAY, reports)[0]!)!, at));
    expect(names(aboardNow(withReports(DAY, reports)))).toEqual(['Wang dropOff']);
    reports.push(report('Wang', tapOf(withReports(DAY, reports)[2]!)!, 31));
    expect(reports.map(({ step }) => step)).toEqual(['atDoor', 'aboard', 'arrived']);
    expect(names(toDo(withReports(DAY, reports)))).toEqual(['Li pickUp', 'Li dropOff']);
  });

  it('given the car stands at a later door, then that door comes before the planned order', () => {
    expect(names(toDo(withReports(DAY, [report('Li', 'atDoor', 11)])))[0]).toBe('Li pickUp');
  });

  it('given somebody in the car is in danger, then where they have to go comes before every door', () => {
    const inDanger = DAY.map((each) => (each.journey === 'Wang' && each.kind === 'dropOff' ? { ...each, step: 'aboard' as const, emergency: { zh: '急诊', en: 'Emergency' } } : each));
    expect(names(toDo(withReports(inDanger, [report('Wang', 'aboard', 12), report('Li', 'atDoor', 13)])))[0]).toBe('Wang dropOff');
  });

  it('given somebody else stood at the door, then nobody is aboard, the stop stays open and says so', () => {
    const [wang] = withReports(DAY, [report('Wang', 'atDoor', 11), report('Wang', 'aboard', 12, { wrongPerson: true })]);
    expect(wang).toMatchObject({ trouble: 'wrongPerson', troubleAt: 12, step: 'atDoor' });
    expect(tapOf(wang!)).toBe('aboard');
  });

  it('given the gate refused and opened after all, then the hand-over ends it', () => {
    const day = [stop('Wang', 'dropOff', 30, { leg: 'back', step: 'aboard' })];
    const refused = report('Wang', 'arrived', 31, { leg: 'back', refusedAtGate: 'noTestResult' });
    expect(withReports(day, [refused])[0]).toMatchObject({ trouble: 'refusedAtGate', step: 'aboard' });
    const [home] = withReports(day, [refused, report('Wang', 'arrived', 40, { leg: 'back' })]);
    expect(home).toMatchObject({ step: 'arrived', doneAt: 40 });
    expect(home).not.toHaveProperty('trouble');
  });

  it('given the server knows more than the phone, then the phone does not go back', () => {
    const [wang] = withReports([stop('Wang', 'pickUp', 10, { step: 'aboard', doneAt: 13 })], [report('Wang', 'atDoor', 11)]);
    expect(wang).toMatchObject({ step: 'aboard', doneAt: 13 });
  });
});
