import type { JourneyView } from '../../../src/journey/index.ts';

/** When somebody will be at the institution's door, as far as anybody has said; undefined while nobody has. */
export function expectedAt({ mission, out, booking, arrival }: JourneyView): number | undefined {
  if (arrival?.arrivedAt !== undefined) return arrival.arrivedAt;
  if (mission && !mission.stoodDown && mission.times.sent !== undefined) {
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

/** One ride as a bar: from the drive to the door until the car is clean again. */
export interface Bar {
  readonly car: string;
  readonly journey: string;
  readonly label: string;
  readonly leg: 'out' | 'back';
  readonly from: number;
  readonly to: number;
  readonly state: 'planned' | 'running' | 'done';
}

const LEAD_MS = 20 * 60_000;
const CLEANING_MS = 30 * 60_000;

/** The cars' day, read from the journeys: what holds a car and until when. */
export function barsOf(journeys: readonly JourneyView[]): readonly Bar[] {
  return journeys.flatMap((journey) => [journey.out, journey.back].flatMap((ride): readonly Bar[] => {
    if (!ride?.car || ride.cancelled) return [];
    const start = ride.times.aboard ?? ride.pickUpAt;
    const end = ride.times.arrived ?? start + ride.travelSeconds * 1000;
    return [{
      car: ride.car, journey: journey.id, label: journey.person.name, leg: ride.leg,
      from: (ride.times.atDoor ?? ride.pickUpAt) - LEAD_MS, to: end + CLEANING_MS,
      state: ride.times.arrived !== undefined ? 'done' : ride.times.atDoor !== undefined ? 'running' : 'planned',
    }];
  }));
}
