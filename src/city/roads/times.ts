import type { Instant } from '../../base/index.ts';
import { hourOf } from '../speeds.ts';
import { CLOSED, customize, type Weights } from './customize.ts';
import type { RoadMap } from './map.ts';
import { drivingMillis, type Profile } from './profiles.ts';
import { withRestrictions, type Restriction } from './restriction.ts';

/** How long every road takes for one traveller in one hour, with what is in the way. Never changed: a new cordon is a new one. */
export interface RoadTimes {
  readonly map: RoadMap;
  /** Driving alone; `CLOSED` where this traveller never may. */
  readonly baseMillis: Int32Array;
  /** With delays and closures. */
  readonly arcMillis: Int32Array;
  readonly weights: Weights;
}

export function roadTimes(map: RoadMap, profile: Profile, hour: number, restrictions: readonly Restriction[] = []): RoadTimes {
  const baseMillis = drivingMillis(map.network, profile, hour, CLOSED);
  return timesWith(map, baseMillis, withRestrictions(map, baseMillis, restrictions, profile));
}

export function timesWith(map: RoadMap, baseMillis: Int32Array, arcMillis: Int32Array): RoadTimes {
  return { map, baseMillis, arcMillis, weights: customize(map.network, map.hierarchy, arcMillis) };
}

/**
 * The roads as they are now. Weights are made when first asked for, for one traveller and hour at a time. `restrict` swaps
 * everything at once: who has `times` in hand goes on with the picture they began with, the next question sees the new one.
 */
export class LiveRoads {
  readonly map: RoadMap;
  #restrictions: readonly Restriction[] = [];
  #made = new Map<string, RoadTimes>();

  constructor(map: RoadMap) {
    this.map = map;
  }

  get restrictions(): readonly Restriction[] {
    return this.#restrictions;
  }

  restrict(restrictions: readonly Restriction[]): void {
    this.#restrictions = restrictions;
    this.#made = new Map();
  }

  times(profile: Profile, instant: Instant): RoadTimes {
    const hour = hourOf(instant);
    const key = `${profile} ${hour}`;
    const made = this.#made.get(key) ?? roadTimes(this.map, profile, hour, this.#restrictions);
    // The newest stays last; hours that have passed fall out, so that a week's running holds no more than a few.
    this.#made.delete(key);
    this.#made.set(key, made);
    if (this.#made.size > KEPT_MAX) this.#made.delete(this.#made.keys().next().value!);
    return made;
  }
}

/** Two hours of every traveller. */
const KEPT_MAX = 6;
