/** An undirected graph in compressed rows: neighbours of `v` are `link[first[v]]` up to `link[first[v + 1]]`. */
export interface Links {
  readonly first: Int32Array;
  readonly link: Int32Array;
}

const NONE = -1;
/** Stands for what all sources come from and all sinks lead to. */
const OUTSIDE = -2;

/**
 * The fewest nodes of which the removal parts `sources` from `sinks` (they may be some of either): a greatest set of paths
 * that share no node, by augmenting all trees of one breadth-first search at once, then the first full row of it (Menger).
 * Each node is two states, entered (2v) and left (2v + 1), with room for one path between them.
 *
 * @returns for each node 0 = the sources' side, 1 = the separator, 2 = the sinks' side; no link joins a 0 and a 2
 */
export function separate({ first, link }: Links, sources: Int32Array, isSink: Uint8Array): Uint8Array {
  const count = first.length - 1;
  const next = new Int32Array(count).fill(NONE);
  const previous = new Int32Array(count).fill(NONE);
  const parent = new Int32Array(2 * count);
  const tree = new Int32Array(2 * count);
  const queue = new Int32Array(2 * count);
  const done = new Uint8Array(count);

  const augment = (end: number): void => {
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
  };

  for (;;) {
    tree.fill(NONE);
    done.fill(0);
    let [head, tail, found] = [0, 0, 0];
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
        augment(state);
        done[root] = 1;
        found += 1;
      } else {
        if (before !== NONE) reach(state - 1, state, root);
        for (let at = first[node]!; at < first[node + 1]!; at += 1) reach(2 * link[at]!, state, root);
      }
    }
    if (found > 0) continue;
    return Uint8Array.from({ length: count }, (_, node) => (tree[2 * node + 1] !== NONE ? 0 : tree[2 * node] !== NONE ? 1 : 2));
  }
}
