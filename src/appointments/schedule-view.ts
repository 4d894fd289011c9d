import type { Instant, Text } from '../base/index.ts';
import type { BookableService } from './booking.ts';
import type { Schedule } from './schedule-published.ts';
import type { ChairCohort } from './series.ts';
import type { AppointmentView } from './view.ts';

export interface ScheduleView extends Schedule {
  readonly version: number;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
}

/** What a city starts with where nothing is published; publishing a schedule of the service replaces it. */
export interface PatternView {
  readonly institution: string;
  readonly service: BookableService;
  readonly seats: number;
  /** `HH:MM` on every day. */
  readonly starts: readonly string[];
  readonly slotMinutes: number;
}

export interface SchedulesView {
  readonly at: Instant;
  readonly schedules: readonly ScheduleView[];
  readonly patterns: readonly PatternView[];
}

/** One session of one day with everybody in it. */
export interface ClinicSessionView {
  readonly slot: string;
  readonly service: BookableService;
  readonly clinic: string;
  readonly clinicName?: string;
  readonly cohort?: ChairCohort;
  /** Absent: of the built-in pattern. */
  readonly schedule?: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seats: number;
  /** Held or booked. */
  readonly taken: number;
  readonly kept: number;
  readonly takenKept: number;
  readonly keptUntil?: Instant;
  readonly releasedAt?: Instant;
  readonly closed?: { readonly at: Instant; readonly reason: string };
  readonly booked: readonly AppointmentView[];
  /** Whoever lost a seat here and has no other yet. */
  readonly toPlace: number;
  /** What became of each who had a seat here before it was closed or changed. */
  readonly moved: readonly MovedView[];
}

/**
 * `open`: not decided yet; `waits`: first on the waiting list; `askedAgain`: their request, which has begun, finds them another place;
 * `underWay`: has set out, and is let in all the same.
 */
export const MOVED_STATES = ['open', 'placed', 'waits', 'askedAgain', 'underWay'] as const;

/** One person who lost their seat, and where they are now. */
export interface MovedView {
  readonly appointment: string;
  readonly name: string;
  readonly phone: string;
  readonly is: (typeof MOVED_STATES)[number];
  readonly to?: { readonly slot: string; readonly institution: string; readonly institutionName: Text; readonly startsAt: Instant };
  /** Until when whoever answers for it has to have found a place. */
  readonly dueAt?: Instant;
}

export interface ClinicDayView {
  readonly at: Instant;
  readonly institution: string;
  readonly date: string;
  readonly sessions: readonly ClinicSessionView[];
}

/** What publishing, changing or closing does; of a dry run, what it would do. */
export interface ScheduleChangeView {
  readonly at: Instant;
  readonly dryRun?: true;
  readonly schedules: readonly { readonly institution: string; readonly id: string; readonly change: 'new' | 'changed' | 'same' | 'ended' }[];
  readonly slots: { readonly added: number; readonly changed: number; readonly closed: number };
  /** Whoever is booked and has to be placed again, session by session. */
  readonly touched: readonly { readonly slot: string; readonly service: BookableService; readonly clinic: string; readonly startsAt: Instant; readonly people: number }[];
  readonly people: number;
  /** Sessions the city began with that the first schedule of a service replaces; absent where there are none. */
  readonly replaces?: readonly { readonly institution: string; readonly service: BookableService; readonly sessions: number }[];
}
