import { COHORTS } from '../ride.ts';
import { pricesOf } from './prices.ts';
import { LOAD_KINDS, needsDecontamination, type Load, type PlanCar, type PlanProblem, type PlanStop } from './problem.ts';

/** No car drives there: riders of two cohorts would be aboard together. Large, and still a number to add to. */
const NEVER = 1e15;
/** What a car is after riders of two cohorts were in it, against all rules: nobody joins them, and it is cleaned before anybody else. */
const MIXED = COHORTS.length;
const CLEAN = COHORTS.length + 1;

/** Cars that are the same for the planner: which of them drives a route makes no difference. */
export interface CarKind {
  readonly cars: readonly number[];
  readonly startNode: number;
  readonly endNode: number;
  readonly capacity: Float64Array;
  longestDuty: number;
  /** What it has begun, as nodes: riders aboard and the stop it is driving to stay in front; the rest can be anywhere behind. */
  readonly front: readonly number[];
  readonly rest: readonly number[];
}

/**
 * The problem as numbers. Ride r is picked up at node 2r and dropped off at node 2r + 1; each kind of car has a start and an end
 * node after them. A rider who is already aboard has a pick-up of no length where the car starts.
 */
export interface Network {
  readonly problem: PlanProblem;
  readonly rides: number;
  readonly nodes: number;
  /** From the beginning of service at a node to the earliest arrival at the next: service, cleaning, drive. Row is from. */
  readonly span: Float64Array;
  /** What driving from node to node costs. */
  readonly cost: Float64Array;
  /** Windows as they were asked for; for what has begun, no sooner closed than it can be done. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** Windows as they can be used: the two ends of a ride limit each other. */
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  /** Beyond this, late. */
  readonly due: Float64Array;
  /** Longest time from the beginning of service at a ride's pick-up to that at its drop-off. */
  readonly rideLimit: Float64Array;
  readonly cohort: Uint8Array;
  /** Kinds of places that anybody asks for; most days have one. */
  readonly loadKinds: number;
  /** What each ride takes: `load[ride * loadKinds + kind]`. */
  readonly load: Float64Array;
  readonly kinds: readonly CarKind[];
  /** Rides that a search may not take out of their car. */
  readonly begun: Uint8Array;
  /** What it costs to send each ride each kind of car: `otherCar[ride * kinds + kind]`; absent where nobody was promised one. */
  readonly otherCar?: Float64Array;
}

export function networkOf(problem: PlanProblem): Network {
  const { rides, cars, travel, decontaminationSeconds } = problem;
  const used = LOAD_KINDS.filter((kind, index) => index === 0 || rides.some(({ load }) => load[kind] > 0));
  const loadOf = (load: Load): number[] => used.map((kind) => load[kind]);
  const groups = groupCars(problem);
  const count = rides.length;
  const nodes = 2 * count + 2 * groups.length;

  const place = new Int32Array(nodes);
  const service = new Float64Array(nodes);
  const cohort = new Uint8Array(nodes).fill(CLEAN);
  const opens = new Float64Array(nodes);
  const closes = new Float64Array(nodes);
  const due = new Float64Array(nodes).fill(Infinity);
  const rideLimit = new Float64Array(count);
  const carOf = new Map(cars.map((car) => [car.car, car]));

  const put = (node: number, stop: PlanStop, of: number): void => {
    place[node] = stop.place;
    service[node] = stop.serviceSeconds;
    opens[node] = stop.earliestSeconds;
    due[node] = stop.latestSeconds;
    closes[node] = stop.latestSeconds;
    cohort[node] = of;
  };
  const company = companies(problem);
  rides.forEach((ride, r) => {
    const of = company.get(ride.ride) ?? COHORTS.indexOf(ride.cohort);
    put(2 * r, ride.pickUp, of);
    put(2 * r + 1, ride.dropOff, of);
    rideLimit[r] = ride.pickUp.serviceSeconds + ride.longestRideSeconds;
    const car = ride.aboard && carOf.get(ride.aboard.car);
    if (!car) return;
    put(2 * r, { place: car.startPlace, earliestSeconds: car.fromSeconds, latestSeconds: car.fromSeconds, serviceSeconds: 0 }, of);
    rideLimit[r] = ride.longestRideSeconds - (car.fromSeconds - ride.aboard!.sinceSeconds);
  });
  groups.forEach(([car], k) => {
    const hours = { earliestSeconds: car!.fromSeconds, latestSeconds: car!.untilSeconds, serviceSeconds: 0 };
    const start = 2 * count + 2 * k;
    // With riders aboard, it is their cohort that counts.
    const before = rides.some(({ aboard }) => aboard?.car === car!.car) ? undefined : car!.cohortBefore;
    put(start, { ...hours, place: car!.startPlace }, before === undefined ? CLEAN : COHORTS.indexOf(before));
    put(start + 1, { ...hours, place: car!.endPlace }, CLEAN);
    for (const node of [start, start + 1]) [due[node], closes[node]] = [Infinity, car!.untilSeconds];
  });

  const span = new Float64Array(nodes * nodes);
  const cost = new Float64Array(nodes * nodes);
  const priced = travel.meters ?? travel.seconds;
  const side = Uint8Array.from({ length: nodes }, (_, node) => sideOf(node < 2 * count ? node & 1 : END, cohort[node]!));
  const gaps = transitions(decontaminationSeconds);
  for (let from = 0; from < nodes; from += 1) {
    const row = place[from]! * travel.places;
    const gap = gaps[side[from]!]!;
    const leaves = service[from]!;
    for (let to = 0; to < nodes; to += 1) {
      const at = from * nodes + to;
      span[at] = leaves + travel.seconds[row + place[to]!]! + gap[side[to]!]!;
      cost[at] = priced[row + place[to]!]!;
    }
  }
  const network: Network = {
    problem, rides: count, nodes, span, cost, opens, closes, earliest: opens, latest: closes, due, rideLimit, cohort,
    loadKinds: used.length,
    load: Float64Array.from(rides.flatMap(({ load }) => loadOf(load))),
    kinds: groups.map((group, k) => kindOf(problem, group, 2 * count + 2 * k, loadOf)),
    begun: new Uint8Array(count),
    ...otherCarPrices(problem, groups),
  };
  for (const kind of network.kinds) finishBegun(network, kind);
  return withLateness(network, 0);
}

