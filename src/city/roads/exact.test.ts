import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../base/index.ts';
import { dijkstra } from '../../../tests/roads/dijkstra.ts';
import { anyNetwork, gridOfStreets } from '../../../tests/roads/streets.ts';
import { CLOSED } from './customize.ts';
import { readRoads } from './extract/load.ts';
import { labelsOf, meet, meetMillis, type Entry } from './labels.ts';
import { prepareRoads } from './map.ts';
import type { RoadNetwork } from './network.ts';
import { drivingMillis } from './profiles.ts';
import { wayOf } from './route.ts';
import { timesWith, type RoadTimes } from './times.ts';

const alone = (times: RoadTimes, node: number, direction: 'leaving' | 'arriving', keepWay = false) =>
  labelsOf(times.map.hierarchy, times.weights, [{ node, millis: 0 }], direction, keepWay)[0]!;

/** Every pair of these nodes, by the hierarchy and by plain Dijkstra. */
function expectExact(times: RoadTimes, from: readonly number[], to: readonly number[]): void {
  const ends = to.map((node) => alone(times, node, 'arriving'));
  for (const start of from) {
    const truth = dijkstra(times.map.network, times.arcMillis, start, CLOSED);
    const label = alone(times, start, 'leaving');
    const mine = ends.map((end) => meetMillis(label, end));
    expect(mine).toEqual(to.map((node) => Math.min(CLOSED, truth[node]!)));
  }
}

const allNodes = (network: RoadNetwork): readonly number[] => [...network.main.keys()];

describe('a time on roads is exactly what plain Dijkstra finds', () => {
  it('on any network, whatever is closed', () => {
    fc.assert(fc.property(anyNetwork, fc.infiniteStream(fc.integer({ min: 0, max: 5 })), (network, dice) => {
      // Given a prepared map, when some arcs are closed and others delayed afterwards
      const map = prepareRoads(network);
      const base = drivingMillis(network, 'car', 12, CLOSED);
      const felt = new Map([...base.keys()].flatMap((arc) => {
        const { value } = dice.next();
        return value > 1 ? [] : [[arc, [{ from: 0, to: 1, millis: value === 0 ? CLOSED : 90_000 }]]];
      }));
      expectExact(timesWith(map, base), allNodes(network), allNodes(network));
      // Then the same map answers for both
      expectExact(timesWith(map, base, felt), allNodes(network), allNodes(network));
    }), { numRuns: 150 });
  });

  it('and the way it shows is driveable piece by piece and takes that long', () => {
    fc.assert(fc.property(anyNetwork, (network) => {
      const base = drivingMillis(network, 'ambulance', 3, CLOSED);
      const times = timesWith(prepareRoads(network), base);
      for (const start of allNodes(network)) {
        const from = alone(times, start, 'leaving', true);
        for (const end of allNodes(network)) {
          const to = alone(times, end, 'arriving', true);
          const { depth, millis } = meet(from, to);
          if (millis >= CLOSED) continue;
          const { first, last, arcs } = wayOf(times, from, to, depth);
          const stops = [start, ...arcs.map((arc) => network.head[arc]!)];
          expect([first, last]).toEqual([start, end]);
          expect(arcs.map((arc) => network.tail[arc])).toEqual(stops.slice(0, -1));
          expect(stops.at(-1)).toBe(end);
          expect(arcs.reduce((sum, arc) => sum + base[arc]!, 0)).toBe(millis);
        }
      }
    }), { numRuns: 60 });
  });

  it('from and to places that open onto several roads', () => {
    const door = fc.array(fc.record({ node: fc.nat(), millis: fc.integer({ min: 0, max: 60_000 }) }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(anyNetwork, door, door, (network, leave, arrive) => {
      const base = drivingMillis(network, 'car', 12, CLOSED);
      const { map: { hierarchy }, weights } = timesWith(prepareRoads(network), base);
      const within = ({ node, millis }: Entry): Entry => ({ node: node % network.main.length, millis });
      const [starts, ends] = [leave.map(within), arrive.map(within)];
      const truth = Math.min(CLOSED, ...starts.flatMap((start) => {
        const millis = dijkstra(network, base, start.node, CLOSED);
        return ends.map((end) => start.millis + millis[end.node]! + end.millis);
      }));
      const from = labelsOf(hierarchy, weights, starts, 'leaving');
      const to = labelsOf(hierarchy, weights, ends, 'arriving');
      expect(Math.min(...from.flatMap((a) => to.map((b) => meetMillis(a, b))))).toBe(truth);
    }), { numRuns: 200 });
  });

  it('on a grid of streets, where there are many equally good ways', () => {
    const network = gridOfStreets(13, 11);
    const base = drivingMillis(network, 'car', 8, CLOSED);
    expectExact(timesWith(prepareRoads(network), base), allNodes(network), allNodes(network));
  });

  const extract = new URL('../../../../shared/data/roads/poa_osm.pbf', import.meta.url).pathname;
  it.skipIf(!existsSync(extract))('on a whole city, for both travellers, before and after closures', async () => {
    const read = await readRoads(extract);
    const network = 'network' in read ? read.network : undefined;
    const map = prepareRoads(network!);
    const chance = seededChance(20_220_328);
    const some = (count: number): number[] => Array.from({ length: count }, () => chance.below(network!.lon7.length));
    for (const profile of ['ambulance', 'car'] as const) {
      const base = drivingMillis(map.network, profile, 18, CLOSED);
      const closed = [...base.keys()].filter(() => chance.next() < 0.02).map((arc) => [arc, [{ from: 0, to: 1, millis: CLOSED }]] as const);
      expectExact(timesWith(map, base), some(12), some(300));
      expectExact(timesWith(map, base, new Map(closed)), some(12), some(300));
    }
  });
});
