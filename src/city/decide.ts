import { DAY_MS, accept, overlaps, refuse, type Instant, type Result, type Window } from '../base/index.ts';
import type { City, Institution, Service, ServiceStatus } from './city.ts';
import { canTakePatientsOf } from './patients.ts';
import { SINCE_MAX_MS, STATUS_RULES, type StatusRules } from './status-rules.ts';
import { periodOf, statusOf, type LiveStatus } from './status.ts';

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
  /** Somebody of the district, where a second person is asked for. Never whoever reports. */
  readonly confirmedBy?: string;
}

/** `ClosingAsked` changes nothing yet: the service is open until a second person has confirmed it. */
export type StatusEvent = { readonly type: 'StatusReported' | 'ClosingAsked'; readonly status: ServiceStatus };

/**
 * A closure has an end and someone who takes its patients, or it is refused: a patient sent to a door that is shut, with
 * nobody behind the next one, is the failure this room exists to prevent. The error to avoid is a unit that stays shut because nobody
 * looked again, so a longer closure has to be reported anew. The order of refusals is what the ward hears first.
 */
export function decide(city: City, status: LiveStatus, command: ReportStatus, rules: StatusRules = STATUS_RULES): Result<StatusEvent> {
  const { institution, service, state, until, standIn, reason, instant, reportedBy, confirmedBy } = command;
  const said = command.since ?? instant;
  const host = city.institutions.get(institution);
  if (!host) return refuse('unknownInstitution', { institution }, 'institution');
  if (!host.services.has(service)) return refuse('serviceNotRun', { institution, service }, 'service');
  const standing = status.get(service)?.get(institution)?.reported;
  if (standing && standing.reportedAt > instant) return refuse('reportOutdated', { saidAt: standing.reportedAt });
  if (Math.abs(said - instant) > SINCE_MAX_MS) return refuse('sinceFarAway', { since: said }, 'since');
  const prolongs = state === 'closed' && standing !== undefined && isProlonged(standing, said);
  const since = prolongs ? standing.since : said;
  // One word stands at a time: the door that is shut now would be shown open because of the day it shuts again.
  if (state !== 'open' && standing && !prolongs && isLost(standing, { from: said, ...(until !== undefined && { to: until }) }, instant)) {
    return refuse('otherReportStands', { since: standing.since, ...(standing.until !== undefined && { until: standing.until }) }, 'since');
  }
  if (until !== undefined && until <= since) return refuse('periodBackwards', { since, until }, 'until');
  if (state === 'closed') {
    if (until === undefined) return refuse('closureWithoutEnd', { institution, service }, 'until');
    if (until - (prolongs ? instant : since) > rules.closureDaysMax * DAY_MS) return refuse('closureTooLong', { daysMax: rules.closureDaysMax }, 'until');
    if (standIn === undefined) return refuse('closureWithoutStandIn', { institution, service }, 'standIn');
  }
  if (standIn !== undefined && !canStandIn(city, status, host, service, standIn, { from: Math.max(since, instant), ...(until !== undefined && { to: until }) })) {
    return refuse('standInCannot', { standIn, service }, 'standIn');
  }
  if (confirmedBy !== undefined && confirmedBy === reportedBy) return refuse('secondPersonIsFirst', {}, 'confirmedBy');
  const report: ServiceStatus = {
    institution, service, state, since, ...(until !== undefined && { until }), ...(reason && { reason }),
    ...(standIn !== undefined && { standIn }), reportedBy, reportedAt: instant,
  };
  // Shut for longer than is allowed, a bit at a time: somebody of the district says so too. Refused, it would be shown open and be shut all the same.
  const tooLong = prolongs && until! - since > rules.closureDaysMax * DAY_MS;
  const waits = state === 'closed' && (tooLong || rules.secondPerson.has(service)) && confirmedBy === undefined;
  return accept({ type: waits ? 'ClosingAsked' : 'StatusReported', status: report });
}

/** The same closure goes on: it began when it began, however often its end is moved. */
function isProlonged(standing: ServiceStatus, since: Instant): boolean {
  return standing.state === 'closed' && standing.since <= since && (standing.until === undefined || since <= standing.until);
}

/** What was said of now or of later, and would hold no longer because of a word about another time. */
function isLost(standing: ServiceStatus, period: Window, instant: Instant): boolean {
  const { from, to = Infinity } = periodOf(standing);
  if (standing.state === 'open' || to <= instant) return false;
  const shutUntilThen = standing.state === 'closed' && from <= instant && period.from > instant;
  return shutUntilThen || from > (period.to ?? Infinity) || period.from > to;
}

/** Another institution that takes the same patients, and is not closed itself at any moment it would have to: two that closed could name each other. */
function canStandIn(city: City, status: LiveStatus, host: Institution, service: Service, standIn: string, period: Window): boolean {
  const substitute = city.institutions.get(standIn);
  if (!substitute || !canTakePatientsOf(host, substitute, service)) return false;
  const { opening = [], reported } = status.get(service)?.get(standIn) ?? {};
  const meets = [...(reported ? [reported] : []), ...opening].filter((one) => one.state === 'closed' && overlaps(periodOf(one), period));
  // Where a plan was taken back by a report, what holds at its first moment in question is asked.
  return meets.every((one) => statusOf(status, standIn, service, Math.max(one.since, period.from)).state !== 'closed');
}
