import type { Chance } from '../../base/index.ts';
import type { Draft } from './draft.ts';
import { EPSILON, type Route } from './route.ts';

/** Up to so many times of an empty car are looked ahead for the end of a stretch, besides the end of the day. */
const AHEAD_MAX = 3;

/**
 * Two cars swap a stretch of their day, from a moment when nobody is aboard to another; either stretch may be empty, or last to the
 * end. Strings (ruin.ts) are too short for that, and riders put back one by one do not find each other again.
 */
export class Stretches {
  #cost = Infinity;
  #car = -1;
  #from = 0;
  #to = 0;

  /** The cheapest swap with one stretch of one car, drawn by chance. @returns false when there is none below `priceMax`: the trial must be undone */
  swap(draft: Draft, chance: Chance, priceMax: number): boolean {
    const car = draft.carOf[chance.below(draft.net.rides)]!;
    if (car === -1) return false;
    const route = draft.settled(car);
    const cuts = cutsOf(route);
    if (cuts.length < 2) return false;
    const first = chance.below(cuts.length - 1);
    const ahead = chance.below(AHEAD_MAX + 1);
    const last = ahead === AHEAD_MAX ? cuts.length - 1 : Math.min(first + 1 + ahead, cuts.length - 1);
    const [from, to] = [cuts[first]!, cuts[last]!];
    this.#cost = Infinity;
    for (let other = 0; other < draft.routes.length; other += 1) {
      if (other !== car) this.#look(draft, route, from, to, other);
    }
    return draft.price + this.#cost < priceMax && draft.swapStretches(car, from, to, this.#car, this.#from, this.#to);
  }

  #look(draft: Draft, route: Route, from: number, to: number, car: number): void {
    const other = draft.settled(car);
    if (!other.isSettled) return;
    const { span, cost, nodes } = draft.net;
    const cuts = cutsOf(other);
    const [before, after] = [route.stops[from]!, route.stops[to + 1]!];
    const [head, tail] = [route.stops[from + 1]!, route.stops[to]!];
    const within = route.reach[(from + 1) * (route.length + 1) + to]!;
    for (let c = 0; c < cuts.length; c += 1) {
      const begin = cuts[c]!;
      const [otherBefore, arrives] = [other.stops[begin]!, other.early[begin]! + span[other.stops[begin]! * nodes + head]!];
      if (arrives > route.late[from + 1]! + EPSILON) break;
      for (let ahead = 0; ahead <= AHEAD_MAX + 1 && c + ahead < cuts.length; ahead += 1) {
        const end = cuts[ahead > AHEAD_MAX ? cuts.length - 1 : c + ahead]!;
        const otherAfter = other.stops[end + 1]!;
        if (arrives + within + span[tail * nodes + otherAfter]! > other.late[end + 1]! + EPSILON) continue;
        const [otherHead, otherTail] = [other.stops[begin + 1]!, other.stops[end]!];
        let total = cost[otherBefore * nodes + head]! + cost[tail * nodes + otherAfter]! - route.arc[from]! - route.arc[to]! - other.arc[begin]!;
        if (end === begin) total += cost[before * nodes + after]!;
        else {
          total += cost[before * nodes + otherHead]! + cost[otherTail * nodes + after]! - other.arc[end]!;
          const there = route.early[from]! + span[before * nodes + otherHead]!;
          if (there > other.late[begin + 1]! + EPSILON) continue;
          if (there + other.reach[(begin + 1) * (other.length + 1) + end]! + span[otherTail * nodes + after]! > route.late[to + 1]! + EPSILON) continue;
        }
        if (total < this.#cost) [this.#cost, this.#car, this.#from, this.#to] = [total, car, begin, end];
      }
    }
  }
}

/** After these positions nobody is aboard. */
function cutsOf({ begun, length, aboard }: Route): number[] {
  const cuts: number[] = [];
  for (let i = begun - 1; i < length - 1; i += 1) if (aboard[i] === 0) cuts.push(i);
  return cuts;
}
