import { DEGREE, type RoadNetwork } from './network.ts';
import { contractionOrder } from './order.ts';
import type { Links } from './separator.ts';

/**
 * The contracted network without any weight: what depends on the map alone and is prepared once (first phase of customizable
 * contraction hierarchies, Dibbelt, Strasser & Wagner 2014). Nodes are called by rank. Edges run from the lower to the higher
 * rank and serve both directions.
 */
export interface Hierarchy {
  /** Rank of each node of the network, and the node of each rank. */
  readonly rank: Int32Array;
  readonly node: Int32Array;
  /** Upward edges of rank `r`: `firstUp[r]` up to `firstUp[r + 1]`, heads ascending. */
  readonly firstUp: Int32Array;
  readonly upHead: Int32Array;
  readonly upTail: Int32Array;
  /** The same edges by their head: edge numbers `downEdge[firstDown[r]]` … */
  readonly firstDown: Int32Array;
  readonly downEdge: Int32Array;
  /** Steps to the root of the elimination tree; the parent of `r` is the head of its first upward edge. */
  readonly depth: Int32Array;
  /** The edge that carries each arc of the network. */
  readonly edgeOfArc: Int32Array;
}

/** @returns the rank of each node: the slow part, and all of the hierarchy that is worth keeping on a disk */
export function rankNodes(network: RoadNetwork, progress?: (placed: number) => void): Int32Array {
  // A degree of longitude is shorter than one of latitude: directions are those of the ground.
  const squeeze = Math.cos(((network.lat7[0] ?? 0) / DEGREE) * (Math.PI / 180));
  const x = new Float64Array(network.lon7).map((lon) => lon * squeeze);
  return contractionOrder({ ...undirected(network), x, y: network.lat7 }, progress);
}

/** Both directions of every arc, each neighbour once, without loops. */
function undirected({ firstArc, head, tail }: RoadNetwork): Links {
  const count = firstArc.length - 1;
  const start = new Int32Array(count + 1);
  for (let arc = 0; arc < head.length; arc += 1) {
    start[tail[arc]! + 1]! += 1;
    start[head[arc]! + 1]! += 1;
  }
  for (let node = 0; node < count; node += 1) start[node + 1]! += start[node]!;
  const next = start.slice();
  const all = new Int32Array(2 * head.length);
  for (let arc = 0; arc < head.length; arc += 1) {
    const [a, b] = [tail[arc]!, head[arc]!];
    all[next[a]!] = b;
    next[a]! += 1;
    all[next[b]!] = a;
    next[b]! += 1;
  }
  const first = new Int32Array(count + 1);
  let length = 0;
  for (let node = 0; node < count; node += 1) {
    const near = all.subarray(start[node], start[node + 1]).sort();
    for (let index = 0; index < near.length; index += 1) {
      if (near[index] === node || near[index] === near[index - 1]) continue;
      // What is kept is never longer than what was read: the same array holds both.
      all[length] = near[index]!;
      length += 1;
    }
    first[node + 1] = length;
  }
  return { first, link: all.slice(0, length) };
}

/** Contracts by rank: the higher neighbours of a node become neighbours of each other. */
export function contract(network: RoadNetwork, rank: Int32Array): Hierarchy {
  const { first, link } = undirected(network);
  const count = rank.length;
  const node = new Int32Array(count);
  rank.forEach((place, name) => void (node[place] = name));
  const mark = new Int32Array(count).fill(-1);
  /** Children in the elimination tree as chained lists. */
  const child = new Int32Array(count).fill(-1);
  const sibling = new Int32Array(count).fill(-1);
  const firstUp = new Int32Array(count + 1);
  const heads = new Column(2 * link.length);
  for (let low = 0; low < count; low += 1) {
    const add = (high: number): void => {
      if (high <= low || mark[high] === low) return;
      mark[high] = low;
      heads.push(high);
    };
    const name = node[low]!;
    for (let at = first[name]!; at < first[name + 1]!; at += 1) add(rank[link[at]!]!);
    // It is enough to look at the children in the elimination tree: what a grandchild brings has come up through them.
    for (let below = child[low]!; below >= 0; below = sibling[below]!) {
      for (let at = firstUp[below]!; at < firstUp[below + 1]!; at += 1) add(heads.values[at]!);
    }
    firstUp[low + 1] = heads.length;
    if (heads.length === firstUp[low]) continue;
    const parent = heads.values.subarray(firstUp[low], heads.length).sort()[0]!;
    sibling[low] = child[parent]!;
    child[parent] = low;
  }
  const upHead = heads.values.slice(0, heads.length);
  const upTail = new Int32Array(upHead.length);
  const firstDown = new Int32Array(count + 1);
  for (let low = 0; low < count; low += 1) upTail.fill(low, firstUp[low]!, firstUp[low + 1]!);
  for (const high of upHead) firstDown[high + 1]! += 1;
  for (let high = 0; high < count; high += 1) firstDown[high + 1]! += firstDown[high]!;
  const next = firstDown.slice();
  const downEdge = new Int32Array(upHead.length);
  for (let edge = 0; edge < upHead.length; edge += 1) {
    const high = upHead[edge]!;
    downEdge[next[high]!] = edge;
    next[high]! += 1;
  }
  const depth = new Int32Array(count);
  for (let low = count - 1; low >= 0; low -= 1) depth[low] = firstUp[low] === firstUp[low + 1] ? 0 : depth[upHead[firstUp[low]!]!]! + 1;
  const hierarchy = { rank, node, firstUp, upHead, upTail, firstDown, downEdge, depth };
  const edgeOfArc = network.head.map((head, arc) => {
    const [a, b] = [rank[network.tail[arc]!]!, rank[head]!];
    return a === b ? -1 : findEdge(hierarchy, Math.min(a, b), Math.max(a, b));
  });
  return { ...hierarchy, edgeOfArc };
}

/** The edge between two ranks, or -1. */
export function findEdge({ firstUp, upHead }: Pick<Hierarchy, 'firstUp' | 'upHead'>, low: number, high: number): number {
  let [from, to] = [firstUp[low]!, firstUp[low + 1]!];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (upHead[middle]! < high) from = middle + 1;
    else to = middle;
  }
  return from < firstUp[low + 1]! && upHead[from] === high ? from : -1;
}

/** A column of numbers that grows. */
class Column {
  values: Int32Array;
  length = 0;

  constructor(room: number) {
    this.values = new Int32Array(Math.max(16, room));
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }
}
