import { metersBetween, type Instant, type Place } from '../base/index.ts';
import { driveBetween, driveMatrix, NO_DRIVE } from './roads/ask.ts';
import { isOnRoads } from './roads/snap.ts';
import type { LiveRoads } from './roads/times.ts';
import { CAR_KMH_BY_HOUR, hourOf } from './speeds.ts';

export type Vehicle = 'ambulance' | 'car';

/** An estimate, and marked so wherever it is shown: no road was asked, and `because` says why not. */
export interface TravelEstimate {
  readonly seconds: number;
  readonly meters: number;
  readonly estimated: true;
  readonly because: 'noRoads' | 'farFromRoad' | 'island';
}

/** Driven on the map's roads, with what stands in the way now. */
export interface RoadTravel {
  readonly seconds: number;
  readonly meters: number;
  readonly estimated: false;
  /** For the map, from door to door. */
  readonly shape: readonly Place[];
}

/**
 * Every road between the two is closed. It has no seconds, so that nobody can take a fair guess for a way: a unit that is sent
 * into a cordon it cannot pass is worse than a dispatcher who has to look.
 */
export interface NoTravel {
  readonly estimated: false;
  readonly why: 'noWayOpen';
}

/** Road length over great-circle length: 1.2 to 1.4 in dense street grids; synthetic here, not measured in any of our cities. */
const DETOUR = 1.32;

/** Lights and siren gain about a fifth in published comparisons; synthetic, and on the careful side. */
const AMBULANCE_GAIN = 1.2;

export function speedMetersPerSecond(instant: Instant, kind: Vehicle): number {
  return (CAR_KMH_BY_HOUR[hourOf(instant)]! / 3.6) * (kind === 'ambulance' ? AMBULANCE_GAIN : 1);
}

/**
 * How long from here to there, setting out at `instant`. On roads where the city has them; an estimate where it has none or
 * one of the ends lies off them; `NoTravel` where the roads are there and closed.
 */
export function travelTime(
  roads: LiveRoads | undefined,
  from: Place,
  to: Place,
  instant: Instant,
  kind: Vehicle | 'permitCar',
): RoadTravel | TravelEstimate | NoTravel {
  const vehicle = kind === 'permitCar' ? 'car' : kind;
  if (!roads) return travelEstimate(from, to, instant, vehicle);
  const drive = driveBetween(roads.times(kind, instant), from, to);
  if ('seconds' in drive) return { ...drive, estimated: false };
  if (drive.why === 'noWayOpen') return { estimated: false, why: drive.why };
  return { ...travelEstimate(from, to, instant, vehicle), because: drive.why };
}

/** Whole seconds from here to there, setting out at an instant; undefined where every road is closed. */
export interface TravelSeconds {
  (from: Place, to: Place, instant: Instant, kind: Vehicle | 'permitCar'): number | undefined;
  /** Nobody drove it on a map: what it says between these two is a guess from the distance, and is shown as one. */
  readonly estimates?: (from: Place, to: Place) => boolean;
}

export const estimateSeconds = Object.assign(
  (from: Place, to: Place, instant: Instant, kind: Vehicle | 'permitCar'): number => travelEstimate(from, to, instant, kind === 'permitCar' ? 'car' : kind).seconds,
  { estimates: () => true },
);

/** The same as `travelTime` without the way: many units, one patient, and no line is drawn. */
export function secondsOn(roads: LiveRoads): TravelSeconds {
  const estimates = (from: Place, to: Place): boolean => !isOnRoads(roads.map, from) || !isOnRoads(roads.map, to);
  return Object.assign((from: Place, to: Place, instant: Instant, kind: Vehicle | 'permitCar'): number | undefined => {
    const seconds = driveMatrix(roads.times(kind, instant), [from], [to])[0]!;
    if (seconds !== NO_DRIVE) return seconds;
    return estimates(from, to) ? estimateSeconds(from, to, instant, kind) : undefined;
  }, { estimates });
}

/** Great circle times detour, at the hour's speed. Seconds and metres are whole and rounded up. */
export function travelEstimate(from: Place, to: Place, instant: Instant, kind: Vehicle): TravelEstimate {
  const meters = roadMeters(from, to);
  return { seconds: Math.ceil(meters / speedMetersPerSecond(instant, kind)), meters, estimated: true, because: 'noRoads' };
}

export function roadMeters(from: Place, to: Place): number {
  return Math.ceil(metersBetween(from, to) * DETOUR);
}
