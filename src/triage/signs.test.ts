import { describe, expect, it } from 'vitest';
import { DANGER_SIGNS, findFinding, triage } from './index.ts';
import type { Acuity, TriageCase } from './index.ts';

const YEAR = 12;
const acuityOf = (care: Partial<TriageCase>): Acuity =>
  triage({ need: 'generalOutpatient', groups: [], findings: [], vitals: {}, ageMonths: 30 * YEAR, ...care }).acuity;

describe('two danger signs at once: meningitis or sepsis until somebody has looked', () => {
  it.each<[string, Partial<TriageCase>]>([
    ['a stiff neck and 39.5 measured', { findings: ['stiffNeck'], vitals: { temperatureCelsius: 39.5 } }],
    ['a stiff neck where the fever is the need', { need: 'fever', ageMonths: 19 * YEAR, findings: ['stiffNeck'], vitals: { temperatureCelsius: 37 } }],
    ['a stiff neck and 35.5 measured', { findings: ['stiffNeck'], vitals: { temperatureCelsius: 35.5 } }],
    ['a stiff neck and confused when examined', { findings: ['stiffNeck'], vitals: { consciousness: 'confused' } }],
    ['drowsy at three years and 38.5 measured', { need: 'paediatrics', ageMonths: 3 * YEAR, findings: ['drowsy'], vitals: { temperatureCelsius: 38.5 } }],
    ['drowsy after five days of fever', { need: 'paediatrics', ageMonths: 3 * YEAR, findings: ['drowsy', 'feverFiveDays'] }],
    ['fever reported and confused when examined', { findings: ['fever'], vitals: { consciousness: 'confused' } }],
    ['fever as the need and confused when examined', { need: 'fever', vitals: { consciousness: 'confused', temperatureCelsius: 38.2 } }],
    ['fever and confusion, both reported', { findings: ['confusion', 'fever'] }],
    ['a stiff neck at two years with fever as the need', { need: 'fever', ageMonths: 24, findings: ['stiffNeck'], vitals: { temperatureCelsius: 37.8 } }],
  ])('given %s, then level II', (_, care) => {
    expect(acuityOf(care)).toBe('II');
  });

  it('given one sign said in two ways, then it is still one sign', () => {
    expect(acuityOf({ findings: ['confusion', 'drowsy'], vitals: { consciousness: 'confused' } })).toBe('III');
    expect(acuityOf({ need: 'fever', findings: ['fever'], vitals: { temperatureCelsius: 38.4 } })).toBe('IV');
  });
  it('given a stiff neck alone, then level III in an adult, and level II under five', () => {
    expect(acuityOf({ findings: ['stiffNeck'] })).toBe('III');
    expect(acuityOf({ findings: ['stiffNeck'], ageMonths: 24 })).toBe('II');
  });
  it('each finding a sign names is in the vocabulary', () => {
    const named = DANGER_SIGNS.flatMap(({ findings }) => findings);
    expect(named.filter((code) => !findFinding(code))).toEqual([]);
  });
});
