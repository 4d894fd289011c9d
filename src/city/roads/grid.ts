import { DEGREE, METERS_PER_DEGREE, type Bounds, type RoadNetwork } from './network.ts';

/** Which arcs pass through which square: to find the roads near a place and the roads that a closure meets. */
export interface Grid {
  readonly bounds: Bounds;
  readonly columns: number;
  readonly rows: number;
  readonly first: Int32Array;
  readonly arc: Int32Array;
}

const CELL_METERS = 250;
/** However far two roads of an extract lie apart, the squares between them stay few. */
const CELLS_MAX = 4_000_000;

export function buildGrid(network: RoadNetwork): Grid {
  const bounds = boundsOf(network);
  const squeeze = Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180);
  const wide = Math.max(1, ((bounds.east - bounds.west) * METERS_PER_DEGREE * squeeze) / CELL_METERS);
  const high = Math.max(1, ((bounds.north - bounds.south) * METERS_PER_DEGREE) / CELL_METERS);
  const shrink = Math.min(1, Math.sqrt(CELLS_MAX / (wide * high)));
  const [columns, rows] = [Math.ceil(wide * shrink), Math.ceil(high * shrink)];
  const empty: Grid = { bounds, columns, rows, first: new Int32Array(columns * rows + 1), arc: new Int32Array(0) };
  const { first } = empty;
  const each = (take: (cell: number, arc: number) => void): void => {
    for (let arc = 0; arc < network.head.length; arc += 1) forCells(empty, boundsOfArc(network, arc), (cell) => take(cell, arc));
  };
  each((cell) => void (first[cell + 1]! += 1));
  for (let cell = 0; cell < columns * rows; cell += 1) first[cell + 1]! += first[cell]!;
  const next = first.slice();
  const arcs = new Int32Array(first[columns * rows]!);
  each((cell, arc) => {
    arcs[next[cell]!] = arc;
    next[cell]! += 1;
  });
  return { ...empty, arc: arcs };
}

/** Arcs that may touch these bounds, always in the same order; one that passes several squares is named in each. */
export function forArcsNear(grid: Grid, bounds: Bounds, take: (arc: number) => void): void {
  forCells(grid, bounds, (cell) => {
    for (let at = grid.first[cell]!; at < grid.first[cell + 1]!; at += 1) take(grid.arc[at]!);
  });
}

function forCells({ bounds, columns, rows }: Grid, { west, south, east, north }: Bounds, take: (cell: number) => void): void {
  const column = (lon: number): number => Math.floor(((lon - bounds.west) / (bounds.east - bounds.west || 1)) * columns);
  const row = (lat: number): number => Math.floor(((lat - bounds.south) / (bounds.north - bounds.south || 1)) * rows);
  // What lies on the eastern or northern edge belongs to the last square.
  const within = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1);
  if (east < bounds.west || west > bounds.east || north < bounds.south || south > bounds.north) return;
  for (let y = within(row(south), rows); y <= within(row(north), rows); y += 1) {
    for (let x = within(column(west), columns); x <= within(column(east), columns); x += 1) take(y * columns + x);
  }
}

function boundsOf({ lon7, lat7 }: RoadNetwork): Bounds {
  const least = (values: Int32Array): number => values.reduce((a, b) => Math.min(a, b), values[0] ?? 0) / DEGREE;
  const most = (values: Int32Array): number => values.reduce((a, b) => Math.max(a, b), values[0] ?? 0) / DEGREE;
  return { west: least(lon7), south: least(lat7), east: most(lon7), north: most(lat7) };
}

function boundsOfArc({ lon7, lat7, tail, head }: RoadNetwork, arc: number): Bounds {
  const [a, b] = [tail[arc]!, head[arc]!];
  return {
    west: Math.min(lon7[a]!, lon7[b]!) / DEGREE, east: Math.max(lon7[a]!, lon7[b]!) / DEGREE,
    south: Math.min(lat7[a]!, lat7[b]!) / DEGREE, north: Math.max(lat7[a]!, lat7[b]!) / DEGREE,
  };
}
