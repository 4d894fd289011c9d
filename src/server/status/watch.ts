import { sql } from 'kysely';
import { MINUTE_MS, type Instant } from '../../base/index.ts';
import { notice } from '../../people/store.ts';
import type { House } from '../house.ts';
import { escalateOwed } from '../journeys/owed.ts';
import { notify } from '../journeys/store.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';
import { passEdges } from './edges.ts';
import { repathLatecomers } from './repath.ts';
import { listMatters, openMatter } from './store.ts';

const LOOKS_EVERY_MS = 15_000;
/** Closures so young are looked at for somebody who was decided beside them. */
const LOOK_BACK_MS = 3 * MINUTE_MS;
/** So long a house has to say how it stands once it was asked. */
const ANSWER_MS = 30 * MINUTE_MS;

export function openStatusWatch(house: House): Rounds {
  return openRounds(async () => {
    try {
      await watchStatus(house, house.clock.now());
    } catch (error) {
      house.log(`What is said of services waits for another look: ${messageOf(error)}`);
    }
  }, LOOKS_EVERY_MS);
}

/**
 * A house that has said nothing for too long is asked, once for all of its services, and everything that waits for somebody is told on. Read from
 * rows behind constraints, so it may run on several servers at once and after a kill.
 * @returns how many were asked or told on
 */
export async function watchStatus(house: House, at: Instant): Promise<number> {
  const { db, city, incident, board } = house;
  await board.reload();
  const unknown = Map.groupBy(board.standings(at).filter(({ state }) => state === 'unknown'), ({ institution }) => institution);
  const asked = new Set((await listMatters(db, city.id, incident.id)).filter(({ kind }) => kind === 'unknown').map(({ institution }) => institution));
  let changed = await passEdges(house, at);
  for (const institution of asked) {
    if (unknown.has(institution)) continue;
    await sql`delete from status_matter where city = ${city.id} and incident = ${incident.id} and kind = 'unknown' and institution = ${institution}`.execute(db);
    changed++;
  }
  for (const [institution, services] of unknown) {
    if (asked.has(institution)) continue;
    const owner = { role: 'ward', scope: `institution:${institution}` } as const;
    changed += await db.transaction().execute(async (trx) => {
      const opened = await openMatter(trx, city.id, incident.id, { institution, service: '', district: city.institutions.get(institution)!.district, kind: 'unknown', openedAt: at, owner, dueAt: at + ANSWER_MS });
      if (opened === undefined) return 0;
      await notice(trx, city.id, incident.id, { audience: owner.scope, code: 'statusUnknown', facts: { services: services.length } }, at);
      return 1;
    });
  }
  for (const { reported } of [...board.now().values()].flatMap((byHouse) => [...byHouse.values()])) {
    if (reported?.state !== 'closed') continue;
    const began = Math.max(reported.reportedAt, reported.since);
    if (at >= began && at - began < LOOK_BACK_MS) await repathLatecomers({ db, city }, { ...reported, reportedAt: began }, at);
  }
  changed += await escalateOwed(db, city.id, 'status_matter', at);
  if (changed > 0) await notify(db, { city: city.id, kind: 'status' });
  return changed;
}
