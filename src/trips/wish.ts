import { MINUTE_MS, SECOND_MS, type Instant } from '../base/index.ts';
import type { RideOrder } from './ride.ts';

/**
 * Minutes at the door or the gate, on average; synthetic. A door in a compound that is closed takes the guard, the papers and the way
 * down; somebody in a wheelchair or on a stretcher takes the ramp and the belts besides. Too short makes everybody late who comes
 * after; too long only makes a car wait.
 */
const STOP_MINUTES = { walking: 5, wheelchair: 8, stretcher: 12 } as const;

/** Synthetic: before an appointment the person is ready this much earlier, so that somebody else can be fetched on the way. */
const READY_BEFORE_MS = 30 * MINUTE_MS;
/** Nobody sits in a waiting room for longer than that because a car was early; the contrary error is to come too late. Synthetic. */
const EARLY_AT_MOST_MS = 45 * MINUTE_MS;
/** `pickUpAt` of a way out reckons with a quarter of an hour before the appointment: that is what sharing may use up. */
const SPARE_MS = 15 * MINUTE_MS;
/** Whoever is ready to go home waits no longer than that for a car. Synthetic. */
const HOME_WITHIN_MS = 60 * MINUTE_MS;

/** In the car: at least this, or one and a half times the way alone. Synthetic; 90 minutes are usual in the literature (Cordeau 2003). */
const LONGEST_RIDE_SECONDS = 45 * 60;
const LONGEST_DETOUR = 1.5;

/** When and how somebody wants to be driven, complete. */
export interface Wish {
  readonly earliestPickUpAt: Instant;
  readonly latestPickUpAt: Instant;
  readonly earliestArriveAt: Instant;
  readonly latestArriveAt: Instant;
  readonly pickUpSeconds: number;
  readonly dropOffSeconds: number;
  readonly longestRideSeconds: number;
}

/** What an order says, and for what it does not say (orders from before it was asked for, above all) what follows from `pickUpAt`. */
export function wishOf(order: RideOrder): Wish {
  const { leg, pickUpAt, travelSeconds, pickUpSeconds = stopSeconds(order), dropOffSeconds = stopSeconds(order) } = order;
  const longestRideSeconds = order.longestRideSeconds ?? Math.max(LONGEST_RIDE_SECONDS, LONGEST_DETOUR * travelSeconds);
  const rideMs = travelSeconds * SECOND_MS;
  const durations = { pickUpSeconds, dropOffSeconds, longestRideSeconds };
  if (leg === 'out') {
    const latestArriveAt = order.latestArriveAt ?? pickUpAt + rideMs + SPARE_MS;
    const { earliestPickUpAt = Math.min(pickUpAt, latestArriveAt - rideMs) - READY_BEFORE_MS, latestPickUpAt = latestArriveAt } = order;
    return { earliestPickUpAt, latestPickUpAt, earliestArriveAt: order.earliestArriveAt ?? latestArriveAt - EARLY_AT_MOST_MS, latestArriveAt, ...durations };
  }
  const { earliestPickUpAt = pickUpAt, latestPickUpAt = pickUpAt + HOME_WITHIN_MS } = order;
  const latestArriveAt = order.latestArriveAt ?? latestPickUpAt + (pickUpSeconds + longestRideSeconds) * SECOND_MS;
  return { earliestPickUpAt, latestPickUpAt, earliestArriveAt: order.earliestArriveAt ?? earliestPickUpAt, latestArriveAt, ...durations };
}

function stopSeconds({ wheelchair, stretcher }: RideOrder): number {
  return 60 * (stretcher ? STOP_MINUTES.stretcher : wheelchair ? STOP_MINUTES.wheelchair : STOP_MINUTES.walking);
}