/** The same network, where stops of rides may begin that much later than they should. */
export function withLateness(net: Network, latenessSeconds: number): Network {
  // Whoever is aboard got in when they got in: that is no window, and were it late, the longest ride would be counted from then.
  const mayBeLate = (node: number): boolean => node < 2 * net.rides && ((node & 1) === 1 || !net.problem.rides[node >> 1]!.aboard);
  const latest = net.closes.map((closes, node) => (mayBeLate(node) ? closes + latenessSeconds : closes));
  const late = { ...net, latest, earliest: net.opens.slice() };
  tighten(late);
  return late;
}

/** A car that was promised to somebody is a kind of its own. */
function otherCarPrices(problem: PlanProblem, groups: readonly (readonly PlanCar[])[]): Pick<Network, 'otherCar'> {
  const { rides } = problem;
  if (!problem.otherCarShare || rides.every(({ promisedCar }) => promisedCar === undefined)) return {};
  const { otherCar } = pricesOf(problem);
  return { otherCar: Float64Array.from(rides.flatMap(({ promisedCar }) => groups.map(([car]) => (promisedCar === undefined || promisedCar === car!.car ? 0 : otherCar)))) };
}

/** What a route costs because somebody in it was promised another car. */
export function otherCarCost({ otherCar, kinds, rides }: Network, { stops, length, kind }: { readonly stops: Int32Array; readonly length: number; readonly kind: number }): number {
  let total = 0;
  if (otherCar) for (let i = 1; i < length - 1; i += 1) if (stops[i]! < 2 * rides && (stops[i]! & 1) === 0) total += otherCar[(stops[i]! >> 1) * kinds.length + kind]!;
  return total;
}

/** A node's part in a transition: whose, and whether somebody gets in (0), out (1), or the car begins or ends (2). */
const END = 2;
const sideOf = (kind: number, cohort: number): number => 3 * cohort + kind;

/** By the seconds of a cleaning: every question about a running day is a problem of its own, and nearly all clean for as long. */
const madeTransitions = new Map<number, readonly Float64Array[]>();
const TRANSITIONS_MAX = 100;

/** Seconds of cleaning between two stops, by their sides. */
function transitions(decontaminationSeconds: number): readonly Float64Array[] {
  const known = madeTransitions.get(decontaminationSeconds);
  if (known) return known;
  const made = transitionsOf(decontaminationSeconds);
  if (madeTransitions.size >= TRANSITIONS_MAX) madeTransitions.clear();
  madeTransitions.set(decontaminationSeconds, made);
  return made;
}

function transitionsOf(decontaminationSeconds: number): readonly Float64Array[] {
  const sides = Array.from({ length: 3 * (CLEAN + 1) }, (_, side) => ({ cohort: Math.floor(side / 3), kind: side % 3 }));
  const areApart = (a: number, b: number): boolean => a !== CLEAN && b !== CLEAN && (a === MIXED || b === MIXED ? a !== b : needsDecontamination(COHORTS[a]!, COHORTS[b]!));
  return sides.map((before) => Float64Array.from(sides, (after) => {
    if (!areApart(before.cohort, after.cohort)) return 0;
    return before.kind !== 0 && after.kind === 0 ? decontaminationSeconds : NEVER;
  }));
}

