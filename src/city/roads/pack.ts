import type { RoadNetwork } from './network.ts';

/** What is kept of prepared roads: the network and the ranks. Everything else follows from them within a moment. */
export interface Packed {
  readonly network: RoadNetwork;
  readonly rank: Int32Array;
  readonly origin: Origin;
}

/** Where the roads came from, for whoever asks how old they are. */
export interface Origin {
  readonly city: string;
  /** Name of the extract, without its folder. */
  readonly file: string;
  readonly madeAt: string;
}

/** Raised whenever the arrays or their meaning change: an older file is then made anew instead of misread. */
export const PACK_VERSION = 1;

const MAGIC = 'greenlane-roads\n';
const HEAD_BYTES = MAGIC.length + 8;
/** Int32Array has to begin at a multiple of four. */
const ALIGN = 8;

const INTS = ['lon7', 'lat7', 'firstArc', 'tail', 'head', 'decimeters'] as const;
const BYTES = ['roadClass', 'limitKmh', 'access', 'main'] as const;

export function pack({ network, rank, origin }: Packed): Uint8Array<ArrayBuffer> {
  const arrays = [...INTS.map((name) => network[name]), rank, ...BYTES.map((name) => network[name])];
  const facts = new TextEncoder().encode(JSON.stringify({ nodes: rank.length, arcs: network.head.length, origin }));
  const bytes = new Uint8Array(HEAD_BYTES + aligned(facts.length) + arrays.reduce((sum, { byteLength }) => sum + aligned(byteLength), 0));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, PACK_VERSION, true);
  view.setUint32(MAGIC.length + 4, facts.length, true);
  bytes.set(facts, HEAD_BYTES);
  let at = HEAD_BYTES + aligned(facts.length);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return bytes;
}

export type UnpackProblem = 'notRoads' | 'otherVersion' | 'broken';

/** Typed arrays over `bytes`, which must begin at a multiple of eight; or why not. Whether the bytes are still the same is checked where they are read. */
export function unpack(bytes: Uint8Array<ArrayBuffer>): Packed | UnpackProblem {
  if (bytes.length < HEAD_BYTES || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) return 'notRoads';
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(MAGIC.length, true) !== PACK_VERSION) return 'otherVersion';
  const factsLength = view.getUint32(MAGIC.length + 4, true);
  let at = HEAD_BYTES + aligned(factsLength);
  try {
    const { nodes, arcs, origin } = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + factsLength))) as { nodes: number; arcs: number; origin: Origin };
    const next = <T>(length: number, width: number, make: (buffer: ArrayBuffer, offset: number, length: number) => T): T => {
      const array = make(bytes.buffer, bytes.byteOffset + at, length);
      at += aligned(length * width);
      return array;
    };
    const ints = (length: number): Int32Array => next(length, 4, (buffer, offset, size) => new Int32Array(buffer, offset, size));
    const small = (length: number): Uint8Array => next(length, 1, (buffer, offset, size) => new Uint8Array(buffer, offset, size));
    const [lon7, lat7, firstArc] = [ints(nodes), ints(nodes), ints(nodes + 1)];
    const [tail, head, decimeters, rank] = [ints(arcs), ints(arcs), ints(arcs), ints(nodes)];
    const [roadClass, limitKmh, access, main] = [small(arcs), small(arcs), small(arcs), small(nodes)];
    if (at !== bytes.length) return 'broken';
    return { network: { lon7, lat7, firstArc, tail, head, decimeters, roadClass, limitKmh, access, main }, rank, origin };
  } catch {
    return 'broken';
  }
}

const aligned = (length: number): number => Math.ceil(length / ALIGN) * ALIGN;
