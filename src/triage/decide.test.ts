import { describe, expect, it } from 'vitest';
import { FINDINGS, findRow, ROWS, triage } from './index.ts';
import type { Acuity, Need, TriageCase, Vitals } from './index.ts';

const person = (need: Need, rest: Partial<TriageCase> = {}): TriageCase => ({ need, groups: [], findings: [], vitals: {}, ...rest });
const adult = (vitals: Vitals): Acuity => triage(person('generalOutpatient', { ageMonths: 40 * 12, vitals })).acuity;

describe('the four-level scale, adults', () => {
  it.each<[Vitals, Acuity]>([
    [{ pulsePerMinute: 181 }, 'I'], [{ pulsePerMinute: 180 }, 'I'], [{ pulsePerMinute: 179 }, 'II'],
    [{ pulsePerMinute: 150 }, 'II'], [{ pulsePerMinute: 120 }, 'III'], [{ pulsePerMinute: 100 }, 'III'], [{ pulsePerMinute: 80 }, 'IV'],
    [{ pulsePerMinute: 55 }, 'III'], [{ pulsePerMinute: 50 }, 'II'], [{ pulsePerMinute: 40 }, 'I'],
    [{ systolicMmHg: 70 }, 'I'], [{ systolicMmHg: 80 }, 'II'], [{ systolicMmHg: 90 }, 'III'], [{ systolicMmHg: 120 }, 'IV'],
    [{ systolicMmHg: 180 }, 'III'], [{ systolicMmHg: 200 }, 'II'],
    [{ oxygenSaturationPercent: 80 }, 'I'], [{ oxygenSaturationPercent: 90 }, 'II'], [{ oxygenSaturationPercent: 94 }, 'III'], [{ oxygenSaturationPercent: 97 }, 'IV'],
    [{ temperatureCelsius: 41 }, 'I'], [{ glucoseMmolPerLitre: 3.33 }, 'I'], [{ glucoseMmolPerLitre: 5 }, 'IV'],
    [{ potassiumMmolPerLitre: 7 }, 'I'], [{ potassiumMmolPerLitre: 6.9 }, 'IV'], [{ painScore: 7 }, 'II'], [{ painScore: 4 }, 'III'], [{ painScore: 3 }, 'IV'],
    [{ capillaryRefillSeconds: 3 }, 'II'], [{ capillaryRefillSeconds: 2 }, 'IV'],
    [{ systolicMmHg: 120, usualSystolicMmHg: 150 }, 'I'], [{ systolicMmHg: 121, usualSystolicMmHg: 150 }, 'IV'],
    [{ consciousness: 'unresponsive' }, 'I'], [{ consciousness: 'voice' }, 'II'], [{ consciousness: 'alert' }, 'IV'],
  ])('given %j, then level %s: a value on the edge goes to the more urgent side', (vitals, acuity) => {
    expect(adult(vitals)).toBe(acuity);
  });

  it('given NEWS2 of 7 or more from values that are each bearable, then level II', () => {
    // 2 + 2 + 2 + 2: breaths 24, pulse 115, systolic 95, saturation 93 (which alone would be III).
    const vitals = { respiratoryRatePerMinute: 24, pulsePerMinute: 115, systolicMmHg: 95, oxygenSaturationPercent: 93 };
    expect(triage(person('generalOutpatient', { ageMonths: 480, vitals })).fired[0]!.row).toBe('news2-7');
  });

  it('given the same values in pregnancy or at fifteen, for whom NEWS2 was not made, then the score stays a floor that a clinician has to confirm', () => {
    const vitals = { respiratoryRatePerMinute: 24, pulsePerMinute: 115, systolicMmHg: 95, oxygenSaturationPercent: 93 };
    for (const who of [{ ageMonths: 480, groups: ['pregnant'] }, { ageMonths: 15 * 12 }] as const) {
      const { acuity, fired } = triage(person('generalOutpatient', { ...who, vitals }));
      expect(acuity).toBe('II');
      expect(fired[0]!.row).toBe('news2-7-floor');
      expect(findRow('news2-7-floor')!.confirm).toBe(true);
    }
  });
  it('given 38.0 measured or 25 breaths in pregnancy, then level III at least', () => {
    expect(triage(person('generalOutpatient', { ageMonths: 336, groups: ['pregnant'], vitals: { temperatureCelsius: 38 } })).acuity).toBe('III');
    expect(triage(person('generalOutpatient', { ageMonths: 336, groups: ['pregnant'], vitals: { respiratoryRatePerMinute: 25 } })).acuity).toBe('III');
  });
  it('given 26 breaths, 95 systolic, a pulse of 99, 95 % and 38.5, then expecting a child takes nothing away', () => {
    const vitals = { respiratoryRatePerMinute: 26, systolicMmHg: 95, pulsePerMinute: 99, oxygenSaturationPercent: 95, temperatureCelsius: 38.5 };
    expect(triage(person('generalOutpatient', { ageMonths: 336, vitals })).acuity).toBe('II');
    expect(triage(person('generalOutpatient', { ageMonths: 336, groups: ['pregnant'], vitals })).acuity).toBe('II');
  });
});

