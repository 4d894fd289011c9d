import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractOf, type DrawnMap } from '../../../tests/roads/extract.ts';
import { at, gridOfStreets } from '../../../tests/roads/streets.ts';
import { driveBetween } from './ask.ts';
import { readRoads } from './extract/load.ts';
import { loadRoads, roadsFile, saveRoads } from './load.ts';
import { prepareRoads } from './map.ts';
import { roadTimes } from './times.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'roads-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const map = prepareRoads(gridOfStreets(7, 5));
const origin = { city: 'toytown', file: 'toytown.osm.pbf', madeAt: '2022-11-24T20:00:00.000Z' };

describe('stored roads', () => {
  it('come back as they were', async () => {
    const path = roadsFile(folder, 'toytown');
    await saveRoads(path, map, origin);
    expect(await loadRoads(path)).toEqual({ map, origin });
  });

  it('that were never made are missing, which is no mistake', async () => {
    expect(await loadRoads(roadsFile(folder, 'nowhere'))).toMatchObject({ problem: 'missing' });
  });

  it('that are damaged anywhere are refused, and it is said how to make them again', async () => {
    const path = roadsFile(folder, 'damaged');
    await saveRoads(path, map, origin);
    const whole = readFileSync(path);
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.boolean(), async (at, cut) => {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1;
      writeFileSync(path, cut ? whole.subarray(0, at) : bytes);
      const loaded = await loadRoads(path);
      expect(loaded).toMatchObject({ problem: 'broken' });
      expect('message' in loaded && loaded.message).toContain('greenlane city roads');
    }), { numRuns: 200 });
  });

  it('of another version are said to be', async () => {
    const path = roadsFile(folder, 'older');
    await saveRoads(path, map, origin);
    const bytes = readFileSync(path);
    bytes.writeUInt32LE(99, 'greenlane-roads\n'.length);
    writeFileSync(path, bytes);
    const loaded = await loadRoads(path);
    expect('message' in loaded && loaded.message).toContain('another version');
  });
});

