import { overlaps, within, type Instant, type Window } from '../base/index.ts';
import type { City, Service, ServiceStatus } from './city.ts';

/** What is reported of every service, service first: most questions are about one service in the whole city. */
export type LiveStatus = ReadonlyMap<Service, ReadonlyMap<string, Reports>>;

/** What the city's files plan for a service, and what its ward said last: the ward's word replaces the plan where their periods meet. */
interface Reports {
  readonly opening: readonly ServiceStatus[];
  readonly reported?: ServiceStatus;
}

/** How a service stands at one moment; nothing but `state` when nobody has reported otherwise. */
export type StatusNow = Pick<ServiceStatus, 'state'> & Partial<ServiceStatus>;

const OPEN: StatusNow = Object.freeze({ state: 'open' });

/** Before `since` and from `until` on, a closure does not hold: what is past its end is open again without anyone having to say so. */
export function statusOf(status: LiveStatus, institution: string, service: Service, instant: Instant): StatusNow {
  const { opening = [], reported } = status.get(service)?.get(institution) ?? {};
  if (reported && within(periodOf(reported), instant)) return reported;
  return opening.find((planned) => within(periodOf(planned), instant) && !(reported && overlaps(periodOf(planned), periodOf(reported)))) ?? OPEN;
}

/** Who takes its patients at this moment: its stand-in, or whoever stands in for that one while it is shut itself. Undefined where the way ends at a shut door. */
export function standsInNow(status: LiveStatus, standIn: string, service: Service, instant: Instant): string | undefined {
  const seen = new Set<string>();
  for (let next: string | undefined = standIn; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const now = statusOf(status, next, service, instant);
    if (now.state !== 'closed') return next;
    next = now.standIn;
  }
  return undefined;
}

/** A moment at which what was said changes by the clock alone. */
export interface StatusEdge {
  readonly status: ServiceStatus;
  readonly edge: 'begins' | 'ends';
  readonly at: Instant;
}

/** Closures that have begun as they were announced, and what has ended by itself, after `from` until `to`: nobody reports these. */
export function edgesBetween(status: LiveStatus, from: Instant, to: Instant): readonly StatusEdge[] {
  return [...status.values()].flatMap((byHouse) => [...byHouse.values()]).flatMap(({ opening, reported }) => {
    const holds = [...(reported ? [reported] : []), ...opening.filter((planned) => !(reported && overlaps(periodOf(planned), periodOf(reported))))];
    return holds.filter(({ state }) => state !== 'open').flatMap((said): StatusEdge[] => [
      // What was said when it had begun was acted on then.
      ...(said.state === 'closed' && said.since > from && said.since <= to && (said !== reported || said.since > said.reportedAt) ? [{ status: said, edge: 'begins' as const, at: said.since }] : []),
      ...(said.until !== undefined && said.until > from && said.until <= to ? [{ status: said, edge: 'ends' as const, at: said.until }] : []),
    ]);
  });
}

/** A new status with one report in it; the old one stays as it was. */
export function withStatus(status: LiveStatus, change: ServiceStatus): LiveStatus {
  const opening = status.get(change.service)?.get(change.institution)?.opening ?? [];
  return withReports(status, change, { opening, reported: Object.freeze({ ...change }) });
}

/** The city as its files open it. */
export function initialStatus(city: City): LiveStatus {
  return city.closures.reduce((status, planned) => {
    const opening = status.get(planned.service)?.get(planned.institution)?.opening ?? [];
    return withReports(status, planned, { opening: [...opening, planned] });
  }, new Map() as LiveStatus);
}

/** From `since` until before `until`; without `until`, from then on. */
export function periodOf({ since, until }: Pick<ServiceStatus, 'since' | 'until'>): Window {
  return { from: since, ...(until !== undefined && { to: until }) };
}

function withReports(status: LiveStatus, { service, institution }: ServiceStatus, reports: Reports): LiveStatus {
  return new Map(status).set(service, new Map(status.get(service)).set(institution, reports));
}
