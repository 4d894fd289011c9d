import { cityDay } from '../../../../shared/time.ts';

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
/** Days between two marks: whole days, weeks, about a month, about a quarter, years. */
const STEPS_DAYS = [1, 2, 7, 14, 30, 90, 365, 3_650];

/** What a picture of periods shows, in epoch milliseconds: whole days of the city. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Period {
  readonly from: number;
  /** Absent: no end has been said. */
  readonly to?: number;
}

/** Everything there is and now, with a day of air on both sides. */
export function spanOf(periods: readonly Period[], now: number): Span {
  const instants = [now, ...periods.flatMap(({ from, to }) => [from, to ?? from])];
  return { from: midnightOf(cityDay(Math.min(...instants)) - 1), to: midnightOf(cityDay(Math.max(...instants)) + 2) };
}

/** Where an instant stands, in percent of the width; what lies outside stands on the edge. */
export function placeOf({ from, to }: Span, instant: number): number {
  return Math.min(100, Math.max(0, ((instant - from) / (to - from)) * 100));
}

/** The bar of a period in percent. One without an end runs to the edge; the shortest can still be seen and pressed. */
export function barOf(span: Span, { from, to }: Period): { readonly left: number; readonly width: number } {
  const left = placeOf(span, from);
  const right = to === undefined ? 100 : placeOf(span, to);
  return { left, width: Math.max(1, right - left) };
}

/** Midnights of the city to write below the picture, at most so many. */
export function marksOf({ from, to }: Span, most: number): readonly number[] {
  const [first, last] = [cityDay(from), cityDay(to - 1)];
  const step = STEPS_DAYS.find((days) => (last - first) / days < most) ?? STEPS_DAYS.at(-1)!;
  const marks: number[] = [];
  for (let day = first; day <= last; day += step) marks.push(midnightOf(day));
  return marks;
}

const midnightOf = (day: number): number => day * DAY_MS - ZONE_MS;
