import { sql, type Kysely } from 'kysely';
import { MINUTE_MS } from '../../base/index.ts';
import { decide, initialStatus, statusOf, withStatus, type City, type LiveStatus, type ReportStatus, type Service, type ServiceStatus } from '../../city/index.ts';
import { listStatus, storeStatus } from '../../city/store.ts';
import { conflict, type Actor } from '../../people/index.ts';
import { notice } from '../../people/store.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { withFreshLooks } from '../journeys/play.ts';
import { notify } from '../journeys/store.ts';
import { askReplacement } from '../replacement/ask.ts';
import { closeSessions } from '../schedules/close-sessions.ts';
import { askWhoeverHasNone, repath } from './repath.ts';
import { endMatter, openMatter, publish } from './store.ts';

type Db = Kysely<any>;

/** So long a second person has; a ward that has to close has to know soon. */
const CONFIRM_MS = 15 * MINUTE_MS;
/** A closing takes hold of hundreds of stories while others work on them: PostgreSQL gives one of two that wait for each other up, and it is done again. */
export const LOOKS_MAX = 6;
/** Clocks of two servers differ by so much at most: a report is never older than the last one because of that. */
const CLOCKS_DIFFER_MS = 5_000;

/** What came of a report: it holds, or it waits for a second person. */
export interface Reported {
  readonly status: ServiceStatus;
  /** Nothing is closed yet. */
  readonly waits: boolean;
  /** Journeys that are asked again. */
  readonly asked: readonly string[];
}

/**
 * A ward reports. Whoever was on the way to a service that closes has another next step when this is answered.
 */
export async function reportStatus(house: House, command: ReportStatus, actor: Actor): Promise<Reported> {
  const { city, db, board, incident } = house;
  const answer = await withFreshLooks(() => db.transaction().execute(async (trx): Promise<Reported> => {
    const latest = await behindTheLock(trx, city);
    const { type, status } = decideOn(house, latest, command);
    const about = { institution: status.institution, service: status.service };
    await writeAudit(trx, city.id, incident.id, { at: command.instant, by: actor, what: type === 'ClosingAsked' ? 'askClosing' : 'reportStatus', facts: status });
    if (type === 'StatusReported') {
      // Whoever says that it is open takes back what they asked for; said to be limited it still has to close.
      if (status.state !== 'limited') await endMatter(trx, city.id, incident.id, 'closing', about.institution, about.service);
      return { status, waits: false, asked: await apply(trx, house, latest, status) };
    }
    const district = city.institutions.get(status.institution)!.district;
    const owner = { role: 'district', scope: `district:${district}` } as const;
    await openMatter(trx, city.id, incident.id, { ...about, district, kind: 'closing', asked: status, askedName: actor.name, openedAt: command.instant, owner, dueAt: command.instant + CONFIRM_MS });
    await notice(trx, city.id, incident.id, { audience: owner.scope, code: 'closingAsked', facts: { ...about, until: status.until! } }, command.instant);
    await notify(trx, { city: city.id, kind: 'status' });
    return { status, waits: true, asked: [] };
  }), LOOKS_MAX);
  await board.reload();
  return answer;
}

/** Two closures at once must not name each other as stand-in, so the rows are read again behind the lock. */
export async function behindTheLock(trx: Db, city: City): Promise<LiveStatus> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} status`}, 0))`.execute(trx);
  return (await listStatus(trx, city.id)).reduce(withStatus, initialStatus(city));
}

/** @throws Refused */
export function decideOn({ city, board }: House, latest: LiveStatus, command: ReportStatus) {
  const standing = latest.get(command.service)?.get(command.institution)?.reported?.reportedAt ?? command.instant;
  const instant = standing - command.instant <= CLOCKS_DIFFER_MS ? Math.max(standing, command.instant) : command.instant;
  const decided = decide(city, latest, { ...command, instant }, board.rules(command.institution));
  if (!decided.ok) throw conflict(decided.refusal);
  return decided.value;
}

/** The report holds from here: stored, published, told, and everybody it concerns has their next step, all in one transaction. */
export async function apply(trx: Db, house: House, before: LiveStatus, status: ServiceStatus): Promise<readonly string[]> {
  const { city, incident } = house;
  const { institution, service, state, reportedAt: at } = status;
  const was = before.get(service)?.get(institution)?.reported?.state ?? 'open';
  await storeStatus(trx, city.id, status);
  if (state !== 'open' || was !== 'open') await publish(trx, city.id, status);
  const asked = state === 'closed' && status.since <= at ? await repath(trx, house, before, status) : [];
  await closeSessions(trx, house, status, at);
  if (state === 'closed') await replaceSeries(trx, city.id, incident.id, status);
  await announceStatus(trx, house, before, status, was);
  await notify(trx, { city: city.id, kind: 'status' });
  return state !== 'closed' && was === 'closed' ? askWhoeverHasNone(trx, city, at) : asked;
}

/** Who takes its patients hears it, the district that answers hears it, and the command centre; and whose own patients it was to take. */
export async function announceStatus(trx: Db, { city, incident }: House, before: LiveStatus, { institution, service, state, standIn, until, reportedAt }: ServiceStatus, was: ServiceStatus['state']): Promise<void> {
  if (state !== 'closed' && was !== 'closed') return;
  const district = city.institutions.get(institution)!.district;
  if (state === 'closed') {
    for (const code of before.get(service)?.keys() ?? []) {
      const other = statusOf(before, code, service, reportedAt);
      if (other.state !== 'closed' || other.standIn !== institution) continue;
      await notice(trx, city.id, incident.id, { audience: `institution:${code}`, code: 'standInClosed', facts: { institution, service, ...(standIn && { next: standIn }) } }, reportedAt);
    }
  }
  for (const audience of [...(standIn ? [`institution:${standIn}`] : []), `district:${district}`, 'city']) {
    await notice(trx, city.id, incident.id, { audience, code: state === 'closed' ? 'serviceClosed' : 'serviceReopened', facts: { institution, service, ...(until !== undefined && { until }) } }, reportedAt);
  }
}

/** Its coming sessions need other seats: the run is wanted in the transaction that closes it, so that no server can forget it. */
export async function replaceSeries(trx: Db, city: string, incident: string, { institution, service, reason, until, reportedAt: at, reportedBy: by }: ServiceStatus): Promise<void> {
  const { rows } = await sql`select from series where city = ${city} and institution = ${institution} and service = ${service} and state = 'active'
    union all select from booking where city = ${city} and institution = ${institution} and service = ${service} and series is not null and state = 'booked' limit 1`.execute(trx);
  if (rows.length > 0) await askReplacement(trx, city, { incident, institution, service, by, at, reason: reason ?? 'closed', ...(until !== undefined && { until }) });
}

/** How many hang on a service now: said before it is closed. */
export async function dependingOn(db: Db, city: string, institution: string, service: Service): Promise<{ readonly journeys: number; readonly bookings: number; readonly series: number }> {
  const { rows: [row] } = await sql<{ journeys: number; bookings: number; series: number }>`select
    (select count(*)::int from journey where city = ${city} and state = 'open' and institution = ${institution} and service = ${service}) as journeys,
    (select count(*)::int from booking where city = ${city} and institution = ${institution} and service = ${service} and state = 'booked' and journey is null) as bookings,
    (select count(*)::int from series where city = ${city} and institution = ${institution} and service = ${service} and state = 'active') as series`.execute(db);
  return row!;
}

