import { HOUR_MS, type Instant, type Place } from '../base/index.ts';
import type { CareCase, Decision, Transport } from '../policy/index.ts';
import type { Acuity, Lowered } from '../triage/index.ts';

/** How a request came in. One code path serves all of them. */
export const CHANNELS = ['resident', 'hotline', 'committee', 'panel', 'interop', 'door'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Who needs care: the least that is needed to find, reach and treat them. */
export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
}

/** Cohorts that a unit keeps apart. */
export type SeatedWith = 'other' | 'contact' | 'positive';

/** Everything a request can carry when it arrives. Only who, where and what for are needed; the rest sharpens the answer. */
export interface Intake {
  readonly channel: Channel;
  readonly person: Person;
  /** Somebody else speaks for the person: their name and phone, so the call-back reaches a human. */
  readonly proxy?: { readonly name: string; readonly phone: string; readonly relation?: string };
  /** Nobody knows yet who this is: `person` holds what can be seen. */
  readonly unidentified?: true;
  /** Stands at the door of this institution: seen there first, whichever house is nearer. */
  readonly atDoor?: string;
  readonly town: string;
  readonly address: string;
  readonly point?: Place;
  readonly need: CareCase['need'];
  readonly complaint?: string;
  readonly since?: Instant;
  readonly companion?: string;
  readonly groups: CareCase['groups'];
  readonly findings: readonly string[];
  /** Findings that were asked and nobody could tell. */
  readonly notKnown?: readonly string[];
  readonly vitals: CareCase['vitals'];
  readonly patientKind?: CareCase['patientKind'];
  readonly test?: CareCase['test'];
  readonly mobility?: CareCase['mobility'];
  readonly ownInstitution?: string;
  /** Start of the last dialysis session: the safe gap runs from here. */
  readonly lastSessionAt?: Instant;
  /** With whom their unit seats them, which knows more than one test tells: nobody of another cohort shares a room or a car with them. */
  readonly seatedWith?: SeatedWith;
  /** Days of the medicine that are left. */
  readonly medicineDaysLeft?: number;
  readonly medicine?: string;
  /** As the person says them; an empty list says that they were asked and know of none. */
  readonly allergies?: readonly string[];
}

export interface CareRequest extends Intake {
  readonly id: string;
  readonly receivedAt: Instant;
  /** Where a seat is kept for them that was booked before the request began. */
  readonly booked?: NonNullable<CareCase['booked']>;
  readonly lowered?: Lowered & { readonly clinician: string; readonly contact: Contact; readonly reason: string };
}

/** How a clinician came to know the person they speak about. */
export type Contact = 'inPerson' | 'spoken';

/** An option that was tried and failed, so the next decision does not offer it again: an institution, or a way there. */
export type Excluded =
  | { readonly institution: string; readonly transport?: never; readonly cause: 'noSlot' | 'refused' | 'closed' | 'noPlace' }
  | { readonly transport: Transport; readonly institution?: never; readonly cause: 'noCar' };

export type RequestEvent =
  | { readonly type: 'RequestReceived'; readonly request: CareRequest }
  | { readonly type: 'RequestDecided'; readonly decision: Decision; readonly because: DecidedBecause }
  | { readonly type: 'AnswersAdded'; readonly findings: readonly string[]; readonly vitals: CareCase['vitals']; readonly need?: CareCase['need'] }
  /** Down-triage: by whom, on what ground, and which rows of the tables the clinician has looked at. */
  | {
      readonly type: 'AcuityLowered'; readonly from: Acuity; readonly acuity: Lowered['acuity']; readonly reason: string;
      readonly by: string; readonly clinician: string; readonly contact: Contact; readonly rows: readonly string[];
      readonly covers: Lowered['covers'];
    }
  | { readonly type: 'CohortTold'; readonly cohort: SeatedWith }
  | { readonly type: 'PlaceNamed'; readonly institution: string }
  /** It is known now who it is, and where home is. */
  | { readonly type: 'PersonIdentified'; readonly person: Person; readonly town?: string; readonly address?: string }
  /** The same person's other request, which goes on for this one as well. */
  | { readonly type: 'RequestMerged'; readonly into: string }
  | { readonly type: 'RequestWithdrawn'; readonly reason: string }
  | { readonly type: 'RequestClosed'; readonly outcome: Outcome };

