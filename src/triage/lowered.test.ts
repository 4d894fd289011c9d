import { describe, expect, it } from 'vitest';
import { triage } from './index.ts';
import type { Acuity, TriageCase } from './index.ts';

const ADULT: TriageCase = { need: 'generalOutpatient', groups: [], findings: [], vitals: {}, ageMonths: 45 * 12 };
/** What a clinician saw and called level IV, and what is known later. */
function after(seen: Partial<TriageCase>, later: Partial<TriageCase>): Acuity {
  const then = { ...ADULT, ...seen };
  const { need, findings, vitals, notKnown = [] } = then;
  return triage({ ...then, ...later, lowered: { acuity: 'IV', covers: { need, findings, vitals, notKnown } } }).acuity;
}

describe('a clinician called it level IV: what counts afterwards', () => {
  it.each<[string, Partial<TriageCase>, Partial<TriageCase>, Acuity]>([
    ['a pulse of 110, and 110 still', { vitals: { pulsePerMinute: 110 } }, { vitals: { pulsePerMinute: 110 } }, 'IV'],
    ['a pulse of 110, and 105 now', { vitals: { pulsePerMinute: 110 } }, { vitals: { pulsePerMinute: 105 } }, 'IV'],
    ['a pulse of 110, and 111 now', { vitals: { pulsePerMinute: 110 } }, { vitals: { pulsePerMinute: 111 } }, 'III'],
    ['88 systolic, and 87 now', { vitals: { systolicMmHg: 88 } }, { vitals: { systolicMmHg: 87 } }, 'III'],
    ['150 usually and 118 now, and 117 later', { vitals: { usualSystolicMmHg: 150, systolicMmHg: 118 } }, { vitals: { usualSystolicMmHg: 150, systolicMmHg: 117 } }, 'I'],
    ['a score of 5, and 6 now', { vitals: { airOrOxygen: 'oxygen', respiratoryRatePerMinute: 22, oxygenSaturationPercent: 95 } }, { vitals: { airOrOxygen: 'oxygen', respiratoryRatePerMinute: 22, oxygenSaturationPercent: 95, pulsePerMinute: 95 } }, 'III'],
    ['one vital sign far from normal, and another now at the same score', { vitals: { temperatureCelsius: 34 } }, { vitals: { temperatureCelsius: 36.5, respiratoryRatePerMinute: 25 } }, 'III'],
    ['two danger signs, and the same two', { findings: ['stiffNeck', 'fever'] }, { findings: ['stiffNeck', 'fever'] }, 'IV'],
    ['two danger signs, and a third that is level III alone', { findings: ['stiffNeck', 'fever'] }, { findings: ['stiffNeck', 'fever', 'confusion'] }, 'II'],
    ['a word nobody knows, and the same', { findings: ['purpleElbow'] }, { findings: ['purpleElbow'] }, 'IV'],
    ['a word nobody knows, and another', { findings: ['purpleElbow'] }, { findings: ['purpleElbow', 'greenKnee'] }, 'III'],
    ['what nobody could tell, and it is there', { notKnown: ['chestPain'] }, { notKnown: [], findings: ['chestPain'] }, 'II'],
    ['another need', { findings: [] }, { need: 'emergency' }, 'II'],
  ])('given %s', (_, seen, later, acuity) => expect(after(seen, later)).toBe(acuity));

  it('given it has become less than that by itself, then the lowering says nothing', () => {
    const covers = { need: 'generalOutpatient', findings: [], vitals: { pulsePerMinute: 160 } } as const;
    const { acuity, fired } = triage({ ...ADULT, vitals: { pulsePerMinute: 80 }, lowered: { acuity: 'III', covers } });
    expect([acuity, fired.map(({ row }) => row)]).toEqual(['IV', ['need-generalOutpatient']]);
  });
});
