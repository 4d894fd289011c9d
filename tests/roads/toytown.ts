/** Toytown's main roads, as an extract that is imported like any other. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from '../../src/base/index.ts';
import { importRoads } from '../../src/city/load.ts';
import { extractOf } from './extract.ts';

/** The middle of Riverside, and the three hospitals with an emergency department. */
export const TOYTOWN: Readonly<Record<'riverside' | 'central' | 'second' | 'west', Place>> = {
  riverside: { lon: 113.65, lat: 34.75 }, central: { lon: 113.655, lat: 34.752 }, second: { lon: 113.682, lat: 34.763 }, west: { lon: 113.562, lat: 34.742 },
};

/** From Riverside to each of its hospitals; to the second one also around the first. Stored for a server with this data folder. */
export async function drawToytown(dataDir: string): Promise<void> {
  const extract = path.join(dataDir, 'toytown.osm.pbf');
  const tags = { highway: 'primary' };
  const { riverside, central, second, west } = TOYTOWN;
  writeFileSync(extract, extractOf({
    nodes: [riverside, central, second, west, { lon: 113.67, lat: 34.75 }], ways: [[1, 2], [1, 4], [2, 3], [1, 5, 3]].map((refs, index) => ({ id: index + 1, refs, tags })),
  }));
  const made = await importRoads({ extract, city: 'toytown', bounds: { west: 113.5, south: 34.6, east: 113.8, north: 34.85 }, dataDir, madeAt: '2022-11-25T00:00:00Z' });
  if ('problem' in made) throw new Error(made.problem.message);
}

/** A cordon nobody passes, unless `more` says otherwise. */
export const around = ({ lon, lat }: Place, more: object = {}): Record<string, unknown> => ({
  kind: 'cordon', area: { centre: { lon, lat }, radiusMeters: 200 }, passage: { ambulance: 'closed', car: 'closed', permitCar: 'closed' }, ...more,
});
