import { MINUTE_MS, SECOND_MS, type Place } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import type { Board, BoardUnit, OpenCall } from './board.ts';
import { ADVANCED_IS_WORTH_SECONDS } from './decide.ts';
import { aidSeconds, isAid } from './mutual-aid.ts';

/**
 * "Infection status never comes before acuity": a unit without negative pressure goes when it is more than three minutes nearer.
 * Disinfecting a car afterwards costs an hour; a patient who waits for the right one may not have it.
 */
const NEGATIVE_PRESSURE_IS_WORTH_SECONDS = 180;
/**
 * Turning units round has a price: crews, radio, a patient told twice. A change has to bring more than a minute.
 * On a day with 9,000 requests in Zhengzhou 60, 120 and 180 s turned 1,674, 1,500 and 1,310 round, and level I waited 26, 27 and 27 minutes (median):
 * a higher price spares crews little, and a later crew at an arrest is the worse error.
 */
const CHANGE_SECONDS = 60;
/** A crew at the end of its shift: two minutes for an emergency, twenty for a lesser call. Tired crews are the smaller error. */
const SHIFT_ENDS_SECONDS = { emergency: 120, lesser: 1_200 } as const;
/** A mission from sent to clear, for telling whether it fits into the shift; synthetic. */
const MISSION_MS = 40 * MINUTE_MS;
/** A moving unit heard of longer ago than this may be elsewhere: it counts as farther by the time since, five minutes at most. */
const POSITION_OLD_MS = 2 * MINUTE_MS;
const POSITION_OLD_SECONDS_MAX = 300;
/**
 * A patient who lost this many units gives the next one up to level I alone: on a day full of worse cases nobody is passed over
 * for ever, and an arrest does not wait for fairness.
 */
const UNITS_LOST_MAX = 3;

export const isEmergency = (acuity: Acuity): boolean => acuity === 'I' || acuity === 'II';

/** The decision while it is made: which units can go, who has one, and what each pair costs. */
export class Plan<P extends Place> {
  readonly board: Board<P>;
  /** Units that may be sent; everything below names them by their place in this list. */
  readonly fleet: readonly BoardUnit<P>[];
  readonly given = new Map<OpenCall<P>, number>();
  /** Lesser calls that wait although this unit is free. */
  readonly kept = new Map<OpenCall<P>, number>();
  readonly takenBy = new Map<number, OpenCall<P>>();
  readonly onWayTo = new Map<number, OpenCall<P>>();
  readonly #indexOf: ReadonlyMap<string, number>;
  /** What is the same for every call, by unit: until it can leave, how old its place is, and when its shift is over. */
  readonly #readySeconds: Float64Array;
  readonly #ageSeconds: Float64Array;
  readonly #shiftEndsAt: Float64Array;
  readonly #etas = new Map<OpenCall<P>, Float64Array>();
  readonly #prices = new Map<OpenCall<P>, Float64Array>();