describe('children', () => {
  it('given an infant with a pulse of 150, then no adult limit is applied to them', () => {
    expect(triage(person('paediatrics', { ageMonths: 2, vitals: { pulsePerMinute: 150 } })).acuity).toBe('III');
  });
  it('given a pulse of 181 at two months, or 161 at two years, then level II by the danger zone', () => {
    expect(triage(person('paediatrics', { ageMonths: 2, vitals: { pulsePerMinute: 181 } })).acuity).toBe('II');
    expect(triage(person('paediatrics', { ageMonths: 24, vitals: { pulsePerMinute: 161 } })).acuity).toBe('II');
  });
  it('given 38.0 under three months, then level II; from three months on, level III', () => {
    expect(triage(person('fever', { ageMonths: 2, vitals: { temperatureCelsius: 38 } })).acuity).toBe('II');
    expect(triage(person('fever', { ageMonths: 4, vitals: { temperatureCelsius: 38 } })).acuity).toBe('III');
  });
  it('given a paediatric fever and no age, then the child may be under three months: level II', () => {
    expect(triage(person('paediatrics', { findings: ['fever'] })).acuity).toBe('II');
    expect(triage(person('fever', { ageMonths: 1 })).acuity).toBe('II');
    expect(triage(person('fever', { groups: ['underThree'] })).acuity).toBe('II');
    expect(triage(person('fever', { groups: ['child'] })).acuity).toBe('II');
  });
  it('given a baby that feeds poorly and no age, then level II: only small children are fed', () => {
    expect(triage(person('generalOutpatient', { findings: ['poorFeeding'] })).acuity).toBe('II');
  });
  it('given 89 % and no age, then level I for one known as a child, and level II for one who is not', () => {
    expect(triage(person('generalOutpatient', { groups: ['child'], vitals: { oxygenSaturationPercent: 89 } })).acuity).toBe('I');
    expect(triage(person('generalOutpatient', { vitals: { oxygenSaturationPercent: 89 } })).acuity).toBe('II');
  });
});

describe('what is not known', () => {
  it('given an emergency and nothing else, then level II', () => expect(triage(person('emergency')).acuity).toBe('II'));
  it('given a fever and neither age nor temperature, then level III', () => expect(triage(person('fever')).acuity).toBe('III'));
  it('given a fever measured at 38.2 in a healthy adult, then level IV', () => {
    expect(triage(person('fever', { ageMonths: 400, vitals: { temperatureCelsius: 38.2 } })).acuity).toBe('IV');
  });
  it('given a finding the tables do not know, then level III at least, and the row says so', () => {
    const answer = triage(person('medicineRefill', { findings: ['purpleElbow'] }));
    expect(answer.acuity).toBe('III');
    expect(answer.fired[0]!.row).toBe('unknown-finding');
  });
  it('given a fever and no age, then a row about the old says that it fired on not knowing; given seventy years, that it knew', () => {
    const old = (rest: Partial<TriageCase>) => triage(person('fever', rest)).fired.find(({ row }) => row === 'fever-old');
    expect(old({})).toEqual({ row: 'fever-old', acuity: 'III', ageUnknown: true });
    expect(old({ ageMonths: 70 * 12 })).toEqual({ row: 'fever-old', acuity: 'III' });
    // Nobody known as a child may be sixty-five.
    expect(old({ groups: ['child'] })).toBeUndefined();
  });
  it('given abdominal pain and no age, then it counts as that of an old person', () => {
    expect(triage(person('generalOutpatient', { findings: ['abdominalPain'] })).acuity).toBe('II');
    expect(triage(person('generalOutpatient', { findings: ['abdominalPain'], ageMonths: 240 })).acuity).toBe('IV');
  });
});

