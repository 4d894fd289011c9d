import { describe, expect, it } from 'vitest';
import type { Words } from '../../shell/language.tsx';
import { namesOf, reasonOf, shortfallOf } from './notes.ts';

/** Words that show which facts a sentence was given. */
const words: Words = {
  t: (code) => code,
  word: (vocabulary, member, facts) => [`${vocabulary}.${member}`, ...Object.entries(facts ?? {}).map(([key, value]) => `${key}=${value}`)].join(' '),
  say: (text) => text?.en ?? '',
};
const city = { districts: [{ code: '1', name: { zh: '东', en: 'East' } }], towns: [] } as unknown as Parameters<typeof namesOf>[2];
const board = { calls: [{ mission: 'm1', journey: 'j1', name: 'Demo' }], watched: [] } as unknown as Parameters<typeof namesOf>[0];
const names = namesOf(board, [], city, words.say);

describe('a reason of the board', () => {
  it('given seconds, then minutes are said, and never none', () => {
    expect(shortfallOf(words, { code: 'noneWithin', facts: { limitSeconds: 900, nearestSeconds: 1_320 } }, names)).toBe('board-shortfall.noneWithin limitMinutes=15 nearestMinutes=22');
    expect(reasonOf(words, { code: 'positionOld', facts: { seconds: 20 } }, names)).toBe('board-reason.positionOld minutes=1');
  });

  it('given the mission a unit is on its way to, then its patient is named and the level said in words', () => {
    expect(reasonOf(words, { code: 'takenFromLesser', facts: { mission: 'm1', acuity: 'IV' } }, names)).toBe('board-reason.takenFromLesser name=Demo acuity=acuity.IV');
  });

  it('given a mission that has left the board, then nobody is given a wrong name', () => {
    expect(reasonOf(words, { code: 'nearerOneNeeded', facts: { mission: 'gone' } }, names)).toContain('name=board.somebody');
  });

  it('given districts, then both are named', () => {
    expect(reasonOf(words, { code: 'mutualAidOwnNone', facts: { from: '1', to: '2' } }, names)).toBe('board-reason.mutualAidOwnNone from=East to=2');
    expect(shortfallOf(words, { code: 'secondTierAsked', facts: { district: '1' } }, names)).toBe('board-shortfall.secondTierAsked district=East');
  });
});