  constructor(board: Board<P>) {
    this.board = board;
    const { now } = board;
    const called = new Map(board.calls.flatMap((call) => (call.unit === undefined ? [] : [[call.unit, call] as const])));
    this.fleet = board.units
      .filter(({ unit, state, readyAt, shiftEndsAt }) => (shiftEndsAt === undefined || shiftEndsAt > now || state === 'toPatient')
        && (state === 'idle' || state === 'returning' || (state === 'toPatient' && called.has(unit)) || (state === 'decontaminating' && readyAt !== undefined)))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1));
    this.#readySeconds = Float64Array.from(this.fleet, ({ state, readyAt }) => (state === 'decontaminating' ? Math.max(0, readyAt! - now) / SECOND_MS : 0));
    this.#ageSeconds = Float64Array.from(this.fleet, (unit) => Math.min(POSITION_OLD_SECONDS_MAX, this.positionAge(unit)));
    this.#shiftEndsAt = Float64Array.from(this.fleet, ({ shiftEndsAt = Infinity }) => shiftEndsAt);
    this.#indexOf = new Map(this.fleet.map(({ unit }, index) => [unit, index]));
    for (const [unit, call] of called) {
      const index = this.#indexOf.get(unit);
      if (index !== undefined) this.onWayTo.set(index, call);
    }
  }

  /** The unit on its way to this call until now; undefined when there was none, or it can no longer go. */
  unitBefore({ unit }: OpenCall<P>): number | undefined {
    return unit === undefined ? undefined : this.#indexOf.get(unit);
  }

  /** Of all units that can go the one that would be there first, whoever it is given to. */
  nearest(call: OpenCall<P>): number {
    const etas = this.etas(call);
    let nearest = 0;
    for (let index = 1; index < etas.length; index += 1) if (etas[index]! < etas[nearest]!) nearest = index;
    return nearest;
  }

  /** The same among the units of the patient's own district; undefined when none of them can go or get there. */
  nearestOwn(call: OpenCall<P>): number | undefined {
    const etas = this.etas(call);
    let nearest: number | undefined;
    this.fleet.forEach((unit, index) => {
      if (!isAid(call, unit) && Number.isFinite(etas[index]!) && (nearest === undefined || etas[index]! < etas[nearest]!)) nearest = index;
    });
    return nearest;
  }

  /** Seconds until each unit of the fleet could be with the patient. */
  etas(call: OpenCall<P>): Float64Array {
    const known = this.#etas.get(call);
    if (known) return known;
    const { travel } = this.board;
    const urgent = isEmergency(call.acuity);
    const etas = new Float64Array(this.fleet.length);
    for (let index = 0; index < etas.length; index += 1) etas[index] = this.#readySeconds[index]! + travel(this.fleet[index]!.place, call.place, urgent);
    this.#etas.set(call, etas);
    return etas;
  }

  isReachable({ place, acuity }: OpenCall<P>): boolean {
    return this.fleet.some((unit) => Number.isFinite(this.board.travel(unit.place, place, isEmergency(acuity))));
  }

  /** For each unit of the fleet the eta and what else speaks against sending it to this call, in seconds. */
  prices(call: OpenCall<P>): Float64Array {
    const known = this.#prices.get(call);
    if (known) return known;
    const prices = this.etas(call).slice();
    for (let index = 0; index < prices.length; index += 1) {
      const unit = this.fleet[index]!;
      const onWay = this.onWayTo.get(index);
      const keeps = onWay === call;
      const turnsRound = !keeps && (onWay !== undefined || call.unit !== undefined);
      // One second breaks ties: nobody is turned round for nothing.
      prices[index]! += (keeps ? 0 : 1 + aidSeconds(call, unit)) + (turnsRound ? CHANGE_SECONDS : 0)
        + (lacksAdvanced(call, unit) ? ADVANCED_IS_WORTH_SECONDS : 0)
        + (lacksNegativePressure(call, unit) ? NEGATIVE_PRESSURE_IS_WORTH_SECONDS : 0)
        + this.shiftEnds(call, index, prices[index]!)
        + this.#ageSeconds[index]!;
    }
    this.#prices.set(call, prices);
    return prices;
  }

  shiftEnds(call: OpenCall<P>, index: number, eta: number): number {
    if (this.#shiftEndsAt[index]! >= this.board.now + eta * SECOND_MS + MISSION_MS) return 0;
    return SHIFT_ENDS_SECONDS[isEmergency(call.acuity) ? 'emergency' : 'lesser'];
  }

  /** Seconds since a moving unit was last heard of, beyond the usual. */
  positionAge({ state, placeAt }: BoardUnit<P>): number {
    if (state !== 'returning' && state !== 'toPatient') return 0;
    return Math.max(0, this.board.now - placeAt - POSITION_OLD_MS) / SECOND_MS;
  }

  give(call: OpenCall<P>, index: number): void {
    this.given.set(call, index);
    this.takenBy.set(index, call);
  }

  /** Nobody has it, or the call it was on its way to has another one now. */
  isFree(index: number): boolean {
    const call = this.onWayTo.get(index);
    return !this.takenBy.has(index) && (call === undefined || this.given.has(call));
  }

  /** Units an emergency of this level may have: free ones, those on their way to its own level, and to lesser ones. */
  within(level: Acuity): readonly number[] {
    return this.indices((index) => {
      if (this.takenBy.has(index)) return false;
      const call = this.onWayTo.get(index);
      return this.isFree(index) || call!.acuity === level || level === 'I' || (call!.unitsLost ?? 0) < UNITS_LOST_MAX;
    });
  }

  free(): readonly number[] {
    return this.indices((index) => this.isFree(index));
  }

  private indices(keep: (index: number) => boolean): readonly number[] {
    return this.fleet.flatMap((_, index) => (keep(index) ? [index] : []));
  }
}

export function lacksAdvanced(call: OpenCall, unit: BoardUnit): boolean {
  return unit.equipment === 'basic' && (call.acuity === 'I' || call.wants?.includes('advanced') === true);
}

export function lacksNegativePressure(call: OpenCall, unit: BoardUnit): boolean {
  return !unit.negativePressure && call.wants?.includes('negativePressure') === true;
}
