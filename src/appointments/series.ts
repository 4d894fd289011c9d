import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay, weekday, type Instant } from '../base/index.ts';
import type { SeriesService } from './safe-gap.ts';

/** Chairs are laid out apart for these. Anybody unnamed belongs to `other`, who are not known to carry anything. */
export const CHAIR_COHORTS = ['other', 'contact', 'positive'] as const;
export type ChairCohort = (typeof CHAIR_COHORTS)[number];

/**
 * On which days and at what time. `days` count from 1 Monday to 7 Sunday; `startMinute` is the chair's shift, in minutes after midnight.
 * With an interval, `firstAt` is the first session and all others follow from it.
 */
export type SeriesPattern =
  | { readonly days: readonly number[]; readonly startMinute: number }
  | { readonly everyDays: number; readonly firstAt: Instant };

/** Sessions of one person that belong together. Who the person is, and what brings them there, is kept beside it. */
export interface Series {
  readonly id: string;
  readonly person: string;
  readonly service: SeriesService;
  readonly institution: string;
  readonly pattern: SeriesPattern;
  readonly cohort: ChairCohort;
  /** From start to start. */
  readonly safeGapHours: number;
  readonly enrolledAt: Instant;
  readonly lastStartAt?: Instant;
  /** No session from here on. */
  readonly until?: Instant;
  readonly sessionsLeft?: number;
  /** The last session nobody came to; it is not one of those left. */
  readonly lastMissedAt?: Instant;
  /** Sessions beside the pattern: the next regular one would have come too late. */
  readonly extras?: readonly Instant[];
  /** By the word of a clinician; sessions go on at `until`. */
  readonly paused?: Word & { readonly until: Instant };
  readonly ended?: Word;
  readonly thinned?: Word & { readonly was: SeriesPattern };
  /** Reported since the last session. */
  readonly symptom?: { readonly at: Instant; readonly findings: readonly string[]; readonly by: string };
}

/** Who said so, when and why: by name. */
export interface Word {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

export type SeriesEvent =
  | { readonly type: 'SeriesEnrolled'; readonly series: Series }
  | { readonly type: 'SeriesThinned'; readonly pattern: SeriesPattern; readonly safeGapHours: number; readonly by: string; readonly reason: string }
  | { readonly type: 'SeriesTimeChanged'; readonly pattern: SeriesPattern }
  | { readonly type: 'SeriesCohortChanged'; readonly cohort: ChairCohort }
  | { readonly type: 'SeriesPaused'; readonly until: Instant; readonly by: string; readonly reason: string }
  | { readonly type: 'SeriesResumed' }
  | { readonly type: 'SeriesEnded'; readonly by: string; readonly reason: string }
  | { readonly type: 'SessionStarted'; readonly at: Instant }
  | { readonly type: 'SessionMissed'; readonly at: Instant }
  | { readonly type: 'ExtraSessionPlaced'; readonly at: Instant }
  | { readonly type: 'SymptomReported'; readonly findings: readonly string[]; readonly by: string };

export function evolveSeries(series: Series | undefined, event: SeriesEvent, at: Instant): Series | undefined {
  if (event.type === 'SeriesEnrolled') return event.series;
  if (!series) return undefined;
  switch (event.type) {
    case 'SeriesThinned': {
      const { pattern, safeGapHours, by, reason } = event;
      return { ...series, pattern, safeGapHours, thinned: { at, by, reason, was: series.pattern } };
    }
    case 'SeriesTimeChanged':
      return { ...series, pattern: event.pattern };
    case 'SeriesCohortChanged':
      return { ...series, cohort: event.cohort };
    case 'SeriesPaused':
      return { ...series, paused: { at, by: event.by, reason: event.reason, until: event.until } };
    case 'SeriesResumed': {
      const { paused: _over, ...rest } = series;
      return rest;
    }
    case 'SeriesEnded':
      return { ...series, ended: { at, by: event.by, reason: event.reason } };
    case 'SessionStarted': {
      const { symptom, ...treated } = series;
      // A session that began before somebody said so has not treated it: an entry made late must not take the red away.
      const rest = symptom && event.at < symptom.at ? series : treated;
      const left = series.sessionsLeft === undefined ? {} : { sessionsLeft: Math.max(0, series.sessionsLeft - 1) };
      return { ...rest, ...left, lastStartAt: Math.max(event.at, series.lastStartAt ?? event.at) };
    }
    case 'ExtraSessionPlaced':
      return { ...series, extras: [...new Set([...(series.extras ?? []), event.at])].sort((a, b) => a - b) };
    case 'SessionMissed':
      return { ...series, lastMissedAt: Math.max(event.at, series.lastMissedAt ?? event.at) };
    case 'SymptomReported':
      return { ...series, symptom: { at, findings: event.findings, by: event.by } };
  }
}

/**
 * When the sessions of a series begin, in [from, to), in order. None is ever left out here but those a clinician has: a pause, an end. Sessions
 * left are counted from the last one that was started or missed.
 */
export function comingSessions(series: Series, from: Instant, to: Instant): readonly Instant[] {
  const { ended, paused, until, sessionsLeft, enrolledAt, lastStartAt, lastMissedAt } = series;
  if (ended) return [];
  const since = Math.max(enrolledAt, (lastStartAt ?? 0) + SAME_SESSION_MS, (lastMissedAt ?? 0) + 1);
  const starts: Instant[] = [];
  let left = sessionsLeft ?? Infinity;
  for (const start of startsOf(series.pattern, since, Math.min(to, until ?? to))) {
    if (paused && start >= paused.at && start < paused.until) continue;
    if (left-- <= 0) break;
    if (start >= from) starts.push(start);
  }
  const extras = (series.extras ?? []).filter((start) => start >= from && start < to && start > since && !starts.includes(start));
  return [...starts, ...extras].sort((a, b) => a - b);
}

/** A session may have begun a little before its hour; it is the same one still. */
const SAME_SESSION_MS = 6 * HOUR_MS;

function* startsOf(pattern: SeriesPattern, from: Instant, to: Instant): Generator<Instant> {
  if ('everyDays' in pattern) {
    const step = pattern.everyDays * DAY_MS;
    const skipped = Math.max(0, Math.ceil((from - pattern.firstAt) / step));
    for (let start = pattern.firstAt + skipped * step; start < to; start += step) yield start;
    return;
  }
  for (let day = startOfDay(from); day < to; day += DAY_MS) {
    const start = day + pattern.startMinute * MINUTE_MS;
    if (pattern.days.includes(weekday(day)) && start >= from && start < to) yield start;
  }
}

/** The longest gap a pattern itself makes, from start to start. */
export function longestGapHours(pattern: SeriesPattern): number {
  if ('everyDays' in pattern) return pattern.everyDays * 24;
  const days = [...pattern.days].sort((a, b) => a - b);
  return Math.max(...days.map((day, place) => (days[place + 1] ?? days[0]! + 7) - day)) * 24;
}

export function sessionsAWeek(pattern: SeriesPattern): number {
  return 'everyDays' in pattern ? 7 / pattern.everyDays : new Set(pattern.days).size;
}