/** Of the riders whom a car has already, or is fetching now: the one cohort they are of, or MIXED. */
function companies({ rides, cars }: PlanProblem): ReadonlyMap<string, number> {
  const inside = cars.map(({ car, next = [] }) => rides.filter(({ ride, aboard }) => aboard?.car === car || next.some((stop) => stop.ride === ride && stop.kind === 'pickUp')));
  return new Map(inside.flatMap((riders) => {
    const isMixed = riders.some(({ cohort }) => cohort !== riders[0]!.cohort && riders.some(({ aboard }) => aboard));
    return isMixed ? riders.map(({ ride }) => [ride, MIXED] as const) : [];
  }));
}

function groupCars({ cars, rides }: PlanProblem): readonly (readonly PlanCar[])[] {
  const busy = new Set(rides.flatMap(({ aboard, promisedCar }) => [aboard?.car, promisedCar]));
  const groups = new Map<string, PlanCar[]>();
  for (const { car, ...rest } of cars) {
    const own = rest.next?.length || busy.has(car) ? car : '';
    const { capacity: { seats, wheelchairs, stretchers }, startPlace, endPlace, fromSeconds, untilSeconds, longestDutySeconds, cohortBefore } = rest;
    const key = [own, seats, wheelchairs, stretchers, startPlace, endPlace, fromSeconds, untilSeconds, longestDutySeconds, cohortBefore].join();
    groups.set(key, [...(groups.get(key) ?? []), { car, ...rest }]);
  }
  return [...groups.values()];
}

function kindOf(problem: PlanProblem, group: readonly PlanCar[], startNode: number, loadOf: (load: Load) => number[]): CarKind {
  const [first] = group;
  const { next = [] } = first!;
  const indexOf = new Map(problem.rides.map(({ ride }, r) => [ride, r]));
  const aboard = problem.rides.flatMap((ride, r) => (ride.aboard?.car === first!.car ? [r] : []));
  const stops = next.map(({ ride, kind }) => 2 * indexOf.get(ride)! + (kind === 'pickUp' ? 0 : 1));
  const front = [...aboard.map((r) => 2 * r), ...stops];
  const inside = [...new Set([...aboard, ...stops.map((node) => node >> 1)])].sort((a, b) => a - b);
  return {
    cars: group.map((car) => problem.cars.findIndex(({ car: id }) => id === car.car)),
    startNode, endNode: startNode + 1,
    capacity: Float64Array.from(loadOf(first!.capacity)),
    longestDuty: first!.longestDutySeconds,
    front, rest: inside.map((r) => 2 * r + 1).filter((node) => !front.includes(node)),
  };
}

/**
 * What has begun is finished, however late it has become: its windows, its longest rides and the driver's hours end
 * no sooner than it takes without any other ride. Nothing may make the way out of a car impossible.
 */
function finishBegun({ problem, nodes, span, opens, closes, rideLimit, begun }: Network, kind: CarKind): void {
  const stops = [kind.startNode, ...kind.front, ...kind.rest, kind.endNode];
  if (stops.length === 2) return;
  const begins = new Map<number, number>();
  let now = opens[kind.startNode]!;
  stops.forEach((node, i) => {
    if (i > 0) now = Math.max(opens[node]!, now + span[stops[i - 1]! * nodes + node]!);
    begins.set(node, now);
  });
  for (const node of stops.slice(1, -1)) {
    const ride = node >> 1;
    begun[ride] = 1;
    // A rider who is aboard got in when they got in; everything else may be late.
    if ((node & 1) === 1 || !problem.rides[ride]!.aboard) closes[node] = Math.max(closes[node]!, begins.get(node)!);
    rideLimit[ride] = Math.max(rideLimit[ride]!, begins.get(2 * ride + 1)! - begins.get(2 * ride)!);
  }
  closes[kind.endNode] = Math.max(closes[kind.endNode]!, now);
  kind.longestDuty = Math.max(kind.longestDuty, now - opens[kind.startNode]!);
}

/** What the windows of both ends and the longest ride say about each other: fewer positions to look at, and none lost. */
function tighten({ rides, nodes, span, earliest, latest, rideLimit, begun }: Network): void {
  for (let r = 0; r < rides; r += 1) {
    if (begun[r]) continue;
    const [p, d] = [2 * r, 2 * r + 1];
    earliest[d] = Math.max(earliest[d]!, earliest[p]! + span[p * nodes + d]!);
    latest[p] = Math.min(latest[p]!, latest[d]! - span[p * nodes + d]!);
    earliest[p] = Math.max(earliest[p]!, earliest[d]! - rideLimit[r]!);
    latest[d] = Math.min(latest[d]!, latest[p]! + rideLimit[r]!);
  }
}
