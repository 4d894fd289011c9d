import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steady, type SteadyRow } from './steady.ts';

interface Row { readonly id: string; readonly version: number }
const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id, version: 1 }));
const shown = (...ids: string[]): SteadyRow<Row>[] => rows(...ids).map((item) => ({ item, gone: false }));
const idOf = ({ id }: Row): string => id;

describe('a list that never moves under the cursor', () => {
  it('given nobody points at it, when a more urgent row comes, then it goes where it belongs', () => {
    const { rows: now, waiting } = steady(shown('b', 'c'), rows('a', 'b', 'c'), false, idOf);
    expect(now.map(({ item }) => item.id)).toEqual(['a', 'b', 'c']);
    expect(waiting).toEqual([]);
  });

  it('given somebody points at it, when a more urgent row comes, then it waits and is counted', () => {
    const { rows: now, waiting } = steady(shown('b', 'c'), rows('a', 'c', 'b'), true, idOf);
    expect(now.map(({ item }) => item.id)).toEqual(['b', 'c']);
    expect(waiting.map(idOf)).toEqual(['a']);
  });

  it('given somebody points at it, when a row has gone, then it stays as a shadow so that nothing moves up', () => {
    const { rows: now } = steady(shown('a', 'b', 'c'), rows('a', 'c'), true, idOf);
    expect(now.map(({ item, gone }) => [item.id, gone])).toEqual([['a', false], ['b', true], ['c', false]]);
  });

  it('given somebody points at it, when a row changes, then the change is shown in its place', () => {
    const { rows: now } = steady(shown('a', 'b'), [{ id: 'b', version: 2 }, { id: 'a', version: 1 }], true, idOf);
    expect(now.map(({ item }) => [item.id, item.version])).toEqual([['a', 1], ['b', 2]]);
  });

  it('held or not, nobody is left out: every row of the incoming list is shown or counted, once', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
    fc.assert(fc.property(ids, ids, fc.boolean(), (before, incoming, held) => {
      const { rows: now, waiting } = steady(shown(...before), rows(...incoming), held, idOf);
      const present = [...now.filter(({ gone }) => !gone).map(({ item }) => item.id), ...waiting.map(idOf)];
      expect(present.sort()).toEqual([...incoming].sort());
      if (held && before.length > 0) expect(now.map(({ item }) => item.id)).toEqual(before);
    }));
  });
});
