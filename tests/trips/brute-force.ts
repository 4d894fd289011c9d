import { LOAD_KINDS, needsDecontamination, type PlanCar, type PlanProblem, type PlanRide } from '../../src/trips/index.ts';

/** What a plan costs, in the order in which it counts. */
export interface Price {
  readonly unplanned: number;
  readonly latenessSeconds: number;
  readonly cars: number;
  readonly distance: number;
}

type Stop = { readonly ride: number; readonly isPickUp: boolean };
type RoutePrice = readonly [lateness: number, distance: number];

/**
 * The best of all plans, by trying every order of stops in every car; up to seven rides. Slow and plain, so that it can be believed;
 * it shares nothing with the planner.
 */
export function bestPlan(problem: PlanProblem): Price {
  const all = 1 << problem.rides.length;
  // best[set] of the cars so far: exactly these rides served.
  let best: (Price | undefined)[] = Array.from({ length: all });
  best[0] = { unplanned: problem.rides.length, latenessSeconds: 0, cars: 0, distance: 0 };
  for (const car of problem.cars) {
    const routes = routesOf(problem, car);
    const next = [...best];
    for (const [set, [lateness, distance]] of routes) {
      for (let before = 0; before < all; before += 1) {
        const base = best[before];
        if (!base || (before & set) !== 0) continue;
        const price = {
          unplanned: base.unplanned - bits(set), latenessSeconds: base.latenessSeconds + lateness, cars: base.cars + 1, distance: base.distance + distance,
        };
        if (isBetter(problem, price, next[before | set])) next[before | set] = price;
      }
    }
    best = next;
  }
  return best.reduce((least, price) => (price && isBetter(problem, price, least) ? price : least))!;
}

function isBetter({ fewestCars }: PlanProblem, a: Price, b: Price | undefined): boolean {
  if (!b) return true;
  const cars = fewestCars ? a.cars - b.cars : 0;
  for (const difference of [a.unplanned - b.unplanned, a.latenessSeconds - b.latenessSeconds, cars, a.distance - b.distance]) {
    if (Math.abs(difference) > 1e-6) return difference < 0;
  }
  return false;
}

/** The best route of one car for each set of rides that it can serve alone. */
function routesOf(problem: PlanProblem, car: PlanCar): ReadonlyMap<number, RoutePrice> {
  const { rides } = problem;
  const found = new Map<number, RoutePrice>();
  const stops: Stop[] = [];
  const extend = (served: number, aboard: readonly number[]): void => {
    const price = stops.length === 0 ? undefined : priceOf(problem, car, stops);
    if (stops.length > 0 && price === undefined) return;
    if (aboard.length === 0 && price && isCheaper(price, found.get(served))) found.set(served, price);
    rides.forEach((ride, index) => {
      if (aboard.includes(index)) {
        stops.push({ ride: index, isPickUp: false });
        extend(served, aboard.filter((other) => other !== index));
        stops.pop();
      } else if ((served & (1 << index)) === 0 && fits(problem, car, ride, aboard)) {
        stops.push({ ride: index, isPickUp: true });
        extend(served | (1 << index), [...aboard, index]);
        stops.pop();
      }
    });
  };
  extend(0, []);
  return found;
}

const isCheaper = (a: RoutePrice, b: RoutePrice | undefined): boolean => !b || a[0] < b[0] - 1e-6 || (Math.abs(a[0] - b[0]) <= 1e-6 && a[1] < b[1]);

function fits({ rides }: PlanProblem, car: PlanCar, ride: PlanRide, aboard: readonly number[]): boolean {
  const inside = aboard.map((index) => rides[index]!);
  return inside.every(({ cohort }) => cohort === ride.cohort)
    && LOAD_KINDS.every((kind) => inside.reduce((sum, { load }) => sum + load[kind], ride.load[kind]) <= car.capacity[kind]);
}

/**
 * The earliest times that keep every promise, found by pushing stops later until nothing is broken any more; undefined when a stop is
 * pushed beyond what is allowed. No other timetable is less late, because every one is later everywhere.
 */
function priceOf({ rides, travel, decontaminationSeconds, longestLatenessSeconds }: PlanProblem, car: PlanCar, stops: readonly Stop[]): RoutePrice | undefined {
  const windows = stops.map(({ ride, isPickUp }) => (isPickUp ? rides[ride]!.pickUp : rides[ride]!.dropOff));
  const between = windows.slice(1).map((window, i) => {
    const [before, after] = [rides[stops[i]!.ride]!.cohort, rides[stops[i + 1]!.ride]!.cohort];
    const cleaning = stops[i + 1]!.isPickUp && needsDecontamination(before, after) ? decontaminationSeconds : 0;
    return windows[i]!.serviceSeconds + cleaning + travel.seconds[windows[i]!.place * travel.places + window.place]!;
  });
  const out = travel.seconds[car.startPlace * travel.places + windows[0]!.place]!;
  const last = windows.at(-1)!;
  const home = last.serviceSeconds + travel.seconds[last.place * travel.places + car.endPlace]!;
  const begins = windows.map(({ earliestSeconds }) => earliestSeconds);
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    const push = (index: number, to: number): void => {
      if (to <= begins[index]! + 1e-9) return;
      begins[index] = to;
      isMoving = true;
    };
    push(0, car.fromSeconds + out);
    between.forEach((gap, i) => push(i + 1, begins[i]! + gap));
    stops.forEach(({ ride, isPickUp }, i) => {
      if (isPickUp) return;
      const pickUp = stops.findIndex((stop) => stop.ride === ride);
      push(pickUp, begins[i]! - rides[ride]!.longestRideSeconds - rides[ride]!.pickUp.serviceSeconds);
    });
    push(0, begins.at(-1)! + home - car.longestDutySeconds + out);
    const isBroken = begins.some((begin, i) => begin > windows[i]!.latestSeconds + longestLatenessSeconds + 1e-6) || begins.at(-1)! + home > car.untilSeconds + 1e-6;
    if (isBroken) return undefined;
  }
  const lateness = begins.reduce((sum, begin, i) => sum + Math.max(0, begin - windows[i]!.latestSeconds), 0);
  const meters = travel.meters ?? travel.seconds;
  const path = [car.startPlace, ...windows.map(({ place }) => place), car.endPlace];
  return [lateness, path.slice(1).reduce((sum, place, i) => sum + meters[path[i]! * travel.places + place]!, 0)];
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count += 1;
  return count;
}
