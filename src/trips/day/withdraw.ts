import { accept, refuse, type Instant, type Place, type Result } from '../../base/index.ts';
import { routesOf, stranded, type CarRoute, type DayUnplanned, type Moved, type Planned, type TripDay } from '../day.ts';
import { Draft } from '../plan/draft.ts';
import { networkOf, withLateness } from '../plan/network.ts';
import { stopsOf } from '../plan/replan.ts';
import { planOf } from '../plan/timetable.ts';
import { changes, plannedIn, planOfRoutes, routesFrom } from './answer.ts';
import { offerEach } from './offer.ts';
import { drivesAlong } from './drives.ts';
import { carsInService, dayProblem } from './problem.ts';
import { whyUnplanned } from './why.ts';

/** Nobody is put anywhere else: what lateness costs only decides that it is looked at. */
const PRICES = { car: 0, lateSecond: 1, otherCar: 0 };

/** What a day becomes when there is less to drive, or to drive with. */
export interface Withdrawn {
  readonly moved: readonly Moved[];
  /** The stops of the cars that change. */
  readonly routes: readonly CarRoute[];
}

export interface BrokenDown extends Withdrawn {
  /** Who has no car now, and why. */
  readonly unplanned: readonly DayUnplanned[];
}

/** Takes a ride out of the plan. Nobody else changes car or order, and times move as little as they can. */
export function withdraw(given: TripDay, name: string): Result<Withdrawn> {
  const day = stranded(given);
  const ride = day.rides.find(({ order }) => order.ride === name);
  if (!ride) return refuse('noSuchRide', { ride: name }, 'ride');
  if (ride.aboardAt !== undefined) return refuse('rideAboard', { ride: name, car: ride.planned?.car ?? '' }, 'ride');
  const was = given.rides.find(({ order }) => order.ride === name)!.planned;
  const gone: readonly Moved[] = was ? [{ ride: name, leg: ride.order.leg, before: was, told: true }] : [];
  const cars = carsInService(day).filter(({ car }) => car === ride.planned?.car);
  if (cars.length === 0) return accept({ moved: gone, routes: [] });
  const stay = day.rides.filter((each) => each !== ride && each.planned?.car === ride.planned!.car);
  const part = dayProblem({ ...day, rides: day.rides.filter((each) => each !== ride) }, { rides: stay, cars, keep: 'door' }, drivesAlong(routesOf({ rides: stay })));
  const draft = new Draft(withLateness(networkOf(part.problem), part.problem.longestLatenessSeconds), PRICES);
  draft.restore(stopsOf(part.problem, draft, planOfRoutes(part)));
  // Should its car no longer manage the others, that was so before, and is for the next plan of the day to mend.
  if (draft.absent.length > 0) return accept({ moved: gone, routes: [] });
  const routes = routesFrom(part, planOf(draft));
  return accept({ moved: [...gone, ...changes(stay, plannedIn(stay, routes))], routes });
}

/**
 * A car drops out. Its riders stand where it stopped and are fetched from there first; the rides it had not begun go to other cars, the most
 * urgent first. Nobody else moves, but for one each where there is no other way.
 */
export function breakDownCar(given: TripDay, name: string, stoppedAt: { readonly place: Place; readonly at: Instant }): Result<BrokenDown> {
  if (!given.cars.some(({ car }) => car === name)) return refuse('noSuchCar', { car: name }, 'car');
  const broken: TripDay = {
    ...given, cars: given.cars.map((car) => (car.car === name ? { ...car, place: stoppedAt.place, placeAt: stoppedAt.at, state: 'broken' } : car)),
  };
  const lost = broken.rides.filter(({ planned }) => planned?.car === name);
  const urgent = lost.toSorted((a, b) => Number(b.aboardAt !== undefined) - Number(a.aboardAt !== undefined) || a.planned!.pickUpAt - b.planned!.pickUpAt);
  const day = offerEach(stranded(broken), urgent.map(({ order }) => order.ride));
  const moved = changes(given.rides, new Map(day.rides.flatMap(({ order, planned }): [string, Planned][] => (planned ? [[order.ride, planned]] : []))));
  const cars = carsInService(day);
  const behind = new Set(moved.flatMap(({ ride, after }) => (after ? [] : [ride])));
  return accept({
    moved, unplanned: day.rides.filter(({ order }) => behind.has(order.ride)).map((ride) => whyUnplanned(day, ride, cars)),
    routes: changedRoutes(given, day),
  });
}

function changedRoutes(before: TripDay, after: TripDay): readonly CarRoute[] {
  const times = (day: TripDay, car: string): string => JSON.stringify(day.rides.flatMap(({ order, planned }) => (planned?.car === car ? [[order.ride, planned]] : [])));
  return after.cars.filter(({ car }) => times(before, car) !== times(after, car)).flatMap(({ car }) => routesOf(after).filter((route) => route.car === car));
}
