import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../base/index.ts';
import { randomDay } from '../../../tests/trips/random-day.ts';
import { Draft } from './draft.ts';
import { Insertion } from './insertion.ts';
import { networkOf, type Network } from './network.ts';
import { pricesOf } from './prices.ts';
import { Route } from './route.ts';

const never = (): boolean => false;

function settled(net: Network, stops: ArrayLike<number>): Route {
  const route = new Route();
  route.setStops(stops);
  expect(route.settle(net, new Int32Array(net.nodes))).toBe(true);
  return route;
}

const stopsOf = ({ stops, length }: Route): Int32Array => stops.slice(0, length);
const pathsOf = ({ reach, length }: Route): Float64Array => reach.slice(0, (length + 1) ** 2);

describe('a route that one more rider joined', () => {
  it.each([['in its own place', true], ['as another route', false]])('knows what a route worked out anew knows, %s', (_, inPlace) => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const net = networkOf(randomDay(seededChance(seed), 9, 1));
      const draft = new Draft(net, { ...pricesOf(net.problem), car: 0, lateSecond: 0 });
      const insertion = new Insertion(net, 0);
      let route = settled(net, stopsOf(draft.routes[0]!));
      let joined = 0;
      for (let ride = 0; ride < net.rides; ride += 1) {
        if (net.begun[ride] === 1) continue;
        insertion.find(route, ride, never);
        if (insertion.after === -1) continue;
        const grown = inPlace ? route : new Route();
        if (!inPlace) grown.setStops(stopsOf(route));
        grown.insert(ride, insertion.after, insertion.dropAfter, route);
        const anew = settled(net, stopsOf(grown));
        expect(grown.settle(net, new Int32Array(net.nodes))).toBe(true);
        pathsOf(grown).forEach((path, entry) => expect(path).toBeCloseTo(pathsOf(anew)[entry]!, 5));
        expect(grown.cost).toBeCloseTo(anew.cost, 5);
        expect([...grown.loads.subarray(0, net.loadKinds * grown.length)]).toEqual([...anew.loads.subarray(0, net.loadKinds * anew.length)]);
        route = grown;
        joined += 1;
      }
      fc.pre(joined > 1);
    }), { numRuns: 200 });
  });
});
