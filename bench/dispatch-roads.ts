/** Plain Dijkstra on a given road network: exact, and fast enough for a bench. */

/** Directed arcs in compressed rows, once per direction; `seconds[mode][arc]`. Modes: 0 lights and siren, 1 ordinary. */
interface Arcs {
  readonly first: Int32Array;
  readonly node: Int32Array;
  readonly seconds: readonly Float64Array[];
}

export type Mode = 0 | 1;

export interface RoadNode {
  readonly lon: number;
  readonly lat: number;
  /** May a place beside the road be entered and left here. */
  readonly access: boolean;
}

export interface RoadArc {
  readonly from: number;
  readonly to: number;
  readonly seconds: readonly [number, number];
}

export class Roads {
  readonly nodes: readonly RoadNode[];
  readonly #ahead: Arcs;
  readonly #back: Arcs;
  readonly #trees = new Map<number, Float32Array>();

  constructor(nodes: readonly RoadNode[], arcs: readonly RoadArc[]) {
    this.nodes = nodes;
    this.#ahead = compress(nodes.length, arcs, 'from', 'to');
    this.#back = compress(nodes.length, arcs, 'to', 'from');
  }

  /** Seconds from every node to `target`; Infinity where no road leads there. Kept: the same targets are asked again and again. */
  secondsTo(target: number, mode: Mode): Float32Array {
    const key = target * 2 + mode;
    let tree = this.#trees.get(key);
    if (!tree) this.#trees.set(key, (tree = dijkstra(this.#back, target, mode)));
    return tree;
  }

  /** Nodes passed from `start` to `target`, each with the seconds after leaving `start`. */
  route(start: number, target: number, mode: Mode): { readonly nodes: number[]; readonly seconds: number[] } {
    const left = this.secondsTo(target, mode);
    const { first, node, seconds: cost } = this.#ahead;
    const [nodes, seconds] = [[start], [0]];
    for (let here = start; here !== target; ) {
      let [next, best] = [-1, Infinity];
      for (let arc = first[here]!; arc < first[here + 1]!; arc += 1) {
        const through = cost[mode]![arc]! + left[node[arc]!]!;
        // Every step has to come nearer, or rounding could send a unit round in circles.
        if (through < best && left[node[arc]!]! < left[here]!) [next, best] = [node[arc]!, through];
      }
      if (next < 0) throw new Error(`no road from node ${start + 1} to node ${target + 1}`);
      here = next;
      nodes.push(here);
      seconds.push(left[start]! - left[here]!);
    }
    return { nodes, seconds };
  }
}

function compress(count: number, arcs: readonly RoadArc[], from: 'from' | 'to', to: 'from' | 'to'): Arcs {
  const first = new Int32Array(count + 1);
  for (const arc of arcs) first[arc[from] + 1]! += 1;
  for (let i = 0; i < count; i += 1) first[i + 1]! += first[i]!;
  const next = first.slice();
  const node = new Int32Array(arcs.length);
  const seconds = [new Float64Array(arcs.length), new Float64Array(arcs.length)];
  for (const arc of arcs) {
    const place = next[arc[from]]!;
    next[arc[from]]! += 1;
    node[place] = arc[to];
    seconds[0]![place] = arc.seconds[0];
    seconds[1]![place] = arc.seconds[1];
  }
  return { first, node, seconds };
}

function dijkstra({ first, node, seconds }: Arcs, source: number, mode: Mode): Float32Array {
  const count = first.length - 1;
  const cost = seconds[mode]!;
  const distance = new Float32Array(count).fill(Infinity);
  // A binary heap of nodes with their places in it: a node is in it once, and moves up when a shorter way is found.
  const heap = new Int32Array(count);
  const placeOf = new Int32Array(count).fill(-1);
  let size = 0;
  const rise = (start: number, item: number): void => {
    let place = start;
    for (let parent = (place - 1) >> 1; place > 0 && distance[heap[parent]!]! > distance[item]!; parent = (place - 1) >> 1) {
      heap[place] = heap[parent]!;
      placeOf[heap[place]!] = place;
      place = parent;
    }
    heap[place] = item;
    placeOf[item] = place;
  };
  distance[source] = 0;
  rise(size, source);
  size += 1;
  while (size > 0) {
    const here = heap[0]!;
    size -= 1;
    if (size > 0) {
      const last = heap[size]!;
      let place = 0;
      for (let child = 1; child < size; child = 2 * place + 1) {
        if (child + 1 < size && distance[heap[child + 1]!]! < distance[heap[child]!]!) child += 1;
        if (distance[heap[child]!]! >= distance[last]!) break;
        heap[place] = heap[child]!;
        placeOf[heap[place]!] = place;
        place = child;
      }
      heap[place] = last;
      placeOf[last] = place;
    }
    for (let arc = first[here]!; arc < first[here + 1]!; arc += 1) {
      const there = node[arc]!;
      const through = Math.fround(distance[here]! + cost[arc]!);
      if (through >= distance[there]!) continue;
      const known = distance[there]! < Infinity;
      distance[there] = through;
      rise(known ? placeOf[there]! : size, there);
      if (!known) size += 1;
    }
  }
  return distance;
}
