import { describe, expect, it } from 'vitest';
import { diffLines } from './policy-diff-lines.ts';
import type { DiffReading } from './policy-diff-lines.ts';
import type { DiffClass, PolicyDiff } from './policy/index.ts';

const text = (en: string) => ({ zh: `中文${en}`, en });
const one = (number: number, rest: Partial<DiffClass> = {}): DiffClass => ({
  key: `${number}`, where: 'both', who: text(`people ${number}`), alternatives: [text(`people ${number}`)], was: text('own way'), now: text('committee car'), combinations: 1_234, example: text(''), facts: {} as DiffClass['facts'], ...rest,
});
const numbered = (count: number): readonly DiffClass[] => Array.from({ length: count }, (_, place) => one(place + 1));
const lines = (diff: Partial<PolicyDiff>, reading: Partial<DiffReading> = {}): readonly string[] => diffLines(
  { first: { id: 'a', version: '1' }, second: { id: 'b', version: '2' }, coverage: [], demands: [], classes: [], toldOtherwise: [], combinations: 9, different: 3, ...diff },
  { say: ({ en }) => en, all: false, folded: true, columns: 60, ...reading });

describe('a comparison on a terminal', () => {
  it('given one class, then who with how many, was, and now', () => {
    expect(lines({ classes: [one(1)] }).slice(0, 4)).toEqual(['', '1. people 1 (1,234)', '   was own way', '   now committee car']);
  });
  it('given more than can be read at once, then fifteen, and how many are left; with --all each of them', () => {
    expect(lines({ classes: numbered(20) }).filter((line) => /^\d+\. /.test(line))).toHaveLength(15);
    expect(lines({ classes: numbered(20) })).toContain('and 5 more: --all');
    expect(lines({ classes: numbered(20) }, { all: true }).filter((line) => /^\d+\. /.test(line))).toHaveLength(20);
  });
  it('given several kinds of people, then a list, and not one sentence', () => {
    const alternatives = ['a', 'b', 'c', 'd', 'e'].map(text);
    expect(lines({ classes: [one(1, { alternatives })] }).slice(1, 7)).toEqual(['1. any of these (1,234)', '   - a', '   - b', '   - c', '   - d', '   - and 1 more: --all']);
  });
  it('given classes where only one of two announcements holds, then its sentence stands for them, but against no announcement they are the answer', () => {
    const diff = { coverage: [{ where: 'onlySecond' as const, text: text('Only the second holds.'), different: 3, classes: 1 }], classes: [one(1, { where: 'onlySecond' })] };
    expect(lines(diff)[0]).toBe('Only the second holds. --all lists them.');
    expect(lines(diff)).not.toContain('1. people 1 (1,234)');
    expect(lines(diff, { folded: false })).toContain('1. people 1 (1,234)');
    expect(lines(diff, { all: true })).toContain('1. people 1 (1,234)');
  });
  it('given a drilled day, then how many of its people are in the class', () => {
    expect(lines({ classes: [one(1)] }, { day: { city: 'toytown', seed: 7, requests: 300, different: 12, byClass: { 1: 12 } } })).toContain('1. people 1 (1,234; 12 on the drilled day)');
  });
});
