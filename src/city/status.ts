import type { Instant } from '../base/index.ts';
import type { City, Service, ServiceStatus } from './city.ts';

/** What is reported of every service, service first: most questions are about one service in the whole city. */
export type LiveStatus = ReadonlyMap<Service, ReadonlyMap<string, ServiceStatus>>;

/** How a service stands at one moment; nothing but `state` when nobody has reported otherwise. */
export type StatusNow = Pick<ServiceStatus, 'state'> & Partial<ServiceStatus>;

const OPEN: StatusNow = Object.freeze({ state: 'open' });

/** Before `since` and from `until` on, a closure does not hold: what is past its end is open again without anyone having to say so. */
export function statusOf(status: LiveStatus, institution: string, service: Service, instant: Instant): StatusNow {
  const reported = status.get(service)?.get(institution);
  if (!reported || instant < reported.since || (reported.until !== undefined && instant >= reported.until)) return OPEN;
  return reported;
}

/** A new status with one report in it; the old one stays as it was. */
export function withStatus(status: LiveStatus, change: ServiceStatus): LiveStatus {
  const ofService = new Map(status.get(change.service)).set(change.institution, Object.freeze({ ...change }));
  return new Map(status).set(change.service, ofService);
}

/** The city as its files open it. */
export function initialStatus(city: City): LiveStatus {
  return city.closures.reduce(withStatus, new Map() as LiveStatus);
}
