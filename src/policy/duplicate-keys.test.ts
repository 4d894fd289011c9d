import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateKeys } from './index.ts';

describe('a key that stands twice', () => {
  it.each<[string, string, readonly string[]]>([
    ['of two ages', '{"ageYears":3,"need":"fever","ageYears":30}', ['ageYears']],
    ['deep inside', '{"vitals":{"pulsePerMinute":60,"pulsePerMinute":160}}', ['pulsePerMinute']],
    ['written in two ways', '{"need":"fever","n\\u0065ed":"expert"}', ['need']],
    ['three times, named once', '{"a":1,"a":2,"a":3}', ['a']],
    ['not: the same key in two objects', '[{"a":1},{"a":2,"b":{"a":3}}]', []],
    ['not: a value that looks like a key', '{"a":"b","b":"\\"a\\":","c":["a","b:"]}', []],
    ['not: a mere value', '"a"', []],
  ])('%s: %s', (_what, json, keys) => expect(duplicateKeys(json)).toEqual(keys));
  it('is in nothing that was written from an object', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(duplicateKeys(JSON.stringify(value))).toEqual([]);
    }));
  });
});
