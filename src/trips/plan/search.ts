import { seededChance, type Chance } from '../../base/index.ts';
import { Draft } from './draft.ts';
import type { Network } from './network.ts';
import type { Prices } from './prices.ts';
import { Recreate } from './recreate.ts';
import { Ruin } from './ruin.ts';
import { Stretches } from './stretches.ts';

/** How much of the search is done: 0 begun, 1 spent. The caller measures it, in trials or in time. */
export type Spent = () => number;

/** Temperatures of the annealing, as parts of what a ride costs on average: at first a trial may lengthen the plan by about one ride, at the end by a twentieth. */
const HOT = 1;
const COLD = 0.05;
/** A plan that runs is good already; what would be tried at more warmth breaks promises. */
const RUNNING = 0.2;
/** While cars are saved, length hardly matters: just enough warmth to keep the routes moving. */
const MILD = 0.02;

/** Cars are saved for a third of the time; longer, as long as the next one does not take too long, but the routes need their time too. */
const FEWER_CARS_BY = 0.35;
const NEXT_CAR_WITHIN = 0.15;
const FEWER_CARS_AT_LAST = 0.7;

/** How many of the trials swap a stretch of two cars' days. */
const STRETCHES_SHARE = 0.3;

/** One search over one network: trials that take rides out of the draft and put them back. */
export class Search {
  readonly draft: Draft;
  trials = 0;
  readonly #chance: Chance;
  readonly #ruin: Ruin;
  readonly #stretches = new Stretches();
  readonly #recreate: Recreate;
  /** Trials in which a ride stayed outside: who is often left is hard to place, and is left last. */
  readonly #left: Float64Array;

  constructor(net: Network, prices: Prices, seed: number) {
    this.draft = new Draft(net, prices);
    this.#chance = seededChance(seed);
    this.#ruin = new Ruin(net, this.draft.routes.length);
    this.#recreate = new Recreate(net, this.#chance);
    this.#left = new Float64Array(net.rides);
  }

  /** Every absent ride where it costs least. */
  fill(): void {
    this.draft.begin();
    this.#recreate.run(this.draft, Infinity, Infinity);
    this.draft.keep();
  }

  /** Searches for places for the absent, until nobody is or `until` is spent; keeps the draft with the fewest absent. */
  serve(spent: Spent, until: number): boolean {
    const { draft } = this;
    const temperature = (MILD * draft.cost) / draft.net.rides;
    let best = draft.stops();
    let [fewest, price] = [draft.absent.length, draft.price];
    while (draft.absent.length > 0 && spent() < until) {
      const [absentBefore, sumBefore, priceBefore] = [draft.absent.length, this.#sumLeft(), draft.price];
      if (!this.#try(Infinity, Infinity)) continue;
      const sum = this.#sumLeft();
      const isBetter = sum < sumBefore || draft.absent.length === 0
        || (sum === sumBefore && draft.absent.length <= absentBefore && draft.price < priceBefore + this.#heat(temperature));
      for (const ride of draft.absent) this.#left[ride]! += 1;
      if (!isBetter) {
        draft.undo();
        continue;
      }
      draft.keep();
      if (draft.absent.length > fewest || (draft.absent.length === fewest && draft.price >= price)) continue;
      best = draft.stops();
      [fewest, price] = [draft.absent.length, draft.price];
    }
    if (draft.absent.length === 0) return true;
    draft.restore(best);
    return false;
  }

  /**
   * Everybody into as few cars as possible: empties the car whose riders were least often hard to place, and searches for places for them.
   * @param enough no fewer than this can do
   */
  fewerCars(enough: number, spent: Spent): void {
    const { draft } = this;
    let best = draft.stops();
    let until = FEWER_CARS_BY;
    while (draft.absent.length === 0) {
      best = draft.stops();
      until = Math.min(FEWER_CARS_AT_LAST, Math.max(until, spent() + NEXT_CAR_WITHIN));
      if (draft.cars <= enough || spent() >= until || !this.#emptyOne()) break;
      this.serve(spent, until);
    }
    draft.restore(best);
    draft.carsMax = draft.cars;
  }

  /** The same riders, or more, in as many cars or fewer, at a lower price: simulated annealing over what is left of the time. */
  cheaper(spent: Spent, isRunning = false): void {
    const { draft } = this;
    const from = spent();
    let best = draft.stops();
    let fewest = draft.absent.length;
    let { price } = draft;
    const hot = ((isRunning ? RUNNING : HOT) * draft.burden) / draft.net.rides + 1e-9;
    const cold = (COLD * draft.cost) / draft.net.rides + 1e-9;
    for (let share = from; share < 1; share = spent()) {
      const progress = (share - from) / (1 - from);
      const temperature = hot * (cold / hot) ** progress;
      // Fewer left behind is better at any price; as many, at a price that the temperature allows.
      const most = draft.absent.length;
      const priceMax = draft.price + this.#heat(temperature);
      if (!this.#try(most, most > 0 ? Infinity : priceMax)) continue;
      if (draft.absent.length === most && draft.price >= priceMax) {
        draft.undo();
        continue;
      }
      draft.keep();
      if (draft.absent.length > fewest || (draft.absent.length === fewest && draft.price >= price - 1e-9)) continue;
      best = draft.stops();
      fewest = draft.absent.length;
      ({ price } = draft);
    }
    draft.restore(best);
  }

  /** Takes strings out and puts them back. @returns false when it came to nothing and was undone */
  #try(leftMax: number, priceMax: number): boolean {
    this.trials += 1;
    this.draft.begin();
    if (this.#chance.next() < STRETCHES_SHARE) {
      if (this.#stretches.swap(this.draft, this.#chance, priceMax)) return true;
      this.draft.undo();
      return false;
    }
    if (this.#ruin.strings(this.draft, this.#chance) && this.#recreate.run(this.draft, leftMax, priceMax)) return true;
    this.draft.undo();
    return false;
  }

  #emptyOne(): boolean {
    const { draft } = this;
    let [car, least] = [-1, Infinity];
    draft.routes.forEach(({ stops, length, begun }, r) => {
      // A car with riders in it drives anyway; one that was promised to somebody may be saved later, where it is worth that.
      if (length === 2 || begun > 1) return;
      let sum = 0;
      let isPromised = false;
      for (let i = 1; i < length - 1; i += 1) {
        sum += this.#left[stops[i]! >> 1]! + 1;
        isPromised ||= draft.net.problem.rides[stops[i]! >> 1]!.promisedCar !== undefined;
      }
      if (!isPromised && sum < least) [car, least] = [r, sum];
    });
    if (car === -1) return false;
    draft.begin();
    draft.take(car, new Uint8Array(draft.net.rides).fill(1));
    draft.keep();
    draft.carsMax = draft.cars;
    return true;
  }

  #sumLeft(): number {
    let sum = 0;
    for (const ride of this.draft.absent) sum += this.#left[ride]!;
    return sum;
  }

  #heat(temperature: number): number {
    return -temperature * Math.log(1 - this.#chance.next());
  }
}
