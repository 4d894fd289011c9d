import type { Instant } from '../../base/index.ts';
import { hourOf } from '../speeds.ts';
import { CLOSED, customize, type Weights } from './customize.ts';
import type { RoadMap } from './map.ts';
import { drivingMillis, type Profile } from './profiles.ts';
import { feltBy, withFelt, type Felt, type Restriction } from './restriction.ts';

/** How long every road takes for one traveller in one hour, with what is in the way. Never changed: a new cordon is a new one. */
export interface RoadTimes {
  readonly map: RoadMap;
  /** Driving alone; `CLOSED` where this traveller never may. */
  readonly baseMillis: Int32Array;
  /** With delays and closures. */
  readonly arcMillis: Int32Array;
  /** On which stretch of an arc a restriction is felt: a door on this side of a guard has not passed them. */
  readonly felt: ReadonlyMap<number, readonly Felt[]>;
  readonly weights: Weights;
}

export function roadTimes(map: RoadMap, profile: Profile, hour: number, restrictions: readonly Restriction[] = []): RoadTimes {
  const baseMillis = drivingMillis(map.network, profile, hour, CLOSED);
  return timesWith(map, baseMillis, feltBy(map, restrictions, profile));
}

export function timesWith(map: RoadMap, baseMillis: Int32Array, felt: RoadTimes['felt'] = new Map()): RoadTimes {
  const arcMillis = felt.size === 0 ? baseMillis : baseMillis.slice();
  for (const [arc, stretches] of felt) arcMillis[arc] = withFelt(baseMillis[arc]!, stretches);
  return { map, baseMillis, arcMillis, felt, weights: customize(map.network, map.hierarchy, arcMillis) };
}

/** Driving from one share of an arc to a later one, with whatever is felt between them. */
export function partMillis({ baseMillis, felt }: RoadTimes, arc: number, from: number, to: number): number {
  if (from >= to) return 0;
  if (baseMillis[arc]! >= CLOSED) return CLOSED;
  // What is left over by calculating with a share is no part of the road.
  const driven = Math.ceil((to - from) * baseMillis[arc]! - 1e-3);
  return withFelt(driven, (felt.get(arc) ?? []).filter((stretch) => stretch.from <= to && stretch.to >= from));
}

/** The weights of one traveller in one hour. */
export interface MadeTimes {
  readonly profile: Profile;
  /** Of the city's day, 0 to 23. */
  readonly hour: number;
  readonly times: RoadTimes;
}

/** Two hours of every traveller. */
const KEPT_MAX = 6;

/**
 * The roads as they are now. Weights are made when first asked for, for one traveller and hour at a time. `restrict` swaps
 * everything at once: who has `times` in hand goes on with the picture they began with, the next question sees the new one.
 */
export class LiveRoads {
  readonly map: RoadMap;
  #restrictions: readonly Restriction[] = [];
  #made: readonly MadeTimes[] = [];
  readonly #keptMax: number;

  /** @param keptMax weights of so many travellers and hours are kept: more where the clock runs fast */
  constructor(map: RoadMap, keptMax = KEPT_MAX) {
    this.map = map;
    this.#keptMax = keptMax;
  }

  get restrictions(): readonly Restriction[] {
    return this.#restrictions;
  }

  /** What is being asked for: oldest question first. */
  get made(): readonly MadeTimes[] {
    return this.#made;
  }

  /** @param made what was prepared elsewhere for these restrictions; everything else is made when it is asked for */
  restrict(restrictions: readonly Restriction[], made: readonly MadeTimes[] = []): void {
    this.#restrictions = restrictions;
    this.#made = made;
  }

  times(profile: Profile, instant: Instant): RoadTimes {
    const hour = hourOf(instant);
    const found = this.#made.find((one) => one.profile === profile && one.hour === hour);
    const now = found ?? { profile, hour, times: roadTimes(this.map, profile, hour, this.#restrictions) };
    // Hours that have passed fall out, so that a week's running holds no more than a few.
    this.#made = [...this.#made.filter((one) => one !== found), now].slice(-this.#keptMax);
    return now.times;
  }
}
