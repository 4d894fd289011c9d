import type { Instant } from '../base/index.ts';
import type { Entry } from '../policy/index.ts';
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
  readonly admittedAt?: Instant;
  readonly treatedAt?: Instant;
  readonly refused?: { readonly at: Instant; readonly ground: RefusalGround; readonly neverBlock: boolean };
}

/** Why a door said no, as reported by whoever stood before it. */
export const REFUSAL_GROUNDS = [
  'noTestResult', 'positiveTest', 'codeColour', 'riskArea', 'missingPaper', 'disinfection', 'shortPremises', 'noCapability',
  'noPlace', 'other',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/** Grounds on which nobody may be refused (ZZ announcement, third measure; NHC 24 March 2022). Counted apart, never accepted. */
export const NEVER_BLOCK_GROUNDS: readonly RefusalGround[] = [
  'noTestResult', 'positiveTest', 'codeColour', 'riskArea', 'missingPaper', 'disinfection', 'shortPremises',
];

export type ReceptionEvent =
  | { readonly type: 'Expected'; readonly institution: string; readonly acuity: Acuity; readonly entry: Entry; readonly at: Instant }
  | { readonly type: 'ArrivedAtDoor'; readonly institution: string }
  | { readonly type: 'Received'; readonly institution: string; readonly by: string; readonly via: Entry['via'] }
  | { readonly type: 'RefusedAtDoor'; readonly institution: string; readonly ground: RefusalGround; readonly neverBlock: boolean; readonly by: string }
  | { readonly type: 'Admitted'; readonly institution: string; readonly expectedDischargeAt: Instant }
  | { readonly type: 'Treated'; readonly institution: string; readonly outcome: 'discharged' | 'died' };

export type ReceptionCommand =
  | { readonly type: 'reportArrival' }
  | { readonly type: 'receivePatient' }
  | { readonly type: 'reportRefusal'; readonly ground: RefusalGround }
  | { readonly type: 'admit'; readonly expectedDischargeAt: Instant }
  | { readonly type: 'finishTreatment'; readonly outcome: 'discharged' | 'died' };

export function evolveArrival(arrival: Arrival | undefined, event: ReceptionEvent, at: Instant): Arrival | undefined {
  switch (event.type) {
    case 'Expected':
      return { institution: event.institution, acuity: event.acuity, entry: event.entry, expectedAt: event.at };
    case 'ArrivedAtDoor':
      return arrival && { ...arrival, arrivedAt: at };
    case 'Received':
      return arrival && { ...arrival, arrivedAt: arrival.arrivedAt ?? at, receivedAt: at, receivedBy: event.by };
    case 'RefusedAtDoor':
      return arrival && { ...arrival, refused: { at, ground: event.ground, neverBlock: event.neverBlock } };
    case 'Admitted':
      return arrival && { ...arrival, admittedAt: at };
    case 'Treated':
      return arrival && { ...arrival, treatedAt: at };
  }
}
