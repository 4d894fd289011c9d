import type { City } from '../../city/index.ts';
import { cohortOf, dayRideOf, hasEnded, type JourneyEvent, type Story } from '../../journey/index.ts';
import { isAboard } from '../../trips/index.ts';
import type { RideRow } from '../../trips/store.ts';

/** What can change a ride: everything else in a journey leaves the table alone. */
const OF_RIDES: ReadonlySet<JourneyEvent['type']> = new Set([
  'RideOrdered', 'RideApproved', 'CarAssigned', 'RideReplanned', 'CarLost', 'RideConfirmed', 'RideReported', 'RideCancelled',
  'RefusedAtDoor', 'NoLongerExpected', 'Received', 'CareReopened', 'HomeConfirmed', 'RequestClosed', 'RequestDecided',
]);

export function concernsRides(events: readonly JourneyEvent[], { out, back }: Story): boolean {
  // Care that goes on takes the cancelled way home out of the story: its row would keep a car for nobody.
  return events.some(({ type }) => type === 'RideCancelled' || ((out !== undefined || back !== undefined) && OF_RIDES.has(type)));
}

/** The rides a story tells of: ahead, running, or driven. What was cancelled leaves no row. */
export function rideRows(story: Story, city: City): readonly RideRow[] {
  return [story.out, story.back].flatMap((ride): RideRow[] => {
    const dayRide = ride && dayRideOf(story, ride, city);
    if (!ride || !dayRide || ride.cancelled) return [];
    const isOver = hasEnded(story, ride);
    // Over without anybody having got in: they came home otherwise, and nobody was in that car.
    if (isOver && ride.times.aboard === undefined) return [];
    const car = ride.car === undefined ? undefined : city.cars.get(ride.car);
    const arrivedAt = isOver ? (ride.times.arrived ?? story.arrival?.receivedAt ?? story.homeConfirmedAt ?? story.closed?.at) : undefined;
    const isApprovedBack = ride.leg === 'back' && ride.expected === true && story.out?.car !== undefined && !story.out.cancelled && ride.car === undefined;
    return [{
      ride: ride.ride, journey: story.id, dayRide, wantsPlan: !isOver && (ride.wantsPlan === true || isApprovedBack),
      // A car of the next district drives by the plan of its own.
      district: city.towns.get(car?.town ?? story.request.town)?.district ?? '',
      state: isOver ? 'over' : ride.times.aboard !== undefined ? 'aboard' : ride.car !== undefined ? 'planned' : 'waiting',
      ...(arrivedAt !== undefined && { arrivedAt }),
    }];
  });
}

/**
 * Cars with somebody in them who turns out to be of another cohort than the one they got in with. Nobody joins or follows them before the
 * driver says that it is clean; half an hour of a car for nothing is the smaller error.
 */
export function carsToClean(events: readonly JourneyEvent[], story: Story): readonly string[] {
  if (!events.some(({ type }) => type === 'AnswersAdded')) return [];
  return [story.out, story.back].flatMap((ride) => (ride?.car !== undefined && isAboard(ride) && ride.cohort !== cohortOf(story) ? [ride.car] : []));
}
