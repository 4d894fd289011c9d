import { DAY_MS, parseInstant, startOfDay, type Instant } from '../base/index.ts';

/** The city's clock: real time, or in an exercise the exercise's day at real speed. */
export interface CityClock {
  now(): Instant;
}

export function cityClock(offsetMs: number): CityClock {
  return { now: () => Date.now() + offsetMs };
}

/** The first day of the announcement that is rehearsed. */
const EXERCISE_DAY = parseInstant('2022-11-25')!;

/** An exercise begins on its day at the time of day of its first start, so that a morning stays a morning. */
export function exerciseOffset(now: Instant): number {
  const timeOfDay = now - startOfDay(now);
  return EXERCISE_DAY + (timeOfDay % DAY_MS) - now;
}
