import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCity } from '../city/load.ts';
import { formatPolicyProblems, readPolicy, readStandingRules, type PolicyProblem } from './index.ts';
import { said, type FactsOf, type SentenceName } from './read-said.ts';
import { SENTENCES } from './read-words.ts';

const HAN = /\p{Script=Han}/u;
const NAMES = Object.keys(SENTENCES) as SentenceName[];
const blanks = (sentence: string): readonly string[] => [...new Set(sentence.match(/\{\w+\}/g))].sort();

describe('every sentence about a policy file', () => {
  it.each(NAMES)('%s is there in both languages, with the same blanks, and says what to do', (name) => {
    const { zh, en } = SENTENCES[name];
    expect(HAN.test(zh) && !HAN.test(en)).toBe(true);
    expect(blanks(zh)).toEqual(blanks(en));
  });
  it.each(NAMES)('given %s, then every blank is filled, what was written is cut, and nobody reads a page of noise', (name) => {
    const noise = '噪'.repeat(5_000);
    const facts = Object.fromEntries(blanks(SENTENCES[name].en).map((blank) => [blank.slice(1, -1), noise])) as FactsOf<SentenceName>;
    const { code, message } = said(name, facts);
    expect(name.split('.')[0]).toBe(code);
    for (const sentence of [message.zh, message.en]) {
      expect(blanks(sentence)).toEqual([]);
      expect(sentence.length).toBeLessThan(600);
    }
  });
  it('given a blank in what somebody wrote, then it stays as they wrote it', () => {
    expect(said('id', { id: '{id}' }).message).toEqual({ zh: '“{id}”不能用作id；请用小写字母、数字和“-”', en: '"{id}" is no id; use small letters, digits and "-"' });
  });
});

const loadedCity = loadCity(fileURLToPath(new URL('../../cities/toytown', import.meta.url)));
if (!('city' in loadedCity)) throw new Error('toytown has to load');
const text = (name: string): string => readFileSync(fileURLToPath(new URL(`../../policies/${name}.yaml`, import.meta.url)), 'utf8');
const [ZHENGZHOU, SHANGHAI, STANDING] = ['zhengzhou-2022-11-25', 'shanghai-2022-03-28', 'standing-rules'].map(text) as [string, string, string];
const problemsOf = (read: object): readonly PolicyProblem[] => ('problems' in read ? (read.problems as readonly PolicyProblem[]) : []);

describe('a planner who reads Chinese', () => {
  it('given any damage anywhere, then each problem is told in Chinese and in English, and stands in the file', () => {
    const junk = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', '{', ']', ': ', '- ', '\n', '\t', '&a ', '*a', '!x ', '"', '9', 'x', '[]', '---\n'));
    fc.assert(fc.property(fc.constantFrom(ZHENGZHOU, SHANGHAI, STANDING), fc.nat(), fc.nat(60), junk, (file, place, cut, put) => {
      const at = place % file.length;
      const damaged = file.slice(0, at) + put + file.slice(at + cut);
      const problems = problemsOf(file === STANDING ? readStandingRules('s', damaged) : readPolicy('a', damaged, loadedCity.city));
      const lines = damaged.split('\n');
      for (const { line, column, code, message } of problems) {
        expect(NAMES.map((name) => name.split('.')[0])).toContain(code);
        expect(HAN.test(message.zh) && message.en.trim() !== '' && message.zh !== message.en).toBe(true);
        expect(line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1]!.length + 1).toBe(true);
      }
    }), { numRuns: 200 });
  });
  it.each([
    ['a tab', ZHENGZHOU.replace('    clause', '\tclause'), '缩进'],
    ['a bracket that is not closed', ZHENGZHOU.replace('[emergencies]', '[emergencies'), '括号没有闭合'],
    ['two files in one', `${ZHENGZHOU}---\n${SHANGHAI}`, '两份文档'],
  ])('given %s, then the fault of the YAML is told by its kind, with what the parser says behind it', (_what, file, kind) => {
    const fault = problemsOf(readPolicy('a.yaml', file)).find(({ code }) => code === 'yaml')!;
    expect(fault.message.zh).toContain(kind);
    expect(fault.message.zh).toContain(fault.message.en.slice(0, fault.message.en.lastIndexOf('; ')));
  });
  it('given several problems, then a line for each in either language, with the same places', () => {
    const { zh, en } = formatPolicyProblems(problemsOf(readPolicy('a.yaml', ZHENGZHOU.replace('measures:', 'measure:'))));
    expect(zh.split('\n').map((line) => line.split(' ')[0])).toEqual(en.split('\n').map((line) => line.split(' ')[0]));
    expect(zh).toContain('缺少measures；请列出措施');
  });
});
