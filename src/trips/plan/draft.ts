import { Insertion } from './insertion.ts';
import type { Network } from './network.ts';
import { placesFor, type Places } from './places.ts';
import type { Prices } from './prices.ts';
import { EPSILON, Route } from './route.ts';

const never = (): boolean => false;

/**
 * The plan while it is searched: one route for each car, and the rides that are in none. A trial (`begin`, `take`, `place`) puts new
 * routes in the place of old ones; `keep` makes it so, `undo` puts the old ones back.
 */
export class Draft {
  readonly net: Network;
  readonly routes: Route[];
  /** The car (route) of each ride, -1 when it is in none. */
  readonly carOf: Int32Array;
  readonly absent: number[] = [];
  /** How many cars may be used, and are. */
  carsMax: number;
  cars = 0;
  cost = 0;
  lateness = 0;

  readonly #prices: Prices;
  readonly #insertion: Insertion;
  readonly #positions: Int32Array;
  readonly #spare: Route[] = [];
  readonly #nobody: Uint8Array;
  #versions = 0;
  /** Of routes that are kept; nothing is asked twice of a route in trial. */
  readonly #known: Places;
  #emptyKinds = 0;
  /**
   * Whether a timetable goes on from the one before it. Where only windows and drives limit it, working it out anew is as fast; where stops
   * may be late it has to be exact to the second.
   */
  readonly #growsOn: boolean;
  readonly #found = { car: -1, after: 0, dropAfter: 0, cost: 0 };

  readonly #changed: number[] = [];
  readonly #replaced: Route[] = [];
  readonly #isChanged: Uint8Array;
  readonly #isParked: Uint8Array;
  readonly #moved: number[] = [];
  readonly #movedFrom: number[] = [];
  #before = { absent: [] as number[], cars: 0, cost: 0, lateness: 0 };

  constructor(net: Network, prices: Prices) {
    const kindOf: number[] = [];
    net.kinds.forEach(({ cars }, kind) => { for (const car of cars) kindOf[car] = kind; });
    const pairs = net.rides * kindOf.length;
    this.net = net;
    this.carOf = new Int32Array(net.rides);
    this.carsMax = kindOf.length;
    this.#prices = prices;
    this.#growsOn = prices.lateSecond === 0 && (net.rideLimit.some(Number.isFinite) || net.kinds.some(({ longestDuty }) => Number.isFinite(longestDuty)));
    this.#insertion = new Insertion(net, prices.lateSecond);
    this.#positions = new Int32Array(net.nodes);
    this.#nobody = new Uint8Array(net.rides);
    this.#known = placesFor(pairs);
    this.#isChanged = new Uint8Array(kindOf.length);
    this.#isParked = new Uint8Array(kindOf.length);
    this.routes = kindOf.map((kind) => {
      const route = new Route();
      route.kind = kind;
      return route;
    });
    this.restore(this.routes.map(({ kind }) => [...net.kinds[kind]!.front, ...net.kinds[kind]!.rest]));
  }

  /** What is kept small once the same rides are served. */
  get price(): number {
    return this.burden + this.#prices.car * this.cars;
  }

  /** Distance and lateness: what trials move by little. */
  get burden(): number {
    return this.cost + this.#prices.lateSecond * this.lateness;
  }

  /** The stops of every car, without its start and end. */
  stops(): number[][] {
    return this.routes.map(({ stops, length }) => Array.from(stops.subarray(1, length - 1)));
  }

