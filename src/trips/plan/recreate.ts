import type { Chance } from '../../base/index.ts';
import type { Draft } from './draft.ts';
import type { Network } from './network.ts';

const BLINK = 0.01;

/** Puts absent rides back one by one, each where it costs least, in an order that changes from trial to trial. */
export class Recreate {
  readonly #keys: readonly Float64Array[];
  readonly #random: Float64Array;
  readonly #chance: Chance;
  readonly #overlook = (): boolean => this.#chance.next() < BLINK;

  constructor(net: Network, chance: Chance) {
    this.#chance = chance;
    this.#random = new Float64Array(net.rides);
    this.#keys = orders(net);
  }

  /**
   * @param leftMax how many may stay absent @param priceMax what the plan may cost; every ride adds to it, so that a trial which is beyond
   * need not be finished
   * @returns false when the trial came to nothing and must be undone
   */
  run(draft: Draft, leftMax: number, priceMax: number): boolean {
    const { absent } = draft;
    const chance = this.#chance;
    const key = this.#keys[chance.below(this.#keys.length + RANDOM_SHARE)] ?? this.#random;
    if (key === this.#random) for (const ride of absent) key[ride] = chance.next();
    absent.sort((a, b) => key[a]! - key[b]! || a - b);
    let left = 0;
    for (const ride of absent) {
      if (draft.place(ride, this.#overlook, priceMax - draft.price)) {
        if (draft.price >= priceMax) return false;
        continue;
      }
      absent[left] = ride;
      left += 1;
      if (left > leftMax) return false;
    }
    absent.length = left;
    return true;
  }
}

/** How many of the draws are purely random, beside one for each order below. */
const RANDOM_SHARE = 4;

function orders({ rides, nodes, cost, earliest, latest, span, kinds }: Network): readonly Float64Array[] {
  const key = (of: (pick: number, drop: number) => number): Float64Array => Float64Array.from({ length: rides }, (_, ride) => of(2 * ride, 2 * ride + 1));
  const start = kinds[0]?.startNode ?? 0;
  const slack = key((pick, drop) => latest[drop]! - earliest[pick]! - span[pick * nodes + drop]!);
  const early = key((pick) => earliest[pick]!);
  const late = key((_, drop) => -latest[drop]!);
  const far = key((pick, drop) => -Math.max(cost[start * nodes + pick]!, cost[start * nodes + drop]!));
  const close = key((pick, drop) => Math.min(cost[start * nodes + pick]!, cost[start * nodes + drop]!));
  return [slack, slack, early, early, late, late, far, far, close];
}
