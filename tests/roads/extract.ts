/** Writes small OpenStreetMap extracts in PBF format, so that tests need no real one. Format: wiki.openstreetmap.org/wiki/PBF_Format. */
import { deflateSync } from 'node:zlib';
import type { Place } from '../../src/base/index.ts';

type Tags = Readonly<Record<string, string>>;

export interface DrawnMap {
  /** Ids are 1, 2, 3 … in this order. */
  readonly nodes: readonly (Place & { readonly tags?: Tags })[];
  readonly ways: readonly { readonly id: number; readonly refs: readonly number[]; readonly tags: Tags }[];
  readonly turnBans?: readonly { readonly from: number; readonly via: number; readonly to: number; readonly restriction: string }[];
}

export function extractOf({ nodes, ways, turnBans = [] }: DrawnMap): Buffer {
  const strings = [''];
  const stringOf = (text: string): number => {
    if (!strings.includes(text)) strings.push(text);
    return strings.indexOf(text);
  };
  const keysAndValues = (tags: Tags): [Buffer, Buffer] => [
    packed(2, Object.keys(tags).map((key) => varint(stringOf(key)))),
    packed(3, Object.values(tags).map((value) => varint(stringOf(value)))),
  ];
  const dense = field(2, [
    packed(1, deltas(nodes.map((_, index) => index + 1))),
    packed(8, deltas(nodes.map(({ lat }) => Math.round(lat * 1e7)))),
    packed(9, deltas(nodes.map(({ lon }) => Math.round(lon * 1e7)))),
    packed(10, nodes.flatMap(({ tags = {} }) => [...Object.entries(tags).flatMap(([key, value]) => [varint(stringOf(key)), varint(stringOf(value))]), varint(0)])),
  ]);
  const wayGroup = ways.map(({ id, refs, tags }) => field(3, [number(1, id), ...keysAndValues(tags), packed(8, deltas(refs))]));
  const banGroup = turnBans.map(({ from, via, to, restriction }, index) => field(4, [
    number(1, index + 1),
    ...keysAndValues({ type: 'restriction', restriction }),
    packed(8, ['from', 'via', 'to'].map((role) => varint(stringOf(role)))),
    packed(9, deltas([from, via, to])),
    packed(10, [1, 0, 1].map(varint)),
  ]));
  const groups = [[dense], wayGroup, banGroup].filter((group) => group.length > 0).map((group) => field(2, group));
  const table = field(1, strings.map((text) => field(1, [Buffer.from(text)])));
  const header = Buffer.concat([field(4, [Buffer.from('OsmSchema-V0.6')]), field(4, [Buffer.from('DenseNodes')])]);
  return Buffer.concat([blob('OSMHeader', header), blob('OSMData', Buffer.concat([table, ...groups]))]);
}

function blob(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([number(2, content.length), field(3, [deflateSync(content)])]);
  const head = Buffer.concat([field(1, [Buffer.from(type)]), number(3, body.length)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

function field(tag: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint(tag * 8 + 2), varint(body.length), body]);
}

const packed = (tag: number, values: readonly Buffer[]): Buffer => field(tag, values);
const number = (tag: number, value: number): Buffer => Buffer.concat([varint(tag * 8), varint(value)]);

/** Each the difference to the one before, its sign in the lowest bit. */
function deltas(values: readonly number[]): Buffer[] {
  return values.map((value, index) => {
    const step = value - (values[index - 1] ?? 0);
    return varint(step >= 0 ? 2 * step : -2 * step - 1);
  });
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
