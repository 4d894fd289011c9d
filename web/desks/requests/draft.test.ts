import { describe, expect, it } from 'vitest';
import { ageMonthsOf, EMPTY, foundAt, intakeOf, NOWHERE, problemsOf, townAt, type Draft } from './draft.ts';

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

  it('given a place was found or pointed at, then that is where the crew is sent, and not to the middle of the town', () => {
    expect(intakeOf({ ...draft, point: { lon: 113.6, lat: 34.7 }, pointName: 'Compound' })).toMatchObject({ point: { lon: 113.6, lat: 34.7 }, address: 'Gate 2' });
    expect(intakeOf(draft)).not.toHaveProperty('point');
  });

  it('given a place that was pointed at, then the town with the nearest middle is offered', () => {
    const name = { zh: '镇', en: 'Town' };
    const towns = [{ code: 'far', name, district: '1', centre: { lon: 114, lat: 35 } }, { code: 'near', name, district: '1', centre: { lon: 113.61, lat: 34.7 } }];
    expect(townAt({ lon: 113.6, lat: 34.7 }, towns)).toBe('near');
    expect(townAt({ lon: 113.6, lat: 34.7 }, [])).toBeUndefined();
  });

  const compound = {
    kind: 'compound', code: 'C1', name: { zh: '玫瑰园', en: 'Rose Garden' }, address: '滨河路376弄', town: '11', point: { lon: 113.6, lat: 34.7 },
    gate: { place: { lon: 113.61, lat: 34.7 }, role: 'guard', phone: '0371-55501002' },
  } as const;

  it('given a compound found by its name and house, then point, gate and the house are kept', () => {
    expect(foundAt(compound, '玫瑰园', '玫瑰园12号楼804')).toEqual({
      town: '11', address: '玫瑰园 滨河路376弄 玫瑰园12号楼804', point: compound.point, pointName: '玫瑰园', gate: compound.gate,
    });
    expect(foundAt(compound, '玫瑰园', '376弄').address).toBe('玫瑰园 滨河路376弄');
  });

  it('given only the town was found, then its middle is not taken for the address', () => {
    const { address: _, gate: __, ...town } = compound;
    expect(foundAt({ ...town, kind: 'town' }, '东镇', '东镇')).toEqual({ town: '11', ...NOWHERE });
  });
});
