import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractOf } from '../../../../tests/roads/extract.ts';
import { at, gridOfStreets } from '../../../../tests/roads/streets.ts';
import { driveBetween, driveMatrix } from '../ask.ts';
import { loadRoads, roadsFile, saveRoads } from '../load.ts';
import { prepareRoads } from '../map.ts';
import type { Restriction } from '../restriction.ts';
import { importInThread, openRoads, type OpenRoads } from './load.ts';

const noon = Date.UTC(2022, 10, 25, 4);
const [south, north] = [at(300, 0), at(300, 900)];
const river: Restriction = {
  id: 'river', kind: 'closure', area: { ring: [at(-100, 440), at(1_100, 440), at(1_100, 460), at(-100, 460)] },
  passage: { ambulance: { delaySeconds: 300 }, car: 'closed', permitCar: 'closed' },
};

let folder = '';
let roads: OpenRoads;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roads-thread-'));
  const path = roadsFile(folder, 'grid');
  await saveRoads(path, prepareRoads(gridOfStreets(11, 11)), { city: 'grid', file: 'grid.osm.pbf', madeAt: '' });
  const opened = await openRoads(path);
  if ('problem' in opened) throw new Error(opened.message);
  roads = opened;
});
afterAll(async () => {
  await roads.close();
  rmSync(folder, { recursive: true });
});

describe('roads with a thread', () => {
  it('answer from the picture before until the new one is whole, and then from the new one', async () => {
    // Given a question that is being asked this hour
    const before = driveBetween(roads.live.times('car', noon), south, north);
    expect(before).toHaveProperty('seconds');
    // When the river rises
    const risen = roads.restrict([river]);
    expect(driveBetween(roads.live.times('car', noon), south, north)).toEqual(before);
    await risen;
    // Then the hour in use is ready, and says so
    expect(roads.live.made).toMatchObject([{ profile: 'car', hour: 12 }]);
    expect(driveBetween(roads.live.times('car', noon), south, north)).toEqual({ why: 'noWayOpen' });
    await roads.restrict([]);
    expect(driveBetween(roads.live.times('car', noon), south, north)).toEqual(before);
  });

  it('are ready for every traveller in the hour that is named', async () => {
    await roads.restrict([], noon);
    expect(roads.live.made.map(({ profile, hour }) => `${profile} ${hour}`)).toEqual(['ambulance 12', 'car 12', 'permitCar 12']);
  });

  it('make the same matrix as without', async () => {
    await roads.restrict([river]);
    const places = [south, north, at(720, 310), at(9_000, 9_000)];
    expect(await roads.matrix('ambulance', noon, places, places)).toEqual(driveMatrix(roads.live.times('ambulance', noon), places, places));
  });

  it('whose thread has ended still know every cordon', async () => {
    const opened = await openRoads(roadsFile(folder, 'grid'));
    if ('problem' in opened) throw new Error(opened.message);
    await opened.close();
    await opened.restrict([river]);
    expect(driveBetween(opened.live.times('car', noon), south, north)).toEqual({ why: 'noWayOpen' });
    await expect(opened.matrix('car', noon, [south], [north])).rejects.toThrow('ended');
  });

  it('that are not there are said to be missing', async () => {
    expect(await openRoads(roadsFile(folder, 'nowhere'))).toMatchObject({ problem: 'missing' });
  });
});

describe('an import in a thread', () => {
  const bounds = { west: 113.5, south: 34.6, east: 113.8, north: 34.9 };
  const wanted = { city: 'small', bounds, dataDir: '', madeAt: '', extract: '' };

  it('stores the roads, or says why not', async () => {
    const extract = join(folder, 'small.osm.pbf');
    writeFileSync(extract, extractOf({ nodes: [at(0, 0), at(200, 0)], ways: [{ id: 1, refs: [1, 2], tags: { highway: 'primary' } }] }));
    expect(await importInThread({ ...wanted, dataDir: folder, extract })).toEqual({});
    expect(await loadRoads(roadsFile(folder, 'small'))).toHaveProperty('map');
    const broken = await importInThread({ ...wanted, dataDir: folder, extract: join(folder, 'nowhere.osm.pbf') });
    expect(broken.problem).toContain('cannot be read');
  });
});
