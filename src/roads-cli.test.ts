import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractOf } from '../tests/roads/extract.ts';
import { loadRoads, roadsFile } from './city/load.ts';
import { driveBetween, roadTimes } from './city/index.ts';
import { runCityRoads } from './roads-cli.ts';

let dataDir = '';
beforeAll(() => void (dataDir = mkdtempSync(join(tmpdir(), 'roads-cli-'))));
afterAll(() => rmSync(dataDir, { recursive: true }));

/** Streets every 0.01° across Toytown, its crossings numbered from the south-west. */
const SIDE = 26;
const crossing = (x: number, y: number) => ({ lon: 113.52 + x * 0.01, lat: 34.6 + y * 0.01 });
const toytown = extractOf({
  nodes: Array.from({ length: SIDE * SIDE }, (_, index) => crossing(index % SIDE, Math.floor(index / SIDE))),
  ways: Array.from({ length: SIDE }, (_, line) => [
    { id: 2 * line + 1, refs: Array.from({ length: SIDE }, (__, step) => line * SIDE + step + 1), tags: { highway: 'secondary' } },
    { id: 2 * line + 2, refs: Array.from({ length: SIDE }, (__, step) => step * SIDE + line + 1), tags: { highway: 'residential', maxspeed: '30' } },
  ]).flat(),
});

async function run(extract: string, city = 'toytown', folder = dataDir): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const stdout = new Writable({ write: (chunk, _, done) => (text += String(chunk), done()) });
  const code = await runCityRoads({ extract, city, dataDir: folder }, stdout);
  return { code, text };
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(dataDir, name);
  writeFileSync(path, bytes);
  return path;
}

describe('greenlane city roads', () => {
  it('keeps the roads of an extract, and says which places lie on none', async () => {
    const { code, text } = await run(written('toytown.osm.pbf', toytown));
    expect(code).toBe(0);
    expect(text).toContain('676 points, 2600 pieces of road');
    expect(text).toContain('100 % of the points are connected');
    expect(text).toMatch(/institutions, stations and town centres/);
    const loaded = await loadRoads(roadsFile(dataDir, 'toytown'));
    if ('problem' in loaded) throw new Error(loaded.message);
    expect(loaded.origin).toMatchObject({ city: 'toytown', file: 'toytown.osm.pbf' });
    expect(driveBetween(roadTimes(loaded.map, 'car', 12), crossing(0, 0), crossing(3, 4))).toHaveProperty('seconds');
  });

  it('refuses what is no extract of this city, and keeps what was there', async () => {
    await run(written('toytown.osm.pbf', toytown));
    const before = readFileSync(roadsFile(dataDir, 'toytown'));
    for (const [extract, reason] of [
      [written('cut.osm.pbf', toytown.subarray(0, toytown.length - 10)), 'cut off or damaged'],
      [written('text.osm.pbf', Buffer.from('<osm version="0.6"/>')), 'not an OpenStreetMap extract'],
      [join(dataDir, 'nowhere.osm.pbf'), 'cannot be read'],
      [written('river.osm.pbf', extractOf({ nodes: [crossing(0, 0), crossing(1, 0)], ways: [{ id: 1, refs: [1, 2], tags: { waterway: 'river' } }] })), 'no road for cars'],
      [written('far.osm.pbf', extractOf({ nodes: [{ lon: 121.4, lat: 31.2 }, { lon: 121.5, lat: 31.2 }], ways: [{ id: 1, refs: [1, 2], tags: { highway: 'primary' } }] })), 'no road in the city'],
    ] as const) {
      const { code, text } = await run(extract);
      expect(code).toBe(1);
      expect(text).toContain(reason);
      expect(text).toContain('kept');
    }
    expect(readFileSync(roadsFile(dataDir, 'toytown'))).toEqual(before);
  });

  it('says so when the roads cannot be stored', async () => {
    // Given a data folder that is a file
    const { code, text } = await run(written('toytown.osm.pbf', toytown), 'toytown', written('no-folder', Buffer.alloc(0)));
    expect(code).toBe(1);
    expect(text).toContain('cannot be stored');
  });

  it('names the cities there are when it does not know one', async () => {
    const { code, text } = await run('any.osm.pbf', 'atlantis');
    expect(code).toBe(1);
    expect(text).toContain('toytown');
  });
});
