/** Small road networks for tests: a grid of streets, and random ones. */
import fc from 'fast-check';
import type { Place } from '../../src/base/index.ts';
import { networkOf, ROAD_CLASSES, type Arc, type RoadNetwork } from '../../src/city/index.ts';

const ORIGIN: Place = { lon: 113.6, lat: 34.7 };
const METERS_PER_DEGREE = 111_195;

/** A place so many metres east and north of the origin. */
export function at(east: number, north: number): Place {
  return {
    lon: ORIGIN.lon + east / (METERS_PER_DEGREE * Math.cos((ORIGIN.lat * Math.PI) / 180)),
    lat: ORIGIN.lat + north / METERS_PER_DEGREE,
  };
}

const residential = ROAD_CLASSES.indexOf('residential');

export function piece(tail: number, head: number, meters: number, more: Partial<Arc> = {}): Arc {
  return { tail, head, decimeters: Math.round(meters * 10), roadClass: residential, limitKmh: 0, access: 0, ...more };
}

/** `columns` × `rows` crossings, 100 m apart, every street in both directions. Crossing (x, y) is node `y * columns + x`. */
export function gridOfStreets(columns: number, rows: number): RoadNetwork {
  const points = Array.from({ length: columns * rows }, (_, node) => at((node % columns) * 100, Math.floor(node / columns) * 100));
  const arcs: Arc[] = [];
  for (let node = 0; node < points.length; node += 1) {
    if ((node + 1) % columns > 0) arcs.push(piece(node, node + 1, 100), piece(node + 1, node, 100));
    if (node + columns < points.length) arcs.push(piece(node, node + columns, 100), piece(node + columns, node, 100));
  }
  return networkOf(points, arcs);
}

/** Any network: one-ways, dead ends, parallel pieces, loops, parts that nothing joins. */
export const anyNetwork: fc.Arbitrary<RoadNetwork> = fc.integer({ min: 1, max: 40 }).chain((count) => {
  const node = fc.integer({ min: 0, max: count - 1 });
  const arc = fc.record({ tail: node, head: node, meters: fc.integer({ min: 1, max: 900 }), both: fc.boolean(), roadClass: fc.constantFrom(...ROAD_CLASSES.keys()) });
  const point = fc.record({ east: fc.integer({ min: 0, max: 3_000 }), north: fc.integer({ min: 0, max: 3_000 }) });
  return fc.record({
    points: fc.array(point, { minLength: count, maxLength: count }),
    arcs: fc.array(arc, { minLength: 1, maxLength: count * 3 }),
  }).map(({ points, arcs }) => networkOf(
    points.map(({ east, north }) => at(east, north)),
    arcs.flatMap(({ tail, head, meters, both, roadClass }) =>
      [piece(tail, head, meters, { roadClass }), ...(both ? [piece(head, tail, meters, { roadClass })] : [])]),
  ));
});
