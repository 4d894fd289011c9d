import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLINIC_RULES_DIR, clinicBook } from './load.ts';
import { findMedicine, readBook, searchMedicines } from './index.ts';

const given = (file: string): any => parse(readFileSync(path.join(CLINIC_RULES_DIR, file), 'utf8'));
const problems = (change: (rules: any, formulary: any) => void): string[] => {
  const [rules, formulary] = [given('rules.yaml'), given('formulary.yaml')];
  change(rules, formulary);
  const read = readBook(rules, formulary);
  return 'problems' in read ? read.problems.map(({ file, where }) => `${file} ${where}`) : [];
};

describe('the book of the clinic', () => {
  it('is read: every rule with its source, every medicine with a class of the WHO', () => {
    const { rules, formulary } = clinicBook();
    expect(rules.rules.every(({ source, clause }) => source.zh && clause.zh && clause.en)).toBe(true);
    expect(formulary.medicines.length).toBeGreaterThan(80);
  });

  it('given several mistakes, then all are said at once with their place', () => {
    expect(problems((rules, formulary) => {
      rules.rules[0].source = 'hearsay';
      rules.rules.push({ ...rules.rules[1] });
      formulary.medicines[0].neverRunOut = 'water';
    })).toEqual(['rules.yaml rules CL-needs-hands', 'rules.yaml rules CL-first-visit source', 'formulary.yaml medicines amlodipine neverRunOut']);
    expect(problems((rules, formulary) => { rules.rules[0].when = { mood: ['bad'] }; formulary.medicines[2].atc = 'C8'; formulary.medicines[3].unitsPerDayMax = -1; }))
      .toEqual(['rules.yaml rules.0.when', 'rules.yaml rules.0.when', 'formulary.yaml medicines.2.atc', 'formulary.yaml medicines.3.unitsPerDayMax']);
  });

  it.each(['controlledNeverOnline', 'guardianMissing', 'daysOverLimit'])('given the rule of %s is left out, then the whole book is refused', (code) => {
    expect(problems((rules) => { rules.rules = rules.rules.filter((rule: any) => rule.code !== code); })).toEqual(['rules.yaml rules']);
  });

  it('given a rule without conditions, then it is refused: it would stop everybody', () => {
    expect(problems((rules) => { rules.rules[0].when = {}; })).toEqual(['rules.yaml rules.0.when']);
  });
});

describe('a medicine by what somebody wrote', () => {
  const { formulary } = clinicBook();
  it.each([['amlodipine 5 mg', 'amlodipine'], ['氨氯地平片', 'amlodipine'], ['Insulin Glargine 300 IU', 'insulin-glargine'], ['胰岛素', 'insulin-human'], ['insulin', 'insulin-human'], ['Valproate 500 mg', 'valproate'], ['ＡＳＰＩＲＩＮ', 'aspirin']])(
    '%s', (written, code) => expect(findMedicine(formulary, written)?.code).toBe(code));
  it.each(['as before', 'insulinoma', '', '  '])('%j is none', (written) => expect(findMedicine(formulary, written)).toBeUndefined());
  it('typed in part, then beginnings come first', () => expect(searchMedicines(formulary, 'met', 3).map(({ code }) => code)).toEqual(['metformin', 'methadone', 'methimazole']));
  it('every name finds its own medicine', () => {
    for (const { code, name } of formulary.medicines) expect([findMedicine(formulary, name.zh)?.code, findMedicine(formulary, name.en)?.code]).toEqual([code, code]);
  });
});
