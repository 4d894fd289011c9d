import type { JourneyView } from '../journey/index.ts';
import { organizationRef, patientOf, SUBJECT, subjectOf } from './care-request.ts';
import { ACT_CODE, fhirTime, period, type Coding, type Resource, type Systems } from './fhir.ts';

/** The slot that was booked; undefined for whoever comes without one. */
export function appointmentOf(view: JourneyView, systems: Systems): Resource | undefined {
  const { booking, arrival } = view;
  if (!booking) return undefined;
  const { slot } = booking;
  const status = booking.cancelled ? 'cancelled' : arrival?.treatedAt !== undefined ? 'fulfilled' : arrival?.arrivedAt !== undefined ? 'arrived' : 'booked';
  return {
    resourceType: 'Appointment', id: booking.id,
    identifier: [systems.identifier('booking', booking.id)],
    status,
    serviceType: [systems.coded('service', slot.service)],
    start: fhirTime(slot.startsAt),
    end: fhirTime(slot.endsAt),
    created: fhirTime(booking.bookedAt),
    basedOn: [{ reference: `ServiceRequest/${view.id}` }],
    participant: [
      { actor: subjectOf(view, systems), status: 'accepted' },
      { actor: { reference: `Location/${slot.institution}`, type: 'Location' }, status: 'accepted' },
    ],
  };
}

/** Where the person is seen: `VR` at a distance, `IMP` admitted, `EMER` in an emergency, otherwise `AMB`. */
export function encounterClass({ pathway, arrival }: Pick<JourneyView, 'pathway' | 'arrival'>): Coding {
  const code = arrival?.admittedAt !== undefined ? 'IMP' : pathway === 'emergency' ? 'EMER' : pathway === 'remote' ? 'VR' : 'AMB';
  const display = { IMP: 'inpatient encounter', EMER: 'emergency', VR: 'virtual', AMB: 'ambulatory' }[code];
  return { system: ACT_CODE, code, display };
}

export function encounterOf(view: JourneyView, systems: Systems): Resource {
  const { id, arrival, visit, closed, institution } = view;
  const begun = arrival?.receivedAt ?? visit?.takenAt;
  const ended = arrival?.treatedAt ?? visit?.answeredAt ?? visit?.sentOnAt;
  const status =
    ended !== undefined ? 'finished'
    : begun !== undefined ? 'in-progress'
    : closed !== undefined ? 'cancelled'
    : arrival?.arrivedAt !== undefined ? 'arrived' : 'planned';
  return {
    resourceType: 'Encounter', id,
    identifier: [systems.identifier('journey', id)],
    contained: [patientOf(view)],
    status,
    class: encounterClass(view),
    priority: systems.coded('acuity', view.acuity),
    subject: SUBJECT,
    basedOn: [{ reference: `ServiceRequest/${id}` }],
    ...(view.booking && !view.booking.cancelled && { appointment: [{ reference: `Appointment/${view.booking.id}` }] }),
    ...(begun !== undefined && { period: period(begun, ended) }),
    ...(institution && {
      location: [{ location: { reference: `Location/${institution.code}`, display: institution.name.en } }],
      serviceProvider: organizationRef(institution.code, institution.name.en),
    }),
  };
}
