import type { CarDayView, StopView } from '../../../../src/trips/index.ts';

/** One ride in one car: from where somebody gets in to where they get out. */
export interface RideBar {
  readonly key: string;
  readonly journey: string;
  readonly name: string;
  readonly leg: StopView['leg'];
  readonly cohort: StopView['cohort'];
  readonly from: number;
  readonly to: number;
  readonly state: 'planned' | 'running' | 'done';
  readonly lateMinutes: number;
  /** People in one car at one time lie below each other. */
  readonly lane: number;
  readonly fromName: StopView['placeName'] | undefined;
  readonly toName: StopView['placeName'] | undefined;
}

/** Up to that the promise holds. */
const LATE_SECONDS = 5 * 60;
/** As wide as a name: what begins before a bar's name ends lies below it. */
const NAME_MS = 35 * 60_000;
/** A ride whose other end is not in this day still has to be seen. */
const SHORTEST_MS = 10 * 60_000;

export function barsOf({ stops }: Pick<CarDayView, 'stops'>): readonly RideBar[] {
  const rides = new Map<string, { pickUp?: StopView; dropOff?: StopView }>();
  for (const stop of stops) rides.set(stop.ride, { ...rides.get(stop.ride), [stop.kind]: stop });
  const bars = [...rides].flatMap(([ride, { pickUp, dropOff }]): readonly Omit<RideBar, 'lane'>[] => {
    const any = pickUp ?? dropOff;
    if (!any) return [];
    const to = timeOf(dropOff) ?? timeOf(pickUp)! + SHORTEST_MS;
    const from = Math.min(timeOf(pickUp) ?? to - SHORTEST_MS, to);
    const late = Math.max(lateOf(pickUp), lateOf(dropOff));
    return [{
      key: ride, journey: any.journey, name: any.name, leg: any.leg, cohort: any.cohort, from, to,
      state: dropOff?.doneAt !== undefined ? 'done' : pickUp === undefined || pickUp.doneAt !== undefined ? 'running' : 'planned',
      lateMinutes: late > LATE_SECONDS ? Math.round(late / 60) : 0, fromName: pickUp?.placeName, toName: dropOff?.placeName,
    }];
  });
  return inLanes(bars.sort((a, b) => a.from - b.from || a.key.localeCompare(b.key)));
}

const timeOf = (stop: StopView | undefined): number | undefined => stop && (stop.doneAt ?? stop.at);
const lateOf = (stop: StopView | undefined): number => stop?.lateSeconds ?? 0;

/** Each bar in the first lane where nothing lies under it. */
function inLanes(bars: readonly Omit<RideBar, 'lane'>[]): readonly RideBar[] {
  const freeFrom: number[] = [];
  return bars.map((bar) => {
    const free = freeFrom.findIndex((from) => from <= bar.from);
    const lane = free < 0 ? freeFrom.length : free;
    freeFrom[lane] = Math.max(bar.to, bar.from + NAME_MS);
    return { ...bar, lane };
  });
}

export const lanesOf = (bars: readonly RideBar[]): number => Math.max(1, ...bars.map(({ lane }) => lane + 1));

/** Where an instant lies in what is shown, as a share of it; held at its ends. */
export function shareOf(instant: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (instant - from) / (to - from)));
}
