import type { SeriesPattern } from '../../../src/appointments/index.ts';
import { formatted } from '../../shared/time.ts';
import type { Words } from '../shell/language.tsx';

const weekday = formatted({ weekday: 'short' });
const DAY_MS = 86_400_000;
/** A Monday, by which the days of the week are named in the reader's language. */
const MONDAY = Date.UTC(2022, 10, 21, 4);

/** 1 Monday to 7 Sunday. */
export const dayOfWeek = (day: number): string => weekday(MONDAY + (day - 1) * DAY_MS);

const two = (number: number): string => String(number).padStart(2, '0');
export const timeOfMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
/** `07:30` → 450; undefined for what is no time of day. */
export function minuteOf(time: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** `Mon, Wed, Fri 07:30`, or every so many days. */
export function patternOf({ t }: Words, pattern: SeriesPattern): string {
  if ('everyDays' in pattern) return t('series.every-days', { days: pattern.everyDays });
  return `${[...pattern.days].sort((a, b) => a - b).map(dayOfWeek).join(', ')} ${timeOfMinute(pattern.startMinute)}`;
}

/** A pattern while it is being put together. */
export interface PatternDraft {
  readonly kind: 'days' | 'interval';
  readonly days: readonly number[];
  readonly time: string;
  readonly everyDays: string;
  /** As a date and time of the city, `2022-11-25T07:30`. */
  readonly firstAt: string;
}

export const startPattern = (pattern?: SeriesPattern): PatternDraft => ({
  kind: pattern && 'everyDays' in pattern ? 'interval' : 'days', days: pattern && 'days' in pattern ? pattern.days : [], time: pattern && 'days' in pattern ? timeOfMinute(pattern.startMinute) : '07:30',
  everyDays: pattern && 'everyDays' in pattern ? String(pattern.everyDays) : '21', firstAt: '',
});

/** undefined while something of it is missing. */
export function patternFrom({ kind, days, time, everyDays, firstAt }: PatternDraft, before?: SeriesPattern): SeriesPattern | undefined {
  if (kind === 'days') {
    const startMinute = minuteOf(time);
    return days.length > 0 && startMinute !== undefined ? { days: [...days].sort((a, b) => a - b), startMinute } : undefined;
  }
  const first = firstAt ? cityInstant(firstAt) : before && 'everyDays' in before ? before.firstAt : undefined;
  const every = Number(everyDays);
  return first !== undefined && Number.isInteger(every) && every >= 1 ? { everyDays: every, firstAt: first } : undefined;
}

/** A date and time as somebody in the city typed it. */
export function cityInstant(typed: string): number | undefined {
  const instant = Date.parse(`${typed}:00+08:00`);
  return Number.isNaN(instant) ? undefined : instant;
}
