import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readRoads, type ExtractProblem, type Progress } from './extract/load.ts';
import { prepareRoads, type RoadMap } from './map.ts';
import type { Bounds } from './network.ts';
import { pack, unpack, type Origin } from './pack.ts';

const HASH_BYTES = 32;

/** Where a city's roads are kept. */
export function roadsFile(dataDir: string, city: string): string {
  return join(dataDir, 'roads', `${city}.roads`);
}

export interface RoadImport {
  /** Path of an OpenStreetMap extract in PBF format. */
  readonly extract: string;
  readonly city: string;
  readonly bounds: Bounds;
  readonly dataDir: string;
  readonly madeAt: string;
}

export interface RoadProblem {
  readonly code: ExtractProblem['code'] | 'notStored';
  readonly message: string;
}

/** From the extract to stored roads; a few seconds of work for a large city. Whatever fails, what was stored before stays. */
export async function importRoads(
  { extract, city, bounds, dataDir, madeAt }: RoadImport,
  progress: (step: 'reading' | 'preparing', share: number) => void = () => undefined,
): Promise<{ readonly map: RoadMap } | { readonly problem: RoadProblem }> {
  const tell = (step: 'reading' | 'preparing'): Progress => (share) => progress(step, share);
  const read = await readRoads(extract, bounds, tell('reading'));
  if ('problem' in read) return read;
  const map = prepareRoads(read.network, undefined, tell('preparing'));
  const path = roadsFile(dataDir, city);
  try {
    await saveRoads(path, map, { city, file: basename(extract), madeAt });
  } catch (error) {
    const reason = (error as { code?: string }).code ?? String(error);
    return { problem: { code: 'notStored', message: `the roads cannot be stored at ${path} (${reason}): is there room, and may this program write there?` } };
  }
  return { map };
}

/** Complete or not at all: what was there stays until the new file is whole and on the disk. */
export async function saveRoads(path: string, { network, hierarchy }: RoadMap, origin: Origin): Promise<void> {
  const bytes = pack({ network, rank: hierarchy.rank, origin });
  const unfinished = `${path}.new`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(bytes);
      await file.writeFile(hashOf(bytes));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

export interface SavedRoads {
  readonly map: RoadMap;
  readonly origin: Origin;
}

/** Never throws for what is in the file. `missing` is a city without roads, and no mistake. */
export async function loadRoads(path: string): Promise<SavedRoads | { readonly problem: 'missing' | 'broken'; readonly message: string }> {
  const again = 'make them again with `greenlane city roads FILE.osm.pbf`';
  let read: Buffer;
  try {
    read = await readFile(path);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') return { problem: 'missing', message: `there are no roads at ${path}: travel times are estimates` };
    return { problem: 'broken', message: `the roads at ${path} cannot be read (${code}): ${again}` };
  }
  // A copy of its own begins where typed arrays may begin; a pooled buffer need not.
  const bytes = new Uint8Array(read.subarray(0, Math.max(0, read.length - HASH_BYTES)));
  const packed = unpack(bytes);
  if (packed === 'otherVersion') return { problem: 'broken', message: `the roads at ${path} were made by another version: ${again}` };
  const same = hashOf(bytes).equals(read.subarray(bytes.length));
  if (typeof packed === 'string' || !same) return { problem: 'broken', message: `the roads at ${path} are damaged: ${again}` };
  return { map: prepareRoads(packed.network, packed.rank), origin: packed.origin };
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
