import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped } from './wrap.ts';

describe('text in the width of a terminal', () => {
  it('given words, then lines end between them, and later lines hang under the first', () => {
    expect(wrapped('committee car within 2 h, green channel', 24, 'was ', '    ')).toEqual(['was committee car within', '    2 h, green channel']);
  });
  it('given Chinese, then each character is two columns wide, and no line begins with a comma', () => {
    expect(wrapped('孕产，三级，绿色通道', 6)).toEqual(['孕产，', '三级，', '绿色通', '道']);
  });
  it('given a word longer than the line, then it has one to itself', () => {
    expect(wrapped('see zhengzhou-2022-11-25 there', 10)).toEqual(['see', 'zhengzhou-2022-11-25', 'there']);
  });
  it('whatever the text, nothing of it is lost and nothing added but where a line ends', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '，', '孕', '（', '1') }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
      expect(wrapped(text, columns).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }));
  });
});
