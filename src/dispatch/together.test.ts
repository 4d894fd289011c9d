import { describe, expect, it } from 'vitest';
import { together, type Answered } from './index.ts';

const board = (rows: Readonly<Record<string, readonly [now: string | undefined, next: string | undefined]>>): ReadonlyMap<string, Answered> =>
  new Map(Object.entries(rows).map(([mission, [unitNow, unit]]) =>
    [mission, { ...(unitNow && { unitNow }), answer: { mission, ...(unit && { unit }), reasons: [], shortfalls: [] } }]));

describe('what is carried out in one step', () => {
  it('given a free unit, then only this call', () => {
    expect(together(board({ worst: [undefined, 'U1'], other: [undefined, 'U2'] }), 'worst')).toEqual(['worst']);
  });

  it('given a unit is taken from a lesser call, then that call as well, with the unit it gets instead, and whoever had that one', () => {
    const calls = board({ worst: [undefined, 'U1'], lesser: ['U1', 'U2'], least: ['U2', undefined], other: [undefined, 'U3'] });
    expect(together(calls, 'worst')).toEqual(['worst', 'lesser', 'least']);
  });

  it('given two exchange theirs, then both, whichever is pressed', () => {
    const calls = board({ one: ['U1', 'U2'], two: ['U2', 'U1'] });
    expect([...together(calls, 'two')].sort()).toEqual(['one', 'two']);
  });

  it('given it is as it should be, then nothing', () => {
    expect(together(board({ one: ['U1', 'U1'], two: [undefined, undefined] }), 'one')).toEqual([]);
    expect(together(board({ two: [undefined, undefined] }), 'two')).toEqual([]);
  });
});
