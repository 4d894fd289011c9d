/**
 * A city's roads as a graph. Every point of a drivable way is a node, so that a closure, a gate or a house number meets the
 * road exactly where it stands; an arc is the piece from one point to the next in one direction of travel.
 */
export interface RoadNetwork {
  /** WGS-84 in units of 1e-7 degrees, as OpenStreetMap has them. */
  readonly lon7: Int32Array;
  readonly lat7: Int32Array;
  /** Arcs of node `n` are `firstArc[n]` up to, not including, `firstArc[n + 1]`. */
  readonly firstArc: Int32Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly decimeters: Int32Array;
  /** Index into `ROAD_CLASSES`. */
  readonly roadClass: Uint8Array;
  /** Posted limit in km/h, 0 where nothing is posted. */
  readonly limitKmh: Uint8Array;
  /** Bits of `ACCESS`. */
  readonly access: Uint8Array;
  /** 1 where a car can come from everywhere and go everywhere: the largest strongly connected part. */
  readonly main: Uint8Array;
}

export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Of one degree of latitude, on a sphere of 6,371 km. */
export const METERS_PER_DEGREE = 111_195;

export function grown({ west, south, east, north }: Bounds, meters: number): Bounds {
  const high = meters / METERS_PER_DEGREE;
  const wide = high / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return { west: west - wide, south: south - high, east: east + wide, north: north + high };
}

/** OpenStreetMap's `highway` values that carry cars, from wide to narrow. */
export const ROAD_CLASSES = [
  'motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street', 'service', 'road',
  'motorway_link', 'trunk_link', 'primary_link', 'secondary_link', 'tertiary_link', 'track',
] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

export const ACCESS = {
  /** Ambulances alone: marked closed to motor vehicles, open to emergencies. */
  emergencyOnly: 1,
  /** Driveways, compounds, deliveries: a way in, and never a short cut. */
  private: 2,
} as const;

export const DEGREE = 1e7;

export interface RoadPoint {
  readonly lon: number;
  readonly lat: number;
}

/** One piece of road in one direction, before it has its place in the arrays. */
export interface Arc {
  readonly tail: number;
  readonly head: number;
  readonly decimeters: number;
  readonly roadClass: number;
  readonly limitKmh: number;
  readonly access: number;
}

/** Rows into columns, sorted by tail. `main` is filled here: it follows from the arcs. */
export function networkOf(points: readonly RoadPoint[], arcs: readonly Arc[]): RoadNetwork {
  const count = points.length;
  const firstArc = new Int32Array(count + 1);
  for (const { tail } of arcs) firstArc[tail + 1]! += 1;
  for (let node = 0; node < count; node += 1) firstArc[node + 1]! += firstArc[node]!;
  const next = firstArc.slice();
  const network = {
    lon7: new Int32Array(count).map((_, node) => Math.round(points[node]!.lon * DEGREE)),
    lat7: new Int32Array(count).map((_, node) => Math.round(points[node]!.lat * DEGREE)),
    firstArc,
    tail: new Int32Array(arcs.length),
    head: new Int32Array(arcs.length),
    decimeters: new Int32Array(arcs.length),
    roadClass: new Uint8Array(arcs.length),
    limitKmh: new Uint8Array(arcs.length),
    access: new Uint8Array(arcs.length),
  };
  for (const arc of arcs) {
    const place = next[arc.tail]!;
    next[arc.tail] = place + 1;
    network.tail[place] = arc.tail;
    network.head[place] = arc.head;
    network.decimeters[place] = arc.decimeters;
    network.roadClass[place] = arc.roadClass;
    network.limitKmh[place] = arc.limitKmh;
    network.access[place] = arc.access;
  }
  return { ...network, main: largestPart(network) };
}

/** Tarjan's strongly connected components without recursion; 1 for the nodes of the largest. */
function largestPart({ firstArc, head, access }: Pick<RoadNetwork, 'firstArc' | 'head' | 'access'>): Uint8Array {
  const count = firstArc.length - 1;
  const seenAt = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const part = new Int32Array(count).fill(-1);
  const nextArc = new Int32Array(count);
  const open: number[] = [];
  const sizes: number[] = [];
  let clock = 0;
  for (let root = 0; root < count; root += 1) {
    if (seenAt[root]! >= 0) continue;
    const walk = [root];
    while (walk.length > 0) {
      const node = walk.at(-1)!;
      if (seenAt[node]! < 0) {
        seenAt[node] = low[node] = clock;
        clock += 1;
        nextArc[node] = firstArc[node]!;
        open.push(node);
      }
      let deeper = -1;
      for (let arc = nextArc[node]!; arc < firstArc[node + 1]! && deeper < 0; arc += 1) {
        nextArc[node] = arc + 1;
        // What only an ambulance may pass does not make a place reachable for everyone.
        if ((access[arc]! & ACCESS.emergencyOnly) !== 0) continue;
        const other = head[arc]!;
        if (seenAt[other]! < 0) deeper = other;
        else if (part[other]! < 0) low[node] = Math.min(low[node]!, seenAt[other]!);
      }
      if (deeper >= 0) {
        walk.push(deeper);
        continue;
      }
      walk.pop();
      const above = walk.at(-1);
      if (above !== undefined) low[above] = Math.min(low[above]!, low[node]!);
      if (low[node] !== seenAt[node]) continue;
      let size = 0;
      for (let member = -1; member !== node; size += 1) part[(member = open.pop()!)] = sizes.length;
      sizes.push(size);
    }
  }
  const largest = sizes.indexOf(sizes.reduce((a, b) => Math.max(a, b), 0));
  return new Uint8Array(count).map((_, node) => (part[node] === largest ? 1 : 0));
}
