import { metersBetween, MINUTE_MS, type Instant, type Place } from '../base/index.ts';
import type { Leg } from './ride.ts';

/** What breaks the chain from door to car to institution to car to door. Each becomes an incident with an owner and a deadline. */
export const CUSTODY_FAULTS = ['unrecordedStop', 'wrongPerson', 'missedHandOver', 'lostContact', 'refusedAtGate', 'contradicted'] as const;
export type CustodyFault = (typeof CUSTODY_FAULTS)[number];

/** A ride as custody looks at it: what was planned, what was recorded. */
export interface CustodyRide {
  readonly ride: string;
  readonly leg: Leg;
  readonly car: string;
  readonly to: Place;
  readonly arriveAt: Instant;
  /** True times of the hand-overs, as the driver pressed them. */
  readonly aboardAt?: Instant;
  readonly arrivedAt?: Instant;
  /** Somebody at the institution, or at home, took the person over by name. */
  readonly takenOverAt?: Instant;
  /** Care or home has gone on without the car's record: treated, received, or seen at home. */
  readonly seenElsewhereAt?: Instant;
  readonly wrongPersonAt?: Instant;
  readonly refusedAtGateAt?: Instant;
}

/** Where a car's phone said it was. */
export interface CarFix {
  readonly at: Instant;
  readonly place: Place;
}

/** One fault, found as often as somebody looks, and always by the same key. */
export interface CustodyFinding {
  readonly key: string;
  readonly fault: CustodyFault;
  readonly ride: string;
  readonly car: string;
  /** Since when. */
  readonly at: Instant;
  readonly place?: Place;
  /** `alarm`: somebody may be alone or in the wrong hands; `watch`: it may well be a traffic jam. */
  readonly severity: 'alarm' | 'watch';
  /** Whoever answers for the cars of the town; the command centre when that does not happen in time. */
  readonly owner: 'district' | 'city';
  readonly dueAt: Instant;
}

/**
 * Standing still with somebody aboard for longer than that, away from every planned stop, is asked about. Synthetic, chosen thus: lights and most
 * checks on the road are over sooner, and getting somebody out somewhere else takes hardly less. Asked in vain costs a call.
 */
const STANDS_MS = 6 * MINUTE_MS;
/** A phone among high houses is wrong by up to this much. Synthetic. */
const SAME_PLACE_METERS = 80;
/** A hospital's grounds: whoever stands here is at the stop. Synthetic. */
const AT_STOP_METERS = 250;
/** Phones send several times a minute; a garage or a lift is behind them after this. Synthetic. */
const SILENT_MS = 10 * MINUTE_MS;
/** From the car at the door to somebody who takes the person over, with a fair wait at the desk. Synthetic. */
const HAND_OVER_MS = 15 * MINUTE_MS;
/** Silent, and so much later than planned: nobody may wait for the next message any more. Synthetic. */
const OVERDUE_MS = 15 * MINUTE_MS;

/** How long the owner has before the command centre is told. */
const DUE_MS: Readonly<Record<CustodyFault, number>> = {
  unrecordedStop: 15 * MINUTE_MS, wrongPerson: 15 * MINUTE_MS, missedHandOver: 15 * MINUTE_MS, lostContact: 10 * MINUTE_MS, refusedAtGate: 15 * MINUTE_MS,
  contradicted: 15 * MINUTE_MS,
};

/**
 * What is wrong with the custody of these rides at this moment.
 * @param rides of one car, those that are over in the last hour among them: a hand-over can be missed afterwards
 * @param fixes of this car, oldest first
 * @param stops where this car is meant to stop today
 */
export function custodyFaults(at: Instant, rides: readonly CustodyRide[], fixes: readonly CarFix[], stops: readonly Place[]): readonly CustodyFinding[] {
  return rides.flatMap((ride) => [...reported(ride), ...handOver(ride, at), ...contact(ride, fixes, at), ...standing(ride, fixes, stops, at)]);
}

