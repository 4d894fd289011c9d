import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Separator, type Links } from './separator.ts';

interface Graph extends Links {
  readonly pairs: readonly (readonly [number, number])[];
}

const graph = fc.integer({ min: 2, max: 9 }).chain((count) =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 })), { maxLength: 20 }).map((drawn): Graph => {
    const pairs = drawn.filter(([a, b]) => a !== b);
    const near = Array.from({ length: count }, (_, node) => [...new Set(pairs.flatMap(([a, b]) => (a === node ? [b] : b === node ? [a] : [])))]);
    const first = new Int32Array(count + 1);
    near.forEach((others, node) => void (first[node + 1] = first[node]! + others.length));
    return { pairs, first, link: Int32Array.from(near.flat()) };
  }));

/** Does a way from a source to a sink remain without these nodes? */
function joined({ pairs }: Graph, sources: readonly number[], sinks: readonly number[], without: readonly number[]): boolean {
  const reached = new Set(sources.filter((node) => !without.includes(node)));
  for (const node of reached) {
    for (const [a, b] of pairs) for (const [from, to] of [[a, b], [b, a]] as const) if (from === node && !without.includes(to)) reached.add(to);
  }
  return sinks.some((node) => reached.has(node));
}

describe('a separator', () => {
  // Its tables are kept from question to question, as in use.
  const separator = new Separator(9);

  it('parts both ends, and no smaller one does', () => {
    fc.assert(fc.property(graph, fc.nat(), fc.nat(), (drawn, a, b) => {
      const count = drawn.first.length - 1;
      // Given the first nodes as sources and the last as sinks, which may meet in the middle
      const sources = Array.from({ length: 1 + (a % (count - 1)) }, (_, node) => node);
      const sinks = Array.from({ length: 1 + (b % (count - sources.length)) }, (_, index) => count - 1 - index);
      const isSink = new Uint8Array(count);
      for (const node of sinks) isSink[node] = 1;

      const side = separator.separate(drawn, Int32Array.from(sources), isSink);

      const chosen = [...side.keys()].filter((node) => side[node] === 1);
      expect(joined(drawn, sources, sinks, chosen)).toBe(false);
      for (const [from, to] of drawn.pairs) expect([side[from], side[to]].sort()).not.toEqual([0, 2]);
      const smaller = Array.from({ length: 1 << count }, (_, bits) => [...side.keys()].filter((node) => (bits & (1 << node)) !== 0))
        .filter((nodes) => nodes.length < chosen.length);
      expect(smaller.every((nodes) => joined(drawn, sources, sinks, nodes))).toBe(true);
    }), { numRuns: 300 });
  });
});
