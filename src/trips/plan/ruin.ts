import type { Chance } from '../../base/index.ts';
import type { Draft } from './draft.ts';
import { ridesNear } from './near.ts';
import type { Network } from './network.ts';

/** Stops that one trial takes out on average, and the longest string in one car: Christiaens & Vanden Berghe (2020) use 10 and 10. */
const STOPS_MEAN = 10;
const STRING_MAX = 10;
/** How often a string keeps a few stops in its middle. */
const SPLIT = 0.5;

/**
 * Takes strings of stops out of cars that are near each other in place and time: slack next to slack, so that what is put
 * back can change cars (slack induction by string removals). A ride goes with both its stops.
 */
export class Ruin {
  readonly #net: Network;
  readonly #neighbours: (Int32Array | undefined)[];
  readonly #gone: Uint8Array;
  readonly #isCut: Uint8Array;
  readonly #cut: number[] = [];

  constructor(net: Network, cars: number) {
    this.#net = net;
    this.#neighbours = Array.from({ length: net.rides });
    this.#gone = new Uint8Array(net.rides);
    this.#isCut = new Uint8Array(cars);
  }

  /** @returns false when a car is left without a timetable: the trial must be undone */
  strings(draft: Draft, chance: Chance): boolean {
    const net = this.#net;
    let stops = 0;
    for (const route of draft.routes) stops += route.length - 2;
    const longest = Math.min(STRING_MAX, stops / Math.max(1, draft.cars));
    const strings = Math.floor(chance.next() * ((4 * STOPS_MEAN) / (1 + longest) - 1) + 1);
    const seed = chance.below(net.rides);
    const near = this.#near(seed);
    let keeps = true;
    for (let n = -1; n < near.length && this.#cut.length < strings && keeps; n += 1) {
      const ride = n === -1 ? seed : near[n]!;
      const car = draft.carOf[ride]!;
      if (car === -1 || this.#isCut[car] === 1 || net.begun[ride] === 1) continue;
      this.#isCut[car] = 1;
      this.#cut.push(car);
      keeps = this.#cutString(draft, car, ride, longest, chance);
    }
    for (const car of this.#cut) this.#isCut[car] = 0;
    this.#cut.length = 0;
    return keeps;
  }

  #cutString(draft: Draft, car: number, ride: number, longest: number, chance: Chance): boolean {
    const gone = this.#gone;
    const { begun } = this.#net;
    const { stops, length } = draft.routes[car]!;
    const count = length - 2;
    const size = Math.floor(chance.next() * Math.min(count, longest) + 1);
    const centre = stops.indexOf(2 * ride + chance.below(2));
    let kept = 0;
    if (size < count && chance.next() < SPLIT) while (size + kept < count && chance.next() < 0.5) kept += 1;
    const whole = size + kept;
    const first = Math.max(1, centre - whole + 1);
    const last = Math.min(centre, length - 1 - whole);
    const from = first + chance.below(last - first + 1);
    const keptFrom = kept === 0 ? -1 : from + chance.below(size + 1);
    const marked: number[] = [];
    for (let i = from; i < from + whole; i += 1) {
      if (i >= keptFrom && i < keptFrom + kept) continue;
      const other = stops[i]! >> 1;
      if (begun[other] === 1 || gone[other] === 1) continue;
      gone[other] = 1;
      marked.push(other);
    }
    gone[ride] = 1;
    const keeps = draft.take(car, gone);
    for (const other of marked) gone[other] = 0;
    gone[ride] = 0;
    return keeps;
  }

  #near(ride: number): Int32Array {
    return (this.#neighbours[ride] ??= ridesNear(this.#net, ride));
  }
}