/**
 * A driver says that they had somebody, and meanwhile the story has gone another way: withdrawn, another car, 120. The record does not
 * change by itself, and somebody has to ask where the person is. The deadline runs from now, not from a moment nobody could know of.
 */
export function contradicted(ride: Pick<CustodyRide, 'ride' | 'car'>, at: Instant, now: Instant, place?: Place): CustodyFinding {
  return {
    key: `${ride.ride}.contradicted.${at}`, fault: 'contradicted', ride: ride.ride, car: ride.car, at, severity: 'alarm', owner: 'district',
    dueAt: now + DUE_MS.contradicted, ...(place && { place }),
  };
}

function found(fault: CustodyFault, { ride, car }: CustodyRide, at: Instant, severity: CustodyFinding['severity'], place?: Place): CustodyFinding {
  return { key: `${ride}.${fault}.${at}`, fault, ride, car, at, severity, owner: 'district', dueAt: at + DUE_MS[fault], ...(place && { place }) };
}

/** What the driver says themself. */
function reported(ride: CustodyRide): readonly CustodyFinding[] {
  const { wrongPersonAt, refusedAtGateAt, takenOverAt } = ride;
  return [
    ...(wrongPersonAt === undefined ? [] : [found('wrongPerson', ride, wrongPersonAt, 'alarm')]),
    ...(refusedAtGateAt === undefined || takenOverAt !== undefined ? [] : [found('refusedAtGate', ride, refusedAtGateAt, 'alarm', ride.to)]),
  ];
}

/** Out of the car and in nobody's hands; or in somebody's, and the car knows nothing of it. */
function handOver(ride: CustodyRide, at: Instant): readonly CustodyFinding[] {
  const { aboardAt, arrivedAt, takenOverAt, seenElsewhereAt } = ride;
  if (arrivedAt !== undefined) {
    if (at - arrivedAt <= HAND_OVER_MS || takenOverAt !== undefined || seenElsewhereAt !== undefined) return [];
    return [found('missedHandOver', ride, arrivedAt + HAND_OVER_MS, 'alarm', ride.to)];
  }
  if (aboardAt === undefined || seenElsewhereAt === undefined) return [];
  // They are in good hands; what is missing is the record of who had them until then.
  return at - seenElsewhereAt <= HAND_OVER_MS ? [] : [found('missedHandOver', ride, seenElsewhereAt + HAND_OVER_MS, 'watch')];
}

function contact(ride: CustodyRide, fixes: readonly CarFix[], at: Instant): readonly CustodyFinding[] {
  if (!isAboard(ride)) return [];
  const last = fixes.at(-1);
  const heardAt = Math.max(ride.aboardAt!, last?.at ?? 0);
  if (at - heardAt <= SILENT_MS) return [];
  return [found('lostContact', ride, heardAt, at - ride.arriveAt > OVERDUE_MS ? 'alarm' : 'watch', last?.place)];
}

/** The stretch at the end of what is known of the car: a stop that is over is over, and was found while it lasted. */
function standing(ride: CustodyRide, fixes: readonly CarFix[], stops: readonly Place[], at: Instant): readonly CustodyFinding[] {
  if (!isAboard(ride)) return [];
  const known = fixes.filter((fix) => fix.at >= ride.aboardAt! && fix.at <= at);
  const here = known.at(-1)?.place;
  if (!here || stops.some((stop) => metersBetween(stop, here) <= AT_STOP_METERS)) return [];
  const moving = known.findLastIndex(({ place }) => metersBetween(place, here) > SAME_PLACE_METERS);
  const since = known[moving + 1]!.at;
  return known.at(-1)!.at - since <= STANDS_MS ? [] : [found('unrecordedStop', ride, since, 'watch', here)];
}

function isAboard({ aboardAt, arrivedAt, seenElsewhereAt }: CustodyRide): boolean {
  return aboardAt !== undefined && arrivedAt === undefined && seenElsewhereAt === undefined;
}
