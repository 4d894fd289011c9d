import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, readCase } from './index.ts';
import { loadPolicies } from './load.ts';
import { fileURLToPath } from 'node:url';

const fieldsOf = (value: unknown): string[] => {
  const read = readCase(value);
  return 'problems' in read ? read.problems.map(({ field }) => field) : [];
};
const careOf = (value: unknown) => {
  const read = readCase(value);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.care;
};

describe('a case from outside', () => {
  it('given only a need, then it is a case', () => expect(careOf({ need: 'fever' })).toEqual({ need: 'fever', groups: [], findings: [], vitals: {} }));
  it('given null, then it is missing', () => expect(careOf({ need: 'fever', town: null, vitals: { pulsePerMinute: null } }).vitals).toEqual({}));
  it('given years, then months; a fraction of a year stays below its edge', () => {
    expect(careOf({ need: 'fever', ageYears: 3 }).ageMonths).toBe(36);
    expect(careOf({ need: 'fever', ageYears: 2.99 }).ageMonths).toBe(35);
    expect(careOf({ need: 'fever', ageMonths: 4, ageYears: 0 }).ageMonths).toBe(4);
  });
  it('given an unknown finding, then it is kept: triage asks about it', () => {
    expect(careOf({ need: 'fever', findings: ['purpleElbow'] }).findings).toEqual(['purpleElbow']);
  });
  it.each<[string, object, string[]]>([
    ['no need', {}, ['need']],
    ['an unknown need', { need: 'haircut' }, ['need']],
    ['an impossible day', { need: 'fever', instant: '2022-02-30T00:00:00Z' }, ['instant']],
    ['a time as a number', { need: 'fever', instant: 1_669_300_000 }, ['instant']],
    ['a town of six digits', { need: 'fever', town: '410105' }, ['town']],
    ['a negative age', { need: 'fever', ageYears: -1 }, ['ageYears']],
    ['an age as text', { need: 'fever', ageMonths: '24' }, ['ageMonths']],
    ['two ages that disagree', { need: 'fever', ageMonths: 24, ageYears: 40 }, ['ageMonths']],
    ['an unknown group', { need: 'fever', groups: ['vip'] }, ['groups']],
    ['findings that are no list', { need: 'fever', findings: 'chestPain' }, ['findings']],
    ['a pulse nobody has', { need: 'fever', vitals: { pulsePerMinute: 900 } }, ['vitals.pulsePerMinute']],
    ['a misspelt vital sign', { need: 'fever', vitals: { pulse: 90 } }, ['vitals.pulse']],
    ['a temperature in Fahrenheit', { need: 'fever', vitals: { temperatureCelsius: 101.3 } }, ['vitals.temperatureCelsius']],
    ['a misspelt key that would lose the chest pain', { need: 'emergency', finding: ['chestPain'] }, ['finding']],
  ])('given %s, then the field is named', (_what, value, fields) => expect(fieldsOf(value)).toEqual(fields));
  it('given many mistakes, then all are named at once', () => {
    expect(fieldsOf({ need: 'x', test: 'y', mobility: 'z', sex: 'w', ageYears: 'v' })).toEqual(['need', 'ageYears', 'sex', 'test', 'mobility']);
  });
  it('given anything at all, then it is read or refused, and what was read is decided', () => {
    const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
    if ('problems' in loaded) throw new Error('not loaded');
    const { ordinary } = loaded.policies;
    const almost = fc.record({
      need: fc.constantFrom('fever', 'emergency', 3, null), instant: fc.anything(), ageYears: fc.oneof(fc.integer(), fc.double()),
      groups: fc.array(fc.constantFrom('pregnant', 'child')), findings: fc.array(fc.string()), vitals: fc.dictionary(fc.constantFrom('pulsePerMinute', '__proto__', 'consciousness'), fc.anything()),
    }, { requiredKeys: [] });
    fc.assert(fc.property(fc.oneof(fc.anything(), almost), (value) => {
      const read = readCase(value);
      if ('problems' in read) expect(read.problems.length).toBeGreaterThan(0);
      else expect(decide(ordinary, read.care).links.length).toBeGreaterThan(0);
    }), { numRuns: 300 });
  });
});
