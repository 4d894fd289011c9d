import type { Place } from '../../base/index.ts';
import { METERS_PER_DEGREE, type Bounds } from './network.ts';

/** What somebody draws on the map: a ring of corners, or a circle. */
export type Area = { readonly ring: readonly Place[] } | { readonly centre: Place; readonly radiusMeters: number };

export interface Shape {
  readonly bounds: Bounds;
  readonly contains: (place: Place) => boolean;
  /** Where the straight piece between two places meets the edge, as shares of it, ascending. A piece along the edge does not. */
  readonly cuts: (from: Place, to: Place) => readonly number[];
}

export function shapeOfArea(area: Area): Shape {
  return 'ring' in area ? ring(area.ring) : circle(area.centre, area.radiusMeters);
}

/** Degrees are taken for a plane: over a city that is exact enough for anything drawn with a finger. */
function ring(corners: readonly Place[]): Shape {
  const sides = corners.map((corner, index) => [corner, corners[(index + 1) % corners.length]!] as const);
  const [lons, lats] = [corners.map(({ lon }) => lon), corners.map(({ lat }) => lat)];
  return {
    bounds: { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) },
    contains: ({ lon, lat }) =>
      sides.filter(([a, b]) => a.lat > lat !== b.lat > lat && lon < a.lon + ((lat - a.lat) / (b.lat - a.lat)) * (b.lon - a.lon)).length % 2 === 1,
    cuts: (from, to) => sides.flatMap(([a, b]) => {
      const [before, after] = [turn(a, b, from), turn(a, b, to)];
      const meets = before * after <= 0 && before !== after && turn(from, to, a) * turn(from, to, b) <= 0;
      return meets ? [before / (before - after)] : [];
    }).sort((a, b) => a - b),
  };
}

/** Which side of a → b a place lies on: above 0 left, below 0 right, 0 on the line. */
function turn(a: Place, b: Place, place: Place): number {
  return (b.lon - a.lon) * (place.lat - a.lat) - (b.lat - a.lat) * (place.lon - a.lon);
}

function circle(centre: Place, radiusMeters: number): Shape {
  const perLon = METERS_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180);
  const x = ({ lon }: Place): number => (lon - centre.lon) * perLon;
  const y = ({ lat }: Place): number => (lat - centre.lat) * METERS_PER_DEGREE;
  const [wide, high] = [radiusMeters / perLon, radiusMeters / METERS_PER_DEGREE];
  return {
    bounds: { west: centre.lon - wide, east: centre.lon + wide, south: centre.lat - high, north: centre.lat + high },
    contains: (place) => Math.hypot(x(place), y(place)) <= radiusMeters,
    cuts: (from, to) => {
      const [dx, dy] = [x(to) - x(from), y(to) - y(from)];
      const [long, along] = [dx * dx + dy * dy, x(from) * dx + y(from) * dy];
      const inside = along * along - long * (x(from) ** 2 + y(from) ** 2 - radiusMeters ** 2);
      if (long === 0 || inside < 0) return [];
      return [(-along - Math.sqrt(inside)) / long, (-along + Math.sqrt(inside)) / long].filter((share) => share >= 0 && share <= 1);
    },
  };
}
