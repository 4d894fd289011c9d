import { Insertion } from './insertion.ts';
import type { Network } from './network.ts';
import { placesFor, type Places } from './places.ts';
import type { Prices } from './prices.ts';
import { Route } from './route.ts';

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
  /** Of routes that are kept, and of routes in trial: those would push out what is asked again and again. */
  readonly #known: Places;
  readonly #tried: Places;
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
    this.#insertion = new Insertion(net, prices.lateSecond);
    this.#positions = new Int32Array(net.nodes);
    this.#nobody = new Uint8Array(net.rides);
    this.#known = placesFor(pairs);
    this.#tried = placesFor(pairs);
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
   * @returns false when no car takes it
   */
  place(ride: number, overlook: () => boolean): boolean {
    if (!this.#seek(ride, overlook)) return false;
    const { car, after, dropAfter, cost } = this.#found;
    this.#count(this.routes[car]!, -1);
    const route = this.#isChanged[car] === 1 ? this.routes[car]! : this.#replace(car, this.#nobody);
    route.insert(ride, after, dropAfter);
    this.#move(ride, car);
    this.#grow(route, cost);
    this.#count(route, 1);
    return true;
  }

  #seek(ride: number, overlook: () => boolean): boolean {
    const { routes } = this;
    const count = routes.length;
    let best = Infinity;
    let emptyKinds = 0;
    for (let r = 0; r < count; r += 1) {
      const route = routes[r]!;
      let opening = 0;
      if (route.length === 2) {
        // One empty car of a kind stands for all of them.
        const bit = route.kind < 31 ? 1 << route.kind : 0;
        if (this.cars >= this.carsMax || (emptyKinds & bit) !== 0 || this.#isParked[r] === 1) continue;
        emptyKinds |= bit;
        opening = this.#prices.car;
      }
      const isChanged = this.#isChanged[r] === 1;
      if (!isChanged && overlook()) continue;
      const places = isChanged ? this.#tried : this.#known;
      const at = ride * count + r;
      if (places.versions[at] !== route.version) {
        if (!route.isSettled && !route.settle(this.net, this.#positions)) throw new Error('a ride that fitted keeps no timetable');
        this.#insertion.find(route, ride, isChanged ? overlook : never);
        places.versions[at] = route.version;
        places.costs[at] = this.#insertion.cost + opening + (this.net.otherCar?.[ride * this.net.kinds.length + route.kind] ?? 0);
        places.afters[at] = this.#insertion.after;
        places.dropAfters[at] = this.#insertion.dropAfter;
      }
      const cost = places.costs[at]!;
      if (cost < best) {
        best = cost;
        this.#found.car = r;
        this.#found.after = places.afters[at]!;
        this.#found.dropAfter = places.dropAfters[at]!;
      }
    }
    this.#found.cost = best;
    return best < Infinity;
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