describe('services that cannot wait', () => {
  it('given dialysis with any symptom, then level II; with signs of high potassium, level I', () => {
    expect(triage(person('haemodialysis')).acuity).toBe('III');
    expect(triage(person('haemodialysis', { findings: ['breathless'] })).acuity).toBe('II');
    expect(triage(person('haemodialysis', { findings: ['missedDialysis'] })).acuity).toBe('II');
    expect(triage(person('haemodialysis', { findings: ['hyperkalaemiaSigns'] })).acuity).toBe('I');
  });
  it('given chemotherapy and 38.0, then level II', () => {
    expect(triage(person('chemotherapy', { vitals: { temperatureCelsius: 38 } })).acuity).toBe('II');
    expect(triage(person('chemotherapy', { vitals: { temperatureCelsius: 36.8 } })).acuity).toBe('IV');
  });
});

describe('oxygen', () => {
  it('given 95 %, 110 systolic, a pulse of 95 and supplemental oxygen, then two points more: level III instead of IV', () => {
    const vitals = { oxygenSaturationPercent: 95, systolicMmHg: 110, pulsePerMinute: 95 };
    expect(adult(vitals)).toBe('IV');
    expect(adult({ ...vitals, airOrOxygen: 'oxygen' })).toBe('III');
  });
  it.each<[string, Vitals, Acuity]>([
    ['90 % and nobody set a target', { oxygenSaturationPercent: 90 }, 'II'],
    ['90 % and a target of 88 to 92 %', { oxygenSaturationPercent: 90, saturationTargetSetBy: 'Clinician A' }, 'IV'],
    ['a target with nobody’s name', { oxygenSaturationPercent: 90, saturationTargetSetBy: ' ' }, 'II'],
    ['87 % below the target', { oxygenSaturationPercent: 87, saturationTargetSetBy: 'Clinician A' }, 'II'],
    ['80 % whatever the target', { oxygenSaturationPercent: 80, saturationTargetSetBy: 'Clinician A' }, 'I'],
    ['97 % on oxygen above the target', { oxygenSaturationPercent: 97, airOrOxygen: 'oxygen', saturationTargetSetBy: 'Clinician A' }, 'III'],
    ['97 % on air with a target', { oxygenSaturationPercent: 97, airOrOxygen: 'air', saturationTargetSetBy: 'Clinician A' }, 'IV'],
  ])('given %s', (_, vitals, acuity) => expect(adult(vitals)).toBe(acuity));
  it('given 90 %, a target and new breathlessness, then level II', () => {
    const vitals = { oxygenSaturationPercent: 90, saturationTargetSetBy: 'Clinician A' };
    expect(triage(person('generalOutpatient', { ageMonths: 800, findings: ['breathless'], vitals })).acuity).toBe('II');
  });
});

describe('found by examination', () => {
  it('given an infarction on the ECG, then level I; sepsis suspected, level II; few white cells with fever, level II', () => {
    expect(triage(person('generalOutpatient', { ageMonths: 600, findings: ['ecgAcuteInfarct'] })).acuity).toBe('I');
    expect(triage(person('generalOutpatient', { ageMonths: 600, findings: ['suspectedSepsis'] })).acuity).toBe('II');
    expect(triage(person('generalOutpatient', { ageMonths: 600, findings: ['neutropenia', 'fever'] })).acuity).toBe('II');
    expect(triage(person('generalOutpatient', { ageMonths: 600, findings: ['neutropenia'], vitals: { temperatureCelsius: 38 } })).acuity).toBe('II');
  });
  it('given a children’s warning score of 5, then level I; in pregnancy 110 diastolic, then level II', () => {
    expect(triage(person('paediatrics', { ageMonths: 30, vitals: { pewsScore: 5 } })).acuity).toBe('I');
    expect(triage(person('obstetrics', { ageMonths: 360, vitals: { diastolicMmHg: 110 } })).acuity).toBe('II');
  });
});

