import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../base/index.ts';
import { readPolicy, readStandingRules } from './index.ts';
import { loadPolicies, loadPolicy } from './load.ts';

const file = (name: string): string => fileURLToPath(new URL(`../../policies/${name}`, import.meta.url));
const ZHENGZHOU = readFileSync(file('zhengzhou-2022-11-25.yaml'), 'utf8');

const GOOD = `id: a
version: '1'
city: toytown
title: { zh: 甲, en: A }
source: test
period: { from: '2022-11-25 00:00', to: '2022-11-29 24:00' }
districts: [{ code: '990101', name: East }]
measures:
  - id: A-1
    clause: '1: said so'
    text: { zh: 甲, en: A }
    when: { need: [visits] }
    then: { release: true }
`;
const problemsOf = (text: string): string[] => {
  const read = readPolicy('a.yaml', text);
  return 'problems' in read ? read.problems.map(({ line, column, code }) => `${line}:${column} ${code}`) : [];
};
const changed = (from: string, to: string): string[] => problemsOf(GOOD.replace(from, to));

describe('an announcement as a file', () => {
  it('given the announced period, then 24:00 is the next day’s 00:00', () => {
    const read = readPolicy('z', ZHENGZHOU);
    if ('problems' in read) throw new Error('not read');
    const { from, to } = read.value.coverage.period;
    expect([formatInstant(from), formatInstant(to!)]).toEqual(['2022-11-25T00:00:00+08:00', '2022-11-30T00:00:00+08:00']);
    expect(read.value.coverage.districts.size).toBe(8);
  });
  it('given a good file, then nothing is reported', () => expect(problemsOf(GOOD)).toEqual([]));

  it.each([
    ['an unknown key', 'source: test', 'source: test\ncolour: red', '6:1 unknownKey'],
    ['an unknown fact', '{ need: [visits] }', '{ zone: [red] }', '12:13 unknownKey'],
    ['an unknown value', '[visits]', '[fevr]', '12:20 unknownValue'],
    ['a wrong date', '2022-11-25 00:00', '2022-11-31 00:00', '6:17 date'],
    ['a period that ends before it begins', '2022-11-29 24:00', '2022-11-24 24:00', '6:41 period'],
    ['an empty period', '2022-11-29 24:00', '2022-11-25 00:00', '6:41 period'],
    ['no district', "[{ code: '990101', name: East }]", '[]', '7:12 empty'],
    ['a measure without clause', "    clause: '1: said so'\n", '', '9:5 missing'],
    ['a measure that refuses', 'release: true', 'pathway: refuse', '13:22 unknownValue'],
    ['a measure with a word for refusing', 'release: true', 'refuse: true', '13:13 unknownKey'],
    ['a wait without end', 'release: true', 'links: { slot: { within: never } }', '13:38 duration'],
    ['a wait of a month', 'release: true', 'links: { slot: { within: 30 d } }', '13:38 duration'],
    ['a measure that changes nothing', '{ release: true }', '{}', '13:11 empty'],
    ['a reason in one language', '{ zh: 甲, en: A }\n    when', '{ zh: 甲 }\n    when', '11:11 missing'],
    ['a key written twice', 'source: test', 'source: test\nsource: test', '6:1 duplicateKey'],
  ])('given %s, then it is named with line and column', (_what, from, to, problem) => {
    expect(changed(from, to)).toEqual([problem]);
  });
  it('given two measures of one name, then the second is named', () => {
    const measure = GOOD.slice(GOOD.indexOf('  - id: A-1'));
    expect(problemsOf(GOOD + measure)).toEqual(['14:9 duplicate']);
  });
  it('given many mistakes, then all of them are reported at once, from top to bottom', () => {
    const bad = GOOD.replace("'1'", '').replace('2022-11-25 00:00', 'soon').replace('[visits]', '[x]').replace('release: true', 'release: perhaps');
    expect(problemsOf(bad)).toEqual(['2:10 missing', '6:17 date', '12:20 unknownValue', '13:22 type']);
  });
  it('given one mistake, then it does not hide an empty list further down', () => {
    expect(problemsOf(GOOD.replace('source: test', 'source: []').replace('[visits]', '[]'))).toEqual(['5:9 missing', '12:19 empty']);
  });
  it('given a file that is not there, then one sentence says so', () => {
    const read = loadPolicy('/nowhere/a.yaml');
    expect('problems' in read && read.problems.map(({ code }) => code)).toEqual(['unreadable']);
  });
  it('given a file changed without a new version, then its fingerprint tells the two apart', () => {
    const [first, second] = ['a', 'b'].map((name) => join(mkdtempSync(join(tmpdir(), 'policy-')), `${name}.yaml`)) as [string, string];
    writeFileSync(first, GOOD);
    writeFileSync(second, GOOD.replace('release: true', 'release: false'));
    const versions = [loadPolicy(first), loadPolicy(second)].map((read) => ('value' in read ? read.value.version : 'not read'));
    expect(versions[0]).toMatch(/^1\.[0-9a-f]{8}$/);
    expect(versions[1]).not.toBe(versions[0]);
  });
  it('given a folder without standing rules, then nothing is loaded', () => {
    expect(loadPolicies('/nowhere')).toHaveProperty('problems');
  });

  it('given any broken version of a real file, then it is read or refused, and never thrown at anyone', () => {
    fc.assert(fc.property(fc.nat(ZHENGZHOU.length), fc.nat(60), fc.string({ maxLength: 20 }), (at, cut, junk) => {
      const text = ZHENGZHOU.slice(0, at) + junk + ZHENGZHOU.slice(at + cut);
      const read = readPolicy('z.yaml', text);
      expect('problems' in read ? read.problems.length > 0 : read.value.measures.length > 0).toBe(true);
    }), { numRuns: 60 });
  });
  it('given a file that is something else entirely, then the list of problems ends', () => {
    const found = problemsOf(Array.from({ length: 5_000 }, (_, line) => `key${line}: 1`).join('\n'));
    expect(found.length).toBe(201);
  });
  it('given nonsense, then it is refused', () => {
    for (const text of ['', '[', 'null', '- 1', '&a [*a]', '['.repeat(20_000), '\0', 'a: &x 1\nb: *x']) {
      expect(readPolicy('n.yaml', text)).toHaveProperty('problems');
      expect(readStandingRules('n.yaml', text)).toHaveProperty('problems');
    }
  });
});
