import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kilometersBetween, SKETCH, spotsOf } from './sketch.ts';

const place = fc.record({ lon: fc.double({ min: 112, max: 115, noNaN: true }), lat: fc.double({ min: 33, max: 36, noNaN: true }) });

describe('the sketch of where the car is', () => {
  it('keeps every place inside the picture, one place alone in its middle', () => {
    fc.assert(fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), (places) => {
      for (const { x, y } of spotsOf(places)) {
        expect(x).toBeGreaterThanOrEqual(SKETCH.margin - 1e-6);
        expect(x).toBeLessThanOrEqual(SKETCH.width - SKETCH.margin + 1e-6);
        expect(y).toBeGreaterThanOrEqual(SKETCH.margin - 1e-6);
        expect(y).toBeLessThanOrEqual(SKETCH.height - SKETCH.margin + 1e-6);
      }
    }));
    expect(spotsOf([{ lon: 113.6, lat: 34.7 }])).toEqual([{ x: SKETCH.width / 2, y: SKETCH.height / 2 }]);
  });

  it('given a tenth of a degree north, then that is eleven kilometres', () => {
    expect(kilometersBetween({ lon: 113.6, lat: 34.7 }, { lon: 113.6, lat: 34.8 })).toBeCloseTo(11.1, 1);
  });

  it('given one place north of another, then it is drawn above it', () => {
    const [south, north] = spotsOf([{ lon: 113.6, lat: 34.7 }, { lon: 113.6, lat: 34.8 }]);
    expect(north!.y).toBeLessThan(south!.y);
  });
});
