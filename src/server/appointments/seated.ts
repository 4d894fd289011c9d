import type { BookableService } from '../../appointments/index.ts';
import type { City, Service } from '../../city/index.ts';

/** Whoever comes is seen, a screen is no seat, and a counter has no hour. */
const NOT_BY_SLOT: ReadonlySet<Service> = new Set<Service>(['emergency', 'cloudClinic', 'pharmacy']);

export const isBySeat = (service: Service): service is BookableService => !NOT_BY_SLOT.has(service);

/** Seats by appointment that the city's institutions offer. */
export function seatedServices(city: City): readonly { readonly institution: string; readonly service: BookableService; readonly seats: number }[] {
  return [...city.institutions.values()].flatMap(({ code, services }) =>
    [...services.values()].flatMap(({ service, seatsPerSlot }) => (isBySeat(service) && seatsPerSlot >= 1 ? [{ institution: code, service, seats: seatsPerSlot }] : [])));
}
