import { accept, DAY_MS, refuse, type Instant, type Refusal, type Result } from '../base/index.ts';
import type { Actor, Role } from '../people/index.ts';
import { GAP_RULES, SERIES_SERVICES } from './safe-gap.ts';
import { CHAIR_COHORTS, longestGapHours, sessionsAWeek, type Series, type SeriesEvent, type SeriesPattern } from './series.ts';

/** A series as somebody asks for it: everything that has to be said, and `safeGapHours` is never assumed. */
export type Enrolment = Omit<Series, 'enrolledAt' | 'lastMissedAt' | 'paused' | 'ended' | 'thinned' | 'symptom' | 'safeGapHours'> & { readonly safeGapHours?: number };

export type SeriesCommand =
  | { readonly type: 'enrol'; readonly series: Enrolment }
  /** Fewer sessions: only a named clinician of the unit. The safe gap may grow with it, because it is their word. */
  | { readonly type: 'thin'; readonly pattern: SeriesPattern; readonly safeGapHours?: number; readonly reason: string }
  /** Other days, another shift, another unit for good; never fewer sessions. */
  | { readonly type: 'changeTime'; readonly pattern: SeriesPattern }
  | { readonly type: 'changeCohort'; readonly cohort: Series['cohort'] }
  | { readonly type: 'pause'; readonly until: Instant; readonly reason: string }
  | { readonly type: 'resume' }
  | { readonly type: 'end'; readonly reason: string }
  | { readonly type: 'sessionStarted'; readonly startedAt: Instant }
  | { readonly type: 'sessionMissed'; readonly startsAt: Instant }
  | { readonly type: 'reportSymptom'; readonly findings: readonly string[] };

/** Whoever may take sessions away from somebody: the unit that treats them. */
const CLINICIANS: ReadonlySet<Role> = new Set<Role>(['ward']);
const REASON_MIN = 3;
/** Whoever thins may not do it out of sight: beyond a week without a session it is no series any more. */
const THINNED_HOURS_MAX = 7 * 24;
const PAUSE_MS_MAX = 28 * DAY_MS;

/** What a command makes of a series. Only `thin`, `pause` and `end` take a session from anybody, and only a named clinician can give them. */
export function decideSeries(series: Series | undefined, command: SeriesCommand, { at, actor }: { readonly at: Instant; readonly actor: Actor }): Result<SeriesEvent> {
  if (command.type === 'enrol') return series && !series.ended ? refuse('alreadyEnrolled', { series: series.id }) : enrol(command.series, at);
  if (!series) return refuse('noSuchSeries');
  if (series.ended) return refuse('seriesEnded', { series: series.id });
  switch (command.type) {
    case 'thin':
      return thin(series, command, actor);
    case 'changeTime': {
      const problem = patternProblem(command.pattern, series.safeGapHours);
      if (problem) return { ok: false, refusal: problem };
      if (sessionsAWeek(command.pattern) < sessionsAWeek(series.pattern)) return refuse('thinningNeedsClinician', undefined, 'pattern');
      return accept({ type: 'SeriesTimeChanged', pattern: command.pattern });
    }
    case 'changeCohort':
      return command.cohort === series.cohort ? refuse('cohortIsTheirs', undefined, 'cohort') : accept({ type: 'SeriesCohortChanged', cohort: command.cohort });
    case 'pause':
      if (command.until <= at || command.until > at + PAUSE_MS_MAX) return refuse('pauseNeedsAnEnd', { daysMax: PAUSE_MS_MAX / DAY_MS }, 'until');
      return byClinician(actor, command.reason) ?? accept({ type: 'SeriesPaused', until: command.until, by: actor.name, reason: command.reason.trim() });
    case 'resume':
      return series.paused ? accept({ type: 'SeriesResumed' }) : refuse('seriesNotPaused');
    case 'end':
      return byClinician(actor, command.reason) ?? accept({ type: 'SeriesEnded', by: actor.name, reason: command.reason.trim() });
    case 'sessionStarted':
      return command.startedAt > at ? refuse('notYet', undefined, 'at') : accept({ type: 'SessionStarted', at: command.startedAt });
    case 'sessionMissed':
      return accept({ type: 'SessionMissed', at: command.startsAt });
    case 'reportSymptom':
      return command.findings.length === 0 ? refuse('noFindings', undefined, 'findings') : accept({ type: 'SymptomReported', findings: command.findings, by: actor.name });
  }
}

