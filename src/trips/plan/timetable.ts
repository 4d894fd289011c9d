import type { Draft } from './draft.ts';
import { Insertion } from './insertion.ts';
import { otherCarCost, type Network } from './network.ts';
import type { Plan, PlannedRoute, PlannedStop, Unplanned, UnplannedReason } from './plan.ts';
import { Route } from './route.ts';

/** The draft as a plan that people can read: with a time for every stop, and a reason for everyone who stays behind. */
export function planOf(draft: Draft): Plan {
  const { net } = draft;
  const { problem } = net;
  draft.restore(draft.stops());
  return {
    routes: draft.routes.flatMap((route, car) => (route.length === 2 ? [] : [routeOf(net, route, problem.cars[car]!.car)])),
    unplanned: draft.absent.toSorted((a, b) => a - b).map((ride): Unplanned => ({ ride: problem.rides[ride]!.ride, reason: whyUnplanned(net, ride) })),
    latenessSeconds: draft.lateness,
    distance: draft.routes.reduce((sum, route) => sum - otherCarCost(net, route), draft.cost),
  };
}

function routeOf(net: Network, route: Route, car: string): PlannedRoute {
  const begins = timetable(net, route);
  const { length } = route;
  const stops = Array.from({ length: length - 2 }, (_, i): PlannedStop[] => {
    const node = route.stops[i + 1]!;
    const { ride, aboard } = net.problem.rides[node >> 1]!;
    const isPickUp = (node & 1) === 0;
    return aboard && isPickUp ? [] : [{ ride, kind: isPickUp ? 'pickUp' : 'dropOff', beginsAtSeconds: begins[i + 1]! }];
  });
  return { car, leavesAtSeconds: begins[0]!, stops: stops.flat(), returnsAtSeconds: begins[length - 1]! };
}

/**
 * When each stop begins: drop-offs as soon as can be, pick-ups as late as that allows. Somebody waits at home rather than in
 * the car; nobody arrives later for it. The earliest times come from the route's longest paths, so ride times and driver's
 * hours hold already; a pick-up that moves later only shortens them.
 */
function timetable(net: Network, route: Route): Float64Array {
  const { stops, length } = route;
  const { span, nodes, due, rides } = net;
  const begins = route.early.slice(0, length);
  for (let i = length - 2; i >= 0; i -= 1) {
    const node = stops[i]!;
    const isFixed = i === 0 ? route.begun > 1 : i < route.begun;
    if (isFixed || (i > 0 && (node & 1) === 1)) continue;
    const byNext = begins[i + 1]! - span[node * nodes + stops[i + 1]!]!;
    const wanted = node < 2 * rides ? Math.min(due[node]!, byNext) : byNext;
    if (wanted > begins[i]!) begins[i] = wanted;
  }
  return begins;
}

function whyUnplanned(net: Network, ride: number): UnplannedReason {
  const { rides, cars } = net.problem;
  const { load } = rides[ride]!;
  const fits = cars.some(({ capacity }) => capacity.seats >= load.seats && capacity.wheelchairs >= load.wheelchairs && capacity.stretchers >= load.stretchers);
  if (!fits) return 'noCarFits';
  const insertion = new Insertion(net, 0);
  const alone = new Route();
  const positions = new Int32Array(net.nodes);
  const could = net.kinds.some(({ startNode, endNode, front, rest }, kind) => {
    alone.kind = kind;
    alone.begun = 1 + front.length;
    alone.setStops([startNode, ...front, ...rest, endNode]);
    if (!alone.settle(net, positions)) return false;
    insertion.find(alone, ride, () => false);
    return insertion.cost < Infinity;
  });
  return could ? 'carsBusy' : 'outOfReach';
}
