import type { Place } from '../../base/index.ts';
import { forArcsNear } from './grid.ts';
import type { RoadMap } from './map.ts';
import { ACCESS, DEGREE, METERS_PER_DEGREE, ROAD_CLASSES, type RoadClass } from './network.ts';

/** Farther from any road than this, a time on roads would be made up. Assumed: half a kilometre of compound, park or field. */
export const ROAD_METERS_MAX = 500;

/** Where a place meets the roads. */
export interface Snap {
  /** From the place to the road. */
  readonly meters: number;
  /** The point on the road. */
  readonly point: Place;
  /** Arcs through that point (both directions of a street, several at a crossing), and the share of each that lies before it. */
  readonly arcs: readonly { readonly arc: number; readonly share: number }[];
}

/** Why a place has no road: none near, or only roads from which the rest of the city cannot be reached. */
export type NoRoad = 'farFromRoad' | 'island';

/** Points this close are the same point of the road, reached by another arc. */
const SAME_POINT_METERS = 0.05;

/** Most doors have their street close by: looking farther only when there is none saves most of the work. */
const LOOK_METERS = [50, 150, ROAD_METERS_MAX] as const;

/**
 * Nobody gets in or out on an expressway, however close it passes overhead: a hospital beside the elevated ring has its door on
 * the street behind. In villages the trunk road is the street: it counts when there is no other.
 */
const NO_DOORS = classes('motorway', 'motorway_link', 'trunk', 'trunk_link');
const NEVER_DOORS = classes('motorway', 'motorway_link');

function classes(...names: readonly RoadClass[]): ReadonlySet<number> {
  return new Set(names.map((name) => ROAD_CLASSES.indexOf(name)));
}

/** The nearest road of the main network; a road that leads nowhere else is only named as the reason. */
export function snap(map: RoadMap, place: Place): Snap | NoRoad {
  for (const reach of LOOK_METERS) {
    const found = snapWithin(map, place, reach, NO_DOORS);
    if (typeof found !== 'string') return found;
  }
  return snapWithin(map, place, ROAD_METERS_MAX, NEVER_DOORS);
}

/** A time between two such places can be driven, or every way is closed; to all others it is estimated. */
export function isOnRoads(map: RoadMap, place: Place): boolean {
  return typeof snap(map, place) !== 'string';
}

interface Found {
  readonly arc: number;
  readonly share: number;
  readonly meters: number;
}

function snapWithin({ network, grid }: RoadMap, place: Place, reachMeters: number, without: ReadonlySet<number>): Snap | NoRoad {
  const { lon7, lat7, tail, head, main, access, roadClass } = network;
  const perLon = METERS_PER_DEGREE * Math.cos((place.lat * Math.PI) / 180);
  const [reachLon, reachLat] = [reachMeters / perLon, reachMeters / METERS_PER_DEGREE];
  const found: Found[] = [];
  let best = Infinity;
  let islandNear = false;
  forArcsNear(grid, {
    west: place.lon - reachLon, east: place.lon + reachLon, south: place.lat - reachLat, north: place.lat + reachLat,
  }, (arc) => {
    if ((access[arc]! & ACCESS.emergencyOnly) !== 0 || without.has(roadClass[arc]!)) return;
    const a = tail[arc]!;
    const b = head[arc]!;
    const ax = (lon7[a]! / DEGREE - place.lon) * perLon;
    const ay = (lat7[a]! / DEGREE - place.lat) * METERS_PER_DEGREE;
    const dx = (lon7[b]! / DEGREE - place.lon) * perLon - ax;
    const dy = (lat7[b]! / DEGREE - place.lat) * METERS_PER_DEGREE - ay;
    const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    const meters = Math.sqrt((ax + share * dx) ** 2 + (ay + share * dy) ** 2);
    if (meters > reachMeters || meters > best + SAME_POINT_METERS) return;
    if (main[a] === 0 || main[b] === 0) {
      islandNear = true;
      return;
    }
    best = Math.min(best, meters);
    if (!found.some((other) => other.arc === arc)) found.push({ arc, share, meters });
  });
  if (found.length === 0) return islandNear ? 'island' : 'farFromRoad';
  const arcs = found.filter(({ meters }) => meters <= best + SAME_POINT_METERS);
  const { arc, share } = arcs[0]!;
  const along = (values: Int32Array): number => (values[tail[arc]!]! + share * (values[head[arc]!]! - values[tail[arc]!]!)) / DEGREE;
  return { meters: best, point: { lon: along(lon7), lat: along(lat7) }, arcs };
}
