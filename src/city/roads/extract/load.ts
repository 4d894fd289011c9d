import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Transform, TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { grown, type Bounds, type RoadNetwork, type RoadPoint } from '../network.ts';
import { buildNetwork, isBlocking, rulesOf, type Extract, type ExtractWay, type Tags } from './build.ts';
import { PointTable } from './points.ts';
import type { TurnBan } from './turns.ts';

/** Why an extract is not taken. Whatever was there before stays. */
export interface ExtractProblem {
  readonly code: 'unreadable' | 'notAnExtract' | 'broken' | 'noRoads' | 'outsideCity';
  /** What is wrong and what to do, in one sentence. */
  readonly message: string;
}

/** Told now and then how far reading is, 0 to 1. */
export type Progress = (share: number) => void;

const EARTH: Bounds = { west: -180, south: -90, east: 180, north: 90 };

/** Ways out of the city and back in are kept this far around it. */
const MARGIN_METERS = 5_000;

/**
 * The drivable roads of an OpenStreetMap extract, cut to the city's surroundings. Never throws for what is in the file.
 * @param bounds the city's; without it the whole extract is taken
 */
export async function readRoads(path: string, bounds?: Bounds, progress: Progress = () => undefined): Promise<{ readonly network: RoadNetwork } | { readonly problem: ExtractProblem }> {
  const refuse = (code: ExtractProblem['code'], message: string): { readonly problem: ExtractProblem } => ({ problem: { code, message } });
  let start: string | undefined;
  try {
    start = await startOf(path);
  } catch (error) {
    return refuse('unreadable', `${path} cannot be read (${(error as { code?: string }).code ?? String(error)}): give the path of an .osm.pbf file`);
  }
  if (!start.includes('OSMHeader')) return refuse('notAnExtract', `${path} is not an OpenStreetMap extract in PBF format: download the .osm.pbf of your province again`);
  const clip = bounds && grown(bounds, MARGIN_METERS);
  let found: Found;
  try {
    found = await readExtract(path, clip, progress);
  } catch (error) {
    return refuse('broken', `${path} cannot be read to its end (${(error as Error).message}): it was cut off or damaged on the way, download it again`);
  }
  if (found.drivable === 0) return refuse('noRoads', `${path} has no road for cars: was it filtered, or is it an extract of something else?`);
  const network = buildNetwork(found.extract);
  if (network.head.length > 0) return { network };
  if (!bounds || !found.extent) return refuse('noRoads', `${path} has roads but not their points: download the .osm.pbf again, complete`);
  return refuse('outsideCity', `${path} has no road in the city: it covers ${say(found.extent)}, the city lies in ${say(bounds)}. Take the extract of the city's own province`);
}

const say = ({ west, south, east, north }: Bounds): string =>
  `${west.toFixed(2)} to ${east.toFixed(2)} east, ${south.toFixed(2)} to ${north.toFixed(2)} north`;

function contains({ west, south, east, north }: Bounds, { lon, lat }: RoadPoint): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** The first bytes as text: every extract begins with the length and the name of its header. */
async function startOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

interface OsmItem {
  readonly type?: 'node' | 'way' | 'relation';
  readonly id: number;
  readonly lat: number;
  readonly lon: number;
  readonly refs: readonly number[];
  readonly members: readonly { readonly type: string; readonly ref: number; readonly role: string }[];
  readonly tags?: Tags;
}

/** The format allows no larger block; what claims one is not an extract, and would be read into memory as a whole. */
const BLOCK_BYTES_MAX = 32 * 1_024 * 1_024;

/** The library throws out of the stream, which ends the process: here every mistake of a file becomes an error of the stream. */
async function carefulParser(): Promise<Transform> {
  // Loaded when an extract is read: nothing else that opens a city needs it.
  const { OSMTransform } = await import('osm-pbf-parser-node');
  class CarefulTransform extends OSMTransform {
    override _transform(chunk: Buffer, encoding: BufferEncoding, next: TransformCallback): void {
      try {
        super._transform(chunk, encoding, next);
        const { needed } = this as unknown as { needed: number };
        if (needed > BLOCK_BYTES_MAX) this.destroy(new Error(`it asks for a block of ${needed} bytes`));
      } catch (error) {
        next(error as Error);
      }
    }

    override _flush(done: TransformCallback): void {
      try {
        super._flush(done);
      } catch {
        done(new Error('it ends in the middle'));
      }
    }
  }
  const tags = { node: ['barrier', 'access', 'motor_vehicle'], way: true, relation: true };
  return new CarefulTransform({ withTags: tags, withInfo: false });
}

async function readItems(path: string, take: (item: OsmItem) => void, progress: Progress): Promise<void> {
  const size = (await stat(path)).size;
  const file = createReadStream(path, { highWaterMark: 1_024 * 1_024 });
  await pipeline(
    file,
    await carefulParser(),
    async (blocks: AsyncIterable<readonly OsmItem[]>) => {
      for await (const block of blocks) {
        for (const item of block) take(item);
        progress(file.bytesRead / size);
      }
    },
  );
}

interface Found {
  readonly extract: Extract;
  /** Of all points in the file. */
  readonly extent: Bounds | undefined;
  /** Ways for cars in the file, wherever they lie. */
  readonly drivable: number;
}

/** Points first, then the ways that use them: of a whole province only what lies around the city is kept. */
async function readExtract(path: string, clip: Bounds | undefined, progress: Progress): Promise<Found> {
  const points = new PointTable();
  const blocked = new Set<number>();
  let extent: Bounds | undefined;
  await readItems(path, (item) => {
    if (item.type !== 'node' || !contains(EARTH, item)) return;
    extent = reaching(extent, item);
    if (clip && !contains(clip, item)) return;
    points.add(item.id, item);
    if (item.tags && isBlocking(item.tags)) blocked.add(item.id);
  }, (share) => progress(share / 2));

  const ways: ExtractWay[] = [];
  const bans: TurnBan[] = [];
  let drivable = 0;
  await readItems(path, (item) => {
    if (item.type === 'relation') bans.push(...bansOf(item));
    const rules = item.type === 'way' && item.tags ? rulesOf(item.tags) : undefined;
    if (!rules) return;
    drivable += 1;
    if (item.refs.some((ref) => points.get(ref) !== undefined)) ways.push({ id: item.id, refs: item.refs, rules });
  }, (share) => progress((1 + share) / 2));
  return { extract: { ways, points, blocked, bans }, extent, drivable };
}

function reaching(extent: Bounds | undefined, { lon, lat }: RoadPoint): Bounds {
  if (!extent) return { west: lon, east: lon, south: lat, north: lat };
  return contains(extent, { lon, lat }) ? extent : {
    west: Math.min(extent.west, lon), east: Math.max(extent.east, lon), south: Math.min(extent.south, lat), north: Math.max(extent.north, lat),
  };
}

function bansOf({ tags, members }: OsmItem): TurnBan[] {
  const rule = tags?.['restriction'] ?? tags?.['restriction:motorcar'];
  if (!rule || tags?.['type'] !== 'restriction' || !/^(no|only)_/.test(rule)) return [];
  if ((tags['except'] ?? '').split(/;\s*/).some((one) => one === 'motorcar' || one === 'motor_vehicle')) return [];
  const named = (role: string, type: string): number[] => members.filter((one) => one.role === role && one.type === type).map(({ ref }) => ref);
  const [via] = named('via', 'node');
  if (via === undefined) return [];
  return named('from', 'way').flatMap((from) => named('to', 'way').map((to) => ({ from, to, via, only: rule.startsWith('only_') })));
}
