import type { SeriesView } from '../../../src/appointments/index.ts';
import { GAP_RULES, type SeriesService } from '../../../src/appointments/safe-gap.ts';

const HOUR_MS = 3_600_000;
/** As far beyond red as is drawn: whoever is later than that stands at the edge, with the hours in words. */
const BEYOND = 1.25;

/** People whose clocks are alike are drawn under one scale: hours since their last session began. */
export interface GapGroup {
  readonly service: SeriesView['service'];
  readonly safeGapHours: number;
  /** Where red begins. */
  readonly redHours: number;
  readonly spanHours: number;
  readonly rows: readonly GapRow[];
}

export interface GapRow {
  readonly series: SeriesView;
  /** Hours since the last session began; absent where none is known. */
  readonly sinceHours?: number;
  /** Hours from the last session to the next that has a place. */
  readonly nextHours?: number;
  /** The next session lies beyond the safe gap. */
  readonly tooLate: boolean;
}

export function gapRow(series: SeriesView, now: number): GapRow {
  const { lastStartAt, next, safeGapHours } = series;
  if (lastStartAt === undefined) return { series, tooLate: false };
  const nextHours = next && (next.startsAt - lastStartAt) / HOUR_MS;
  return {
    series, sinceHours: Math.max(0, (now - lastStartAt) / HOUR_MS), ...(nextHours !== undefined && { nextHours }),
    tooLate: nextHours !== undefined && nextHours > safeGapHours,
  };
}

/** In the order the server gave, worst first; a group stands where its worst person does. */
export function gapGroups(all: readonly SeriesView[], now: number): readonly GapGroup[] {
  const groups = Map.groupBy(all, ({ service, safeGapHours }) => `${service} ${safeGapHours}`);
  return [...groups.values()].map((list) => {
    const { service, safeGapHours } = list[0]!;
    const redHours = safeGapHours + GAP_RULES[service as SeriesService].redAfterHours;
    return { service, safeGapHours, redHours, spanHours: redHours * BEYOND, rows: list.map((series) => gapRow(series, now)) };
  });
}

/** Where an hour lies on the scale, 0 to 100; held at its ends. */
export function percentOf(hours: number, spanHours: number): number {
  return Math.min(100, Math.max(0, (hours / spanHours) * 100));
}

/** Who is looked at first: no place, beyond the gap, or the gap ends within a day, or the place lies beyond it. */
export function isNear(series: SeriesView, now: number): boolean {
  const { state, gapEndsAt, next, paused } = series;
  if (paused) return false;
  return state !== 'safe' || (gapEndsAt !== undefined && (gapEndsAt - now < 24 * HOUR_MS || (next?.startsAt ?? 0) > gapEndsAt));
}
