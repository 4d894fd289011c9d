import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageMonthsOf, intakeOf, lastSessionAt, NO_ANSWERS, numberOf, phoneOf, type Answers } from './answers.ts';

/** 25 November 2022, 09:30 in the city. */
const NOW = Date.UTC(2022, 10, 25, 1, 30);
const answers = (given: Partial<Answers>): Answers => ({ ...NO_ANSWERS, name: '某某', phone: '138 0000 8888', town: 'T1', address: 'Door 1', ...given });

describe('what a person types', () => {
  it('given full-width digits, then they count as digits', () => {
    expect(numberOf('３８．５')).toBe(38.5);
    expect(phoneOf('１３８-0000 8888')).toBe('13800008888');
  });

  it('given words instead of a number, then there is no number rather than a wrong one', () => {
    expect(['', '  ', 'about 60', '-3', '1e3', '3..5'].map(numberOf)).toEqual(Array(6).fill(undefined));
  });

  it('given an age in months or years, then it is whole months', () => {
    expect(ageMonthsOf(answers({ age: '2', ageUnit: 'years' }))).toBe(24);
    expect(ageMonthsOf(answers({ age: '7', ageUnit: 'months' }))).toBe(7);
    expect(ageMonthsOf(answers({ age: '1.5', ageUnit: 'years' }))).toBe(18);
  });
});

describe('the request that is sent', () => {
  it('given only what nobody can do without, then nothing is guessed for the person', () => {
    expect(intakeOf(answers({ who: 'me', danger: ['none'], matter: 'fever' }), NOW)).toEqual({
      person: { name: '某某', phone: '13800008888' }, town: 'T1', address: 'Door 1', need: 'fever', groups: [], findings: [], vitals: {},
    });
  });

  it('given a life in danger, then it is an emergency with those findings, whatever else was chosen before', () => {
    const intake = intakeOf(answers({ who: 'me', danger: ['chestPain'], matter: 'medicineRefill' }), NOW);
    expect(intake.need).toBe('emergency');
    expect(intake.findings).toEqual(['chestPain']);
  });

  it('given "don\'t know", then a fact is left out, and a sign is sent as not known', () => {
    const intake = intakeOf(answers({ patientKind: 'unknown', test: 'unknown', mobility: 'unknown', since: 'unknown', findings: { fever: 'unknown', rigors: 'no', drowsy: 'yes' } }), NOW);
    expect(intake).not.toHaveProperty('patientKind');
    expect(intake).not.toHaveProperty('test');
    expect(intake).not.toHaveProperty('mobility');
    expect(intake).not.toHaveProperty('since');
    expect(intake.findings).toEqual(['drowsy']);
    expect(intake.notKnown).toEqual(['fever']);
  });

  it('given somebody else asks, then both numbers go along', () => {
    expect(intakeOf(answers({ who: 'other', proxyName: '李某', proxyPhone: '139 0000 1111' }), NOW).proxy).toEqual({ name: '李某', phone: '13900001111' });
  });

  it('given somebody changed their mind about who asks, then the proxy stays at home', () => {
    expect(intakeOf(answers({ who: 'me', proxyName: '李某', proxyPhone: '13900001111' }), NOW)).not.toHaveProperty('proxy');
  });
});

describe('the last dialysis', () => {
  it('given Wednesday morning, then it began at seven on the city\'s clock', () => {
    expect(lastSessionAt(answers({ lastSessionDay: '2', lastSessionHour: '7' }), NOW)).toBe(Date.UTC(2022, 10, 22, 23, 0));
  });

  it('given this evening, which has not come, then it began no later than now', () => {
    expect(lastSessionAt(answers({ lastSessionDay: '0', lastSessionHour: '17' }), NOW)).toBe(NOW);
  });

  it('never lies ahead, whatever the hour of asking', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 0, max: 6 }), fc.constantFrom('7', '12', '17'), (now, day, hour) => {
      expect(lastSessionAt(answers({ lastSessionDay: String(day), lastSessionHour: hour }), now)).toBeLessThanOrEqual(now);
    }));
  });
});