  /** Puts these stops into the cars. A car whose stops keep no timetable keeps only what it has begun; the others are absent. */
  restore(stops: readonly (readonly number[])[]): void {
    this.carOf.fill(-1);
    [this.cost, this.lateness, this.cars] = [0, 0, 0];
    this.routes.forEach((old, car) => {
      const { startNode, endNode, front, rest } = this.net.kinds[old.kind]!;
      const route = this.#fresh(old);
      route.setStops([startNode, ...stops[car]!, endNode]);
      if (!this.#settle(route)) {
        route.setStops([startNode, ...front, ...rest, endNode]);
        if (!this.#settle(route)) this.#park(route, car);
      }
      this.#spare.push(old);
      this.routes[car] = route;
      this.#count(route, 1);
      for (let i = 1; i < route.length - 1; i += 1) this.carOf[route.stops[i]! >> 1] = car;
    });
    this.absent.length = 0;
    for (let ride = 0; ride < this.net.rides; ride += 1) if (this.carOf[ride] === -1) this.absent.push(ride);
  }

  begin(): void {
    this.#before = { absent: [...this.absent], cars: this.cars, cost: this.cost, lateness: this.lateness };
  }

  /** Takes marked rides out of a car. @returns false when what is left keeps no timetable: the trial must be undone */
  take(car: number, gone: Uint8Array): boolean {
    const old = this.routes[car]!;
    for (let i = old.begun; i < old.length - 1; i += 1) {
      const node = old.stops[i]!;
      if ((node & 1) !== 0 || gone[node >> 1] === 0) continue;
      this.#move(node >> 1, -1);
      this.absent.push(node >> 1);
    }
    this.#count(old, -1);
    const route = this.#replace(car, gone);
    const keeps = this.#settle(route);
    this.#count(route, 1);
    return keeps;
  }

  /**
   * Puts a ride where it costs least among all cars. The ride stays in `absent`; the caller takes it out.
   * @param overlook whether to pass by a car, or a place in it, asked each time: a trial should not be the one before again
   * @returns false when no car takes it for less than `below`
   */
  place(ride: number, overlook: () => boolean, below = Infinity): boolean {
    if (!this.#seek(ride, overlook, below)) return false;
    const { car, after, dropAfter, cost } = this.#found;
    const old = this.routes[car]!;
    this.#count(old, -1);
    const route = this.#isChanged[car] === 1 ? old : this.#replace(car, this.#nobody);
    route.insert(ride, after, dropAfter, this.#growsOn && old.isSettled ? old : undefined);
    this.#move(ride, car);
    this.#grow(route, cost);
    this.#count(route, 1);
    return true;
  }

  /**
   * First in the cars that this trial left alone: what is known of them spares most of the search in the others. Theirs is searched
   * whole, once for many trials.
   */
  #seek(ride: number, overlook: () => boolean, below: number): boolean {
    this.#found.cost = below;
    this.#found.car = -1;
    this.#emptyKinds = 0;
    for (let car = 0; car < this.routes.length; car += 1) {
      if (this.#isChanged[car] === 0 && this.#mayTake(car) && !overlook()) this.#seekKnown(car, ride);
    }
    for (const car of this.#changed) if (this.#mayTake(car)) this.#seekTried(car, ride, overlook);
    return this.#found.car !== -1;
  }

  /** One empty car of a kind stands for all of them. */
  #mayTake(car: number): boolean {
    const { length, kind } = this.routes[car]!;
    if (length > 2) return true;
    const bit = kind < 31 ? 1 << kind : 0;
    if (this.cars >= this.carsMax || (this.#emptyKinds & bit) !== 0 || this.#isParked[car] === 1) return false;
    this.#emptyKinds |= bit;
    return true;
  }

  #seekKnown(car: number, ride: number): void {
    const { versions, costs, afters, dropAfters } = this.#known;
    const { version } = this.routes[car]!;
    const at = ride * this.routes.length + car;
    if (versions[at] !== version) {
      costs[at] = this.#ask(car, ride, never, Infinity);
      versions[at] = version;
      afters[at] = this.#insertion.after;
      dropAfters[at] = this.#insertion.dropAfter;
    }
    if (costs[at]! < this.#found.cost) this.#hold(car, costs[at]!, afters[at]!, dropAfters[at]!);
  }

  #seekTried(car: number, ride: number, overlook: () => boolean): void {
    const found = this.#found;
    const cost = this.#ask(car, ride, overlook, found.cost + EPSILON);
    // Whole minutes often tie: were the cars of this trial to lose each time, or to win, the search would lean to one side.
    if (cost < found.cost || (cost === found.cost && car < found.car)) this.#hold(car, cost, this.#insertion.after, this.#insertion.dropAfter);
  }

  #hold(car: number, cost: number, after: number, dropAfter: number): void {
    const found = this.#found;
    found.car = car;
    found.cost = cost;
    found.after = after;
    found.dropAfter = dropAfter;
  }

  /** What the best place in one car costs, the car itself included; Infinity when none costs less than `below`. */
  #ask(car: number, ride: number, overlook: () => boolean, below: number): number {
    const route = this.routes[car]!;
    if (!route.isSettled && !route.settle(this.net, this.#positions)) throw new Error('a ride that fitted keeps no timetable');
    const extra = (route.length === 2 ? this.#prices.car : 0) + (this.net.otherCar?.[ride * this.net.kinds.length + route.kind] ?? 0);
    this.#insertion.find(route, ride, overlook, below - extra);
    return this.#insertion.after === -1 ? Infinity : this.#insertion.cost + extra;
  }

  /** A car's route with its timetable worked out. */
  settled(car: number): Route {
    const route = this.routes[car]!;
    if (!route.isSettled && this.#isParked[car] === 0) route.settle(this.net, this.#positions);
    return route;
  }

  /**
   * What one car does after position `fromA` up to `toA`, and the other after `fromB` up to `toB`, changes places.
   * @returns false when one of them keeps no timetable so: the trial must be undone
   */
  swapStretches(carA: number, fromA: number, toA: number, carB: number, fromB: number, toB: number): boolean {
    const stretchA = this.routes[carA]!.stops.slice(fromA + 1, toA + 1);
    const stretchB = this.routes[carB]!.stops.slice(fromB + 1, toB + 1);
    const keepsA = this.#splice(carA, fromA, toA, stretchB);
    return this.#splice(carB, fromB, toB, stretchA) && keepsA;
  }

  #splice(car: number, from: number, to: number, stretch: Int32Array): boolean {
    const old = this.routes[car]!;
    this.#count(old, -1);
    const route = this.#replace(car, this.#nobody);
    const { stops, length } = old;
    route.setStops([...stops.subarray(0, from + 1), ...stretch, ...stops.subarray(to + 1, length)]);
    for (const node of stretch) if ((node & 1) === 0) this.#move(node >> 1, car);
    const keeps = this.#settle(route);
    this.#count(route, 1);
    return keeps;
  }

  keep(): void {
    for (const car of this.#changed) this.routes[car]!.forget();
    for (const route of this.#replaced) this.#spare.push(route);
    this.#end();
  }

  undo(): void {
    for (let i = 0; i < this.#changed.length; i += 1) {
      const car = this.#changed[i]!;
      this.#spare.push(this.routes[car]!);
      this.routes[car] = this.#replaced[i]!;
    }
    for (let i = this.#moved.length - 1; i >= 0; i -= 1) this.carOf[this.#moved[i]!] = this.#movedFrom[i]!;
    this.absent.length = 0;
    for (const ride of this.#before.absent) this.absent.push(ride);
    ({ cars: this.cars, cost: this.cost, lateness: this.lateness } = this.#before);
    this.#end();
  }

  #end(): void {
    for (const car of this.#changed) this.#isChanged[car] = 0;
    this.#changed.length = 0;
    this.#replaced.length = 0;
    this.#moved.length = 0;
    this.#movedFrom.length = 0;
  }

  /** Not even an empty car gets from its start to its end within its hours: it stays. */
  #park(route: Route, car: number): void {
    if (route.length > 2) throw new Error(`what car ${car} has begun keeps no timetable`);
    this.#isParked[car] = 1;
    route.cost = 0;
    route.lateness = 0;
  }

  #fresh({ kind }: Route): Route {
    const route = this.#spare.pop() ?? new Route();
    route.kind = kind;
    route.begun = 1 + this.net.kinds[kind]!.front.length;
    return route;
  }

  #replace(car: number, gone: Uint8Array): Route {
    const old = this.routes[car]!;
    const route = this.#fresh(old);
    route.copyWithout(old, gone, this.net);
    this.routes[car] = route;
    if (this.#isChanged[car] === 1) {
      this.#spare.push(old);
      return route;
    }
    this.#isChanged[car] = 1;
    this.#changed.push(car);
    this.#replaced.push(old);
    return route;
  }

  #move(ride: number, to: number): void {
    this.#moved.push(ride);
    this.#movedFrom.push(this.carOf[ride]!);
    this.carOf[ride] = to;
  }

  #settle(route: Route): boolean {
    this.#versions += 1;
    route.version = this.#versions;
    return route.settle(this.net, this.#positions);
  }

  /** A ride was put where it fits: what that costs is known, and the timetable can wait until somebody asks; most trials are undone first. */
  #grow(route: Route, added: number): void {
    const wasEmpty = route.length === 4;
    if (this.#prices.lateSecond > 0) {
      if (!this.#settle(route)) throw new Error('a ride that fitted keeps no timetable');
      return;
    }
    this.#versions += 1;
    route.version = this.#versions;
    route.isSettled = false;
    route.cost += added - (wasEmpty ? this.#prices.car : 0);
  }

  #count(route: Route, sign: number): void {
    this.cost += sign * route.cost;
    this.lateness += sign * route.lateness;
    if (route.length > 2) this.cars += sign;
  }
}
