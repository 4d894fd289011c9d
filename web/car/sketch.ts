import type { Place } from '../../src/base/index.ts';

/** A place on the sketch, in its units: north is up, and a kilometre is as long in both directions. */
export interface Spot { readonly x: number; readonly y: number }

export const SKETCH = { width: 320, height: 180, margin: 34 } as const;
/** Places closer together than this would be drawn as if the car crossed the street at great speed. */
const LEAST_METERS = 400;
const METERS_PER_DEGREE = 111_320;

/** As flat as a city is: metres east and south. */
const flatMeters = ({ lon, lat }: Place, around: Place): Spot =>
  ({ x: lon * METERS_PER_DEGREE * Math.cos((around.lat * Math.PI) / 180), y: -lat * METERS_PER_DEGREE });

/** As the crow flies. */
export function kilometersBetween(a: Place, b: Place): number {
  const [from, to] = [flatMeters(a, a), flatMeters(b, a)];
  return Math.hypot(to.x - from.x, to.y - from.y) / 1000;
}

/** Puts places on the sketch so that all of them fit. */
export function spotsOf(places: readonly Place[]): readonly Spot[] {
  const flat = places.map((place) => flatMeters(place, places[0]!));
  const middle = { x: middleOf(flat.map(({ x }) => x)), y: middleOf(flat.map(({ y }) => y)) };
  const scale = Math.min(
    (SKETCH.width - 2 * SKETCH.margin) / Math.max(LEAST_METERS, spread(flat.map(({ x }) => x))),
    (SKETCH.height - 2 * SKETCH.margin) / Math.max(LEAST_METERS, spread(flat.map(({ y }) => y))),
  );
  return flat.map(({ x, y }) => ({ x: SKETCH.width / 2 + (x - middle.x) * scale, y: SKETCH.height / 2 + (y - middle.y) * scale }));
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
const middleOf = (values: readonly number[]): number => (Math.max(...values) + Math.min(...values)) / 2;
