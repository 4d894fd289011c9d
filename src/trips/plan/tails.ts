import type { Chance } from '../../base/index.ts';
import type { Draft } from './draft.ts';
import type { Route } from './route.ts';
import { EPSILON } from './route.ts';

/**
 * Two cars swap what they do for the rest of the day, from moments on when nobody is aboard of either; from the start on, they swap
 * everything, and with a car that stays free a route changes its car. Strings are too short for that.
 */
export class Tails {
  #car = -1;
  #cut = 0;
  #cost = Infinity;

  /** The cheapest swap with one cut of one car, both drawn. @returns false when there is none below `priceMax`; then the trial must be undone */
  swap(draft: Draft, chance: Chance, priceMax: number): boolean {
    const from = draft.carOf[chance.below(draft.net.rides)]!;
    if (from === -1) return false;
    const route = draft.settled(from);
    const cuts = cutsOf(route);
    if (cuts.length === 0) return false;
    const cut = chance.pick(cuts);
    this.#cost = Infinity;
    draft.routes.forEach(({ kind }, car) => {
      if (car !== from) this.#look(draft, route, cut, car, kind);
    });
    return draft.price + this.#cost < priceMax && draft.swapTails(from, cut, this.#car, this.#cut);
  }

  #look(draft: Draft, one: Route, i: number, car: number, kind: number): void {
    const other = draft.settled(car);
    if (!other.isSettled) return;
    const { span, cost, nodes, kinds } = draft.net;
    const isSame = one.kind === kind;
    for (let j = other.begun - 1; j < other.length - 1; j += 1) {
      if (other.aboard[j]! > 0) continue;
      // Both from the start on, or both to the end: the same two routes in each other's cars.
      if (isSame && ((i === 0 && j === 0) || (i === one.length - 2 && j === other.length - 2))) continue;
      const [a, b] = [one.stops[i]!, other.stops[j]!];
      const nextOfA = j === other.length - 2 ? kinds[one.kind]!.endNode : other.stops[j + 1]!;
      const nextOfB = i === one.length - 2 ? kinds[kind]!.endNode : one.stops[i + 1]!;
      if (one.early[i]! + span[a * nodes + nextOfA]! > (j === other.length - 2 ? one.late[one.length - 1]! : other.late[j + 1]!) + EPSILON) continue;
      if (other.early[j]! + span[b * nodes + nextOfB]! > (i === one.length - 2 ? other.late[other.length - 1]! : one.late[i + 1]!) + EPSILON) continue;
      const total = cost[a * nodes + nextOfA]! + cost[b * nodes + nextOfB]! - one.arc[i]! - other.arc[j]!;
      if (total < this.#cost) [this.#cost, this.#car, this.#cut] = [total, car, j];
    }
  }
}

function cutsOf({ begun, length, aboard }: Route): number[] {
  const cuts: number[] = [];
  for (let i = begun - 1; i < length - 1; i += 1) if (aboard[i] === 0) cuts.push(i);
  return cuts;
}
