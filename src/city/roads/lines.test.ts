import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../base/index.ts';
import { anyNetwork, at, gridOfStreets } from '../../../tests/roads/streets.ts';
import { roadLines, ROAD_WIDTHS } from './lines.ts';
import { placeOf, prepareRoads } from './map.ts';

const everywhere = { west: 113, south: 34, east: 115, north: 36 };
const key = (a: Place, b: Place): string => [a, b].map(({ lon, lat }) => `${lon} ${lat}`).sort().join(' to ');

describe('roads as lines', () => {
  it('are every piece of road once, whichever way it is driven', () => {
    fc.assert(fc.property(anyNetwork, (network) => {
      const map = prepareRoads(network);
      const lines = roadLines(map, everywhere, Infinity);
      const drawn = ROAD_WIDTHS.flatMap((width) => lines[width]).flatMap((line) => line.slice(1).map((to, index) => key(line[index]!, to)));
      const there = [...network.head.keys()].map((arc) => key(placeOf(network, network.tail[arc]!), placeOf(network, network.head[arc]!)));
      expect([...new Set(drawn)].sort()).toEqual([...new Set(there)].sort());
    }));
  });

  it('leave out the streets where there would be too many', () => {
    const map = prepareRoads(gridOfStreets(5, 5));
    expect(roadLines(map, everywhere, 79)).toEqual({ broad: [], middle: [], street: [] });
    expect(roadLines(map, everywhere, 80).street.length).toBeGreaterThan(0);
  });

  it('are only those near what is looked at', () => {
    const map = prepareRoads(gridOfStreets(60, 3));
    const [corner, far] = [at(0, 0), at(5_900, 0)];
    const near = roadLines(map, { west: corner.lon, south: corner.lat, east: corner.lon + 0.001, north: corner.lat + 0.001 }, Infinity).street.flat();
    expect(near.length).toBeGreaterThan(0);
    expect(Math.max(...near.map(({ lon }) => lon))).toBeLessThan((corner.lon + far.lon) / 2);
  });
});
