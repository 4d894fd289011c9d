import { CLOSED, type Weights } from './customize.ts';
import type { Hierarchy } from './hierarchy.ts';

/**
 * Third phase. Every shortest way climbs in the elimination tree and comes down again, so what a query needs of a place is the
 * time to (or from) each of its ancestors: a row as long as the tree is deep, some hundred numbers.
 */
export interface Label {
  /** Ranks from the root (index 0) down to the place itself. */
  readonly ancestors: Int32Array;
  /** Milliseconds to each of them when leaving, from each of them when arriving; `CLOSED` without a way. */
  readonly millis: Int32Array;
  /** The index of the edge that brought the best time to each ancestor, -1 at the start. Only kept when asked for. */
  readonly through: Int32Array | undefined;
}

export type Direction = 'leaving' | 'arriving';

/** One node where a drive may begin or end, and what it takes to get from the place to there (or from there to the place). */
export interface Entry {
  readonly node: number;
  readonly millis: number;
}

/**
 * Labels of a place that is entered at several nodes. Two ends of a street lie above each other in the tree and share one
 * label; where they do not (a crossing with a turn ban), there are several and the better one counts.
 */
export function labelsOf(hierarchy: Hierarchy, weights: Weights, entries: readonly Entry[], direction: Direction, keepWay = false): Label[] {
  const { rank } = hierarchy;
  const waiting = entries.map(({ node, millis }) => ({ at: rank[node]!, millis })).sort((a, b) => a.at - b.at);
  const labels: Label[] = [];
  while (waiting.length > 0) {
    const label = emptyLabel(hierarchy, waiting[0]!.at, keepWay);
    for (let index = 0; index < waiting.length; ) {
      const { at, millis } = waiting[index]!;
      const depth = hierarchy.depth[at]!;
      if (label.ancestors[depth] !== at) index += 1;
      else {
        if (millis < label.millis[depth]!) label.millis[depth] = millis;
        waiting.splice(index, 1);
      }
    }
    climb(hierarchy, direction === 'leaving' ? weights.up : weights.down, label);
    labels.push(label);
  }
  return labels;
}

function emptyLabel({ depth, firstUp, upHead }: Hierarchy, start: number, keepWay: boolean): Label {
  const length = depth[start]! + 1;
  const ancestors = new Int32Array(length);
  for (let index = length - 1, at = start; index >= 0; index -= 1) {
    ancestors[index] = at;
    if (index > 0) at = upHead[firstUp[at]!]!;
  }
  return { ancestors, millis: new Int32Array(length).fill(CLOSED), through: keepWay ? new Int32Array(length).fill(-1) : undefined };
}

function climb({ firstUp, upHead, depth }: Hierarchy, cost: Int32Array, { ancestors, millis, through }: Label): void {
  for (let index = ancestors.length - 1; index > 0; index -= 1) {
    const here = millis[index]!;
    if (here >= CLOSED) continue;
    const at = ancestors[index]!;
    for (let edge = firstUp[at]!; edge < firstUp[at + 1]!; edge += 1) {
      const above = depth[upHead[edge]!]!;
      const time = here + cost[edge]!;
      if (time >= millis[above]!) continue;
      millis[above] = time;
      if (through) through[above] = edge;
    }
  }
}

/** The best meeting point of two labels: its depth and the whole time; `CLOSED` when there is no way. */
export function meet(from: Label, to: Label): { readonly depth: number; readonly millis: number } {
  const shared = sharedLength(from.ancestors, to.ancestors);
  let [depth, best] = [-1, CLOSED];
  for (let index = 0; index < shared; index += 1) {
    const time = from.millis[index]! + to.millis[index]!;
    if (time < best) [depth, best] = [index, time];
  }
  return { depth, millis: best };
}

/** `meet` without its place: the inner loop of every matrix. */
export function meetMillis(from: Label, to: Label): number {
  const a = from.millis;
  const b = to.millis;
  const shared = sharedLength(from.ancestors, to.ancestors);
  let best = CLOSED;
  for (let index = 0; index < shared; index += 1) {
    const time = a[index]! + b[index]!;
    if (time < best) best = time;
  }
  return best;
}

/** Ancestors agree from the root down to where the two paths part: found by halving. */
function sharedLength(a: Int32Array, b: Int32Array): number {
  let agree = 0;
  let differ = a.length < b.length ? a.length : b.length;
  while (agree < differ) {
    const middle = (agree + differ) >> 1;
    if (a[middle] === b[middle]) agree = middle + 1;
    else differ = middle;
  }
  return agree;
}
