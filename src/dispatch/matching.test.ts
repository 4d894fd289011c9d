import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestMatching, FORBIDDEN } from './matching.ts';

/** Every way of giving rows their own columns: slow, and without a thought that could be wrong twice. */
function leastCost(costs: readonly (readonly number[])[], columns: number): { pairs: number; cost: number } {
  const tryRow = (row: number, used: ReadonlySet<number>): { pairs: number; cost: number } => {
    if (row === costs.length) return { pairs: 0, cost: 0 };
    let best = tryRow(row + 1, used);
    for (let column = 0; column < columns; column += 1) {
      if (used.has(column) || costs[row]![column]! >= FORBIDDEN) continue;
      const rest = tryRow(row + 1, new Set([...used, column]));
      const pairs = rest.pairs + 1;
      const cost = rest.cost + costs[row]![column]!;
      if (pairs > best.pairs || (pairs === best.pairs && cost < best.cost)) best = { pairs, cost };
    }
    return best;
  };
  return tryRow(0, new Set());
}

describe('the cheapest matching', () => {
  const cost = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -50, max: 100 }) }, { weight: 1, arbitrary: fc.constant(FORBIDDEN) });
  const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) => fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }));

  it('is as cheap as the best of all, with as many pairs, whichever side is longer', () => {
    fc.assert(fc.property(table, (costs) => {
      const columns = costs[0]!.length;
      const columnOf = [...cheapestMatching(costs.map((row) => Float64Array.from(row)), columns)];
      const pairs = columnOf.flatMap((column, row) => (column < 0 ? [] : [costs[row]![column]!]));
      const used = columnOf.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect({ pairs: pairs.length, cost: pairs.reduce((sum, each) => sum + each, 0) }).toEqual(leastCost(costs, columns));
    }), { numRuns: 500 });
  });

  it('given no rows or no columns, then there is nothing to match', () => {
    expect([...cheapestMatching([], 3)]).toEqual([]);
    expect([...cheapestMatching([new Float64Array()], 0)]).toEqual([-1]);
  });
});
