import { accept, refuse, type Result } from '../../base/index.ts';
import { Draft } from './draft.ts';
import { faultsOfLists } from './faults.ts';
import { ridesNear } from './near.ts';
import { networkOf, withLateness } from './network.ts';
import type { Plan } from './plan.ts';
import type { PlanProblem, PlanRide } from './problem.ts';
import { pricesOf } from './prices.ts';
import { EPSILON } from './route.ts';
import { planOf } from './timetable.ts';

/** A problem and the plan for it, after something happened. */
export interface Replanned {
  readonly problem: PlanProblem;
  readonly plan: Plan;
}

/** Riders of a car that broke down are fetched within this, even where nothing else may be late: they stand in the street. */
const STRANDED_LATENESS_SECONDS = 2 * 3_600;

/**
 * One more ride into a plan that runs: everybody else keeps car and order, and only times move. When it would stay behind or somebody
 * would be late for it, one other ride may change its place.
 */
export function insertRide(problem: PlanProblem, plan: Plan, ride: PlanRide): Result<Replanned> {
  if (problem.rides.some(({ ride: known }) => known === ride.ride)) return refuse('rideAlreadyPlanned', { ride: ride.ride }, 'ride');
  const [fault] = faultsOfLists({ ...problem, rides: [ride], cars: [] });
  if (fault) return refuse('rideFaulty', { field: fault.field, fault: fault.code }, 'ride');
  return accept(placeAbsent({ ...problem, rides: [...problem.rides, ride] }, plan, true));
}

/** Takes a ride out. Nobody else changes car or order; who stayed behind may get the place. */
export function cancelRide(problem: PlanProblem, plan: Plan, name: string): Result<Replanned> {
  const ride = problem.rides.find((each) => each.ride === name);
  if (!ride) return refuse('noSuchRide', { ride: name }, 'ride');
  if (ride.aboard) return refuse('rideAboard', { ride: name, car: ride.aboard.car }, 'ride');
  const isOther = (each: { readonly ride: string }): boolean => each.ride !== name;
  const cars = problem.cars.map(({ next, ...car }) => ({ ...car, ...(next && { next: next.filter(isOther) }) }));
  return accept(placeAbsent({ ...problem, cars, rides: problem.rides.filter(isOther) }, plan, false));
}

/**
 * A car drops out. Its riders stand where it stopped and are fetched from there as soon as can be; the rides it had not begun go to other
 * cars. Nobody else changes car or order, but for one each where there is no other way.
 */
export function breakDown(problem: PlanProblem, plan: Plan, name: string, stoppedAt: { readonly place: number; readonly seconds: number }): Result<Replanned> {
  if (!problem.cars.some(({ car }) => car === name)) return refuse('noSuchCar', { car: name }, 'car');
  if (!Number.isInteger(stoppedAt.place) || stoppedAt.place < 0 || stoppedAt.place >= problem.travel.places) return refuse('noSuchPlace', { place: stoppedAt.place }, 'place');
  const rides = problem.rides.map(({ aboard, ...ride }): PlanRide => {
    if (aboard?.car !== name) return { ...ride, ...(aboard && { aboard }) };
    const { serviceSeconds } = ride.pickUp;
    return { ...ride, pickUp: { place: stoppedAt.place, earliestSeconds: stoppedAt.seconds, latestSeconds: stoppedAt.seconds, serviceSeconds } };
  });
  const isStranded = problem.rides.some(({ aboard }) => aboard?.car === name);
  const longestLatenessSeconds = isStranded ? Math.max(problem.longestLatenessSeconds, STRANDED_LATENESS_SECONDS) : problem.longestLatenessSeconds;
  return accept(placeAbsent({ ...problem, rides, cars: problem.cars.filter(({ car }) => car !== name), longestLatenessSeconds }, plan, true));
}

/**
 * Every ride of the plan stays where it is, as far as it can; the others are put where they cost least, the most urgent first.
 * @param isFuller whether there is more to drive than before: then nothing has changed for those who stayed behind already; otherwise they are
 * the only ones to place, and nobody has to move for them
 */
function placeAbsent(problem: PlanProblem, plan: Plan, isFuller: boolean): Replanned {
  const net = withLateness(networkOf(problem), problem.longestLatenessSeconds);
  const prices = pricesOf(problem);
  const draft = new Draft(net, problem.longestLatenessSeconds > 0 || plan.latenessSeconds > 0 ? prices : { ...prices, lateSecond: 0 });
  draft.restore(stopsOf(problem, draft, plan));
  const behind = new Set(plan.unplanned.map(({ ride }) => ride));
  const urgent = draft.absent.filter((r) => !isFuller || !behind.has(problem.rides[r]!.ride)).sort((a, b) => net.latest[2 * a]! - net.latest[2 * b]! || a - b);
  for (const ride of urgent) placeOne(draft, ride, isFuller);
  return { problem, plan: planOf(draft) };
}

function placeOne(draft: Draft, ride: number, mayMoveOther: boolean): void {
  const { net } = draft;
  const latenessBefore = draft.lateness;
  const direct = attempt(draft, ride, -1);
  if (direct < Infinity && (!mayMoveOther || draft.lateness <= latenessBefore + EPSILON)) return draft.keep();
  draft.undo();
  if (!mayMoveOther) return;
  let [moved, least] = [-1, direct];
  for (const other of ridesNear(net, ride)) {
    if (draft.carOf[other] === -1 || net.begun[other] === 1) continue;
    const price = attempt(draft, ride, other);
    draft.undo();
    if (price < least) [moved, least] = [other, price];
  }
  if (least === Infinity) return;
  attempt(draft, ride, moved);
  draft.keep();
}

/** Tries a ride, after taking another out and before putting that one back; -1: none. @returns what the plan then costs, Infinity when it does not go */
function attempt(draft: Draft, ride: number, other: number): number {
  draft.begin();
  if (other !== -1) {
    const gone = new Uint8Array(draft.net.rides);
    gone[other] = 1;
    if (!draft.take(draft.carOf[other]!, gone)) return Infinity;
  }
  for (const each of other === -1 ? [ride] : [ride, other]) {
    if (!draft.place(each, () => false)) return Infinity;
    draft.absent.splice(draft.absent.indexOf(each), 1);
  }
  return draft.price;
}

/** The plan's stops as nodes, for every car of the draft; what a car has begun stays in front. */
export function stopsOf(problem: PlanProblem, draft: Draft, { routes }: Plan): readonly (readonly number[])[] {
  const index = new Map(problem.rides.map(({ ride }, r) => [ride, r]));
  const stops = new Map(routes.map((route) => [route.car, route.stops.flatMap(({ ride, kind }) => {
    const r = index.get(ride);
    return r === undefined ? [] : [2 * r + (kind === 'pickUp' ? 0 : 1)];
  })]));
  return problem.cars.map(({ car }, c) => {
    const { front, rest } = draft.net.kinds[draft.routes[c]!.kind]!;
    const planned = stops.get(car)?.filter((node) => !front.includes(node)) ?? [];
    return [...front, ...planned, ...rest.filter((node) => !planned.includes(node))];
  });
}
