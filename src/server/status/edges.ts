import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { edgesBetween, type StatusEdge } from '../../city/index.ts';
import { notice } from '../../people/store.ts';
import type { House } from '../house.ts';
import { withFreshLooks } from '../journeys/play.ts';
import { notify } from '../journeys/store.ts';
import { closeSessions } from '../schedules/close-sessions.ts';
import { askWhoeverHasNone, repath } from './repath.ts';
import { announceStatus, behindTheLock, LOOKS_MAX, replaceSeries } from './report.ts';
import { publish } from './store.ts';

/**
 * What was announced begins, and what had an end ends, without anybody pressing anything: whoever is on the way to a door that shuts now goes
 * elsewhere, and that a door is open again is said to everybody. Each is claimed by one row, so that several servers and a killed one tell it once.
 * @returns how many were told
 */
export async function passEdges(house: House, at: Instant): Promise<number> {
  const { db, city, incident, board } = house;
  const passed = edgesBetween(board.now(), incident.startedAt, at);
  if (passed.length === 0) return 0;
  const { rows } = await sql<Named>`select institution, service, said_at as "saidAt", edge, at from status_edge where city = ${city.id}`.execute(db);
  const known = new Set(rows.map(nameOf));
  const fresh = passed.filter((one) => !known.has(nameOf(namedBy(one))));
  let told = 0;
  for (const one of fresh) told += await withFreshLooks(() => db.transaction().execute((trx) => passEdge(trx, house, one, at)), LOOKS_MAX);
  return told;
}

async function passEdge(trx: Kysely<any>, house: House, one: StatusEdge, at: Instant): Promise<number> {
  const { city, incident } = house;
  const latest = await behindTheLock(trx, city);
  // Said otherwise since: then that word holds, and was told when it came.
  if (!edgesBetween(latest, incident.startedAt, at).some((other) => nameOf(namedBy(other)) === nameOf(namedBy(one)))) return 0;
  const { institution, service, saidAt, edge, at: edgeAt } = namedBy(one);
  const { numAffectedRows } = await sql`insert into status_edge (city, institution, service, said_at, edge, at)
    values (${city.id}, ${institution}, ${service}, ${saidAt}, ${edge}, ${edgeAt}) on conflict do nothing`.execute(trx);
  if (numAffectedRows !== 1n) return 0;
  const { status } = one;
  // Seen only when it was over: nobody is led away from a door that is open.
  if (edge === 'begins' && (status.until === undefined || at < status.until)) {
    const now = { ...status, reportedAt: at };
    await publish(trx, city.id, now);
    await repath(trx, house, latest, now);
    await closeSessions(trx, house, status, at);
    await replaceSeries(trx, city.id, incident.id, now);
    await announceStatus(trx, house, latest, now, 'open');
  }
  if (edge === 'ends') {
    const { until: _, reason: __, standIn: ___, ...rest } = status;
    await publish(trx, city.id, { ...rest, state: 'open', since: edgeAt, reportedAt: at });
    if (status.state === 'closed') {
      await notice(trx, city.id, incident.id, { audience: `institution:${institution}`, code: 'closureOver', facts: { service } }, at);
      const { until: ____, ...opened } = status;
      await announceStatus(trx, house, latest, { ...opened, state: 'open', reportedAt: at }, 'closed');
      await askWhoeverHasNone(trx, city, at);
    }
  }
  await notify(trx, { city: city.id, kind: 'status' });
  return 1;
}

interface Named {
  readonly institution: string;
  readonly service: string;
  readonly saidAt: Instant;
  readonly edge: StatusEdge['edge'];
  readonly at: Instant;
}

const namedBy = ({ status: { institution, service, reportedAt }, edge, at }: StatusEdge): Named => ({ institution, service, saidAt: reportedAt, edge, at });
const nameOf = ({ institution, service, saidAt, edge, at }: Named): string => `${institution} ${service} ${saidAt} ${edge} ${at}`;