function enrol(wanted: Enrolment, at: Instant): Result<SeriesEvent> {
  const { safeGapHours, ...rest } = wanted;
  if (!SERIES_SERVICES.includes(wanted.service)) return refuse('noSeriesOfThisService', { service: wanted.service }, 'service');
  const { longestHours } = GAP_RULES[wanted.service];
  if (safeGapHours === undefined || !Number.isFinite(safeGapHours) || safeGapHours <= 0) return refuse('safeGapMissing', { hours: GAP_RULES[wanted.service].usualHours }, 'safeGapHours');
  if (safeGapHours > longestHours) return refuse('safeGapTooLong', { hours: longestHours }, 'safeGapHours');
  if (!CHAIR_COHORTS.includes(wanted.cohort)) return refuse('cohortUnknown', undefined, 'cohort');
  const problem = patternProblem(wanted.pattern, safeGapHours);
  if (problem) return { ok: false, refusal: problem };
  if (wanted.lastStartAt !== undefined && wanted.lastStartAt > at) return refuse('notYet', undefined, 'lastStartAt');
  if (wanted.until !== undefined && wanted.until <= at) return refuse('seriesOverAlready', undefined, 'until');
  if (wanted.sessionsLeft !== undefined && (!Number.isInteger(wanted.sessionsLeft) || wanted.sessionsLeft < 1)) return refuse('seriesOverAlready', undefined, 'sessionsLeft');
  return accept({ type: 'SeriesEnrolled', series: { ...rest, safeGapHours, enrolledAt: at } });
}

function thin(series: Series, { pattern, safeGapHours = series.safeGapHours, reason }: Extract<SeriesCommand, { type: 'thin' }>, actor: Actor): Result<SeriesEvent> {
  const refused = byClinician(actor, reason);
  if (refused) return refused;
  if (!Number.isFinite(safeGapHours) || safeGapHours <= 0 || safeGapHours > Math.max(THINNED_HOURS_MAX, GAP_RULES[series.service].longestHours)) {
    return refuse('safeGapTooLong', { hours: THINNED_HOURS_MAX }, 'safeGapHours');
  }
  const problem = patternProblem(pattern, safeGapHours);
  if (problem) return { ok: false, refusal: problem };
  if (sessionsAWeek(pattern) >= sessionsAWeek(series.pattern)) return refuse('notThinner', undefined, 'pattern');
  return accept({ type: 'SeriesThinned', pattern, safeGapHours, by: actor.name, reason: reason.trim() });
}

function byClinician(actor: Actor, reason: string): { ok: false; refusal: Refusal } | undefined {
  if (!CLINICIANS.has(actor.role) || actor.name.trim() === '') return refuse('thinningNeedsClinician');
  return reason.trim().length < REASON_MIN ? refuse('reasonMissing', undefined, 'reason') : undefined;
}

/** A pattern that leaves the safe gap by itself would raise an alarm every week, until nobody hears it any more. */
function patternProblem(pattern: SeriesPattern, safeGapHours: number): Refusal | undefined {
  const unreadable = { code: 'patternUnreadable', field: 'pattern' };
  if ('everyDays' in pattern) {
    if (!Number.isInteger(pattern.everyDays) || pattern.everyDays < 1 || !Number.isFinite(pattern.firstAt)) return unreadable;
  } else {
    const { days, startMinute } = pattern;
    if (days.length === 0 || new Set(days).size !== days.length || days.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) return unreadable;
    if (!Number.isInteger(startMinute) || startMinute < 0 || startMinute >= 24 * 60) return unreadable;
  }
  const hours = longestGapHours(pattern);
  return hours > safeGapHours ? { code: 'patternBeyondSafeGap', field: 'pattern', facts: { hours, safeGapHours } } : undefined;
}
