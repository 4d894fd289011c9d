import { describe, expect, it } from 'vitest';
import { stopsOf } from './medicine.ts';

const AT = Date.UTC(2022, 10, 25, 4);
const visit = { id: 'V1', institution: 'H1', queuedAt: AT };
const prescription = { id: 'X1', items: [] };
const states = (given: object): readonly string[] => stopsOf({ ...visit, ...given }).map(({ state }) => state);

describe('where the medicine is', () => {
  it('given nothing was prescribed, then there is no way to show', () => {
    expect(states({ answeredAt: AT })).toEqual([]);
  });

  it('given it was prescribed, then the check is what happens now', () => {
    expect(states({ prescription, answeredAt: AT })).toEqual(['done', 'open', 'waiting', 'waiting', 'waiting']);
  });

  it('given it was packed by a pharmacy that noted no check, then the check is not shown as if it were waited for', () => {
    expect(states({ prescription, answeredAt: AT, dispensedAt: AT })).toEqual(['done', 'done', 'done', 'open', 'waiting']);
  });

  it('given it was given at the door, then nothing is open', () => {
    expect(states({ prescription, answeredAt: AT, deliveredAt: AT })).toEqual(['done', 'done', 'done', 'done', 'done']);
  });
});
