import { sql } from 'kysely';
import { decide, initialStatus, withStatus, type City, type LiveStatus, type ReportStatus, type ServiceStatus } from '../city/index.ts';
import { listStatus, storeStatus } from '../city/store.ts';
import { conflict } from '../people/index.ts';
import { writeAudit } from './audit.ts';
import { closeSessions } from './schedules/status.ts';
import type { House } from './house.ts';
import { notify } from './journeys/store.ts';
import { askReplacement } from './replacement/ask.ts';

/**
 * Still at home, with the seat of a standing series: all of these are placed together by one run over every unit of the city. Each asking for
 * itself, those who come last would find nothing within their safe gap.
 */
const placedByRun = sql`(story #>> '{custody,-1,holder}' = 'home' and exists (select from booking b where b.city = journey.city and b.journey = journey.id and b.series is not null and b.state = 'booked'))`;

/** Its coming sessions need other seats: the run is wanted in the transaction that closes it, so that no server can forget it. */
async function replaceSeries(trx: House['db'], city: string, incident: string, { institution, service, reason, until, reportedAt: at, reportedBy: by }: ServiceStatus): Promise<void> {
  const { rows } = await sql`select from series where city = ${city} and institution = ${institution} and service = ${service} and state = 'active'
    union all select from booking where city = ${city} and institution = ${institution} and service = ${service} and series is not null and state = 'booked' limit 1`.execute(trx);
  if (rows.length > 0) await askReplacement(trx, city, { incident, institution, service, by, at, reason: reason ?? 'closed', ...(until !== undefined && { until }) });
}

/** How every service stands, in memory of every server: decisions read it, and no request waits for a query. */
export interface StatusBoard {
  now(): LiveStatus;
  reload(): Promise<void>;
}

export function statusBoard(city: City, db: House['db']): StatusBoard {
  let status = initialStatus(city);
  return {
    now: () => status,
    async reload() {
      status = (await listStatus(db, city.id)).reduce(withStatus, initialStatus(city));
    },
  };
}

/**
 * A ward reports. Closing a service sends every open request decided for it back to policy, by errands stored together with
 * the report: whoever was on the way there is not forgotten, even if the server stops right now.
 * @returns the report, and the journeys that are asked again
 */
export async function reportStatus(house: House, command: ReportStatus): Promise<{ status: ServiceStatus; asked: readonly string[] }> {
  const { city, db, board, incident } = house;
  const answer = await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} status`}, 0))`.execute(trx);
    // Two closures at once must not name each other as stand-in, so the rows are read again behind the lock.
    const latest = (await listStatus(trx, city.id)).reduce(withStatus, initialStatus(city));
    const decided = decide(city, latest, command);
    if (!decided.ok) throw conflict(decided.refusal);
    const { status } = decided.value;
    await storeStatus(trx, city.id, status);
    await writeAudit(trx, city.id, incident.id, { at: command.instant, by: { id: command.reportedBy, role: 'ward' }, what: 'reportStatus', facts: status });
    const { rows } = status.state !== 'closed' ? { rows: [] } : await sql<{ journey: string }>`
      insert into errand (city, journey, command, created_at)
      select city, id, '{"type":"askPolicyAgain","because":"serviceClosed"}'::jsonb, ${command.instant} from journey
      where city = ${city.id} and state = 'open' and institution = ${status.institution} and service = ${status.service} and not ${placedByRun}
      returning journey`.execute(trx);
    await closeSessions(trx, house, status, command.instant);
    if (status.state === 'closed') await replaceSeries(trx, city.id, incident.id, status);
    await notify(trx, { city: city.id, kind: 'status' });
    return { status, asked: rows.map(({ journey }) => journey) };
  });
  await board.reload();
  return answer;
}
