import { formatted, clockTime } from '../../../../shared/time.ts';
import { language, t } from '../../../../shared/words.ts';
import type { Period, Span } from './timeline.ts';

const day = formatted({ day: 'numeric', month: 'short' });
const dayAndYear = formatted({ day: 'numeric', month: 'short', year: 'numeric' });
const YEAR_MS = 365 * 86_400_000;
const MINUTE_MS = 60_000;

/** `25 Nov`, with the year where the picture spans more than one. */
export function dayOfMonth(instant: number, { from, to }: Span): string {
  return (to - from > YEAR_MS ? dayAndYear : day)(instant);
}

/** `25 Nov 2022 00:00`: announcements are read long after, so the year is said. */
export function instantOf(instant: number): string {
  return `${dayAndYear(instant)} ${clockTime(instant)}`;
}

/** An end at midnight is written as announcements write it: 24:00 of the day before. */
export function endOf(instant: number): string {
  return clockTime(instant) === '00:00' ? `${dayAndYear(instant - MINUTE_MS)} 24:00` : instantOf(instant);
}

export function periodOf({ from, to }: Period): string {
  return to === undefined ? t('policy.period-open', { from: instantOf(from) }) : t('policy.period', { from: instantOf(from), to: endOf(to) });
}

/** A version as it was written; the fingerprint of its text is for the record. */
export function shortVersion(version: string): string {
  return version.replace(/\.[^.]*$/, '');
}

/** `22,171,680`. */
export function count(number: number): string {
  return new Intl.NumberFormat(language()).format(number);
}
