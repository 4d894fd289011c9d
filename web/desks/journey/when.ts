import type { JourneyView } from '../../../src/journey/index.ts';

/** When somebody will be at the institution's door, as far as anybody has said; undefined while nobody has. */
export function expectedAt({ mission, out, booking, arrival }: JourneyView): number | undefined {
  if (arrival?.arrivedAt !== undefined) return arrival.arrivedAt;
  // A unit that meets their car on the road: until they are aboard, the car's time holds.
  const unitComes = mission && !mission.stoodDown && mission.times.sent !== undefined && (mission.meets === undefined || mission.times.aboard !== undefined);
  if (unitComes) {
    // Where the house was warned, the server has said when: it knows the road, and how long a crew stays at a home.
    if (mission.unit && arrival) return arrival.expectedAt;
    return mission.times.aboard === undefined ? undefined : mission.times.aboard + (mission.etaSeconds ?? 0) * 1000;
  }
  if (out?.car && !out.cancelled) return (out.times.aboard ?? out.pickUpAt) + out.travelSeconds * 1000;
  return booking && !booking.cancelled ? booking.slot.startsAt : undefined;
}

/** How sure `expectedAt` is; undefined where somebody has said it, or it was driven on the roads of then. */
export function doubtOf({ mission, out, arrival }: JourneyView): 'estimated' | 'noWayOpen' | undefined {
  if (arrival?.arrivedAt !== undefined) return undefined;
  const unitComes = mission && !mission.stoodDown && mission.times.sent !== undefined;
  // Nobody has driven from there to the hospital yet: it is taken to last as long as the way to the patient.
  if (unitComes) return mission.noWayOpen ? 'noWayOpen' : 'estimated';
  if (!out?.car || out.cancelled) return undefined;
  return out.noWayOpen ? 'noWayOpen' : out.estimated && 'estimated';
}

/** Away from home: on the road or at an institution. Somebody answers for bringing them back. */
export function isAway({ holder }: JourneyView): boolean {
  return holder !== 'home';
}
