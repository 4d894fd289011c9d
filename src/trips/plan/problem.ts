import type { Cohort } from '../ride.ts';

/**
 * What the planner is asked: rides, cars and the travel times between places. Times are seconds after one origin that the
 * caller chooses (the day's midnight, say); durations are seconds; places are indices into the travel matrix.
 */
export interface PlanProblem {
  readonly rides: readonly PlanRide[];
  readonly cars: readonly PlanCar[];
  readonly travel: Travel;
  /** How long a car is cleaned between two cohorts. Nobody is aboard meanwhile. */
  readonly decontaminationSeconds: number;
  /** How late a stop may begin at worst when somebody would stay behind otherwise; 0: a window is a window. */
  readonly longestLatenessSeconds: number;
  /** Fewer cars before fewer metres: a car that stays free answers the next call. */
  readonly fewestCars: boolean;
  /** How bad it is to send somebody another car than the promised one, as a share of how bad one more car is; nothing when absent. */
  readonly otherCarShare?: number;
}

/** Door to door along the road: `seconds[from * places + to]`; not the same in both directions. */
export interface Travel {
  readonly places: number;
  readonly seconds: Float64Array;
  /** What is kept small once everybody is served in time; the seconds themselves when absent. */
  readonly meters?: Float64Array;
}

/** Places in a car, or what a rider takes of them; a companion takes a seat. */
export interface Load {
  readonly seats: number;
  readonly wheelchairs: number;
  readonly stretchers: number;
}

export const LOAD_KINDS = ['seats', 'wheelchairs', 'stretchers'] as const satisfies readonly (keyof Load)[];

export interface PlanStop {
  readonly place: number;
  /** Service begins no earlier; a car that comes before waits. */
  readonly earliestSeconds: number;
  /** Service begins no later; what is later is lateness. */
  readonly latestSeconds: number;
  /** At the door or the gate: helping in or out, papers, hand-over. */
  readonly serviceSeconds: number;
}

export interface PlanRide {
  readonly ride: string;
  readonly cohort: Cohort;
  readonly load: Load;
  readonly pickUp: PlanStop;
  readonly dropOff: PlanStop;
  /** From the end of service at the pick-up to the beginning of service at the drop-off. */
  readonly longestRideSeconds: number;
  /** Already in that car since then (end of service at the pick-up): only the drop-off is still to be planned. */
  readonly aboard?: { readonly car: string; readonly sinceSeconds: number };
  /** The car that was promised: another one costs (`PlanProblem.otherCarShare`). */
  readonly promisedCar?: string;
}

export interface PlanCar {
  readonly car: string;
  /** Where it is when its time begins, and where it must be when it ends. */
  readonly startPlace: number;
  readonly endPlace: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly capacity: Load;
  /** From leaving the start to reaching the end: the driver's hours. */
  readonly longestDutySeconds: number;
  /** Who was in it last, when it has not been cleaned since. */
  readonly cohortBefore?: Cohort;
  /** What it does first, in this order: nothing comes before or between. The stop it is driving to, and stops too near to be changed. */
  readonly next?: readonly StopName[];
}

export interface StopName {
  readonly ride: string;
  readonly kind: StopKind;
}

export const STOP_KINDS = ['pickUp', 'dropOff'] as const;
export type StopKind = (typeof STOP_KINDS)[number];

/**
 * Whether a car must be cleaned between two riders who follow each other. Between any two different cohorts, in both
 * directions: the harmless direction (the immunocompromised first, say) costs half an hour when it is cleaned needlessly,
 * a wrong exception costs an infection.
 */
export function needsDecontamination(before: Cohort, after: Cohort): boolean {
  return before !== after;
}
