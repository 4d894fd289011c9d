import { Separator, type Links } from './separator.ts';

export interface Placed extends Links {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Smaller cells are ordered by degree: a cut would gain nothing there. */
const CELL_MIN = 12;
/** Share of a cell at each end that the separator has to part; published for road networks (Schild & Sommer 2015, inertial flow). */
const END_SHARE = 0.25;
const DIRECTIONS = [[1, 0], [0, 1], [1, 1], [1, -1]] as const;

/**
 * The order in which nodes are contracted. First whatever has at most two neighbours, street by street, which adds next to
 * nothing; then nested dissection: the nodes that part the city in two come last, those that part the halves before them,
 * and so on (Dibbelt, Strasser & Wagner 2014). The order follows from the map alone, never from speeds or closures.
 *
 * @param progress is told how many nodes have their place
 * @returns the rank of each node, 0 contracted first
 */
export function contractionOrder(graph: Placed, progress: (placed: number) => void = () => undefined): Int32Array {
  const count = graph.first.length - 1;
  const rank = new Int32Array(count).fill(-1);
  const core = peel(graph, rank);
  let top = count;
  let placed = count - core.nodes.length;
  progress(placed);
  const place = (nodes: Iterable<number>): void => {
    for (const node of nodes) {
      top -= 1;
      rank[node] = top;
      placed += 1;
    }
    progress(placed);
  };
  const separator = new Separator(core.nodes.length);
  // Largest ranks are given first: a separator before the halves it parts.
  const cells = [core];
  for (let cell = cells.pop(); cell; cell = cells.pop()) {
    const parts = connectedParts(cell);
    if (parts.length > 1) for (const part of parts) cells.push(part);
    else if (cell.nodes.length <= CELL_MIN) place(byDegree(cell));
    else {
      const side = bestSeparator(separator, graph, cell);
      place(cell.nodes.filter((_, index) => side[index] === 1));
      cells.push(...divide(cell, side, [0, 2]));
    }
  }
  return rank;
}

/** A part of the graph with numbers of its own; `nodes` are its names in the whole. */
interface Cell extends Links {
  readonly nodes: Int32Array;
}

/** Contracts nodes with at most two neighbours until there are none, no two neighbours in one round: chains stay flat. */
function peel({ first, link }: Links, rank: Int32Array): Cell {
  const count = first.length - 1;
  const around = Array.from({ length: count }, (_, node) => {
    const near: number[] = [];
    for (let at = first[node]!; at < first[node + 1]!; at += 1) near.push(link[at]!);
    return near;
  });
  const touched = new Int32Array(count).fill(-1);
  let bottom = 0;
  let candidates = [...rank.keys()];
  for (let round = 0; candidates.length > 0; round += 1) {
    const later: number[] = [];
    for (const node of candidates) {
      const near = around[node]!;
      if (rank[node]! >= 0 || near.length > 2) continue;
      if (touched[node] === round) {
        later.push(node);
        continue;
      }
      rank[node] = bottom;
      bottom += 1;
      const [a, b] = near;
      if (a !== undefined) replaceNeighbour(around[a]!, node, b);
      if (b !== undefined) replaceNeighbour(around[b]!, node, a);
      for (const other of near) {
        touched[other] = round;
        later.push(other);
      }
    }
    candidates = later;
  }
  const nodes = rank.map((_, node) => node).filter((node) => rank[node]! < 0);
  const place = new Int32Array(count).fill(-1);
  nodes.forEach((node, index) => void (place[node] = index));
  const links = around.reduce((sum, near) => sum + near.length, 0);
  return cellOf(nodes, links, (index, add) => {
    for (const other of around[nodes[index]!]!) add(place[other]!);
  });
}

/** The street goes on to `by`, if it goes on and is not a neighbour already. */
function replaceNeighbour(near: number[], gone: number, by: number | undefined): void {
  near.splice(near.indexOf(gone), 1);
  if (by !== undefined && !near.includes(by)) near.push(by);
}

/** @param around names the neighbours of each node, by their numbers in the cell */
function cellOf(nodes: Int32Array, linksMax: number, around: (index: number, add: (other: number) => void) => void): Cell {
  const first = new Int32Array(nodes.length + 1);
  const link = new Int32Array(linksMax);
  let length = 0;
  const add = (other: number): void => {
    link[length] = other;
    length += 1;
  };
  for (let index = 0; index < nodes.length; index += 1) {
    around(index, add);
    first[index + 1] = length;
  }
  return { nodes, first, link: link.slice(0, length) };
}

/**
 * Cuts a cell into those of its parts that are wanted; links between parts are left out.
 * @param partOf the part of each node
 */
function divide(cell: Cell, partOf: ArrayLike<number>, wanted: readonly number[]): Cell[] {
  const members = new Map(wanted.map((part) => [part, [] as number[]]));
  const place = new Int32Array(cell.nodes.length);
  for (let index = 0; index < cell.nodes.length; index += 1) place[index] = (members.get(partOf[index]!)?.push(index) ?? 0) - 1;
  return wanted.flatMap((part) => {
    const inside = members.get(part)!;
    if (inside.length === 0) return [];
    const links = inside.reduce((sum, index) => sum + cell.first[index + 1]! - cell.first[index]!, 0);
    return cellOf(Int32Array.from(inside, (index) => cell.nodes[index]!), links, (at, add) => {
      const index = inside[at]!;
      for (let next = cell.first[index]!; next < cell.first[index + 1]!; next += 1) {
        const other = cell.link[next]!;
        if (partOf[other] === part) add(place[other]!);
      }
    });
  });
}

function connectedParts(cell: Cell): Cell[] {
  const part = new Int32Array(cell.nodes.length).fill(-1);
  let parts = 0;
  for (let start = 0; start < part.length; start += 1) {
    if (part[start]! >= 0) continue;
    const open = [start];
    part[start] = parts;
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      for (let at = cell.first[index]!; at < cell.first[index + 1]!; at += 1) {
        const other = cell.link[at]!;
        if (part[other]! >= 0) continue;
        part[other] = parts;
        open.push(other);
      }
    }
    parts += 1;
  }
  return parts <= 1 ? [cell] : divide(cell, part, Array.from({ length: parts }, (_, index) => index));
}

function byDegree({ nodes, first }: Cell): number[] {
  const degree = (index: number): number => first[index + 1]! - first[index]!;
  return [...nodes.keys()].sort((a, b) => degree(b) - degree(a) || a - b).map((index) => nodes[index]!);
}

/** Of the cuts across four directions, the one with the fewest nodes; of equals, the one that halves best. */
function bestSeparator(separator: Separator, { x, y }: Placed, cell: Cell): Uint8Array {
  const { nodes } = cell;
  const end = Math.max(1, Math.floor(nodes.length * END_SHARE));
  let best: { readonly side: Uint8Array; readonly cost: number } | undefined;
  for (const [dx, dy] of DIRECTIONS) {
    const along = new Float64Array(nodes).map((node) => dx * x[node]! + dy * y[node]!);
    const sorted = nodes.map((_, index) => index).sort((a, b) => along[a]! - along[b]! || a - b);
    const isSink = new Uint8Array(nodes.length);
    for (const index of sorted.subarray(nodes.length - end)) isSink[index] = 1;
    const side = separator.separate(cell, sorted.subarray(0, end), isSink);
    const sizes = [0, 0, 0];
    for (const one of side) sizes[one]! += 1;
    const cost = sizes[1]! + Math.abs(sizes[0]! - sizes[2]!) / nodes.length;
    if (!best || cost < best.cost) best = { side, cost };
  }
  return best!.side;
}
