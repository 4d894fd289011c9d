import { accept, refuse, type Instant, type Result } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { CareRequest, Intake, RequestEvent } from './request.ts';

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
  if (intake.ownInstitution && !city.institutions.has(intake.ownInstitution)) {
    return refuse('unknownInstitution', { institution: intake.ownInstitution }, 'ownInstitution');
  }
  if (intake.since !== undefined && intake.since > at) return refuse('sinceInFuture', undefined, 'since');
  if (intake.lastSessionAt !== undefined && intake.lastSessionAt > at) {
    return refuse('lastSessionInFuture', undefined, 'lastSessionAt');
  }
  return accept({ type: 'RequestReceived', request: { ...intake, id, receivedAt: at } });
}

/** A second report can only add: what was said once is never taken back by software. */
export function addAnswers(
  request: CareRequest,
  findings: readonly string[],
  vitals: CareRequest['vitals'],
): Result<RequestEvent> {
  const added = findings.filter((finding) => !request.findings.includes(finding));
  if (added.length === 0 && Object.keys(vitals).length === 0) return refuse('nothingNew', undefined, 'findings');
  return accept({ type: 'AnswersAdded', findings: added, vitals });
}
