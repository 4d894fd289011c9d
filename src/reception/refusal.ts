import { HOUR_MS, MINUTE_MS, type Instant } from '../base/index.ts';
import type { Owner, Scope } from '../people/index.ts';
import { DEMANDED, type Demanded } from '../policy/index.ts';
import type { Acuity } from '../triage/index.ts';
import { isNeverBlockGround, type Arrival, type RefusalGround } from './arrival.ts';

/** How a refusal came to light: somebody said it, or nobody did. `gate` is the person's own compound on the way home. */
export const REFUSAL_SOURCES = ['report', 'gate', 'notReceived', 'appointmentPassed', 'callUnanswered', 'bounced'] as const;
export type RefusalSource = (typeof REFUSAL_SOURCES)[number];

/** Said by somebody who stood there, so that its ground is known. */
export const isReported = (source: RefusalSource): boolean => source === 'report' || source === 'gate';

/**
 * From when on nobody has said a word to somebody at the door, and what that is called: a seat gives the house until its hour, and the
 * person's acuity decides how long after that. Undefined while they are not there, or received.
 * @param demanded how long each may stand there: data of the policy in force
 * @param acuity as it is known now; somebody who got worse at the door waits as long as that allows, from when they came
 */
export function silentFrom({ arrivedAt, receivedAt }: Arrival, acuity: Acuity, seatAt?: Instant, { receivedMinutes }: Pick<Demanded, 'receivedMinutes'> = DEMANDED): { readonly at: Instant; readonly source: RefusalSource } | undefined {
  if (arrivedAt === undefined || receivedAt !== undefined) return undefined;
  // An emergency waits for no hour, also with a seat.
  const hasHour = seatAt !== undefined && acuity !== 'I' && acuity !== 'II';
  return { at: (hasHour ? Math.max(arrivedAt, seatAt) : arrivedAt) + receivedMinutes[acuity] * MINUTE_MS, source: hasHour ? 'appointmentPassed' : 'notReceived' };
}

/** The duty officer of the district has this long to take a case by name. Synthetic: as long as for a gate that stays shut. */
export const TAKE_WITHIN_MS = 15 * MINUTE_MS;
/** And from taking it this long to decide what it was. Synthetic: the facts have to be asked for while people still remember them. */
export const DECIDE_WITHIN_MS = 24 * HOUR_MS;
/** Decided, and the person still with nobody: looked at again so often. */
export const LOOK_AGAIN_MS = 30 * MINUTE_MS;

/** Where they can go instead, looked for before anybody was told. Without a house: the search itself is a step with an owner. */
export interface NextPlace {
  readonly institution?: string;
  /** They are being brought there already; `held`: it is kept ready, and they stand where they stand until somebody says so. */
  readonly state: 'onTheWay' | 'held' | 'searched';
}

export interface Named {
  readonly by: string;
  readonly at: Instant;
}

export interface RefusalCase {
  readonly id: string;
  /** Who is said to have refused: `institution:…`, `town:…` for a gate, `journey:…` for somebody whom several desks sent on. */
  readonly about: Scope;
  readonly source: RefusalSource;
  /** Absent when nobody said one. */
  readonly ground?: string;
  readonly neverBlock: boolean;
  readonly acuity?: Acuity;
  readonly journey?: string;
  readonly openedAt: Instant;
  readonly next?: NextPlace;
  /** Answers for the case. The person's own step keeps its own owner, in the journey. */
  readonly owner: Owner;
  /** Absent once it is closed. */
  readonly dueAt?: Instant;
  readonly missed: readonly { readonly at: Instant; readonly told: Owner }[];
  readonly taken?: Named;
  readonly statement?: Named & { readonly text: string };
  readonly decision?: Named & RefusalDecision;
  /** The person was taken over by name, or their request ended. */
  readonly over?: PersonOver & { readonly at: Instant };
  readonly closedAt?: Instant;
}

/** What the duty officer finds: it was one, on this ground; or it was none, and why. */
export interface RefusalDecision {
  readonly upheld: boolean;
  readonly ground?: RefusalGround;
  readonly reason: string;
}

export interface PersonOver {
  readonly how: 'received' | 'home' | 'answered' | 'ended';
  readonly institution?: string;
  readonly by?: string;
}

export type RefusalCaseEvent =
  | { readonly type: 'RefusalTaken'; readonly by: string; readonly owner: Owner }
  | { readonly type: 'RefusalStated'; readonly by: string; readonly text: string }
  | ({ readonly type: 'RefusalDecided'; readonly by: string } & RefusalDecision)
  | ({ readonly type: 'RefusedPersonTakenOver' } & PersonOver)
  | { readonly type: 'RefusalTold'; readonly told: Owner };

export type RefusalCaseCommand =
  | { readonly type: 'take' }
  | { readonly type: 'state'; readonly text: string }
  | ({ readonly type: 'decide' } & RefusalDecision)
  | ({ readonly type: 'personOver' } & PersonOver)
  | { readonly type: 'missDeadline'; readonly dueAt: Instant };

/**
 * One event moves a case by one step. It closes by itself, and only then, when somebody has the person by name and the officer has said
 * what it was: a person who is safe ends no case, and a decision ends nobody's wait.
 */
export function evolveRefusal(refusal: RefusalCase, event: RefusalCaseEvent, at: Instant): RefusalCase {
  return closedWhenBoth(evolved(refusal, event, at), at);
}

function evolved(refusal: RefusalCase, event: RefusalCaseEvent, at: Instant): RefusalCase {
  switch (event.type) {
    case 'RefusalTaken':
      return { ...refusal, owner: event.owner, taken: { by: event.by, at }, dueAt: refusal.decision ? at + LOOK_AGAIN_MS : at + DECIDE_WITHIN_MS };
    case 'RefusalStated':
      return { ...refusal, statement: { by: event.by, at, text: event.text } };
    case 'RefusalDecided': {
      const { type: _, ...decision } = event;
      const { ground } = event;
      // What was found counts from now on; what was said stays with whoever said it.
      return { ...refusal, decision: { ...decision, at }, dueAt: at + LOOK_AGAIN_MS, ...(ground && { ground, neverBlock: isNeverBlockGround(ground) }) };
    }
    case 'RefusedPersonTakenOver': {
      const { type: _, ...over } = event;
      return { ...refusal, over: { ...over, at } };
    }
    case 'RefusalTold':
      return { ...refusal, missed: [...refusal.missed, { at, told: event.told }], dueAt: at + LOOK_AGAIN_MS };
  }
}

function closedWhenBoth(refusal: RefusalCase, at: Instant): RefusalCase {
  if (!refusal.decision || !refusal.over || refusal.closedAt !== undefined) return refusal;
  const { dueAt: _, ...rest } = refusal;
  return { ...rest, closedAt: at };
}
