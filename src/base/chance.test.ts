import { describe, expect, it } from 'vitest';
import { metersBetween, seededChance } from './index.ts';

describe('Seeded chance', () => {
  it('the same seed tells the same story, another seed another', () => {
    const story = (seed: number): number[] => Array.from({ length: 50 }, seededChance(seed).next);
    expect(story(7)).toEqual(story(7));
    expect(story(7)).not.toEqual(story(8));
  });

  it('is spread evenly enough to be fair: ten boxes of 10,000 throws each hold near a tenth', () => {
    const chance = seededChance(1);
    const boxes = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) boxes[chance.below(10)]! += 1;
    for (const box of boxes) expect(Math.abs(box - 10_000)).toBeLessThan(500);
  });

  it('waits as long as the mean says, on average', () => {
    const chance = seededChance(2);
    let sum = 0;
    for (let i = 0; i < 20_000; i++) sum += chance.exponential(30);
    expect(Math.abs(sum / 20_000 - 30)).toBeLessThan(1);
  });

  it('writes codes nobody misreads over a telephone', () => {
    expect(seededChance(3).code(200)).toMatch(/^[2-9a-hjkmnp-tv-z]+$/);
  });
});

describe('A distance', () => {
  it('from Zhengzhou to Shanghai is about 830 kilometres, from a place to itself nothing', () => {
    const [zhengzhou, shanghai] = [{ lon: 113.62, lat: 34.75 }, { lon: 121.47, lat: 31.23 }];
    expect(metersBetween(zhengzhou, shanghai) / 1_000).toBeCloseTo(826, -1.5);
    expect(metersBetween(zhengzhou, zhengzhou)).toBe(0);
  });
});
