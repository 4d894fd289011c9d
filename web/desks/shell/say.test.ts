import { describe, expect, it } from 'vitest';
import { endOf, instantOf, shortVersion } from './say.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

describe('how an announcement is said', () => {
  it('given an end at midnight, then it is 24:00 of the last day, as announcements write it', () => {
    expect(endOf(at('2022-11-30T00:00'))).toMatch(/29.*24:00$/);
  });

  it('given an end within a day, or a beginning at midnight, then it is the clock of that day', () => {
    expect(endOf(at('2022-11-30T18:30'))).toMatch(/30.*18:30$/);
    expect(instantOf(at('2022-11-25T00:00'))).toMatch(/25.*00:00$/);
  });

  it('given a version with the fingerprint of its text, then what was written is said', () => {
    expect(['1.0a1b2c3d', '2.1.0a1b2c3d'].map(shortVersion)).toEqual(['1', '2.1']);
  });
});
