import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../base/index.ts';
import { loadCity } from '../city/load.ts';
import { readPolicy } from './index.ts';
import { loadPolicies, loadPolicy } from './load.ts';

const loadedCity = loadCity(fileURLToPath(new URL('../../cities/toytown', import.meta.url)));
if (!('city' in loadedCity)) throw new Error('toytown has to load');
const toytown = loadedCity.city;
const file = (name: string): string => fileURLToPath(new URL(`../../policies/${name}`, import.meta.url));
const ZHENGZHOU = readFileSync(file('zhengzhou-2022-11-25.yaml'), 'utf8');

const GOOD = `id: a
version: '1'
city: toytown
title: { zh: 甲, en: A }
source: test
period: { from: '2022-11-25 00:00', to: '2022-11-29 24:00' }
districts: [{ code: '990101', name: East }]
sentences: 1
measures:
  - id: A-1
    clause: '1: said so'
    text: { zh: 甲, en: A }
    rooms: [passes]
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
    ['a key that is a list', 'source: test', 'source: test\n? [a]\n: b', '6:3 unknownKey'],
    ['the 31st of November', '2022-11-25 00:00', '2022-11-31 00:00', '6:17 date'],
    ['25 o’clock', '2022-11-29 24:00', '2022-11-29 25:00', '6:41 date'],
    ['24:01', '2022-11-29 24:00', '2022-11-29 24:01', '6:41 date'],
    ['a day without an hour', '2022-11-29 24:00', '2022-11-29', '6:41 date'],
    ['a date in words', '2022-11-25 00:00', 'Friday', '6:17 date'],
    ['no sentences', 'sentences: 1\n', '', '1:1 missing'],
    ['half a sentence', 'sentences: 1', 'sentences: 1.5', '8:12 sentences'],
    ['a sentence that nothing keeps', 'sentences: 1', 'sentences: 2', '8:12 unkept'],
    ['a clause without a number', "'1: said so'", "'said so'", '11:13 clause'],
    ['a clause of a sentence that is not there', "'1: said so'", "'2: said so'", '8:12 unkept,11:13 clause'],
    ['an announcement that supersedes itself', 'sentences: 1', 'supersedes: [a]\nsentences: 1', '8:14 supersedes'],
    ['a period that ends before it begins', '2022-11-29 24:00', '2022-11-24 24:00', '6:41 period'],
    ['an empty period', '2022-11-29 24:00', '2022-11-25 00:00', '6:41 period'],
    ['no district', "[{ code: '990101', name: East }]", '[]', '7:12 empty'],
    ['a key written twice', 'source: test', 'source: test\nsource: test', '6:1 duplicateKey'],
  ])('given %s, then it is named with line and column', (_what, from, to, problem) => {
    expect(changed(from, to).join()).toBe(problem);
  });
  it('given many mistakes, then all of them are reported at once, from top to bottom', () => {
    const bad = GOOD.replace("'1'", '').replace('2022-11-25 00:00', 'soon').replace('[visits]', '[x]').replace('release: true', 'release: perhaps');
    expect(problemsOf(bad)).toEqual(['2:10 missing', '6:17 date', '14:20 unknownValue', '15:22 type']);
  });
  it('given one mistake, then it does not hide an empty list further down', () => {
    expect(problemsOf(GOOD.replace('source: test', 'source: []').replace('[visits]', '[]'))).toEqual(['5:9 missing', '14:19 empty']);
  });
  it('given districts and towns that the city does not have, then each is named, with those it has', () => {
    const text = GOOD.replace("{ code: '990101', name: East }", "{ code: '990109', name: Nowhere, towns: ['990109001'] }");
    const read = readPolicy('a.yaml', text, toytown);
    expect('problems' in read && read.problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(['7:21 unknownDistrict', '7:54 unknownTown']);
    expect('problems' in read && read.problems[0]!.message.en).toContain('990101');
  });
  it('given a district, then it keeps the name of the file, and has an English one where a city knows it', () => {
    const named = (city?: typeof toytown) => {
      const read = readPolicy('a.yaml', GOOD.replace('name: East', 'name: 东区'), city);
      return 'value' in read && [...read.value.coverage.districts];
    };
    expect(named()).toEqual([['990101', { zh: '东区', en: '东区' }]]);
    expect(named(toytown)).toEqual([['990101', { zh: '东区', en: toytown.districts.get('990101')!.name.en }]]);
  });
  it('given another zone or a later version of the same instant, then it is that instant', () => {
    const read = readPolicy('a.yaml', GOOD.replace('2022-11-25 00:00', '2022-11-24T16:00:00Z'));
    expect('value' in read && formatInstant(read.value.coverage.period.from)).toBe('2022-11-25T00:00:00+08:00');
  });
  it('given an announcement that takes the place of others, then it names them', () => {
    const read = readPolicy('a.yaml', GOOD.replace('sentences: 1', 'supersedes: [b, c]\nsentences: 1'));
    expect('value' in read && read.value.supersedes).toEqual(['b', 'c']);
  });
  it('given a promise that another room keeps, then it is named with the room, and counts as kept', () => {
    const text = `${GOOD.replace('sentences: 1', 'sentences: 2')}notEncoded:\n  - { clause: '2: calls are answered', room: hotline, reason: a roster }\n`;
    const read = readPolicy('a.yaml', text);
    expect('value' in read && read.value.notEncoded).toEqual([{ clause: '2: calls are answered', room: 'hotline', reason: 'a roster' }]);
    expect(problemsOf(text.replace('hotline', 'kitchen'))).toEqual(['17:46 unknownValue']);
    expect(problemsOf(text.replace("'2: calls", "'calls"))).toEqual(['17:15 clause']);
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
});