export type DecidedBecause = 'received' | 'worse' | 'noSlot' | 'slotMissed' | 'refused' | 'serviceClosed' | 'serviceReopened' | 'noCar' | 'carFound' | 'placeNamed' | 'sentOn' | 'policyChanged' | 'roadsChanged' | 'counterpartsChanged' | 'lowered' | 'appointmentMoved' | 'appointmentLost' | 'cohortTold';
/** `joined`: another request goes on for the same person. */
export type Outcome = 'home' | 'advised' | 'delivered' | 'died' | 'withdrawn' | 'joined';

/** A withdrawal is a sentence by somebody, never a silent end. */
export type RequestCommand =
  | { readonly type: 'submitRequest'; readonly intake: Intake }
  | { readonly type: 'reportWorse'; readonly findings: readonly string[]; readonly vitals?: CareCase['vitals'] }
  | { readonly type: 'downTriage'; readonly acuity: Lowered['acuity']; readonly reason: string }
  /** Their unit says with whom they are seated from now on. */
  | { readonly type: 'tellCohort'; readonly cohort: SeatedWith }
  | { readonly type: 'namePlace'; readonly institution: string }
  | { readonly type: 'withdrawRequest'; readonly reason: string }
  | { readonly type: 'identify'; readonly person: Person; readonly town?: string; readonly address?: string }
  /** This request ends in another one of the same person, who is received there already. */
  | { readonly type: 'mergeInto'; readonly into: string }
  | { readonly type: 'takeInRequest'; readonly from: string; readonly findings: readonly string[]; readonly vitals: CareCase['vitals'] };

/**
 * Red in dialysis whatever the person says: the long gap of a week is 72 hours, and the calendar alone cannot tell a Monday
 * from a missed session. (Alarm at 72 hours, red from 96; a clinician has to confirm it.)
 */
const DIALYSIS_RED_MS = 96 * HOUR_MS;

/** The request as policy and triage read it at this moment. */
export function caseOf(request: CareRequest, instant: Instant): CareCase {
  const { need, groups, vitals, town, patientKind, test, mobility, ownInstitution, booked, atDoor, person, notKnown, lowered, lastSessionAt, seatedWith } = request;
  const overdue = need === 'haemodialysis' && lastSessionAt !== undefined && instant - lastSessionAt >= DIALYSIS_RED_MS;
  const findings = overdue && !request.findings.includes('missedDialysis') ? [...request.findings, 'missedDialysis'] : request.findings;
  return {
    need, groups, findings, vitals, instant, town,
    ...(person.ageMonths !== undefined && { ageMonths: person.ageMonths }),
    ...(person.sex && { sex: person.sex }),
    ...(notKnown && { notKnown }),
    ...(lowered && { lowered }),
    ...(patientKind && { patientKind }),
    // Their unit has them among the infected: an older result does not lead them in by the ordinary door.
    ...(seatedWith === 'positive' && test !== 'positiveAntigen' ? { test: 'positive' as const } : test && { test }),
    ...(mobility && { mobility }),
    ...(ownInstitution && { ownInstitution }),
    ...(booked && { booked }),
    ...(atDoor && { atDoor }),
  };
}

export function evolveRequest(request: CareRequest, event: RequestEvent): CareRequest {
  switch (event.type) {
    case 'RequestReceived':
      return event.request;
    case 'AnswersAdded':
      return withAnswers(request, event);
    case 'CohortTold':
      return { ...request, seatedWith: event.cohort };
    case 'PersonIdentified': {
      const { unidentified: _known, ...known } = request;
      return { ...known, person: event.person, ...(event.town !== undefined && { town: event.town }), ...(event.address !== undefined && { address: event.address }) };
    }
    case 'AcuityLowered': {
      const { acuity, covers, clinician, contact, reason } = event;
      return { ...request, lowered: { acuity, covers, clinician, contact, reason } };
    }
    default:
      return request;
  }
}

function withAnswers(request: CareRequest, { findings, vitals, need }: Extract<RequestEvent, { type: 'AnswersAdded' }>): CareRequest {
  const { lowered } = request;
  const notKnown = request.notKnown?.filter((code) => !findings.includes(code));
  return {
    ...request,
    findings: [...new Set([...request.findings, ...findings])],
    vitals: { ...request.vitals, ...vitals },
    ...(notKnown && { notKnown }),
    ...(need && { need }),
    // Said again after a clinician looked at it: it came back, and what they said no longer covers it.
    ...(lowered && { lowered: { ...lowered, covers: { ...lowered.covers, findings: lowered.covers.findings.filter((code) => !findings.includes(code)) } } }),
  };
}
