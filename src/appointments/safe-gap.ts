import { DAY_MS, HOUR_MS, type Instant } from '../base/index.ts';
import type { Series } from './series.ts';

/** What comes in series: whoever has begun cannot wait until a city is quiet again. */
export const SERIES_SERVICES = ['haemodialysis', 'radiotherapy', 'chemotherapy', 'obstetrics', 'specialist'] as const;
export type SeriesService = (typeof SERIES_SERVICES)[number];

/** One kind of series; all from start to start of sessions. */
export interface GapRule {
  readonly what: 'haemodialysis' | 'radiotherapy' | 'chemotherapy' | 'antenatalVisits' | 'lineCare';
  /** What a form offers. It is never assumed: a series without a safe gap of its own is refused. */
  readonly usualHours: number;
  /** A longer safe gap is refused at enrolment: only a named clinician may allow one, by thinning. */
  readonly longestHours: number;
  /** Red begins so long after the safe gap is over. */
  readonly redAfterHours: number;
  /** Two sessions of one person are never nearer. */
  readonly restHours: number;
  /** How far from its usual hour a session may be placed again, either way. */
  readonly movableHours: number;
  readonly source: string;
  readonly synthetic?: true;
}

/**
 * The safe gaps. Where a source says only how often such care is given, how long it may wait is chosen by us (`synthetic`), to be confirmed by
 * a clinician: an alarm too early costs a telephone call, one too late costs the person.
 */
export const GAP_RULES: Readonly<Record<SeriesService, GapRule>> = {
  haemodialysis: {
    what: 'haemodialysis', usualHours: 72, longestHours: 72, redAfterHours: 24, restHours: 20, movableHours: 36,
    source: 'two gaps of 48 h and one of 72 h a week: PMC3433739; harm after the long one: PubMed 21992122; alarm at 72 h, red at 96 h to be confirmed. Rest and moving: synthetic',
  },
  radiotherapy: {
    what: 'radiotherapy', usualHours: 72, longestHours: 72, redAfterHours: 48, restHours: 6, movableHours: 14,
    source: 'daily but not at weekends; at most two days longer in category 1; fractions at least 6 h apart: Royal College of Radiologists, 4th edition. Moving: synthetic', synthetic: true,
  },
  chemotherapy: {
    what: 'chemotherapy', usualHours: 24 * 24, longestHours: 31 * 24, redAfterHours: 96, restHours: 24, movableHours: 72,
    source: 'cycles of 14, 21 or 28 days; three days more: synthetic', synthetic: true,
  },
  obstetrics: {
    what: 'antenatalVisits', usualHours: 31 * 24, longestHours: 35 * 24, redAfterHours: 7 * 24, restHours: 24, movableHours: 72,
    source: 'every four weeks, later every two and every week; three days more: synthetic', synthetic: true,
  },
  specialist: {
    what: 'lineCare', usualHours: 8 * 24, longestHours: 8 * 24, redAfterHours: 48, restHours: 24, movableHours: 48,
    source: 'a line is cared for every week; one day more: synthetic', synthetic: true,
  },
};

/** With a last session nobody knows, it may have been three days ago: the alarm comes within a day of enrolment. */
const UNKNOWN_LAST_MS = DAY_MS;

export const GAP_STATES = ['safe', 'alarm', 'red'] as const;
export type GapState = (typeof GAP_STATES)[number];

export interface Gap {
  readonly state: GapState;
  /** The safe gap is over. */
  readonly alarmAt: Instant;
  readonly redAt: Instant;
}

/** How near the end of the safe gap somebody is. Any symptom since the last session is red at once. */
export function gapOf(series: Pick<Series, 'service' | 'safeGapHours' | 'lastStartAt' | 'enrolledAt' | 'symptom'>, at: Instant): Gap {
  const { service, safeGapHours, lastStartAt, enrolledAt, symptom } = series;
  const planned = lastStartAt === undefined ? enrolledAt + UNKNOWN_LAST_MS : lastStartAt + safeGapHours * HOUR_MS;
  const alarmAt = Math.min(planned, symptom?.at ?? Infinity);
  const redAt = Math.min(planned + GAP_RULES[service].redAfterHours * HOUR_MS, symptom?.at ?? Infinity);
  return { state: at >= redAt ? 'red' : at >= alarmAt ? 'alarm' : 'safe', alarmAt, redAt };
}
