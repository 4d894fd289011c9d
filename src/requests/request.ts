import type { Instant, Place } from '../base/index.ts';
import type { CareCase, Decision } from '../policy/index.ts';

/** How a request came in. One code path serves all of them. */
export const CHANNELS = ['resident', 'hotline', 'committee', 'panel', 'interop'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Who needs care: the least that is needed to find, reach and treat them. */
export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
}

/** Everything a request can carry when it arrives. Only who, where and what for are needed; the rest sharpens the answer. */
export interface Intake {
  readonly channel: Channel;
  readonly person: Person;
  /** Somebody else speaks for the person: their name and phone, so the call-back reaches a human. */
  readonly proxy?: { readonly name: string; readonly phone: string; readonly relation?: string };
  readonly town: string;
  readonly address: string;
  readonly point?: Place;
  readonly need: CareCase['need'];
  readonly complaint?: string;
  readonly since?: Instant;
  readonly companion?: string;
  readonly groups: CareCase['groups'];
  readonly findings: readonly string[];
  readonly vitals: CareCase['vitals'];
  readonly patientKind?: CareCase['patientKind'];
  readonly test?: CareCase['test'];
  readonly mobility?: CareCase['mobility'];
  readonly ownInstitution?: string;
  /** Start of the last dialysis session: the safe gap runs from here. */
  readonly lastSessionAt?: Instant;
  /** Days of the medicine that are left. */
  readonly medicineDaysLeft?: number;
  readonly medicine?: string;
}

export interface CareRequest extends Intake {
  readonly id: string;
  readonly receivedAt: Instant;
}

/** An option that was tried and failed, so the next decision does not offer it again. */
export interface Excluded {
  readonly institution: string;
  readonly cause: 'noSlot' | 'refused' | 'closed' | 'noPlace';
}

export type RequestEvent =
  | { readonly type: 'RequestReceived'; readonly request: CareRequest }
  | { readonly type: 'RequestDecided'; readonly decision: Decision; readonly because: DecidedBecause }
  | { readonly type: 'AnswersAdded'; readonly findings: readonly string[]; readonly vitals: CareCase['vitals']; readonly need?: CareCase['need'] }
  | { readonly type: 'PlaceNamed'; readonly institution: string }
  | { readonly type: 'RequestWithdrawn'; readonly reason: string }
  | { readonly type: 'RequestClosed'; readonly outcome: Outcome };

export type DecidedBecause = 'received' | 'worse' | 'noSlot' | 'slotMissed' | 'refused' | 'serviceClosed' | 'placeNamed' | 'sentOn' | 'policyChanged';
export type Outcome = 'home' | 'advised' | 'delivered' | 'died' | 'withdrawn';

/** A withdrawal is a sentence by somebody, never a silent end. */
export type RequestCommand =
  | { readonly type: 'submitRequest'; readonly intake: Intake }
  | { readonly type: 'reportWorse'; readonly findings: readonly string[]; readonly vitals?: CareCase['vitals'] }
  | { readonly type: 'namePlace'; readonly institution: string }
  | { readonly type: 'withdrawRequest'; readonly reason: string };

export function caseOf(request: CareRequest, instant: Instant): CareCase {
  const { need, groups, findings, vitals, town, patientKind, test, mobility, ownInstitution, person } = request;
  return {
    need, groups, findings, vitals, instant, town,
    ...(person.ageMonths !== undefined && { ageMonths: person.ageMonths }),
    ...(person.sex && { sex: person.sex }),
    ...(patientKind && { patientKind }),
    ...(test && { test }),
    ...(mobility && { mobility }),
    ...(ownInstitution && { ownInstitution }),
  };
}

export function evolveRequest(request: CareRequest, event: RequestEvent): CareRequest {
  if (event.type === 'RequestReceived') return event.request;
  if (event.type !== 'AnswersAdded') return request;
  return {
    ...request,
    findings: [...new Set([...request.findings, ...event.findings])],
    vitals: { ...request.vitals, ...event.vitals },
    ...(event.need && { need: event.need }),
  };
}
