import type { Place } from '../../base/index.ts';
import { findEdge } from './hierarchy.ts';
import type { Label } from './labels.ts';
import { placeOf } from './map.ts';
import type { RoadNetwork } from './network.ts';
import type { RoadTimes } from './times.ts';

export interface Way {
  /** The node where the drive leaves the first piece of road, and the one where it enters the last. */
  readonly first: number;
  readonly last: number;
  /** The whole arcs between the two, in order of driving. */
  readonly arcs: readonly number[];
}

/** The way that two labels agreed on at `depth`; both must have been made with `keepWay`. */
export function wayOf(times: RoadTimes, from: Label, to: Label, depth: number): Way {
  const { hierarchy } = times.map;
  const climbed = edgesTo(times, from, depth);
  const descended = edgesTo(times, to, depth);
  const arcs: number[] = [];
  for (const edge of climbed.edges.toReversed()) unpack(times, edge, true, arcs);
  for (const edge of descended.edges) unpack(times, edge, false, arcs);
  return { first: hierarchy.node[climbed.start]!, last: hierarchy.node[descended.start]!, arcs };
}

/** From the meeting point back down to where the label began. */
function edgesTo({ map: { hierarchy } }: RoadTimes, { ancestors, through }: Label, depth: number): { readonly start: number; readonly edges: number[] } {
  const edges: number[] = [];
  let start = ancestors[depth]!;
  for (let edge = through![depth]!; edge >= 0; edge = through![hierarchy.depth[start]!]!) {
    edges.push(edge);
    start = hierarchy.upTail[edge]!;
  }
  return { start, edges };
}

/** An edge is an arc of the network, or a way through a lower node that is just as long. */
function unpack(times: RoadTimes, edge: number, upwards: boolean, arcs: number[]): void {
  const { map: { network, hierarchy }, weights: { up, down }, arcMillis } = times;
  const { node, upTail, upHead, firstDown, downEdge } = hierarchy;
  const [low, high] = [upTail[edge]!, upHead[edge]!];
  const [from, to] = upwards ? [low, high] : [high, low];
  const millis = (upwards ? up : down)[edge]!;
  for (let arc = network.firstArc[node[from]!]!; arc < network.firstArc[node[from]! + 1]!; arc += 1) {
    if (network.head[arc] !== node[to] || arcMillis[arc] !== millis) continue;
    arcs.push(arc);
    return;
  }
  for (let at = firstDown[low]!; at < firstDown[low + 1]!; at += 1) {
    const toLow = downEdge[at]!;
    const toHigh = findEdge(hierarchy, upTail[toLow]!, high);
    if (toHigh < 0) continue;
    const [first, second] = upwards ? [toLow, toHigh] : [toHigh, toLow];
    if (down[first]! + up[second]! !== millis) continue;
    unpack(times, first, false, arcs);
    unpack(times, second, true, arcs);
    return;
  }
  throw new Error(`edge ${edge} has a time that no road explains: the weights belong to another map`);
}

/** The line for the map: from door to road, along every arc, from road to door. */
export function shapeOf(network: RoadNetwork, from: Place, start: Place, nodes: readonly number[], end: Place, to: Place): readonly Place[] {
  const line = [from];
  const add = (place: Place): void => {
    const { lon, lat } = line.at(-1)!;
    if (place.lon !== lon || place.lat !== lat) line.push(place);
  };
  add(start);
  for (const node of nodes) add(placeOf(network, node));
  add(end);
  add(to);
  return line;
}
