import { HOUR_MS, metersBetween, startOfDay, type Instant, type Place } from '../base/index.ts';

export type Vehicle = 'ambulance' | 'car';

/** An estimate, and marked so wherever it is shown: no road was asked. */
export interface TravelEstimate {
  readonly seconds: number;
  readonly meters: number;
  readonly estimated: true;
}

/** Road length over great-circle length: 1.2 to 1.4 in dense street grids; synthetic here, not measured in any of our cities. */
const DETOUR = 1.32;

/**
 * Door-to-door km/h of a car by hour of the city's day, 0 to 23: synthetic, in the range published for large Chinese cities
 * (20 to 30 by day, slowest at 8 and 18 o'clock). A restricted city is emptier, yet the figures stay those of ordinary
 * days: a person told "late" who is early loses nothing, an ambulance promised too early costs the nearer choice.
 */
const CAR_KMH = [
  40, 42, 42, 42, 40, 36, 30, 23, 21, 24, 26, 27, 27, 27, 27, 26, 24, 21, 20, 23, 27, 31, 35, 38,
] as const;

/** Lights and siren gain about a fifth in published comparisons; synthetic, and on the careful side. */
const AMBULANCE_GAIN = 1.2;

export function speedMetersPerSecond(instant: Instant, kind: Vehicle): number {
  const hour = Math.floor((instant - startOfDay(instant)) / HOUR_MS);
  return (CAR_KMH[hour]! / 3.6) * (kind === 'ambulance' ? AMBULANCE_GAIN : 1);
}

/** Great circle times detour, at the hour's speed. Seconds and metres are whole and rounded up. */
export function travelEstimate(from: Place, to: Place, instant: Instant, kind: Vehicle): TravelEstimate {
  const meters = roadMeters(from, to);
  return { seconds: Math.ceil(meters / speedMetersPerSecond(instant, kind)), meters, estimated: true };
}

export function roadMeters(from: Place, to: Place): number {
  return Math.ceil(metersBetween(from, to) * DETOUR);
}
