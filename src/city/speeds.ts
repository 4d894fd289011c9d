import { HOUR_MS, startOfDay, type Instant } from '../base/index.ts';

/**
 * Door-to-door km/h of a car by hour of the city's day, 0 to 23: synthetic, in the range published for large Chinese cities
 * (20 to 30 by day, slowest at 8 and 18 o'clock). A restricted city is emptier, yet the figures stay those of ordinary
 * days: a person told "late" who is early loses nothing, an ambulance promised too early costs the nearer choice.
 */
export const CAR_KMH_BY_HOUR = [
  40, 42, 42, 42, 40, 36, 30, 23, 21, 24, 26, 27, 27, 27, 27, 26, 24, 21, 20, 23, 27, 31, 35, 38,
] as const;

/** The first hour of the same day at which one drives as fast: for whoever keeps what was worked out for an hour. */
export function sameSpeedAt(instant: Instant): Instant {
  return startOfDay(instant) + CAR_KMH_BY_HOUR.indexOf(CAR_KMH_BY_HOUR[hourOf(instant)]!) * HOUR_MS;
}

/** Hour of the city's day, 0 to 23. */
export function hourOf(instant: Instant): number {
  return Math.floor((instant - startOfDay(instant)) / HOUR_MS);
}
