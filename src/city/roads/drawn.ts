import { clockTime, DAY_MS, HOUR_MS, MINUTE_MS, startOfDay, type Instant } from '../../base/index.ts';
import type { Restriction } from './restriction.ts';

/** A restriction with its period, as somebody drew it. It names a place and no person. */
export interface DrawnRestriction {
  readonly restriction: Restriction;
  /** Whose road it is. */
  readonly district: string;
  /** Why it stands there, in the words of whoever drew it; empty when they said nothing. */
  readonly reason: string;
  readonly drawnAt: Instant;
  readonly from: Instant;
  /** Until before this instant; without it, until somebody ends it. */
  readonly until?: Instant;
  /** Only between these hours of each day: a gate that is locked at night. */
  readonly daily?: DailyHours;
  readonly endedAt?: Instant;
}

/** `22:00` to `06:00`, the city's time; half-open, and past midnight where the end is the earlier of the two. */
export interface DailyHours {
  readonly from: string;
  readonly to: string;
}

/** Nobody has ended it, its period has not passed, and at this hour of the day it holds. */
export function standsAt(drawn: DrawnRestriction, at: Instant): boolean {
  return at >= beginOf(drawn) && at < endOf(drawn) && (!drawn.daily || holdsAt(drawn.daily, clockTime(at)));
}

/** It stands, or will. */
export function isLiveOrComing(drawn: DrawnRestriction, at: Instant): boolean {
  return at < endOf(drawn);
}

/**
 * The last moment up to now at which one of them began or ended to hold; 0 when none ever did. The same on every server that has
 * heard of the same restrictions, so that "who has not been asked since?" is a comparison of two numbers.
 */
export function lastTurn(drawn: readonly DrawnRestriction[], at: Instant): Instant {
  return drawn.reduce((latest, one) => Math.max(latest, ...turnsOf(one, at).filter((turn) => turn <= at)), 0);
}

/** Nobody can feel a restriction before it was drawn, whatever period was written on it. */
const beginOf = ({ drawnAt, from }: DrawnRestriction): Instant => Math.max(drawnAt, from);
const endOf = ({ endedAt = Infinity, until = Infinity }: DrawnRestriction): Instant => Math.min(endedAt, until);

function turnsOf(drawn: DrawnRestriction, at: Instant): readonly Instant[] {
  const { daily } = drawn;
  const [begins, ends] = [beginOf(drawn), endOf(drawn)];
  // It was taken back before it ever held.
  if (ends <= begins) return [];
  const hours = daily ? [daily.from, daily.to].flatMap((time) => [latestAt(time, at)]) : [];
  return [begins, ends, ...hours.filter((turn) => turn > begins && turn < ends)];
}

function latestAt(time: string, at: Instant): Instant {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const today = startOfDay(at) + hour * HOUR_MS + minute * MINUTE_MS;
  return today <= at ? today : today - DAY_MS;
}

function holdsAt({ from, to }: DailyHours, now: string): boolean {
  return from < to ? from <= now && now < to : from <= now || now < to;
}
