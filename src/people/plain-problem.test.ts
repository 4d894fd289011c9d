import { describe, expect, it } from 'vitest';
import { globSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refused, readInput } from './index.ts';
import { SAID } from './plain-problem.ts';

const Form = z.strictObject({
  name: z.string().min(1).max(5), age: z.int().min(0).max(125), kind: z.enum(['a', 'b']), groups: z.array(z.string()).max(1), when: z.iso.date(),
  phone: z.string().regex(/^\d+$/, 'write a telephone number with 3 to 25 digits'),
});

function saidOf(input: unknown): Record<string, string> {
  try {
    readInput(Form, input);
  } catch (error) {
    if (error instanceof Refused) return Object.fromEntries(error.refusals.map(({ field, facts }) => [field, `${facts?.['problem']} | ${facts?.['problemZh']}`]));
  }
  return {};
}

describe('what is wrong with a form', () => {
  it('is said of every field at once, in both languages, and in no word of a program', () => {
    expect(saidOf({ name: '', age: -1, kind: 'c', groups: ['1', '2'], when: 'today', phone: 'x' })).toEqual({
      name: 'it is empty | 不能为空', age: 'it must be at least 0 | 不得小于0', kind: 'it must be one of a, b | 只能是a、b',
      groups: 'it may have at most 1 entries | 最多1项', when: 'it is not written as it must be | 格式不符合要求',
      phone: 'write a telephone number with 3 to 25 digits | 请填写3至25位的电话号码',
    });
    expect(saidOf({ name: 7, age: 'old', phone: '1', when: '2022-11-25', groups: [], kind: 'a' })).toEqual({ name: 'it must be text | 应为文字', age: 'it must be a number | 应为数字' });
    expect(saidOf({})['name']).toBe('it is missing | 请填写');
    expect(saidOf('text')['body']).toBe('it must be a group of fields | 应为一组字段');
  });
});

describe('what a schema says in words of its own', () => {
  it('is said in Chinese as well, wherever in the product it stands', () => {
    const own = /(?:message: |\/[a-z]*, |\}, |, )'((?:write|use|say|name|give|send|must|the|each) [^']+)'/g;
    const said = globSync('src/**/*.ts').filter((file) => !/\.test\.ts$|src\/(?:policy|drill|city)\//.test(file)).map((file) => readFileSync(file, 'utf8')).filter((text) => text.includes("from 'zod'"))
      .flatMap((text) => [...text.matchAll(own)].map((match) => match[1]!));
    expect(said.length).toBeGreaterThan(10);
    expect(said.filter((sentence) => !Object.hasOwn(SAID, sentence))).toEqual([]);
  });
});
