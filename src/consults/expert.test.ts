import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, readCsv } from '../base/index.ts';
import { callOffVisit, checkShift, nextOfVisit, personalDataIn, readRoster, ROSTER_COLUMNS, stepVisit, summaryOf, type ExpertShift, type ExpertVisit } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const shift = (from: number, to: number, more: Partial<ExpertShift> = {}): ExpertShift => ({ id: 'S', hospital: 'H1', name: 'a', phone: '1', specialties: ['cardiology'], from: NOW + from * HOUR_MS, to: NOW + to * HOUR_MS, onSite: false, ...more });

describe('a shift', () => {
  it.each([
    ['ends before it begins', shift(2, 1), [], ['endsBeforeBegin']], ['is longer than a day', shift(0, 25), [], ['shiftTooLong']], ['is over', shift(-5, -1), [], ['shiftOver']],
    ['is for nothing', shift(0, 8, { specialties: [] }), [], ['specialtyMissing']], ['overlaps their own', shift(0, 8), [shift(7, 12)], ['shiftOverlaps']],
    ['leaves no rest after another', shift(8, 16), [shift(0, 4)], ['restTooShort']], ['leaves no rest before another', shift(0, 8), [shift(12, 20)], ['restTooShort']],
    ['is beside a colleague\'s', shift(0, 8), [shift(0, 8, { name: 'b' }), shift(0, 8, { hospital: 'H2' })], []], ['comes after a rest', shift(12, 20), [shift(0, 4)], []],
  ])('that %s is answered so', (_what, given, others, codes) => {
    expect(checkShift(given, others, NOW).map(({ code }) => code)).toEqual(codes);
  });

  it('given a file with several faults, then each is named by line and column, and nothing else is lost', () => {
    const text = ['name,phone,specialties,from,to,onSite', 'a,110,cardiology surgery,2022-11-25T12:00:00+08:00,2022-11-25T20:00:00+08:00,是', ',x,heart,yesterday,2022-11-25T20:00:00+08:00,perhaps', 'a,110,cardiology,2022-11-25T19:00:00+08:00,2022-11-26T03:00:00+08:00,no'].join('\n');
    const { shifts, problems } = readRoster(readCsv(text, ROSTER_COLUMNS.required, ROSTER_COLUMNS.optional), 'H1', [], NOW);
    expect(shifts).toMatchObject([{ name: 'a', specialties: ['cardiology', 'surgery'], onSite: true }]);
    expect(problems.map((problem) => ('refusal' in problem ? [problem.line, problem.column, problem.refusal.code] : problem))).toEqual([
      [3, 1, 'expertNameMissing'], [3, 2, 'phoneInvalid'], [3, 3, 'specialtyUnknown'], [3, 4, 'instantInvalid'], [3, 6, 'yesOrNo'], [4, 4, 'shiftOverlaps'],
    ]);
  });
});

describe('what an expert is told of a case', () => {
  it('is no name and no number: years of a grown person, months of a small child', () => {
    expect(summaryOf({ ageMonths: 487, findings: ['chestPain'] })).toEqual({ ageMonths: 480, groups: [], findings: ['chestPain'], vitals: {} });
    expect(summaryOf({ ageMonths: 4 }).ageMonths).toBe(4);
  });

  it.each(['call 13800001234', '138 0000 1234', '１３８００００１２３４', '41010519900101123X'])('given %s in the question, then it is said before anything is sent', (text) => {
    expect(personalDataIn(`Thrombolysis? ${text}`, 'question')?.code).toBe('personalDataInQuestion');
  });

  it('given numbers of medicine, then nothing is said', () => {
    expect(personalDataIn('BP 180/110, K 7.1, troponin 1380 ng/L at 13:05, 20221125', 'question')).toBeUndefined();
  });
});

describe('a visit to the bedside', () => {
  const visit: ExpertVisit = { id: 'V', consult: 'Q', hospital: 'H1', institution: 'H0', district: '1', name: 'a', phone: '1', expert: 'E', askedAt: NOW, leavesAt: NOW, ownWay: false, pass: 'P' };

  it('has an owner and a deadline at every step until it is over', () => {
    expect(nextOfVisit(visit, NOW, 0)).toEqual({ role: 'district', scope: 'district:1', dueAt: NOW + 10 * MINUTE_MS });
    const going = { ...visit, car: 'C1' };
    expect(nextOfVisit(going, NOW, 0)).toMatchObject({ role: 'expert', scope: 'institution:H1' });
    expect(nextOfVisit({ ...going, leftAt: NOW, arrivedAt: NOW, returnedAt: NOW }, NOW, 0)).toBeUndefined();
    expect(nextOfVisit({ ...going, calledOff: 'x' }, NOW, 0)).toBeUndefined();
  });

  it('happens in the order of the world, each step once', () => {
    const code = (given: ExpertVisit, step: 'left' | 'arrived' | 'returned'): string | undefined => {
      const answer = stepVisit(given, step, NOW);
      return answer.ok ? undefined : answer.refusal.code;
    };
    expect([code(visit, 'left'), code(visit, 'arrived'), code(visit, 'returned')]).toEqual(['noCarYet', 'notLeftYet', 'notArrivedYet']);
    expect(code({ ...visit, ownWay: true }, 'left')).toBeUndefined();
    expect(code({ ...visit, leftAt: NOW }, 'left')).toBe('alreadySaid');
    const there = callOffVisit({ ...visit, leftAt: NOW, arrivedAt: NOW }, 'x');
    expect(there.ok ? '' : there.refusal.code).toBe('visitArrived');
  });
});
