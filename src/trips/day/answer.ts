import { SECOND_MS } from '../../base/index.ts';
import { TOLD_MS, type CarRoute, type Moved, type Planned, type TripDay } from '../day.ts';
import type { Plan } from '../plan/plan.ts';
import type { DayProblem } from './problem.ts';

/** The running plan as the planner reads it: who is in which car, in which order. What it says of times and lengths is not asked. */
export function planOfRoutes({ routes, origin }: DayProblem): Plan {
  return {
    routes: routes.map(({ car, stops }) => ({
      car, leavesAtSeconds: 0, returnsAtSeconds: 0, stops: stops.map(({ ride, kind, at }) => ({ ride, kind, beginsAtSeconds: (at - origin) / SECOND_MS })),
    })),
    unplanned: [], latenessSeconds: 0, distance: 0,
  };
}

/** A plan as instants: every car's stops that are still to come. */
export function routesFrom({ origin }: Pick<DayProblem, 'origin'>, { routes }: Plan): readonly CarRoute[] {
  return routes.map(({ car, stops }) => ({ car, stops: stops.map(({ ride, kind, beginsAtSeconds }) => ({ ride, kind, at: origin + beginsAtSeconds * SECOND_MS })) }));
}

/** Car and times that these routes mean for each of their rides. */
export function plannedIn(rides: TripDay['rides'], routes: readonly CarRoute[]): ReadonlyMap<string, Planned> {
  const rideOf = new Map(rides.map((ride) => [ride.order.ride, ride]));
  const planned = new Map<string, Planned>();
  for (const { car, stops } of routes) {
    for (const { ride, kind, at } of stops) {
      const { planned: old, aboardAt } = rideOf.get(ride) ?? {};
      // Whoever is aboard has no pick-up any more: what was planned for it stays written.
      const { pickUpAt = old?.pickUpAt ?? aboardAt ?? at, arriveAt = at } = planned.get(ride) ?? {};
      planned.set(ride, kind === 'pickUp' ? { car, pickUpAt: at, arriveAt } : { car, pickUpAt, arriveAt: at });
    }
  }
  return planned;
}

/** What is different for these rides, given as they were, when this is what is planned now. */
export function changes(rides: TripDay['rides'], now: ReadonlyMap<string, Planned>): readonly Moved[] {
  return rides.flatMap(({ order: { ride, leg }, planned, promised = planned, aboardAt }): Moved[] => {
    const after = now.get(ride);
    if (!after) return planned ? [{ ride, leg, before: planned, told: true }] : [];
    if (planned && isSame(planned, after)) return [];
    const isAboard = aboardAt !== undefined && planned?.car === after.car;
    return [{ ride, leg, ...(planned && { before: planned }), after, told: !isAboard && isWorthACall(promised, after) }];
  });
}

const isSame = (a: Planned, b: Planned): boolean => a.car === b.car && a.pickUpAt === b.pickUpAt && a.arriveAt === b.arriveAt;

function isWorthACall(promised: Planned | undefined, { car, pickUpAt, arriveAt }: Planned): boolean {
  return !promised || promised.car !== car || Math.abs(promised.pickUpAt - pickUpAt) > TOLD_MS || arriveAt - promised.arriveAt > TOLD_MS;
}