describe('asked, and nobody could tell', () => {
  const asked = (...notKnown: string[]): Acuity => triage(person('generalOutpatient', { ageMonths: 480, notKnown })).acuity;
  it('given a question about level I, then level II; about level II, then level III; below that it leaves no mark', () => {
    expect([asked('majorBleeding'), asked('chestPain'), asked('headInjury')]).toEqual(['II', 'III', 'IV']);
  });
  it('given that neither awake nor breathing could be told, then level I until somebody has looked', () => {
    expect([asked('unresponsive'), asked('notBreathing'), asked('unresponsive', 'notBreathing')]).toEqual(['II', 'II', 'I']);
  });
  it('given a question the tables do not know, then a person has to ask what was meant', () => expect(asked('purpleElbow')).toBe('III'));
  it('given that it was about small children, then it leaves its mark under the same condition only', () => {
    expect(triage(person('fever', { ageMonths: 20, vitals: { temperatureCelsius: 38 }, notKnown: ['stiffNeck'] })).fired.map(({ row }) => row)).toContain('not-known-small-child-stiffNeck');
    expect(asked('stiffNeck')).toBe('IV');
  });
});

describe('index cases', () => {
  it('Xi’an, January 2022: eight months pregnant, abdominal pain, then bleeding: level I', () => {
    expect(triage(person('obstetrics', { groups: ['pregnant'], findings: ['abdominalPain'] })).acuity).toBe('II');
    expect(triage(person('obstetrics', { groups: ['pregnant'], findings: ['abdominalPain', 'pregnancyBleeding'] })).acuity).toBe('I');
    // Nobody has to say twice that she is pregnant.
    expect(triage(person('obstetrics', { findings: ['abdominalPain'] })).acuity).toBe('II');
  });
  it('Xi’an, January 2022: angina; Shanghai, March 2022: asthma not relieved at home: level II', () => {
    expect(triage(person('emergency', { findings: ['chestPain'] })).fired[0]!.row).toBe('finding-chestPain');
    expect(triage(person('emergency', { findings: ['asthmaNotRelieved'] })).acuity).toBe('II');
  });
  it('Zhengzhou, November 2022: four months old, born at 29 weeks, refusing feeds: never "wait"', () => {
    expect(triage(person('paediatrics', { ageMonths: 4, findings: ['poorFeeding', 'bornPreterm'] })).acuity).toBe('II');
  });
});

describe('the tables', () => {
  it('each row has its own id and a source, and is found by its id', () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length);
    for (const row of ROWS) {
      expect(row.source.en).not.toBe('');
      expect(row.source.zh).toMatch(/\p{Script=Han}/u);
      expect(findRow(row.id)).toBe(row);
    }
  });
  it('each finding a row names is in the vocabulary, and each word of the vocabulary matters to some row', () => {
    // In dialysis every word counts, so those rows say nothing about whether the word has found its own.
    const own = ROWS.filter(({ id }) => !id.startsWith('dialysis-'));
    const named = new Set(own.flatMap(({ finding, together = [] }) => (finding ? [finding, ...together] : together)));
    const known = FINDINGS.map(({ code }) => code);
    expect([...named].filter((code) => !known.includes(code))).toEqual([]);
    // A plain fever raises only together with something: with an age, a need or another finding.
    expect(known.filter((code) => !named.has(code))).toEqual([]);
  });
  it('each finding is asked in both languages, in words of its own', () => {
    for (const { ask, name } of FINDINGS) for (const text of [ask.zh, ask.en, name.zh, name.en]) expect(text).not.toBe('');
    expect(new Set(FINDINGS.map(({ ask }) => ask.zh)).size).toBe(FINDINGS.length);
  });
});
