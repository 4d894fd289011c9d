import { cloudServiceOf, returnsAt, stateOf, type ClinicEvent } from '../../clinic/index.ts';
import { clinicBook } from '../../clinic/load.ts';
import type { DispensedRow, VisitRow } from '../../clinic/store.ts';
import { openLink, type JourneyEvent, type Story } from '../../journey/index.ts';
import { personKey } from '../person-key.ts';

/** What can move a visit to another desk: everything else in a journey leaves the rows alone. */
const OF_CLINIC: ReadonlySet<JourneyEvent['type']> = new Set<ClinicEvent['type'] | JourneyEvent['type']>([
  'VisitQueued', 'VisitTaken', 'VisitReturned', 'MessageSent', 'CallOffered', 'VisitAnswered', 'VisitSentOn', 'PrescriptionChecked', 'PrescriptionQueried',
  'PrescriptionAmended', 'Dispensed', 'MedicineHandedOver', 'MedicineSpoiled', 'Delivered', 'RequestDecided', 'RequestClosed',
]);

export function concernsClinic(events: readonly JourneyEvent[], { visit }: Story): boolean {
  return visit !== undefined && events.some(({ type }) => OF_CLINIC.has(type));
}

/** What leaves the shelf, comes back to it, or reaches nobody's home. */
export function concernsDispensed(events: readonly JourneyEvent[], { visit }: Story): boolean {
  return events.some(({ type }) => type === 'Dispensed' || type === 'MedicineSpoiled' || (visit?.dispensed && (type === 'Delivered' || type === 'RequestDecided' || type === 'RequestClosed')));
}

/** The visit of a story as the clinic's desks list it. */
export function visitRow({ id, visit, request, decision, closed }: Story): VisitRow | undefined {
  if (!visit) return undefined;
  // Before all of their acuity: who says it got worse waits for no promise.
  const promisedAt = visit.promisedAt === undefined ? undefined : Math.min(visit.promisedAt, visit.lookBy === undefined ? Infinity : visit.queuedAt, visit.readBy ?? Infinity);
  const { doctor, takenAt, answeredAt } = visit;
  const state = stateOf(visit, !closed && decision.pathway === 'remote', !closed);
  return {
    journey: id, visit: visit.id, institution: visit.institution, state, acuity: decision.acuity, queuedAt: visit.queuedAt,
    service: visit.service ?? cloudServiceOf({ need: request.need, groups: request.groups, ...(request.person.ageMonths !== undefined && { ageMonths: request.person.ageMonths }) }),
    ...(promisedAt !== undefined && { promisedAt }), ...(doctor !== undefined && { doctor }), ...(takenAt !== undefined && { takenAt }),
    ...(answeredAt !== undefined && { answeredAt }),
    ...(state === 'taken' && { returnsAt: returnsAt(visit, clinicBook()) }),
  };
}

/** What left the shelf in this story and was not spoilt. What lies at the pharmacy while its person was taken elsewhere is not at home. */
export function dispensedRows({ id, incident, visit, request, decision, closed }: Story): readonly DispensedRow[] {
  if (visit?.deliveredAt === undefined && (closed || decision.pathway !== 'remote')) return [];
  return (visit?.dispensed ?? []).map((item, place) => ({ ...item, incident, journey: id, visit: visit!.id, place, personKey: personKey(incident, request.person) }));
}

/** Whose step it is: who answers a pharmacist's question owns it. */
export function dueOf(story: Story): { readonly dueAt?: number; readonly late: boolean } {
  const open = openLink(story);
  return { ...(open?.dueAt !== undefined && { dueAt: open.dueAt }), late: (open?.missed.length ?? 0) > 0 };
}
