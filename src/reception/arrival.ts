import type { Instant } from '../base/index.ts';
import { NEVER_BLOCK_GROUNDS, type Entry, type NeverBlockGround } from '../policy/index.ts';
import type { Acuity } from '../triage/index.ts';

/** One person at one institution's door, from the pre-alert to the end of treatment. */
export interface Arrival {
  readonly institution: string;
  readonly acuity: Acuity;
  readonly entry: Entry;
  readonly expectedAt: Instant;
  readonly arrivedAt?: Instant;
  readonly receivedAt?: Instant;
  readonly receivedBy?: string;
  readonly receivedByName?: string;
  /** What the crew told when they handed the person over: their signature. The house's is `receivedAt`. */
  readonly handOver?: HandOver;
  readonly admittedAt?: Instant;
  readonly treatedAt?: Instant;
  readonly refused?: { readonly at: Instant; readonly ground: RefusalGround; readonly neverBlock: boolean };
}

/** What is told at a hand-over, in the order crews tell it (MIST): what happened, what was found, measured, done. No name. */
export interface HandOverReport {
  readonly happened: string;
  readonly found: string;
  readonly measured?: string;
  readonly done: string;
}

export interface HandOver {
  readonly at: Instant;
  readonly by: string;
  readonly name: string;
  readonly report: HandOverReport;
}

/** Why somebody who was announced does not come. Nothing about their illness: the house has no more to do with it. */
export type NotComing = 'withdrawn' | 'seenRemotely' | 'elsewhere' | 'joined';

/** Why a door said no, as reported by whoever stood before it. The grounds of policy come first: counted apart, never accepted. */
export const REFUSAL_GROUNDS = [...NEVER_BLOCK_GROUNDS, 'noCapability', 'noPlace', 'other'] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

export const isNeverBlockGround = (ground: RefusalGround): ground is NeverBlockGround => NEVER_BLOCK_GROUNDS.some((never) => never === ground);

/** What a door can decide about somebody who stands before it: which way in. There is no member for "not at all". */
export type EntryDecision = Exclude<Entry['via'], 'none'>;

/**
 * Which way in: what was decided. Whoever was first refused on a ground that may never block, or was to be seen at a distance and
 * stands here all the same, comes in through the buffer zone: a ground may change the way in, and has nothing else to change.
 */
export function entryFor(entry: Entry, refusedOn?: RefusalGround): EntryDecision {
  if (entry.via === 'none' || (refusedOn !== undefined && isNeverBlockGround(refusedOn))) return 'bufferZone';
  return entry.via;
}

export type ReceptionEvent =
  | { readonly type: 'Expected'; readonly institution: string; readonly acuity: Acuity; readonly entry: Entry; readonly at: Instant }
  /** When they will be at the door, as far as is known now; said again when that changes. */
  | { readonly type: 'ArrivalForeseen'; readonly institution: string; readonly at: Instant; readonly unit: string }
  | { readonly type: 'NoLongerExpected'; readonly institution: string; readonly reason: NotComing }
  | { readonly type: 'ArrivedAtDoor'; readonly institution: string }
  | { readonly type: 'Received'; readonly institution: string; readonly by: string; readonly name?: string; readonly via: EntryDecision }
  | { readonly type: 'HandOverTold'; readonly institution: string; readonly by: string; readonly name: string; readonly report: HandOverReport; readonly at: Instant }
  | { readonly type: 'RefusedAtDoor'; readonly institution: string; readonly ground: RefusalGround; readonly neverBlock: boolean; readonly by: string }
  /** `again`: they have their bed already, and stay longer or shorter than was said. */
  | { readonly type: 'Admitted'; readonly institution: string; readonly expectedDischargeAt: Instant; readonly again?: true }
  | { readonly type: 'Treated'; readonly institution: string; readonly outcome: 'discharged' | 'died' };

export type ReceptionCommand =
  | { readonly type: 'reportArrival' }
  | { readonly type: 'receivePatient' }
  /** `at`: when it was pressed, where there was no network. */
  | { readonly type: 'handOver'; readonly report: HandOverReport; readonly at?: Instant }
  | { readonly type: 'reportRefusal'; readonly ground: RefusalGround }
  | { readonly type: 'admit'; readonly expectedDischargeAt: Instant }
  | { readonly type: 'finishTreatment'; readonly outcome: 'discharged' | 'died' };

export function evolveArrival(arrival: Arrival | undefined, event: ReceptionEvent, at: Instant): Arrival | undefined {
  switch (event.type) {
    case 'Expected':
      return { institution: event.institution, acuity: event.acuity, entry: event.entry, expectedAt: event.at };
    case 'ArrivalForeseen':
      return arrival && { ...arrival, expectedAt: event.at };
    case 'NoLongerExpected':
      return undefined;
    case 'ArrivedAtDoor':
      return arrival && { ...arrival, arrivedAt: at };
    case 'Received':
      return arrival && { ...arrival, arrivedAt: arrival.arrivedAt ?? at, receivedAt: at, receivedBy: event.by, ...(event.name !== undefined && { receivedByName: event.name }) };
    case 'HandOverTold':
      return arrival && { ...arrival, handOver: { at: event.at, by: event.by, name: event.name, report: event.report } };
    case 'RefusedAtDoor':
      return arrival && { ...arrival, refused: { at, ground: event.ground, neverBlock: event.neverBlock } };
    case 'Admitted':
      return arrival && { ...arrival, admittedAt: arrival.admittedAt ?? at };
    case 'Treated':
      return arrival && { ...arrival, treatedAt: at };
  }
}
