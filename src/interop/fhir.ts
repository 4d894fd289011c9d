import { formatInstant, type Instant } from '../base/index.ts';

/**
 * The parts of FHIR R4 (4.0.1) that we speak, element by element as the standard names them. Written from here to FHIR only:
 * what comes in from other systems is checked like any other intake.
 */
export interface Coding {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}
export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}
export interface Identifier {
  readonly system: string;
  readonly value: string;
}
export interface Reference {
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
}
export interface Period {
  readonly start?: string;
  readonly end?: string;
}
export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** `instant` and `dateTime` of FHIR: with seconds and an offset, never without. */
export const fhirTime = (at: Instant): string => formatInstant(at);

export function period(start: Instant | undefined, end: Instant | undefined): Period {
  return { ...(start !== undefined && { start: fhirTime(start) }), ...(end !== undefined && { end: fhirTime(end) }) };
}

/** Code systems of our own, named under the address of this installation, so that two cities never mean each other's. */
export class Systems {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  coded(system: string, code: string, text?: string): CodeableConcept {
    return { coding: [{ system: `${this.base}/fhir/R4/CodeSystem/${system}`, code }], ...(text && { text }) };
  }

  identifier(kind: string, value: string): Identifier {
    return { system: `${this.base}/fhir/R4/NamingSystem/${kind}`, value };
  }
}

export const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const BED_STATUS = 'http://terminology.hl7.org/CodeSystem/v2-0116';

/** A list of what was found, complete: `total` counts what is in it. */
export function searchset(resources: readonly Resource[], self: string): Resource {
  return {
    resourceType: 'Bundle', id: 'search', type: 'searchset', total: resources.length,
    link: [{ relation: 'self', url: self }],
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  };
}

/** What a FHIR client is told instead of a problem document. `code` is of FHIR's issue-type. */
export function operationOutcome(status: number, code: string, field?: string): Resource {
  const type = { 400: 'invalid', 401: 'login', 403: 'forbidden', 404: 'not-found', 409: 'conflict', 429: 'throttled' }[status] ?? 'exception';
  return {
    resourceType: 'OperationOutcome', id: 'problem',
    issue: [{ severity: status >= 500 ? 'fatal' : 'error', code: type, details: { text: code }, ...(field && { expression: [field] }) }],
  };
}
