import type { Instant } from '../base/index.ts';
import { SERVICES, statusOf, type City, type Institution, type LiveStatus, type Service, type StatusNow } from '../city/index.ts';
import { organizationRef } from './care-request.ts';
import { BED_STATUS, fhirTime, period, type Coding, type Resource, type Systems } from './fhir.ts';

/** HL7 table 0116: `H` while it is disinfected, `I` behind a cordon, `C` closed otherwise, `O` when there is hardly room, `U` open. */
export function operationalStatus({ state, reason }: StatusNow): Coding {
  if (state === 'open') return { system: BED_STATUS, code: 'U', display: 'Unoccupied' };
  if (state === 'limited') return { system: BED_STATUS, code: 'O', display: 'Occupied' };
  if (reason === 'disinfection') return { system: BED_STATUS, code: 'H', display: 'Housekeeping' };
  if (reason === 'cordon') return { system: BED_STATUS, code: 'I', display: 'Isolated' };
  return { system: BED_STATUS, code: 'C', display: 'Closed' };
}

/** The whole house is as its emergency department is; a house without one, as its first service. */
export function locationOf(institution: Institution, status: LiveStatus, at: Instant, systems: Systems): Resource {
  const leading = institution.services.has('emergency') ? 'emergency' : SERVICES.find((service) => institution.services.has(service));
  const now = leading ? statusOf(status, institution.code, leading, at) : { state: 'open' as const };
  return {
    resourceType: 'Location', id: institution.code,
    identifier: [systems.identifier('institution', institution.code)],
    status: now.state === 'closed' ? 'suspended' : 'active',
    operationalStatus: operationalStatus(now),
    name: institution.name.zh,
    alias: [institution.name.en],
    mode: 'instance',
    position: { longitude: institution.place.lon, latitude: institution.place.lat },
    managingOrganization: organizationRef(institution.code, institution.name.en),
  };
}

export function healthcareServiceOf(institution: Institution, service: Service, status: LiveStatus, at: Instant, systems: Systems): Resource {
  const now = statusOf(status, institution.code, service, at);
  return {
    resourceType: 'HealthcareService', id: `${institution.code}-${service}`,
    identifier: [systems.identifier('service', `${institution.code}-${service}`)],
    active: now.state !== 'closed',
    providedBy: organizationRef(institution.code, institution.name.en),
    type: [systems.coded('service', service)],
    location: [{ reference: `Location/${institution.code}` }],
    name: `${institution.name.en}: ${service}`,
    // An emergency department is never behind an appointment.
    appointmentRequired: service !== 'emergency' && service !== 'pharmacy',
    ...(now.state !== 'open' && {
      comment: [now.state, now.reason, now.standIn && `patients to ${now.standIn}`].filter(Boolean).join('; '),
    }),
    ...(now.state === 'closed' && { notAvailable: [{ description: now.reason ?? 'closed', during: period(now.since, now.until) }] }),
  };
}

export function healthcareServices(city: City, status: LiveStatus, at: Instant, systems: Systems): readonly Resource[] {
  return [...city.institutions.values()].flatMap((institution) =>
    [...institution.services.keys()].map((service) => healthcareServiceOf(institution, service, status, at, systems)));
}

/** EDXL-HAVE colours: green runs, amber runs with limits, red takes nobody. */
const COLOUR = { open: 'Green', limited: 'Amber', closed: 'Red' } as const;

/** Every institution and service in the manner of EDXL-HAVE 2.0, for command centres that read it. */
export function haveReport(city: City, status: LiveStatus, at: Instant): string {
  const facilities = [...city.institutions.values()].map((institution) => {
    const services = [...institution.services.keys()].map((service) => {
      const now = statusOf(status, institution.code, service, at);
      const note = [now.reason, now.standIn && `patients to ${now.standIn}`, now.until !== undefined && `until ${fhirTime(now.until)}`].filter(Boolean).join('; ');
      return `      <serviceListItem><serviceName>${service}</serviceName><serviceStatus><colourStatus>${COLOUR[now.state]}</colourStatus>`
        + `${note && `<comment>${xml(note)}</comment>`}</serviceStatus></serviceListItem>`;
    });
    const { code, name, place } = institution;
    return `  <facility>
    <facilityInformation><facilityID>${xml(code)}</facilityID><facilityName>${xml(name.zh)}</facilityName><facilityGeoLocation><pos>${place.lat} ${place.lon}</pos></facilityGeoLocation></facilityInformation>
    <serviceList>
${services.join('\n')}
    </serviceList>
  </facility>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<HAVE xmlns="urn:oasis:names:tc:emergency:edxl:have:2.0">
  <reportingPeriod>${fhirTime(at)}</reportingPeriod>
${facilities.join('\n')}
</HAVE>
`;
}

function xml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
