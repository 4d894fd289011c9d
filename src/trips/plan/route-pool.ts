import { seededChance } from '../../base/index.ts';
import type { Draft } from './draft.ts';
import type { Route } from './route.ts';

/** More routes than that are not kept; the oldest half goes first. */
const ROUTES_MAX = 24_000;
/** Steps towards prices of rides at which no route is worth more than its riders pay, and tries of a route when they are put together. */
const PRICING_STEPS = 120;
const TRIES_MAX = 400_000;

interface PooledRoute {
  readonly kind: number;
  readonly cost: number;
  /** Stops without start and end. */
  readonly stops: Int32Array;
  readonly rides: Int32Array;
}

/**
 * The routes of all plans that a search went through, put together anew: each ride in exactly one of them, at the least cost (a
 * set partitioning problem). Annealing seldom has all good routes in one plan at one time; the pool remembers them.
 *
 * First every ride gets a price, so that the prices of a route's rides are at most its cost and the sum of all prices, a lower bound,
 * is high (Lagrangian relaxation, subgradient steps). Then only routes that cost hardly more than their rides' prices can be part
 * of a better plan, and few enough of them are left to try them in depth.
 */
export class RoutePool {
  readonly #draft: Draft;
  readonly #routes = new Map<number, PooledRoute>();
  readonly #signs: Float64Array;
  readonly #prices: Float64Array;
  #carPrice = 0;
  /** How much a route may cost beyond what its riders pay and still be part of a better plan; 0 before there are prices. */
  #room = 0;

  constructor(draft: Draft) {
    const { rides, kinds } = draft.net;
    const chance = seededChance(rides);
    this.#draft = draft;
    // A set of rides is known by the sum of its signs, whatever their order; 44 bits, so that sums stay exact.
    this.#signs = Float64Array.from({ length: rides + kinds.length }, () => chance.below(2 ** 31) * 2 ** 13 + chance.below(2 ** 13));
    this.#prices = new Float64Array(rides);
  }

  /** A route of a plan that was kept. */
  add(route: Route): void {
    if (route.length > 2) this.#remember(route, this.#keyOf(route));
  }

  /** A route of a plan that was not: worth remembering when it costs hardly more than its riders pay. */
  consider(route: Route): void {
    if (route.length === 2 || this.#room === 0) return;
    const { length, stops } = route;
    let slack = this.#draft.burdenOf(route) + this.#carPrice;
    for (let i = 1; i < length - 1; i += 1) if ((stops[i]! & 1) === 0) slack -= this.#prices[stops[i]! >> 1]!;
    if (slack < this.#room) this.#remember(route, this.#keyOf(route));
  }

  #keyOf({ length, stops, kind }: Route): number {
    let key = this.#signs[this.#draft.net.rides + kind]!;
    for (let i = 1; i < length - 1; i += 1) if ((stops[i]! & 1) === 0) key += this.#signs[stops[i]! >> 1]!;
    return key;
  }

  #remember(route: Route, key: number): void {
    const { length, stops, kind } = route;
    const cost = this.#draft.burdenOf(route);
    const known = this.#routes.get(key);
    if (known && known.cost <= cost) return;
    const own = stops.slice(1, length - 1);
    this.#routes.set(key, { kind, cost, stops: own, rides: own.filter((node) => (node & 1) === 0).map((node) => node >> 1) });
    if (this.#routes.size > ROUTES_MAX) this.#forget();
  }

  #forget(): void {
    let left = ROUTES_MAX / 2;
    for (const key of this.#routes.keys()) {
      if (left === 0) break;
      this.#routes.delete(key);
      left -= 1;
    }
  }

