import type { Place } from '../base/index.ts';
import type { Demand } from './board.ts';

/** Beyond this a neighbourhood counts as having nobody: the 15 minutes of England's category 1 (90th centile). */
const NOBODY_SECONDS = 900;
/** How long a unit is away once sent, call to clear: about 20 minutes in published city services; synthetic for any city of ours. */
const AWAY_HOURS = 1 / 3;

interface Nearest {
  unit: string | undefined;
  seconds: number;
  nextSeconds: number;
}

/** Which unit each neighbourhood would get for its next emergency, and what happens to it when that unit leaves. */
export class Cover<P extends Place> {
  readonly #demand: readonly Demand<P>[];
  readonly #nearest: Nearest[];
  readonly #units: string[] = [];
  readonly #rows: Float64Array[] = [];

  constructor(demand: readonly Demand<P>[]) {
    this.#demand = demand;
    this.#nearest = demand.map(() => ({ unit: undefined, seconds: NOBODY_SECONDS, nextSeconds: NOBODY_SECONDS }));
  }

  /** @param seconds driving time from a place to a neighbourhood */
  row(secondsTo: (place: P) => number): Float64Array {
    const row = new Float64Array(this.#demand.length);
    this.#demand.forEach(({ place }, index) => {
      row[index] = Math.min(NOBODY_SECONDS, secondsTo(place));
    });
    return row;
  }

  add(unit: string, row: Float64Array): void {
    this.#units.push(unit);
    this.#rows.push(row);
    this.#nearest.forEach((spot, index) => place(spot, unit, row[index]!));
  }

  remove(unit: string): void {
    const gone = this.#units.indexOf(unit);
    if (gone < 0) return;
    this.#units.splice(gone, 1);
    const [row] = this.#rows.splice(gone, 1);
    this.#nearest.forEach((spot, index) => {
      // Only where it was first or second does anything change.
      if (row![index]! > spot.nextSeconds) return;
      spot.unit = undefined;
      spot.seconds = spot.nextSeconds = NOBODY_SECONDS;
      for (let i = 0; i < this.#rows.length; i += 1) place(spot, this.#units[i]!, this.#rows[i]![index]!);
    });
  }

  /**
   * How much longer an emergency around this unit waits while it is away, in seconds, times the chance that one comes: where
   * others stand near or hardly anybody calls, it is little, however large the city.
   */
  harmOfLeaving(unit: string): number {
    let [perHour, longer] = [0, 0];
    this.#nearest.forEach((spot, index) => {
      if (spot.unit !== unit) return;
      perHour += this.#demand[index]!.perHour;
      longer += this.#demand[index]!.perHour * (spot.nextSeconds - spot.seconds);
    });
    return perHour === 0 ? 0 : (longer / perHour) * (1 - Math.exp(-perHour * AWAY_HOURS));
  }

  /** Emergency-seconds per hour that one more unit with this row would save. */
  savedPerHour(row: Float64Array): number {
    return this.#nearest.reduce((sum, spot, index) => sum + this.#demand[index]!.perHour * Math.max(0, spot.seconds - row[index]!), 0);
  }
}

function place(spot: Nearest, unit: string, seconds: number): void {
  if (seconds < spot.seconds) {
    spot.nextSeconds = spot.seconds;
    spot.seconds = seconds;
    spot.unit = unit;
  } else if (seconds < spot.nextSeconds) spot.nextSeconds = seconds;
}
