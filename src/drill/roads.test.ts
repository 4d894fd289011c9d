import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { roadsFile } from '../city/load.ts';
import { drawToytown, TOYTOWN } from '../../tests/roads/toytown.ts';
import { runDrill } from './cli.ts';
import { cityOf, travelFor } from './load.ts';

let folder = '';
let roads = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'drill-roads-'));
  await drawToytown(folder);
  roads = roadsFile(folder, 'toytown');
});
afterAll(() => rmSync(folder, { recursive: true }));

const noon = parseInstant('2022-11-25T12:00')!;

describe('a rehearsal on roads', () => {
  it('drives on them as the service does, and says where it guesses', async () => {
    const city = cityOf('toytown');
    const travel = await travelFor(city, roads);
    const estimated = await travelFor(city, undefined);
    const { riverside, west } = TOYTOWN;
    expect(travel.seconds.estimates?.(riverside, west)).toBe(false);
    expect(travel.seconds(riverside, west, noon, 'ambulance')).not.toBe(estimated.seconds(riverside, west, noon, 'ambulance'));
    expect(travel.tables(noon)!.ambulance.seconds('990101001', 'T-H4')).toBe(travel.drive(riverside, west, noon, 'ambulance'));
    const orchard = { lon: 113.7, lat: 34.72 };
    expect(travel.seconds.estimates?.(riverside, orchard)).toBe(true);
    expect(travel.drive(riverside, orchard, noon, 'car')).toBe(estimated.drive(riverside, orchard, noon, 'car'));
    // The extract itself gives the same as what was prepared from it.
    const fresh = await travelFor(city, path.join(folder, 'toytown.osm.pbf'));
    expect(fresh.drive(riverside, west, noon, 'car')).toBe(travel.drive(riverside, west, noon, 'car'));
  });

  it('is the same day twice, says which roads it drove, and keeps every promise', async () => {
    const day = async (options: object): Promise<string> => {
      let said = '';
      expect(await runDrill({ names: [], city: 'toytown', policy: 'zhengzhou-2022-11-25', seed: 5, hours: 6, requests: 60, ...options }, (text) => void (said += text))).toBe(0);
      return said;
    };
    const [first, again, guessed] = [await day({ roads }), await day({ roads }), await day({})];
    expect(again).toBe(first);
    expect(first).toContain(`drives on the roads of ${roads}`);
    expect(guessed).toContain('every drive is estimated');
    expect(first.replace(/^drives on .*$/m, '')).not.toBe(guessed.replace(/^every drive .*$/m, ''));
  });

  it('on a file that is none is refused with what to do', async () => {
    expect(await runDrill({ names: [], city: 'toytown', requests: 1, roads: path.join(folder, 'nothing.roads') }, () => undefined)).toBe(2);
    expect(await runDrill({ names: [], city: 'toytown', requests: 1, roads: path.join(folder, 'nothing.pbf') }, () => undefined)).toBe(2);
  });
});
