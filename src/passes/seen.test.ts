import { describe, expect, it } from 'vitest';
import { isShownTwice, shownTwice, type Seen } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const seen = (lon: number, minutes: number): Seen => ({ place: { lon, lat: 34.7 }, at: NOW + minutes * 60_000 });

describe('a pass that is shown at two checkpoints', () => {
  it('given nobody drives so fast, then there are two of it, whichever look came first', () => {
    expect(isShownTwice(seen(113.5, 0), seen(113.9, 10))).toBe(true);
    expect(isShownTwice(seen(113.9, 10), seen(113.5, 0))).toBe(true);
  });

  it('given the next checkpoint on the way, or the same one again, then not', () => {
    expect(isShownTwice(seen(113.5, 0), seen(113.9, 45))).toBe(false);
    expect(isShownTwice(seen(113.5, 0), seen(113.53, 0))).toBe(false);
    expect(isShownTwice(seen(113.5, 0), seen(113.5, 0))).toBe(false);
  });

  it('given all looks of a day in any order, then the later one of each pair that contradicts is named, and a phone never contradicts itself', () => {
    const [west, east, later] = [{ ...seen(113.5, 0), scope: 'a' }, { ...seen(113.9, 10), scope: 'b' }, { ...seen(113.9, 90), scope: 'b' }];
    expect(shownTwice([later, east, west])).toEqual([east]);
    expect(shownTwice([{ ...west, at: east.at }, east])).toEqual([east]);
    expect(shownTwice([west, { ...east, scope: 'a' }, later])).toEqual([]);
  });
});
