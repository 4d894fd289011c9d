import type { Instant, Place } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';

/** What the dispatcher knows at one instant. `P` lets the caller's places carry more (a road node) for its own travel times. */
export interface Board<P extends Place = Place> {
  readonly now: Instant;
  /** Every call whose patient nobody has reached: nobody sent yet, or a unit on its way. */
  readonly calls: readonly OpenCall<P>[];
  readonly units: readonly BoardUnit<P>[];
  /** Seconds of driving, with lights and siren when urgent; Infinity where no road leads. */
  readonly travel: (from: P, to: P, urgent: boolean) => number;
  /** Where emergencies come from, one entry a neighbourhood; without it nothing is kept back and nobody is moved. */
  readonly demand?: readonly Demand<P>[];
  /** Where units may stand by. */
  readonly posts?: readonly Post<P>[];
}

export interface OpenCall<P extends Place = Place> {
  readonly mission: string;
  readonly acuity: Acuity;
  readonly place: P;
  /** Whose units serve it first; without districts everybody's. */
  readonly district?: string;
  /** When they first called. Losing a unit to somebody worse does not make it later. */
  readonly askedAt: Instant;
  /** What would be better for this patient; acuity comes before any of it. */
  readonly wants?: readonly Want[];
  /** The unit on its way. */
  readonly unit?: string;
  /** How often a unit on its way was taken for somebody worse. */
  readonly unitsLost?: number;
  /** Estimated drive from the patient to the institution. */
  readonly rideSeconds?: number;
}

export type Want = 'advanced' | 'negativePressure';

export const UNIT_STATES = ['idle', 'returning', 'toPatient', 'withPatient', 'decontaminating', 'outOfService'] as const;
export type UnitState = (typeof UNIT_STATES)[number];

export interface BoardUnit<P extends Place = Place> {
  readonly unit: string;
  readonly state: UnitState;
  /** Last known place, and when that was. */
  readonly place: P;
  readonly placeAt: Instant;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  /** Decontaminating: when it is ready. Without it nobody knows, and it is not counted on. */
  readonly readyAt?: Instant;
  readonly shiftEndsAt?: Instant;
  /** The standby point it stands at or drives to. */
  readonly post?: string;
  /** The district it belongs to: elsewhere it goes by the rule of mutual aid. */
  readonly district?: string;
}

export interface Demand<P extends Place = Place> {
  readonly place: P;
  /** Emergencies (I and II) expected here. */
  readonly perHour: number;
}

export interface Post<P extends Place = Place> {
  readonly code: string;
  readonly place: P;
}

/** Facts for a sentence: seconds are whole, units and missions are named by their codes. */
type Facts = Readonly<Record<string, string | number>>;
export interface Note<Code extends string> {
  readonly code: Code;
  readonly facts?: Facts;
}

/** `mutualAid` {from, to, nearerSeconds}: another district's unit is that much nearer; `mutualAidOwnNone` {from, to}: the own one has none to send. */
export type AssignReason =
  | 'nearest' | 'onItsWay' | 'takenFromLesser' | 'exchangedForNearer'
  | 'nearerOneNeeded' | 'nearerOneKept' | 'nearerOneLessSuited' | 'nearerOneElsewhere'
  | 'mutualAid' | 'mutualAidOwnNone'
  | 'shiftEnds' | 'positionOld' | 'afterDecontamination';

/** `secondTierAsked` {district}: it has no unit that could be there in time, so the others' were counted too. */
export type Shortfall =
  | 'noneWithin' | 'secondTierAsked' | 'noneFree' | 'noRoad' | 'behindOthers' | 'keptForEmergencies' | 'unitTaken' | 'notAdvanced' | 'noNegativePressure';

/** The recommendation for one call: a unit, or what is missing. */
export interface CallAnswer {
  readonly mission: string;
  readonly unit?: string;
  readonly etaSeconds?: number;
  /** The mission this unit was on its way to until now; it has an answer of its own in the same list. */
  readonly takenFrom?: string;
  /** The unit that was on its way until now. */
  readonly instead?: string;
  readonly reasons: readonly Note<AssignReason>[];
  readonly shortfalls: readonly Note<Shortfall>[];
}

/** A unit that would cover more from another standby point. */
export interface StandbyMove {
  readonly unit: string;
  readonly post: string;
  readonly driveSeconds: number;
  /** What the next emergency gains on average over the whole city. */
  readonly savesSeconds: number;
}
