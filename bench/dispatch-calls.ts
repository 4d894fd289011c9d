/**
 * Further call sets after the configuration of the given ones: Poisson arrivals (18.8 an hour at load 1), 42 of 100 high
 * priority, dispatch delay 150 s, exponential times on scene (7.6 min) and at the hospital (4 min), 85 of 100 transported. The
 * population raster is not at hand: places are drawn from those of the given sets.
 */
import { seededChance } from '../src/base/index.ts';
import type { BenchCall } from './dispatch-city.ts';

const CALLS_PER_HOUR = 18.8;
const HOUR_SECONDS = 3_600;

export function generateCalls(places: readonly BenchCall[], load: number, seed: number): readonly BenchCall[] {
  const chance = seededChance(seed);
  const endSeconds = (load === 1 ? 168 : 72) * HOUR_SECONDS;
  const calls: BenchCall[] = [];
  for (let at = chance.exponential(HOUR_SECONDS / (CALLS_PER_HOUR * load)); at < endSeconds; at += chance.exponential(HOUR_SECONDS / (CALLS_PER_HOUR * load))) {
    const { lon, lat, node, offRoadMeters } = chance.pick(places);
    calls.push({
      id: calls.length + 1, calledSeconds: at, lon, lat, node, offRoadMeters, priority: chance.next() < 0.42 ? 1 : 3, dispatchDelaySeconds: 150,
      onSceneSeconds: chance.exponential(456), transport: chance.next() < 0.85, handOverSeconds: chance.exponential(240),
    });
  }
  return calls;
}
