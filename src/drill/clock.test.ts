import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './clock.ts';

const drain = (queue: EventQueue<number>, until?: number): number[] => {
  const out: number[] = [];
  for (let next = queue.next(until); next; next = queue.next(until)) out.push(next.what);
  return out;
};

describe('Rehearsed time', () => {
  it('is a stable sort by instant, whatever is planned', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (instants) => {
      const queue = new EventQueue<number>();
      instants.forEach((at, index) => queue.plan(at, index));
      const sorted = instants.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at).map(({ index }) => index);
      expect(drain(queue)).toEqual(sorted);
      expect(queue.size).toBe(0);
    }));
  });

  it('stops before the horizon and keeps what lies beyond', () => {
    const queue = new EventQueue<number>();
    [5, 20, 10].forEach((at) => queue.plan(at, at));
    expect(drain(queue, 10)).toEqual([5]);
    expect(queue.size).toBe(2);
  });
});
