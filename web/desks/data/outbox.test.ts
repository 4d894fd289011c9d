import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, nextBatch, type Waiting } from './outbox.ts';

const item = (kind: Waiting['kind'], at: number, more: Partial<Waiting> = {}): Waiting => ({
  kind, key: `${kind}${at}${more.actor ?? ''}`, at, actor: 'driver', what: '', path: '/', body: {}, report: {}, ...more,
}) as Waiting;

const anything = fc.array(fc.record({
  kind: fc.constantFrom('ride' as const, 'command' as const), at: fc.integer({ min: 0, max: 50 }),
  actor: fc.constantFrom('driver', 'another'), refused: fc.boolean(),
})).map((items) => inOrder(items.map(({ kind, at, actor, refused }, index) => item(kind, at, { actor, key: String(index), ...(refused && { refusal: 'no' }) }))));

describe('what waits on a phone', () => {
  it('goes out in the order in which it was pressed, each once, and only what its own driver pressed', () => {
    fc.assert(fc.property(anything, (waiting) => {
      const sent: Waiting[] = [];
      let left = waiting;
      for (let batch = nextBatch(left, 'driver'); batch.length > 0; batch = nextBatch(left, 'driver')) {
        expect(new Set(batch.map(({ kind }) => kind)).size).toBe(1);
        sent.push(...batch);
        left = left.filter((one) => !batch.includes(one));
      }
      expect(sent).toEqual(waiting.filter(({ actor, refusal }) => actor === 'driver' && refusal === undefined));
    }));
  });

  it('given one was refused, then it stays to be read and holds up nobody', () => {
    const refused = item('ride', 1, { refusal: 'Nobody is aboard.' });
    expect(nextBatch([refused, item('ride', 2)], 'driver').map(({ at }) => at)).toEqual([2]);
  });
});