describe('an extract', () => {
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    const path = join(folder, 'x.osm.pbf');
    writeFileSync(path, bytes);
    const read = await readRoads(path);
    return 'problem' in read ? read.problem.code : 'taken';
  };

  it('that is none is refused', async () => {
    expect(await codeOf(Buffer.alloc(0))).toBe('notAnExtract');
    expect(await codeOf(Buffer.from('{"name": "no extract"}'))).toBe('notAnExtract');
    const read = await readRoads(join(folder, 'nowhere.osm.pbf'));
    expect(read).toMatchObject({ problem: { code: 'unreadable' } });
  });

  it('that begins like one and goes on with anything is refused, never an exception', async () => {
    const start = Buffer.concat([Buffer.from([0, 0, 0, 13, 10, 9]), Buffer.from('OSMHeader'), Buffer.from([24, 10])]);
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (rest) => {
      expect(['broken', 'noRoads', 'notAnExtract']).toContain(await codeOf(Buffer.concat([start, rest])));
    }), { numRuns: 100 });
  });

  it('with any of its bytes changed is refused or still a network, never an exception', async () => {
    const nodes = Array.from({ length: 30 }, (_, index) => at(index * 50, (index % 4) * 70));
    const whole = extractOf({ nodes, ways: [{ id: 1, refs: nodes.map((_, index) => index + 1), tags: { highway: 'primary', oneway: 'no' } }] });
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Buffer.from(whole);
      for (const [index, byte] of changes) bytes[index] = byte;
      expect(['taken', 'broken', 'noRoads', 'notAnExtract']).toContain(await codeOf(bytes));
    }), { numRuns: 150 });
  });

  it('with points that lie nowhere on earth is taken without them', async () => {
    const nodes = [at(0, 0), at(100, 0), { lon: 113.6, lat: 95 }, { lon: 200, lat: 34.7 }];
    writeFileSync(join(folder, 'odd.osm.pbf'), extractOf({ nodes, ways: [{ id: 1, refs: [1, 2, 3, 4], tags: { highway: 'primary' } }] }));
    const read = await readRoads(join(folder, 'odd.osm.pbf'));
    expect('network' in read && read.network.lon7.length).toBe(2);
  });

  it('with its bollards and banned turns is driven as it is signed', async () => {
    // Given a crossing 2 with arms to 1, 3 and 4, and a lane from 3 to 5 that a bollard at 6 stops
    const nodes = [at(0, 0), at(300, 0), at(600, 0), at(300, 300), at(900, 0), at(750, 0)];
    const ways = [[1, 2], [2, 3], [2, 4], [3, 6, 5]].map((refs, index) => ({ id: 10 * (index + 1), refs, tags: { highway: 'residential' } }));
    const drawn = { nodes: nodes.map((place, index) => (index === 5 ? { ...place, tags: { barrier: 'bollard' } } : place)), ways };
    const meters = async (bans: DrawnMap['turnBans'] & object): Promise<number | undefined> => {
      const path = join(folder, 'drawn.osm.pbf');
      writeFileSync(path, extractOf({ ...drawn, turnBans: bans }));
      const read = await readRoads(path);
      if ('problem' in read) throw new Error(read.problem.message);
      expect(read.network.lon7.length).toBe(4 + bans.length);
      const drive = driveBetween(roadTimes(prepareRoads(read.network), 'car', 12), at(10, 0), at(300, 290));
      return 'meters' in drive ? drive.meters : undefined;
    };
    expect(await meters([])).toBe(580);
    // Then who may not turn left goes on to 3, turns there and comes back
    expect(await meters([{ from: 10, via: 2, to: 30, restriction: 'no_left_turn' }])).toBe(580 + 600);
    expect(await meters([{ from: 10, via: 2, to: 20, restriction: 'only_straight_on' }])).toBe(580 + 600);
  });

  it('of a whole province leaves the city\'s surroundings', async () => {
    // Given a road from the city's middle eastwards, a point every kilometre, and a city that reaches 3 km
    const path = join(folder, 'province.osm.pbf');
    const nodes = Array.from({ length: 40 }, (_, kilometers) => at(kilometers * 1_000, 0));
    writeFileSync(path, extractOf({ nodes, ways: [{ id: 1, refs: nodes.map((_, index) => index + 1), tags: { highway: 'trunk' } }] }));
    const read = await readRoads(path, { west: at(-100, 0).lon, south: at(0, -100).lat, east: at(3_000, 0).lon, north: at(0, 100).lat });
    // Then the road is kept for the 5 km around it that a way out and back may need
    expect('network' in read && read.network.lon7.length).toBe(9);
    const far = await readRoads(path, { west: 121, south: 31, east: 122, north: 32 });
    expect(far).toMatchObject({ problem: { code: 'outsideCity' } });
    expect('problem' in far && far.problem.message).toContain('113.60 to 114.03 east');
  });

  const real = new URL('../../../../shared/data/roads/monaco.osm.pbf', import.meta.url).pathname;
  describe.skipIf(!existsSync(real))('of a real place', () => {
    it('has its roads, cut to the bounds that were given', async () => {
      const whole = await readRoads(real);
      const part = await readRoads(real, { west: 7.47, south: 43.75, east: 7.49, north: 43.77 });
      const size = (read: typeof whole): number => ('network' in read ? read.network.head.length : 0);
      expect(size(whole)).toBeGreaterThan(20_000);
      expect(size(part)).toBeGreaterThan(0);
      expect(size(part)).toBeLessThan(size(whole));
    });

    it('elsewhere is refused with both places named', async () => {
      const read = await readRoads(real, { west: 112.7, south: 34.26, east: 114.25, north: 34.98 });
      expect(read).toMatchObject({ problem: { code: 'outsideCity' } });
      expect('problem' in read && read.problem.message).toContain('112.70 to 114.25');
    });

    it('that was cut off is refused', async () => {
      const bytes = readFileSync(real);
      for (const share of [0.2, 0.6, 0.999]) expect(await codeOf(bytes.subarray(0, Math.floor(bytes.length * share)))).toBe('broken');
    });

    it('with a stretch of it garbled is refused or still a network', async () => {
      const bytes = readFileSync(real);
      for (const at of [100, 5_000, 400_000, 900_000, 1_500_000]) {
        const garbled = Buffer.from(bytes);
        garbled.fill(0x5a, at, at + 64);
        expect(['broken', 'taken', 'noRoads']).toContain(await codeOf(garbled));
      }
    });
  });
});
