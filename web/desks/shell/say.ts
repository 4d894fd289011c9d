import { formatted, clockTime } from '../../shared/time.ts';
import { language, t } from '../../shared/words.ts';

interface Period {
  readonly from: number;
  /** Absent: no end has been said. */
  readonly to?: number;
}

const day = formatted({ day: 'numeric', month: 'short' });
const dayAndYear = formatted({ day: 'numeric', month: 'short', year: 'numeric' });
const YEAR_MS = 365 * 86_400_000;
const MINUTE_MS = 60_000;

/** `25 Nov`, with the year where so many days are shown that there is more than one. */
export function dayOfMonth(instant: number, shownMs: number): string {
  return (shownMs > YEAR_MS ? dayAndYear : day)(instant);
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

/** Whoever wrote or adopted, by name; what came with a fresh system was written by nobody here. */
export function nameOfHand(hand: { readonly id: string; readonly name: string } | undefined): string {
  return hand?.id === 'installation' ? t('policy.installation') : (hand?.name ?? '');
}

/** `22,171,680`. */
export function count(number: number): string {
  return new Intl.NumberFormat(language()).format(number);
}

/** Minutes, hours or days, whichever says it shortest: a deadline is read at a glance. */
export function within(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60 || (minutes < 120 && minutes % 60 !== 0)) return t('time.minutes', { minutes });
  if (minutes % 60 === 0 && minutes < 48 * 60) return t('time.hours', { hours: minutes / 60 });
  if (minutes < 48 * 60) return t('time.hoursMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return t('time.days', { days: Math.round(minutes / 1440) });
}