  /**
   * @param best what the best plan so far costs, with everybody in a car and `cars` of them driving
   * @returns stops by car of a plan that costs less; undefined when the pool has none, or none was found in time
   */
  combine(best: number, cars: number): readonly (readonly number[])[] | undefined {
    const { rides } = this.#draft.net;
    const pool = [...this.#routes.values()];
    if (pool.length === 0 || this.#draft.absent.length > 0) return undefined;
    this.#price(pool, best, cars);
    const bound = this.#lowerPrices(pool) - cars * this.#carPrice;
    const room = best - bound;
    this.#room = Math.max(room, 0) / 2;
    const open = pool.map((route) => ({ ...route, slack: this.#slackOf(route) })).filter((route) => route.slack < room).sort((a, b) => a.slack - b.slack);
    const byRide = Array.from({ length: rides }, () => [] as (typeof open)[number][]);
    for (const route of open) for (const ride of route.rides) byRide[ride]!.push(route);
    const order = Array.from({ length: rides }, (_, ride) => ride).sort((a, b) => byRide[a]!.length - byRide[b]!.length || a - b);

    const covered = new Uint8Array(rides);
    const free = this.#draft.net.kinds.map((kind) => kind.cars.length);
    const chosen: PooledRoute[] = [];
    let [left, found] = [room - 1e-7, undefined as readonly PooledRoute[] | undefined];
    let tries = 0;
    const cover = (from: number, used: number): void => {
      let next = from;
      while (next < rides && covered[order[next]!] === 1) next += 1;
      if (next === rides) {
        // The bound counts on all cars; one that stays where it is gives its price back.
        const over = used + (cars - chosen.length) * this.#carPrice;
        if (over < left) [left, found] = [over - 1e-7, [...chosen]];
        return;
      }
      if (chosen.length === cars) return;
      for (const route of byRide[order[next]!]!) {
        if (used + route.slack >= left || tries >= TRIES_MAX) return;
        tries += 1;
        if (free[route.kind] === 0 || route.rides.some((ride) => covered[ride] === 1)) continue;
        for (const ride of route.rides) covered[ride] = 1;
        free[route.kind]! -= 1;
        chosen.push(route);
        cover(next + 1, used + route.slack);
        chosen.pop();
        free[route.kind]! += 1;
        for (const ride of route.rides) covered[ride] = 0;
      }
    };
    cover(0, 0);
    return found && this.#intoCars(found);
  }

  /** Subgradient steps: rides in too many of the routes that would pay become cheaper, rides in none dearer. */
  #price(pool: readonly PooledRoute[], best: number, cars: number): void {
    const { rides } = this.#draft.net;
    const prices = this.#prices;
    if (prices.every((price) => price === 0)) prices.fill(best / rides);
    const demand = new Int32Array(rides);
    let [highest, stuck, step] = [-Infinity, 0, 1];
    let [kept, keptCar] = [prices.slice(), this.#carPrice];
    for (let n = 0; n < PRICING_STEPS; n += 1) {
      demand.fill(1);
      let [bound, driving] = [-cars * this.#carPrice, 0];
      for (let i = 0; i < rides; i += 1) bound += prices[i]!;
      for (const route of pool) {
        const slack = this.#slackOf(route);
        if (slack >= 0) continue;
        bound += slack;
        driving += 1;
        for (const ride of route.rides) demand[ride]! -= 1;
      }
      if (bound > highest + 1e-9) {
        [highest, stuck, kept, keptCar] = [bound, 0, prices.slice(), this.#carPrice];
      } else if ((stuck += 1) >= 8) {
        [stuck, step] = [0, step / 2];
        prices.set(kept);
        this.#carPrice = keptCar;
        continue;
      }
      let norm = (driving - cars) ** 2;
      for (let i = 0; i < rides; i += 1) norm += demand[i]! ** 2;
      if (norm === 0) break;
      const by = (step * Math.max(best * 1.002 - bound, 1e-3)) / norm;
      for (let i = 0; i < rides; i += 1) prices[i]! += by * demand[i]!;
      this.#carPrice = Math.max(0, this.#carPrice + by * (driving - cars));
    }
    prices.set(kept);
    this.#carPrice = keptCar;
  }

  /**
   * Lowers prices until no route costs less than its rides pay, and then raises each as far as its routes allow.
   * @returns the sum of all prices
   */
  #lowerPrices(pool: readonly PooledRoute[]): number {
    const { rides } = this.#draft.net;
    const change = new Float64Array(rides).fill(Infinity);
    const routesOf = Array.from({ length: rides }, () => [] as number[]);
    pool.forEach((route, at) => {
      const share = this.#slackOf(route) / route.rides.length;
      for (const ride of route.rides) {
        routesOf[ride]!.push(at);
        if (share < change[ride]!) change[ride] = share;
      }
    });
    change.forEach((by, ride) => { if (by < Infinity) this.#prices[ride]! += by; });
    const slack = Float64Array.from(pool, (route) => this.#slackOf(route));
    const scarceFirst = Array.from({ length: rides }, (_, ride) => ride).sort((a, b) => routesOf[a]!.length - routesOf[b]!.length || a - b);
    for (const ride of scarceFirst) {
      let least = Infinity;
      for (const at of routesOf[ride]!) if (slack[at]! < least) least = slack[at]!;
      if (least === Infinity) continue;
      for (const at of routesOf[ride]!) slack[at]! -= least;
      this.#prices[ride]! += least;
    }
    return this.#prices.reduce((sum, price) => sum + price, 0);
  }

  /** What a route costs beyond what its riders pay. */
  #slackOf({ cost, rides }: PooledRoute): number {
    let slack = cost + this.#carPrice;
    for (let i = 0; i < rides.length; i += 1) slack -= this.#prices[rides[i]!]!;
    return slack;
  }

  #intoCars(routes: readonly PooledRoute[]): readonly (readonly number[])[] {
    const waiting = [...routes];
    return this.#draft.routes.map(({ kind }) => {
      const at = waiting.findIndex((route) => route.kind === kind);
      return at === -1 ? [] : [...waiting.splice(at, 1)[0]!.stops];
    });
  }
}
