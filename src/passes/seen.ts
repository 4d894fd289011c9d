import { HOUR_MS, metersBetween, SECOND_MS, type Instant, type Place } from '../base/index.ts';

/** One look at a pass: where, and when. */
export interface Seen {
  readonly place: Place;
  readonly at: Instant;
}

/** Nobody drives through a city faster than that, as the crow flies. */
const FASTEST_METERS_PER_SECOND = 33;
/** Where a checkpoint stands is known to about this, and its phone's clock is a little off. */
const NEAR_METERS = 5_000;

/** What was seen longer ago than a journey there and back says nothing of now. */
export const LOOKED_BACK_MS = 12 * HOUR_MS;

/** Of everything that was seen of one pass: the looks that somebody else's look, earlier, contradicts. */
export function shownTwice<T extends Seen & { readonly scope: string }>(looks: readonly T[]): readonly T[] {
  return looks.filter((look) => looks.some((other) => other.scope !== look.scope && (other.at < look.at || (other.at === look.at && other.scope < look.scope))
    && look.at - other.at < LOOKED_BACK_MS && isShownTwice(look, other)));
}

/** One pass shown in two places faster than anybody gets from one to the other: there are two of it. */
export function isShownTwice(one: Seen, other: Seen): boolean {
  const meters = metersBetween(one.place, other.place) - NEAR_METERS;
  return meters > 0 && meters > (FASTEST_METERS_PER_SECOND * Math.abs(one.at - other.at)) / SECOND_MS;
}
