import type { Need } from '../../src/triage/index.ts';
import type { BookableService, FreeSeatView } from '../../src/appointments/index.ts';

/** What can wait for an hour that is agreed on, in the order of how often it is asked for, and the need that the request will name. */
export const NEED_OF = {
  generalOutpatient: 'generalOutpatient', specialist: 'specialist', feverClinic: 'fever', paediatrics: 'paediatrics', obstetrics: 'obstetrics',
  chemotherapy: 'chemotherapy', radiotherapy: 'radiotherapy', expert: 'expert',
} as const satisfies Readonly<Partial<Record<BookableService, Need>>>;
export type OfferedService = keyof typeof NEED_OF;
export const OFFERED = Object.keys(NEED_OF) as readonly OfferedService[];

/** The seat somebody looks for; beside it stands who it is for, as `ask` keeps it. */
export interface Choice {
  service: '' | OfferedService | 'emergency';
  /** The city's calendar day on show, as `cityDay` counts. */
  day: number;
  stepFree: boolean;
  child: boolean;
  /** A language that somebody at the desk should speak; empty for any. */
  language: string;
  seat: FreeSeatView | undefined;
  /** Nothing was free: a place on the waiting list instead of a seat. */
  waiting: boolean;
}

export function emptyChoice(today: number): Choice {
  return { service: '', day: today, stepFree: false, child: false, language: '', seat: undefined, waiting: false };
}

/** Ways on the strip of days. */
export const DAYS_SHOWN = 7;
/** Rosters are published for about this long ahead. */
export const DAYS_AHEAD = 14;
