import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../base/index.ts';
import { randomDay } from '../../../tests/trips/random-day.ts';
import { Draft } from './draft.ts';
import { carsAtLeast } from './fleet-bound.ts';
import { Insertion } from './insertion.ts';
import { networkOf, withLateness, type Network } from './network.ts';
import { pricesOf } from './prices.ts';
import { Route } from './route.ts';

const never = (): boolean => false;
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** A car that has some of the day's rides already, and the first ride that nobody has. */
function someRoute(seed: number, mayBeLate: boolean): { net: Network; route: Route; ride: number; lateWeight: number } {
  const chance = seededChance(seed);
  const strict = networkOf(randomDay(chance, 7, 1));
  const net = mayBeLate ? withLateness(strict, 3_600) : strict;
  const prices = { ...pricesOf(net.problem), car: 0 };
  const draft = new Draft(net, mayBeLate ? prices : { ...prices, lateSecond: 0 });
  for (let ride = 0; ride < net.rides - 1; ride += 1) draft.place(ride, never);
  const route = new Route();
  route.setStops(draft.routes[0]!.stops.slice(0, draft.routes[0]!.length));
  expect(route.settle(net, new Int32Array(net.nodes))).toBe(true);
  return { net, route, ride: net.rides - 1, lateWeight: mayBeLate ? prices.lateSecond : 0 };
}

/** The same by trying: every pair of positions, each with a timetable of its own. */
function cheapestByTrying(net: Network, route: Route, ride: number, lateWeight: number): number {
  let best = Infinity;
  for (let after = 0; after < route.length - 1; after += 1) {
    for (let dropAfter = after; dropAfter < route.length - 1; dropAfter += 1) {
      const tried = new Route();
      tried.setStops(route.stops.slice(0, route.length));
      tried.insert(ride, after, dropAfter);
      if (!mixesCohorts(net, tried) && tried.settle(net, new Int32Array(net.nodes))) best = Math.min(best, tried.cost + lateWeight * tried.lateness);
    }
  }
  return best - route.cost - lateWeight * route.lateness;
}

function mixesCohorts(net: Network, { stops, length }: Route): boolean {
  const aboard = new Set<number>();
  for (let i = 1; i < length - 1; i += 1) {
    const node = stops[i]!;
    if ((node & 1) === 0) aboard.add(node);
    else aboard.delete(node - 1);
    if (new Set([...aboard].map((pick) => net.cohort[pick])).size > 1) return true;
  }
  return false;
}

describe('where one more rider costs least', () => {
  it.each([['on time', false], ['late when it must be', true]])('is what trying every place finds, %s', (_, mayBeLate) => {
    fc.assert(fc.property(seeds, (seed) => {
      const { net, route, ride, lateWeight } = someRoute(seed, mayBeLate);
      const insertion = new Insertion(net, lateWeight);
      insertion.find(route, ride, never);
      const tried = cheapestByTrying(net, route, ride, lateWeight);
      if (tried === Infinity) expect(insertion.cost).toBe(Infinity);
      else expect(insertion.cost / Math.max(1, lateWeight)).toBeCloseTo(tried / Math.max(1, lateWeight), 4);
    }), { numRuns: 300 });
  });
});

describe('where one more rider costs less than is known elsewhere', () => {
  it('is the best place, or none when that costs as much', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { net, route, ride } = someRoute(seed, false);
      const insertion = new Insertion(net, 0);
      insertion.find(route, ride, never);
      const { cost, after, dropAfter } = insertion;
      fc.pre(after !== -1);
      insertion.find(route, ride, never, cost + 1);
      expect(insertion).toMatchObject({ cost, after, dropAfter });
      insertion.find(route, ride, never, cost);
      expect(insertion.after).toBe(-1);
    }), { numRuns: 200 });
  });
});

describe('how many cars are needed at least', () => {
  it('is never more than a plan for everybody uses', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const net = networkOf(randomDay(seededChance(seed), 8, 6));
      const draft = new Draft(net, { ...pricesOf(net.problem), lateSecond: 0 });
      const left = Array.from({ length: net.rides }, (_, ride) => ride).filter((ride) => !draft.place(ride, never));
      fc.pre(left.length === 0);
      expect(carsAtLeast(net)).toBeLessThanOrEqual(draft.cars);
    }), { numRuns: 200 });
  });
});
