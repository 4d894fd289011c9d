/** An undirected graph in compressed rows: neighbours of `v` are `link[first[v]]` up to `link[first[v + 1]]`. */
export interface Links {
  readonly first: Int32Array;
  readonly link: Int32Array;
}

const NONE = -1;
/** Stands for what all sources come from and all sinks lead to. */
const OUTSIDE = -2;

/**
 * Finds the fewest nodes of which the removal parts two ends of a graph: a greatest set of paths that share no node, by
 * augmenting all trees of one breadth-first search at once, then the first full row of it (Menger's theorem).
 * Each node is two states, entered (2v) and left (2v + 1), with room for one path between them.
 *
 * It keeps its tables from one question to the next: thousands are asked for one city.
 */
export class Separator {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #parent: Int32Array;
  /** The source whose tree reached a state. */
  readonly #tree: Int32Array;
  readonly #queue: Int32Array;
  readonly #done: Uint8Array;

  /** @param nodesMax the largest graph that will be asked about */
  constructor(nodesMax: number) {
    this.#next = new Int32Array(nodesMax);
    this.#previous = new Int32Array(nodesMax);
    this.#parent = new Int32Array(2 * nodesMax);
    this.#tree = new Int32Array(2 * nodesMax);
    this.#queue = new Int32Array(2 * nodesMax);
    this.#done = new Uint8Array(nodesMax);
  }

  /**
   * Sources and sinks may be some of the separator themselves.
   * @returns for each node 0 = the sources' side, 1 = the separator, 2 = the sinks' side; no link joins a 0 and a 2
   */
  separate(links: Links, sources: Int32Array, isSink: Uint8Array): Uint8Array {
    const count = links.first.length - 1;
    const tree = this.#tree;
    this.#next.fill(NONE, 0, count);
    this.#previous.fill(NONE, 0, count);
    while (this.#augmentAll(links, sources, isSink));
    return new Uint8Array(count).map((_, node) => (tree[2 * node + 1] !== NONE ? 0 : tree[2 * node] !== NONE ? 1 : 2));
  }

  /** One search from all sources; a tree that reaches a sink becomes a path and rests. @returns whether any did */
  #augmentAll({ first, link }: Links, sources: Int32Array, isSink: Uint8Array): boolean {
    const [next, previous, parent, tree, queue, done] = [this.#next, this.#previous, this.#parent, this.#tree, this.#queue, this.#done];
    const count = first.length - 1;
    tree.fill(NONE, 0, 2 * count);
    done.fill(0, 0, count);
    let [head, tail, found] = [0, 0, false];
    const reach = (state: number, from: number, root: number): void => {
      if (tree[state] !== NONE) return;
      tree[state] = root;
      parent[state] = from;
      queue[tail] = state;
      tail += 1;
    };
    for (const source of sources) reach(2 * source, OUTSIDE, source);
    while (head < tail) {
      const state = queue[head]!;
      head += 1;
      const [node, root] = [state >> 1, tree[state]!];
      if (done[root] === 1) continue;
      const before = previous[node]!;
      if ((state & 1) === 0) {
        if (before === NONE) reach(state + 1, state, root);
        else if (before !== OUTSIDE) reach(2 * before + 1, state, root);
      } else if (isSink[node] === 1 && next[node] !== OUTSIDE) {
        this.#augment(state);
        done[root] = 1;
        found = true;
      } else {
        if (before !== NONE) reach(state - 1, state, root);
        for (let at = first[node]!; at < first[node + 1]!; at += 1) reach(2 * link[at]!, state, root);
      }
    }
    return found;
  }

  /** Follows the tree back from where it reached a sink: forward steps join two nodes, backward steps part them. */
  #augment(end: number): void {
    const [next, previous, parent] = [this.#next, this.#previous, this.#parent];
    next[end >> 1] = OUTSIDE;
    let state = end;
    for (let before = parent[state]!; before !== OUTSIDE; state = before, before = parent[state]!) {
      const [from, to] = [before >> 1, state >> 1];
      if (from === to) continue;
      if ((before & 1) === 1) {
        next[from] = to;
        previous[to] = from;
      } else {
        if (next[to] === from) next[to] = NONE;
        if (previous[from] === to) previous[from] = NONE;
      }
    }
    previous[state >> 1] = OUTSIDE;
  }
}
