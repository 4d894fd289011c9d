import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPolicy, readStandingRules } from './index.ts';
import type { PolicyDocument } from './index.ts';

const text = (name: string): string => readFileSync(fileURLToPath(new URL(`../../policies/${name}.yaml`, import.meta.url)), 'utf8');
const FILES = ['zhengzhou-2022-11-25', 'shanghai-2022-03-28'].map(text);
const STANDING = text('standing-rules');
const anyFile = fc.constantFrom(...FILES);
const codes = (file: string): string[] => {
  const read = readPolicy('a.yaml', file);
  return 'problems' in read ? read.problems.map(({ code }) => code) : [];
};
const whole = (file: string): PolicyDocument => {
  const read = readPolicy('a.yaml', file);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems[0]));
  return read.value;
};

/** What the file says, read by somebody who knows nothing of policies, beside what was understood of it. */
function saysTheSame(file: string, { id, version, sentences, measures, notEncoded, coverage }: PolicyDocument): void {
  const said = parse(file) as { id: string; version: string; sentences: number; districts: unknown[]; measures: { id: string; clause: string; then: object; when?: object | object[] }[]; notEncoded?: unknown[] };
  expect([id, version, sentences, coverage.districts.size, notEncoded.length]).toEqual([said.id, said.version, said.sentences, said.districts.length, said.notEncoded?.length ?? 0]);
  expect(measures.map((measure) => [measure.id, measure.clause, Object.keys(measure.then).sort()])).toEqual(said.measures.map((measure) => [measure.id, measure.clause, Object.keys(measure.then).sort()]));
  expect(measures.map(({ when }) => when.map((condition) => Object.keys(condition).sort()))).toEqual(
    said.measures.map(({ when = [] }) => [when].flat().map((condition) => Object.keys(condition as object).sort())));
}

describe('a file as it can arrive', () => {
  it.each([
    ['with a byte-order mark', (file: string) => `\uFEFF${file}`],
    ['with the line ends of another system', (file: string) => file.replaceAll('\n', '\r\n')],
    ['with both', (file: string) => `\uFEFF${file.replaceAll('\n', '\r\n')}`],
  ])('given it %s, then it says the same', (_what, change) => {
    for (const file of FILES) expect(whole(change(file))).toEqual(whole(file));
  });
  it.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \n\n', 'empty'],
    ['a list', '- 1', 'empty'],
    ['a word', 'policy', 'empty'],
    ['bytes', `\0\x01${FILES[0]!}`, 'notText'],
    ['bytes that are no UTF-8', FILES[0]!.replace('郑州', '\uFFFD\uFFFD'), 'notText'],
    ['tabs', FILES[0]!.replaceAll('    ', '\t'), 'yaml'],
    ['two files in one', `${FILES[0]!}\n---\n${FILES[1]!}`, 'yaml'],
    ['half a bracket', FILES[0]!.replace('[visits]', '[visits'), 'yaml'],
    ['an anchor', FILES[0]!.replace('{ greenChannel: true }', '&a { greenChannel: true }'), 'alias'],
    ['an alias', FILES[0]!.replace('{ greenChannel: true }', '&a { greenChannel: true }').replace('then: { greenChannel: true }', 'then: *a'), 'alias'],
    ['a list that points elsewhere', FILES[0]!.replace('measures:\n', 'measures: *x\nother:\n'), 'alias'],
    ['a type of its own', FILES[0]!.replace("version: '1'", "version: !!str '1'"), 'tag'],
    ['a book', FILES[0]! + '#'.repeat(300_000), 'tooLarge'],
    ['brackets without end', '['.repeat(20_000), 'yaml'],
    ['dashes without end', '- '.repeat(70_000), 'yaml'],
    ['commas without end', `measures: [${','.repeat(100_000)}]`, 'yaml'],
    ['aliases without end', `measures: [${'*a,'.repeat(40_000)}]`, 'tooMany'],
    ['a name without end', `id: ${'a'.repeat(100_000)}`, 'id'],
    ['nesting without end', `id: ${'{ a: '.repeat(5_000)}`, 'yaml'],
  ])('given %s, then it is a problem with line and column', (_what, file, code) => {
    expect(codes(file)).toContain(code);
    for (const read of [readPolicy('a.yaml', file), readStandingRules('s.yaml', file)]) {
      expect('problems' in read && read.problems.every(({ line, column, message }) => line >= 1 && column >= 1 && Math.max(message.zh.length, message.en.length) < 600)).toBe(true);
    }
  });
  it('given a file that is something else entirely, then the list of problems ends', () => {
    expect(codes(Array.from({ length: 5_000 }, (_, line) => `key${line}: 1`).join('\n')).length).toBe(201);
  });
});

describe('a file that was damaged', () => {
  it('given it was cut off anywhere, then it has problems: a half announcement is none', () => {
    fc.assert(fc.property(anyFile, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (file, share) => {
      expect(codes(file.slice(0, Math.floor((file.trimEnd().length - 1) * share)))).not.toEqual([]);
    }), { numRuns: 150 });
  });
  it('given a sentence’s only clause was lost, then the sentence is named', () => {
    for (const file of FILES) {
      const { sentences } = whole(file);
      for (let number = 1; number <= sentences; number += 1) {
        const without = file.split(/(?=^  - |^\w)/m).filter((block) => !block.includes(`clause: '${number}: `)).join('');
        expect(codes(without).filter((code) => code !== 'unknownMeasure')).toEqual(['unkept']);
      }
    }
  });
  it('given any change anywhere, then it is refused, or what was understood is what is written; nothing is ever thrown', () => {
    fc.assert(fc.property(anyFile, fc.nat(), fc.nat(60), fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('{', '}', '[', ']', ': ', '- ', '\n', '\t', '&a ', '*a', '!x ', '"', "'", '#', '|', '---\n', '? ')), (file, place, cut, junk) => {
      const at = place % file.length;
      const damaged = file.slice(0, at) + junk + file.slice(at + cut);
      const read = readPolicy('a.yaml', damaged);
      if ('problems' in read) expect(read.problems.length).toBeGreaterThan(0);
      else saysTheSame(damaged, read.value);
    }), { numRuns: 200 });
  });
  it('given the standing rules were changed anywhere, then nothing is thrown either', () => {
    fc.assert(fc.property(fc.nat(STANDING.length - 1), fc.nat(60), fc.string({ maxLength: 20 }), (at, cut, junk) => {
      const read = readStandingRules('s.yaml', STANDING.slice(0, at) + junk + STANDING.slice(at + cut));
      expect('problems' in read ? read.problems.length > 0 : read.value.ordinary.length > 0).toBe(true);
    }), { numRuns: 60 });
  });
});
