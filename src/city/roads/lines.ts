import type { Place } from '../../base/index.ts';
import { forArcsNear } from './grid.ts';
import { placeOf, type RoadMap } from './map.ts';
import { ROAD_CLASSES, type Bounds, type RoadClass } from './network.ts';

/** Roads as a map draws them: broad ones, those between, and streets. */
export const ROAD_WIDTHS = ['broad', 'middle', 'street'] as const;
export type RoadWidth = (typeof ROAD_WIDTHS)[number];

const BROAD: ReadonlySet<RoadClass> = new Set(['motorway', 'trunk', 'primary', 'motorway_link', 'trunk_link', 'primary_link']);
const MIDDLE: ReadonlySet<RoadClass> = new Set(['secondary', 'tertiary', 'secondary_link', 'tertiary_link']);
const WIDTH_OF: readonly RoadWidth[] = ROAD_CLASSES.map((name) => (BROAD.has(name) ? 'broad' : MIDDLE.has(name) ? 'middle' : 'street'));

/**
 * What lies in these bounds, joined to lines as long as they go. The smallest roads are left out where there are more than `max`
 * pieces, each direction counted, so that a whole city is drawn by its broad roads and a quarter by every street; never fewer than
 * the broad ones.
 */
export function roadLines(map: RoadMap, bounds: Bounds, max: number): Readonly<Record<RoadWidth, readonly (readonly Place[])[]>> {
  const arcs: Record<RoadWidth, Set<number>> = { broad: new Set(), middle: new Set(), street: new Set() };
  forArcsNear(map.grid, bounds, (arc) => void arcs[WIDTH_OF[map.network.roadClass[arc]!]!].add(arc));
  const middle = arcs.broad.size + arcs.middle.size <= max;
  const street = middle && arcs.broad.size + arcs.middle.size + arcs.street.size <= max;
  return { broad: joined(map, arcs.broad), middle: middle ? joined(map, arcs.middle) : [], street: street ? joined(map, arcs.street) : [] };
}

/** Every piece once, whichever way it is driven: from each point on, as far as pieces are left. */
function joined({ network }: RoadMap, arcs: Iterable<number>): readonly (readonly Place[])[] {
  const next = new Map<number, Set<number>>();
  for (const arc of arcs) {
    const [a, b] = [network.tail[arc]!, network.head[arc]!];
    for (const [from, to] of [[a, b], [b, a]] as const) {
      const known = next.get(from);
      if (known) known.add(to);
      else next.set(from, new Set([to]));
    }
  }
  const lines: Place[][] = [];
  for (const start of next.keys()) {
    for (let ahead = takeFrom(next, start); ahead !== undefined; ahead = takeFrom(next, start)) {
      const line = [placeOf(network, start), placeOf(network, ahead)];
      for (let at = takeFrom(next, ahead); at !== undefined; at = takeFrom(next, at)) line.push(placeOf(network, at));
      lines.push(line);
    }
  }
  return lines;
}

function takeFrom(next: Map<number, Set<number>>, node: number): number | undefined {
  const [to] = next.get(node) ?? [];
  if (to === undefined) return undefined;
  next.get(node)!.delete(to);
  next.get(to)!.delete(node);
  return to;
}
