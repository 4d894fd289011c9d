import { describe, expect, it } from 'vitest';
import { ageMonthsOf, EMPTY, intakeOf, problemsOf, type Draft } from './draft.ts';

const draft: Draft = { ...EMPTY, phone: ' 13800000000 ', town: '410102001', address: 'Gate 2', name: 'Demo', need: 'fever' };

describe('a request taken by phone', () => {
  it('given who, where and what for, then it can be sent', () => {
    expect(problemsOf(draft)).toEqual([]);
  });

  it('given nothing, then everything that is missing is named at once', () => {
    expect(problemsOf(EMPTY)).toEqual(['phone', 'town', 'address', 'need', 'name']);
  });

  it('given a proxy without a number, then the call-back would reach nobody, and it says so', () => {
    expect(problemsOf({ ...draft, proxyName: 'Neighbour' })).toEqual(['proxy']);
  });

  it('sends nothing that was left open', () => {
    expect(intakeOf(draft)).toEqual({
      person: { name: 'Demo', phone: '13800000000' }, town: '410102001', address: 'Gate 2', need: 'fever', groups: [], findings: [], vitals: {},
    });
  });

  it('given "can\'t tell" and a topic left open, then both are sent as not known, and a "no" is not', () => {
    const answers = { chestPain: 'notKnown', anyBleeding: 'yes', vomitingBlood: 'no', moderateBleeding: 'no' } as const;
    expect(intakeOf({ ...draft, answers })).toMatchObject({ findings: [], notKnown: ['chestPain', 'majorBleeding'] });
  });

  it('given the last dialysis at a time of the city, then it is an instant', () => {
    expect(intakeOf({ ...draft, lastSession: '2022-11-24T07:00' })).toMatchObject({ lastSessionAt: Date.UTC(2022, 10, 23, 23) });
  });

  it('given no medicine left, then zero days are sent, not silence', () => {
    expect(intakeOf({ ...draft, daysLeft: '0' })).toMatchObject({ medicineDaysLeft: 0 });
  });

  it('reads an age in years or months, and takes nothing for unknown', () => {
    expect(ageMonthsOf({ age: '2', ageUnit: 'years' })).toBe(24);
    expect(ageMonthsOf({ age: '5', ageUnit: 'months' })).toBe(5);
    expect(ageMonthsOf({ age: '', ageUnit: 'years' })).toBeUndefined();
    expect(ageMonthsOf({ age: 'old', ageUnit: 'years' })).toBeUndefined();
  });
});
