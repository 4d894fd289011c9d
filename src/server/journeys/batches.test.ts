import { describe, expect, it } from 'vitest';
import { Batches } from './batches.ts';

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('batches', () => {
  it('given a write in progress, what comes in meanwhile is written together', async () => {
    const written: number[][] = [];
    const batches = new Batches<number, number>(async (items) => {
      written.push([...items]);
      await later();
      return items.map((item) => item * 10);
    }, { writersMax: 1, sizeMax: 100 });

    const first = batches.add(1);
    await later();
    const others = [2, 3, 4].map((item) => batches.add(item));

    expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40]);
    expect(written).toEqual([[1], [2, 3, 4]]);
  });

  it('given one that cannot be written, its neighbours are', async () => {
    const batches = new Batches<number, number>(async (items) => {
      if (items.includes(13)) throw new Error('not this one');
      return items;
    }, { writersMax: 2, sizeMax: 100 });

    const results = await Promise.allSettled([11, 12, 13, 14].map((item) => batches.add(item)));

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('never has more writers or larger batches than allowed, and settles when all is written', async () => {
    let writing = 0;
    let most = 0;
    let done = 0;
    const batches = new Batches<number, number>(async (items) => {
      most = Math.max(most, ++writing);
      expect(items.length).toBeLessThanOrEqual(5);
      await later();
      writing--;
      done += items.length;
      return items;
    }, { writersMax: 3, sizeMax: 5 });

    for (let item = 0; item < 100; item++) void batches.add(item);
    await batches.settled();

    expect([done, most]).toEqual([100, 3]);
  });
});
