import { accept, refuse, type Instant, type Result } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { ACUITIES, triage, type Acuity, type TriageCase } from '../triage/index.ts';
import type { CareRequest, Contact, Intake, RequestCommand, RequestEvent } from './request.ts';

/** Longest story of a complaint that is kept; the rest belongs in the consulting room. */
export const COMPLAINT_LENGTH_MAX = 500;

/**
 * A request is refused only when nobody could act on it: no such town, no name, no number to call back. Facts that are
 * merely missing never refuse it; they make the decision more urgent.
 */
export function receive(intake: Intake, city: City, id: string, at: Instant): Result<RequestEvent> {
  if (!intake.person.name.trim()) return refuse('nameMissing', undefined, 'person.name');
  if (!intake.person.phone.trim()) return refuse('phoneMissing', undefined, 'person.phone');
  if (!city.towns.has(intake.town)) return refuse('unknownTown', { town: intake.town }, 'town');
  if (intake.atDoor !== undefined && !city.institutions.has(intake.atDoor)) return refuse('unknownInstitution', { institution: intake.atDoor }, 'atDoor');
  if (intake.ownInstitution && !city.institutions.has(intake.ownInstitution)) {
    return refuse('unknownInstitution', { institution: intake.ownInstitution }, 'ownInstitution');
  }
  if (intake.since !== undefined && intake.since > at) return refuse('sinceInFuture', undefined, 'since');
  if (intake.lastSessionAt !== undefined && intake.lastSessionAt > at) {
    return refuse('lastSessionInFuture', undefined, 'lastSessionAt');
  }
  return accept({ type: 'RequestReceived', request: { ...intake, id, receivedAt: at } });
}

/**
 * A second report can only add: what was said once is never taken back by software. What a clinician has looked at is news
 * again when it is said again.
 */
export function addAnswers(
  request: CareRequest,
  findings: readonly string[],
  vitals: CareRequest['vitals'],
): Result<RequestEvent> {
  const lookedAt = request.lowered?.covers.findings ?? [];
  const added = findings.filter((finding) => !request.findings.includes(finding) || lookedAt.includes(finding));
  if (added.length === 0 && Object.keys(vitals).length === 0) return refuse('nothingNew', undefined, 'findings');
  return accept({ type: 'AnswersAdded', findings: added, vitals });
}

/** Who was brought in without a name has one now. What was seen of them (age, sex) stays where nobody says otherwise. */
export function identify(request: CareRequest, { person, town, address }: Extract<RequestCommand, { type: 'identify' }>, city: City): Result<RequestEvent> {
  if (request.unidentified !== true) return refuse('alreadyIdentified', { name: request.person.name });
  if (!person.name.trim()) return refuse('nameMissing', undefined, 'person.name');
  if (!person.phone.trim()) return refuse('phoneMissing', undefined, 'person.phone');
  if (town !== undefined && !city.towns.has(town)) return refuse('unknownTown', { town }, 'town');
  const { ageMonths, sex } = request.person;
  return accept({
    type: 'PersonIdentified', person: { ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }), ...person },
    ...(town !== undefined && { town }), ...(address?.trim() && { address: address.trim() }),
  });
}

/** Who lowers: signed in by name, and how they know the person. */
export interface Clinician {
  readonly id: string;
  readonly name: string;
  readonly contact: Contact;
}

/**
 * Down-triage. Software and reports only raise; a clinician may lower, with a name and a reason, what the tables said on the
 * facts of this moment (`care`). Level I only by somebody who has the person before them: a voice can sound well until it stops.
 */
export function lowerAcuity(
  care: TriageCase, command: Extract<RequestCommand, { type: 'downTriage' }>, clinician: Clinician,
): Result<RequestEvent> {
  const { acuity, fired } = triage(care);
  if (!clinician.name.trim()) return refuse('clinicianNameMissing');
  if (!command.reason.trim()) return refuse('reasonMissing', undefined, 'reason');
  if (!isLower(command.acuity, acuity)) return refuse('notLower', { acuity }, 'acuity');
  if (acuity === 'I' && clinician.contact !== 'inPerson') return refuse('mustBeSeen');
  const { need, findings, vitals, notKnown } = care;
  return accept({
    type: 'AcuityLowered', from: acuity, acuity: command.acuity, reason: command.reason.trim(), by: clinician.id, clinician: clinician.name,
    contact: clinician.contact, rows: fired.map(({ row }) => row),
    covers: { need, findings, vitals, ...(notKnown && { notKnown }) },
  });
}

function isLower(wanted: Acuity, now: Acuity): boolean {
  return ACUITIES.indexOf(wanted) > ACUITIES.indexOf(now);
}
