import type { JourneyView } from '../journey/index.ts';
import { fhirTime, period, type Reference, type Resource, type Systems } from './fhir.ts';

/** The need and the answer to it. What this actor may not see is not in the view, so it cannot get into the resource. */
export function serviceRequestOf(view: JourneyView, systems: Systems): Resource {
  const { id, need, acuity, pathway, priority, receivedAt, institution, closed, clinical, reasons, policy } = view;
  return {
    resourceType: 'ServiceRequest', id,
    identifier: [systems.identifier('journey', id)],
    contained: [patientOf(view)],
    status: closed === undefined ? 'active' : closed.outcome === 'withdrawn' || closed.outcome === 'joined' ? 'revoked' : 'completed',
    intent: 'order',
    category: [systems.coded('pathway', pathway)],
    priority,
    code: systems.coded('need', need),
    orderDetail: [systems.coded('acuity', acuity)],
    subject: SUBJECT,
    ...(view.booking && !view.booking.cancelled && { occurrencePeriod: period(view.booking.slot.startsAt, view.booking.slot.endsAt) }),
    authoredOn: fhirTime(receivedAt),
    ...(institution && {
      performer: [organizationRef(institution.code, institution.name.en)],
      locationReference: [{ reference: `Location/${institution.code}`, display: institution.name.en }],
    }),
    ...(clinical?.complaint && { reasonCode: [{ text: clinical.complaint }] }),
    // Which clauses decided it, so that the receiving system can say why as well.
    supportingInfo: [{ identifier: systems.identifier('policy', `${policy.id}@${policy.version}`), display: reasons.map(({ clause }) => clause).join(', ') }],
  };
}

export const SUBJECT: Reference = { reference: '#patient', type: 'Patient' };

/** The same person named from another resource, where what is inside the request cannot be pointed at. */
export function subjectOf({ id, person }: JourneyView, systems: Systems): Reference {
  return { type: 'Patient', identifier: systems.identifier('journey', id), display: person.name };
}

/** Inside the request, not beside it: there is no list of patients to be asked for. */
export function patientOf({ person }: JourneyView): Resource {
  return {
    resourceType: 'Patient', id: 'patient',
    name: [{ text: person.name }],
    ...(person.phone && { telecom: [{ system: 'phone', value: person.phone }] }),
    ...(person.sex && { gender: person.sex }),
  };
}

export function organizationRef(code: string, display?: string): Reference {
  return { reference: `Organization/${code}`, type: 'Organization', ...(display && { display }) };
}
