import { describe, expect, it } from 'vitest';
import { FINDINGS, findRow, triage } from '../index.ts';
import type { Acuity, TriageCase } from '../index.ts';
import { NO_SYMPTOM_OF_DIALYSIS } from './dialysis.ts';

const YEAR = 12;
const RANK: Record<Acuity, number> = { I: 0, II: 1, III: 2, IV: 3 };
const acuityOf = (care: Partial<TriageCase>): Acuity =>
  triage({ need: 'generalOutpatient', groups: [], findings: [], vitals: {}, ageMonths: 40 * YEAR, ...care }).acuity;

describe('haemodialysis: any symptom is an emergency', () => {
  it.each(FINDINGS.map(({ code }) => code).filter((code) => !NO_SYMPTOM_OF_DIALYSIS.includes(code)))('given %s, then level II at least', (code) => {
    expect(RANK[acuityOf({ need: 'haemodialysis', findings: [code] })]).toBeLessThanOrEqual(RANK.II);
  });
  it('given what was measured instead of said, then level II as well', () => {
    for (const vitals of [{ oxygenSaturationPercent: 94 }, { temperatureCelsius: 38 }, { consciousness: 'confused' as const }]) {
      expect(acuityOf({ need: 'haemodialysis', vitals })).toBe('II');
    }
    expect(acuityOf({ need: 'haemodialysis', vitals: { oxygenSaturationPercent: 95 } })).toBe('III');
  });
  it('given trouble with the access and nothing else, then level III: a surgeon, but no ambulance', () => {
    expect(acuityOf({ need: 'haemodialysis', findings: ['dialysisAccessProblem'] })).toBe('III');
  });
});

describe('abdominal pain', () => {
  it('given fifty years or more, then level II, and a clinician has to confirm the row', () => {
    expect(acuityOf({ findings: ['abdominalPain'], ageMonths: 50 * YEAR })).toBe('II');
    expect(acuityOf({ findings: ['abdominalPain'], ageMonths: 70 * YEAR })).toBe('II');
    expect(findRow('finding-abdominalPain-50')!.confirm).toBe(true);
  });
  it('given forty-nine, then level IV', () => expect(acuityOf({ findings: ['abdominalPain'], ageMonths: 50 * YEAR - 1 })).toBe('IV'));
  it('given a child whose age nobody gave, then level III: nobody known as a child is fifty', () => {
    const child = triage({ need: 'generalOutpatient', groups: ['child'], findings: ['abdominalPain'], vitals: {} });
    expect(child.acuity).toBe('III');
    expect(child.fired.filter(({ row }) => row.startsWith('finding-abdominalPain'))).toEqual([]);
    expect(triage({ need: 'paediatrics', groups: [], findings: ['abdominalPain'], vitals: {} }).acuity).toBe('III');
  });
});
