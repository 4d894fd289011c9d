import { DAY_MS, formatInstant, MINUTE_MS, parseInstant, startOfDay, type Instant } from '../base/index.ts';
import type { BookableService } from './booking.ts';
import type { ChairCohort } from './series.ts';

/** Seats for a while on one day: so long, so many at a time, and so many of those kept back. */
export interface SessionHours {
  /** `HH:MM` of the city; an end of `24:00` is midnight. */
  readonly start: string;
  readonly end: string;
  readonly slotMinutes: number;
  readonly seats: number;
  /** Of `seats`, for green channels until they open to all. */
  readonly kept: number;
}

export interface WeeklySession extends SessionHours {
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
}

export interface ExtraSession extends SessionHours {
  /** `YYYY-MM-DD` of the city. */
  readonly date: string;
}

/** Nothing is held in it; both ends are instants, `to` not included. */
export interface Closure {
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: string;
}

/**
 * When one clinic of one institution sees people (FHIR Schedule): what repeats every week, and what does not. Which institution publishes
 * none runs the built-in pattern of `schedule.ts`.
 */
export interface Schedule {
  readonly institution: string;
  /** The institution's own name for it. */
  readonly id: string;
  readonly service: BookableService;
  /** Which clinic, desk or doctor of the service; empty where it has no parts. */
  readonly clinic: string;
  readonly clinicName?: string;
  /** Dialysis alone: who may sit in it. */
  readonly cohort?: ChairCohort;
  readonly sessions: readonly WeeklySession[];
  readonly extra: readonly ExtraSession[];
  readonly closures: readonly Closure[];
  /** Kept-back seats open to all so long before they begin. */
  readonly keptOpensHours: number;
  /** Nobody books earlier than so many days before, at that time of day; absent: as soon as the seats are laid out. */
  readonly release?: { readonly days: number; readonly time: string };
  /** First and last day, both included. */
  readonly validFrom: string;
  readonly validUntil?: string;
}

/** `08:30` → 510; undefined for what is no time of day. */
export function minuteOf(time: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) > 59 || minute > 1_440 ? undefined : minute;
}

/** 510 → `08:30`. */
export const timeOfDay = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Midnight of `YYYY-MM-DD`; undefined for what is no day. */
export function dayOf(date: string): Instant | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? parseInstant(date) : undefined;
}

export const dateOf = (at: Instant): string => formatInstant(at).slice(0, 10);

/** The instant of a time of day on the day that begins then. */
export const timeOn = (day: Instant, time: string): Instant => day + (minuteOf(time) ?? 0) * MINUTE_MS;

/** Every midnight from the day of `from` until before `to`. */
export function daysOf(from: Instant, to: Instant): readonly Instant[] {
  const first = startOfDay(from);
  return Array.from({ length: Math.max(0, Math.ceil((to - first) / DAY_MS)) }, (_, index) => first + index * DAY_MS);
}
