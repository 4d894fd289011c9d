import type { Institution, Service } from './city.ts';

/** An emergency and a birth are never sent on because of age, except from a children's hospital. */
const SEES_WHOEVER_COMES: ReadonlySet<Service> = new Set<Service>(['emergency', 'obstetrics']);
/** Age makes no difference to a pharmacy's counter or a doctor's call. */
const AGELESS: ReadonlySet<Service> = new Set<Service>(['cloudClinic', 'pharmacy']);

/** Whether a child (or, without `children`, an adult or someone of unknown age) is seen in this service here. */
export function sees(institution: Institution, service: Service, children = false): boolean {
  const offer = institution.services.get(service);
  if (!offer) return false;
  if (!children) return offer.childrenOnly !== true || service === 'paediatrics';
  return offer.children === true || SEES_WHOEVER_COMES.has(service) || AGELESS.has(service);
}

/** Whether `substitute` can take everyone who would have come to `host` for this service. */
export function canTakePatientsOf(host: Institution, substitute: Institution, service: Service): boolean {
  if (substitute.code === host.code || !substitute.services.has(service)) return false;
  return [true, false].every((children) => !sees(host, service, children) || sees(substitute, service, children));
}
