import type { CommandType } from '../journey/index.ts';

/** How often people do what nobody planned: chances between 0 and 1. */
export interface Rates {
  /** An owner acts only after the deadline has passed. */
  readonly late: number;
  /** A door says no, against every rule. */
  readonly refusedAtDoor: number;
  /** The patient gets worse before being treated. */
  readonly worse: number;
  /** An emergency or a hospital visit becomes a stay of days. */
  readonly admitted: number;
  /** A doctor at a distance finds that hands are needed. */
  readonly sentOn: number;
}

/**
 * A random day. All synthetic: no city published how often its doors said no. Chosen so that in a day of some thousands
 * every branch is walked many times.
 */
export const RANDOM_DAY: Rates = { late: 0.03, refusedAtDoor: 0.015, worse: 0.02, admitted: 0.55, sentOn: 0.05 };

/** A written drill does what is written, and nothing by chance but the minutes a step takes. */
export const AS_WRITTEN: Rates = { late: 0, refusedAtDoor: 0, worse: 0, admitted: 1, sentOn: 0 };

/** Minutes a step takes: never below `least`, on average `least + more` (exponential above the least). Synthetic unless said. */
interface Minutes {
  readonly least: number;
  readonly more: number;
}

export const STEP_MINUTES: Readonly<Partial<Record<CommandType, Minutes>>> = {
  // National target for 2025: rolling within 3 minutes in 95 % (DOMAIN 1.4); sending is about a third of it.
  sendUnit: { least: 0.3, more: 0.5 },
  namePlace: { least: 3, more: 4 },
  bookSlot: { least: 2, more: 5 },
  release: { least: 3, more: 7 },
  assignCar: { least: 2, more: 5 },
  receivePatient: { least: 1, more: 3 },
  admit: { least: 30, more: 40 },
  takeVisit: { least: 4, more: 20 },
  answerVisit: { least: 5, more: 6 },
  sendOn: { least: 5, more: 6 },
  checkPrescription: { least: 2, more: 5 },
  dispense: { least: 10, more: 20 },
  handToCourier: { least: 3, more: 10 },
  deliver: { least: 40, more: 120 },
  confirmHome: { least: 3, more: 8 },
  reportHome: { least: 1, more: 2 },
  startTravel: { least: 5, more: 10 },
};

export const MISSION_MINUTES: Readonly<Record<string, Minutes>> = {
  acknowledged: { least: 0.2, more: 0.3 },
  enRoute: { least: 0.7, more: 0.6 },
  atGate: { least: 0, more: 0.5 },
  atPatient: { least: 1.5, more: 2 },
  aboard: { least: 6, more: 6 },
  atDestination: { least: 0.5, more: 0.5 },
  // Shanghai, April 2022: up to three hours until a unit was free again (DOMAIN 1.4).
  inService: { least: 25, more: 25 },
  // After somebody infectious the car is cleaned first; the same hour in all, so that a fever alone keeps nobody waiting longer here.
  decontaminated: { least: 25, more: 20 },
  inServiceCleaned: { least: 2, more: 3 },
};

export const RIDE_MINUTES: Readonly<Record<string, Minutes>> = {
  atDoor: { least: 0, more: 3 },
  aboard: { least: 2, more: 3 },
  arrived: { least: 0.5, more: 1 },
};

/** From received to treated. Dialysis: four hours on the machine; others synthetic. */
export const TREATMENT_MINUTES: Readonly<Record<string, Minutes>> = {
  haemodialysis: { least: 240, more: 15 },
  emergency: { least: 60, more: 80 },
  feverClinic: { least: 30, more: 40 },
  chemotherapy: { least: 120, more: 60 },
  radiotherapy: { least: 20, more: 10 },
  inpatient: { least: 60, more: 60 },
  severeIllness: { least: 60, more: 60 },
  other: { least: 15, more: 20 },
};
export const STAY_HOURS: Minutes = { least: 18, more: 30 };
export const STAY_HOURS_MAX = 5 * 24;

/** How much longer than estimated a drive takes. */
export const DRIVE_FACTOR = { least: 0.85, more: 0.3 };

/** A late owner comes this long after the deadline. */
export const LATE_MINUTES: Minutes = { least: 2, more: 20 };

/** Nothing was free: how soon somebody looks again. For a unit nobody has to look: the board shows when one is. */
export const AGAIN_MINUTES: Readonly<Record<string, number>> = { noCarFree: 5, noPlaceFree: 10 };
