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

/** What the plan changes for those of these rides that it is about. */
export function movedBy(day: TripDay, plan: Plan, origin: number, rides: TripDay['rides']): readonly Moved[] {
  const times = new Map<string, { car: string; pickUpAt?: number; arriveAt?: number }>();
  for (const { car, stops } of routesFrom({ origin }, plan)) {
    for (const { ride, kind, at } of stops) times.set(ride, { ...times.get(ride), car, ...(kind === 'pickUp' ? { pickUpAt: at } : { arriveAt: at }) });
  }
  const before = new Map(day.rides.map((ride) => [ride.order.ride, ride]));
  return rides.flatMap(({ order: { ride, leg }, aboardAt }): Moved[] => {
    const { planned, promised = planned } = before.get(ride) ?? {};
    const now = times.get(ride);
    if (!now) return planned ? [{ ride, leg, before: planned, told: true }] : [];
    // Whoever is aboard has no pick-up any more: what was planned for it stays written.
    const after: Planned = { car: now.car, pickUpAt: now.pickUpAt ?? planned?.pickUpAt ?? aboardAt!, arriveAt: now.arriveAt! };
    if (planned && isSame(planned, after)) return [];
    return [{ ride, leg, ...(planned && { before: planned }), after, told: aboardAt === undefined && isWorthACall(promised, after) }];
  });
}

const isSame = (a: Planned, b: Planned): boolean => a.car === b.car && a.pickUpAt === b.pickUpAt && a.arriveAt === b.arriveAt;

function isWorthACall(promised: Planned | undefined, { car, pickUpAt, arriveAt }: Planned): boolean {
  return !promised || promised.car !== car || Math.abs(promised.pickUpAt - pickUpAt) > TOLD_MS || Math.abs(promised.arriveAt - arriveAt) > TOLD_MS;
}
