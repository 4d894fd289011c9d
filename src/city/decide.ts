import { DAY_MS, accept, refuse, type Instant, type Result } from '../base/index.ts';
import type { City, Institution, Service, ServiceStatus } from './city.ts';
import { canTakePatientsOf } from './patients.ts';
import { statusOf, type LiveStatus } from './status.ts';

/** A ward says how its service stands. `instant` is when it is said; `since` when it began, now if absent. */
export interface ReportStatus {
  readonly type: 'reportStatus';
  readonly instant: Instant;
  readonly institution: string;
  readonly service: Service;
  readonly state: ServiceStatus['state'];
  readonly since?: Instant;
  readonly until?: Instant;
  readonly reason?: NonNullable<ServiceStatus['reason']>;
  readonly standIn?: string;
  readonly reportedBy: string;
}

export interface StatusReported {
  readonly type: 'StatusReported';
  readonly status: ServiceStatus;
}

/**
 * "Closure in principle no longer than two days" (national rule of April 2022). The error to avoid is a unit that stays
 * shut because nobody looked again: a longer one has to be reported anew.
 */
export const CLOSURE_DAYS_MAX = 2;

/**
 * A closure has an end and someone who takes its patients, or it is refused: a patient sent to a door that is shut, with
 * nobody behind the next one, is the failure this room exists to prevent. The order of refusals is what the ward hears first.
 */
export function decide(
  city: City, status: LiveStatus, command: ReportStatus, closureDaysMax: number = CLOSURE_DAYS_MAX,
): Result<StatusReported> {
  const { institution, service, state, until, standIn, reason, instant, reportedBy } = command;
  const since = command.since ?? instant;
  const host = city.institutions.get(institution);
  if (!host) return refuse('unknownInstitution', { institution }, 'institution');
  if (!host.services.has(service)) return refuse('serviceNotRun', { institution, service }, 'service');
  if (until !== undefined && until <= since) return refuse('periodBackwards', { since, until }, 'until');
  if (state === 'closed') {
    if (until === undefined) return refuse('closureWithoutEnd', { institution, service }, 'until');
    if (until - since > closureDaysMax * DAY_MS) return refuse('closureTooLong', { daysMax: closureDaysMax }, 'until');
    if (standIn === undefined) return refuse('closureWithoutStandIn', { institution, service }, 'standIn');
  }
  if (standIn !== undefined && !canStandIn(city, status, host, service, standIn, Math.max(since, instant))) {
    return refuse('standInCannot', { standIn, service }, 'standIn');
  }
  return accept({
    type: 'StatusReported',
    status: {
      institution, service, state, since, ...(until !== undefined && { until }), ...(reason && { reason }),
      ...(standIn !== undefined && { standIn }), reportedBy, reportedAt: instant,
    },
  });
}

/** Another institution that takes the same patients, and is not closed itself when it would have to begin. */
function canStandIn(city: City, status: LiveStatus, host: Institution, service: Service, standIn: string, instant: Instant): boolean {
  const substitute = city.institutions.get(standIn);
  if (!substitute || !canTakePatientsOf(host, substitute, service)) return false;
  return statusOf(status, standIn, service, instant).state !== 'closed';
}
