import type { Hierarchy } from './hierarchy.ts';
import type { RoadNetwork } from './network.ts';

/** No way. Two of them still fit into an Int32, so sums need no check. */
export const CLOSED = 0x3fffffff;

/** The weights of a hierarchy's edges for one traveller at one hour under the closures of the moment, in milliseconds. */
export interface Weights {
  /** From the lower to the higher rank. */
  readonly up: Int32Array;
  /** From the higher to the lower rank. */
  readonly down: Int32Array;
}

/**
 * Second phase: given what each arc takes now, what does each edge take? Every lower triangle x → v → y is asked once, lowest
 * corners first, so that both of its legs are already final. No order is rebuilt: this is all that a closure costs.
 *
 * @param arcMillis per arc of the network, `CLOSED` where it may not be driven
 */
export function customize({ head, tail }: RoadNetwork, hierarchy: Hierarchy, arcMillis: Int32Array): Weights {
  const { rank, firstUp, upHead, upTail, firstDown, downEdge, edgeOfArc } = hierarchy;
  const up = new Int32Array(upHead.length).fill(CLOSED);
  const down = new Int32Array(upHead.length).fill(CLOSED);
  for (let arc = 0; arc < arcMillis.length; arc += 1) {
    const edge = edgeOfArc[arc]!;
    if (edge < 0) continue;
    const weights = rank[tail[arc]!]! < rank[head[arc]!]! ? up : down;
    if (arcMillis[arc]! < weights[edge]!) weights[edge] = arcMillis[arc]!;
  }
  const edgeTo = new Int32Array(rank.length);
  for (let x = 0; x < rank.length; x += 1) {
    for (let edge = firstUp[x]!; edge < firstUp[x + 1]!; edge += 1) edgeTo[upHead[edge]!] = edge;
    for (let at = firstDown[x]!; at < firstDown[x + 1]!; at += 1) {
      const first = downEdge[at]!;
      const [toLow, fromLow] = [down[first]!, up[first]!];
      const end = firstUp[upTail[first]! + 1]!;
      for (let second = first + 1; second < end; second += 1) {
        const edge = edgeTo[upHead[second]!]!;
        const there = toLow + up[second]!;
        const back = down[second]! + fromLow;
        if (there < up[edge]!) up[edge] = there;
        if (back < down[edge]!) down[edge] = back;
      }
    }
  }
  return { up, down };
}
