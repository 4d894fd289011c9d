import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointTable } from './points.ts';

describe('points by id', () => {
  it('are found as they were added, in whatever order', () => {
    const id = fc.integer({ min: 1, max: 2 ** 40 });
    fc.assert(fc.property(fc.uniqueArray(id, { maxLength: 3_000, size: 'max' }), fc.boolean(), id, (ids, inOrder, other) => {
      const table = new PointTable();
      for (const one of inOrder ? ids.toSorted((a, b) => a - b) : ids) table.add(one, { lon: one / 2 ** 33, lat: -one / 2 ** 34 });
      expect(table.size).toBe(ids.length);
      for (const one of ids) expect(table.get(one)).toEqual({ lon: one / 2 ** 33, lat: -one / 2 ** 34 });
      expect(table.get(other) !== undefined).toBe(ids.includes(other));
      expect(table.get(0)).toBeUndefined();
    }), { numRuns: 30 });
  });
});
