import { metersBetween, type Place, type Text } from '../base/index.ts';
import type { Nearby } from './board-view.ts';

/** A person on foot is there within five minutes; a compound is rarely larger. */
const NEARBY_METERS = 500;
const NEARBY_MAX = 5;

/** A crew at a patient's, with its gear: it may be able to lend a hand or a defibrillator before another unit is there. */
export interface CrewAtScene {
  readonly unit: string;
  readonly place: Place;
  readonly journey?: string;
}

export interface Defibrillator {
  readonly name: Text;
  readonly place: Place;
}

/** What is close enough to be asked for help first, nearest first. Whether it may go is for a dispatcher, by radio. */
export function nearbyOf(call: { readonly place: Place; readonly unit?: string }, crews: readonly CrewAtScene[], defibrillators: readonly Defibrillator[]): readonly Nearby[] {
  const near = [
    ...crews.filter(({ unit }) => unit !== call.unit)
      .map(({ unit, place, journey }): Nearby => ({ kind: 'crew', unit, meters: metersTo(place), ...(journey !== undefined && { journey }) })),
    ...defibrillators.map(({ name, place }): Nearby => ({ kind: 'defibrillator', name, meters: metersTo(place) })),
  ];
  return near.filter(({ meters }) => meters <= NEARBY_METERS).sort((a, b) => a.meters - b.meters).slice(0, NEARBY_MAX);

  function metersTo(place: Place): number {
    return Math.round(metersBetween(call.place, place));
  }
}
