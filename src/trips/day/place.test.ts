import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, seededChance } from '../../base/index.ts';
import { DAY_BEGINS, emptyDay, offered, passed, someRide } from '../../../tests/trips/trip-day.ts';
import { judge, placeRide, routesOf, type TripDay } from '../index.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** Some hours of a day of which some cars are far behind, stand at a door, or were not heard of. */
function running(seed: number): { readonly day: TripDay; readonly chance: ReturnType<typeof seededChance> } {
  const chance = seededChance(seed);
  const day = offered(emptyDay(chance, 4), chance, 14);
  return { day: passed(day, DAY_BEGINS + chance.below(6 * 60) * MINUTE_MS, chance), chance };
}

describe('a place in the running plan', () => {
  it('given cars that are late already, then their lateness is not held against whoever is placed now', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { day: heard, chance } = running(seed);
      // Nothing was heard since: whoever stood at a door stands there yet.
      const day = { ...heard, at: heard.at + chance.below(120) * MINUTE_MS };
      const placed = placeRide(day, someRide(chance, 'new', day.at));
      if (placed.ok) expect(placed.value.faults).toEqual([]);
    }), { numRuns: 1_000, examples: [[1_117_376_327]] });
  });

  it('given any cars of a plan that runs, then judged alone they break what they break when all are judged', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { day, chance } = running(seed);
      const routes = routesOf(day);
      const cars = day.cars.map(({ car }) => car).filter(() => chance.next() < 0.5);
      const alone = judge(day, routes.filter(({ car }) => cars.includes(car)), cars);
      const all = judge(day, routes).filter(({ car }) => car !== undefined && cars.includes(car));
      expect(alone).toEqual(all);
    }), { numRuns: 300 });
  });
});
