import type { Instant, Text } from '../base/index.ts';
import type { Service } from '../city/index.ts';
import type { Acuity, FiredRow, TriageCase } from '../triage/index.ts';

export const PATIENT_KINDS = ['highRiskArea', 'isolationPoint', 'greenCode', 'nonGreenSpecial', 'none'] as const;
export type PatientKind = (typeof PATIENT_KINDS)[number];

export const TEST_STATES = ['valid', 'expired', 'none', 'positiveAntigen', 'positive'] as const;
/** A test is an attribute that chooses where and how, never whether. */
export type TestState = (typeof TEST_STATES)[number];

export const MOBILITIES = ['walks', 'wheelchair', 'stretcher'] as const;
export type Mobility = (typeof MOBILITIES)[number];

/** What a decision may know. Whatever is absent is unknown, and unknown takes the more urgent or better-attended branch. */
export interface CareCase extends TriageCase {
  readonly instant?: Instant;
  /** Nine-digit town code. */
  readonly town?: string;
  readonly patientKind?: PatientKind;
  readonly test?: TestState;
  readonly mobility?: Mobility;
  /** Has an institution of their own for this need (a dialysis unit, the hospital of registration): asked first. */
  readonly ownInstitution?: string;
  /** A seat is kept for them there: where they go, as long as that service takes them. */
  /** Stands at the door of this institution, and is not sent across the city to another. */
  readonly atDoor?: string;
  readonly booked?: { readonly institution: string; readonly service: Service };
}

export const PATHWAYS = ['emergency', 'visit', 'remote'] as const;
export type Pathway = (typeof PATHWAYS)[number];
/** FHIR request-priority. */
export type Priority = 'stat' | 'asap' | 'urgent' | 'routine';
export const TRANSPORTS = ['ambulance', 'specialCar', 'own', 'none'] as const;
export type Transport = (typeof TRANSPORTS)[number];
/** Which door: `bufferZone` tests in parallel with treatment, so that no result stands before care. */
export const ENTRY_CHANNELS = ['direct', 'bufferZone', 'none'] as const;
export type EntryChannel = (typeof ENTRY_CHANNELS)[number];

/**
 * The links of the chain (a person reaches care only if every link holds), in the order they can occur.
 * `findPlace` appears only when no institution is open: somebody then owns the search, so it is a step and not an end. It is
 * the first step, except in an emergency, where the unit leaves before anyone searches.
 */
export const LINK_KINDS = [
  'findPlace', 'sendUnit', 'slot', 'release', 'pass', 'assignCar', 'pickUp', 'travel', 'bring', 'receive', 'treat',
  'consult', 'dispense', 'deliver', 'returnCar', 'returnPickUp', 'returnTravel', 'returnHome', 'confirmHome',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Who answers for a link. `system` never owns one: software does work, a person answers for it. */
export const LINK_OWNERS = [
  'dispatcher', 'crew', 'committee', 'driver', 'ward', 'gate', 'cloudDoctor', 'pharmacist', 'familyDoctor', 'resident',
  'district', 'city',
] as const;
export type LinkOwner = (typeof LINK_OWNERS)[number];

export interface PlannedLink {
  readonly kind: LinkKind;
  readonly owner: LinkOwner;
  /** From the moment the link becomes the next step. */
  readonly dueSeconds: number;
}

export interface Reason {
  /** `ZZ-7-green`, `LAW-doctors-27`, `triage`: the clause's identity in its file. */
  readonly clause: string;
  readonly text: Text;
}

export interface RuledOut {
  /** What was not chosen: `pathway:visit`, `transport:own`, `institution:ZZ-H-003`. */
  readonly option: string;
  readonly clause: string;
  readonly text: Text;
}

export interface Entry {
  /** Whether the door asks for a test result. Never a condition of treatment: without one, `via` is the buffer zone. */
  readonly testRequired: boolean;
  readonly via: EntryChannel;
}

/** `guardianPresent`: a child under six is seen online with a guardian. `controlledDrugsInPerson`: never prescribed online. */
export type Safeguard = 'guardianPresent' | 'controlledDrugsInPerson';

/** What kind of place treats this: the service that an institution must run. */
export const VENUE_KINDS = [
  'emergencyDepartment', 'feverClinic', 'dialysisUnit', 'designatedInstitution', 'maternityUnit', 'paediatricClinic',
  'radiotherapyUnit', 'chemotherapyUnit', 'inpatientWard', 'outpatientClinic', 'specialistClinic', 'expertClinic',
  'cloudClinic',
] as const;
export type VenueKind = (typeof VENUE_KINDS)[number];

export interface Decision {
  readonly policy: { readonly id: string; readonly version: string };
  readonly city?: { readonly id: string; readonly version: string };
  readonly policyInForce: boolean;
  readonly acuity: Acuity;
  readonly fired: readonly FiredRow[];
  /** Version of the triage tables: with policy and city, what a replay needs. */
  readonly tableVersion: string;
  readonly pathway: Pathway;
  readonly priority: Priority;
  readonly venueKind: VenueKind;
  readonly service: Service;
  /** Institution code; absent without a city, or when the chain has to begin with `findPlace`. */
  readonly institution?: string;
  readonly transport: Transport;
  /** What fetches the person if this way there cannot be had; absent where the policy names nothing else. */
  readonly transportElse?: Transport;
  readonly closedLoop: boolean;
  /** Seen by appointment and time slot (never an emergency department). */
  readonly byAppointment: boolean;
  /** Pregnant, elderly, child, disabled: served first among equals, step-free, companion allowed. */
  readonly greenChannel: boolean;
  readonly entry: Entry;
  /** What the visit at a distance has to observe; empty on every other pathway. */
  readonly safeguards: readonly Safeguard[];
  readonly links: readonly PlannedLink[];
  readonly reasons: readonly Reason[];
  readonly ruledOut: readonly RuledOut[];
  /** Facts that would have made the decision surer, to be asked next. */
  readonly missing: readonly string[];
}
