import { sql } from 'kysely';
import { gapOf } from '../../appointments/index.ts';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { escalateOwed, notice, WARD_HAS_MS } from '../journeys/owed.ts';
import { beginRed, layOut } from './acts.ts';
import { placeExtra } from './sessions.ts';
import { raiseGap, readSeries } from './store.ts';
import { messageOf } from '../start-problem.ts';

const ROUND_MAX = 200;
/** Without a seat before the safe gap is over, the red way begins so long before its end: care is still in time then. Synthetic. */
const BEFORE_GAP_ENDS_MS = 6 * HOUR_MS;
/** A session that nobody has said anything of for so long is over. */
const OVER_MS = 12 * HOUR_MS;

/**
 * Whose safe gap is over, or will be before they have a seat. Each is seen once, on whichever server looks; nobody waits for a person to
 * look at a list.
 */
export async function watchSeries(house: House, afterwards: (journeys: readonly string[]) => void): Promise<void> {
  const { db, city, clock, log } = house;
  const at = clock.now();
  const { rows } = await sql<{ id: string }>`select s.id from series s where s.city = ${city.id} and s.state = 'active' and ${nearTheEnd(at)} order by s.alarm_at limit ${ROUND_MAX}`.execute(db);
  for (const { id } of rows) {
    const journey = await raise(house, id).catch((error: unknown) => void log(`The safe gap of ${id} waits for another look: ${messageOf(error)}`));
    if (journey !== undefined) afterwards([journey]);
  }
  const told = (await escalateOwed(db, city.id, 'series', at)) + (await escalateOwed(db, city.id, 'series_session', at));
  await settleFound(house, at);
  await closePast(house, at);
  if (rows.length + told > 0) await notify(db, { city: city.id, kind: 'series' });
}

/** A seat that will be in time, or is. */
const seatBefore = (end: 'alarm_at' | 'red_at'): ReturnType<typeof sql> => sql`exists (select from booking b join slot l on l.city = b.city and l.id = b.slot
  where b.city = s.city and b.series = s.id and b.state in ('booked', 'checkedIn') and l.starts_at <= s.${sql.ref(end)})`;

/**
 * The end has come; or it comes soon and there is no seat; or there is time left and no seat in it (a first session too late, nobody came, somebody
 * withdrew): then its ward has it before the gap is over, unless a run is still looking.
 */
const nearTheEnd = (at: Instant): ReturnType<typeof sql> => sql`(
  ((s.gap = 'safe' and s.alarm_at <= ${at}) or (s.gap <> 'red' and s.red_at <= ${at})
    or (s.gap <> 'red' and s.alarm_at <= ${at + BEFORE_GAP_ENDS_MS} and not ${seatBefore('alarm_at')}
      and (not ${seatBefore('red_at')} or exists (select from series_session n where n.city = s.city and n.series = s.id and n.state = 'notPlaced')))
    or (s.gap = 'safe' and not ${seatBefore('alarm_at')} and not exists (select from replacement r where r.city = s.city and r.state = 'running')))
  and not exists (select from booking b join slot l on l.city = b.city and l.id = b.slot where b.city = s.city and b.series = s.id and b.state = 'checkedIn' and l.ends_at > ${at - 4 * HOUR_MS}))`;

/** A seat was found while there was still time: nobody has to look after it any more. */
async function settleFound({ db, city }: House, at: Instant): Promise<void> {
  await sql`update series s set gap = 'safe', owner_role = null, owner_scope = null, due_at = null, missed_count = 0
    where s.city = ${city.id} and s.gap = 'alarm' and s.alarm_at > ${at} and ${seatBefore('alarm_at')}`.execute(db);
}

async function raise(house: House, id: string): Promise<string | undefined> {
  const { db, city, clock } = house;
  return db.transaction().execute(async (trx) => {
    const stored = await readSeries(trx, city.id, id, true);
    const at = clock.now();
    const { rows: [still] } = await sql`select s.id from series s where s.city = ${city.id} and s.id = ${id} and s.state = 'active' and ${nearTheEnd(at)}`.execute(trx);
    if (!stored || !still) return undefined;
    const { state, alarmAt } = gapOf(stored.series, at);
    const isNear = alarmAt <= at + BEFORE_GAP_ENDS_MS;
    // Near its end without a seat, or beyond red: it does not wait.
    if (state === 'red' || (state === 'safe' && isNear) || stored.gap === 'alarm') return beginRed(trx, house, stored, stored.series.symptom?.findings ?? [], at);
    // There is time and no seat in it: the software looks before it wakes anybody.
    if (await placeExtra(trx, city.id, stored, house.board.now(), at) !== undefined) return undefined;
    const ward = `institution:${stored.series.institution}`;
    await raiseGap(trx, city.id, id, 'alarm', { role: 'ward', scope: ward }, at + WARD_HAS_MS);
    for (const audience of [ward, `district:${stored.district}`]) await notice(trx, city.id, stored.incident, { audience, code: 'seriesAlarm', facts: { about: id } }, at);
    return undefined;
  });
}

/** Nothing can be done for a session any more whose time is long past: whether it was given stands in the series, and the safe gap watches it. */
async function closePast({ db, city }: House, at: Instant): Promise<void> {
  await sql`update series_session set state = 'over', missing = null, owner_role = null, owner_scope = null, due_at = null
    where city = ${city.id} and state in ('booked', 'notPlaced', 'begun') and starts_at < ${at - OVER_MS}`.execute(db);
  await sql`update series set state = 'active' where city = ${city.id} and state = 'paused' and (series #>> '{paused,until}')::bigint <= ${at}`.execute(db);
}

/** Every active series has its seats for fourteen days; a server that was killed half way leaves the rest to the next look. */
export async function topUpAll(house: House): Promise<void> {
  const { db, city, clock, board, log } = house;
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string }>`select s.id from series s where s.city = ${city.id} and s.state in ('active', 'paused') and s.id > ${after} order by s.id limit ${ROUND_MAX}`.execute(db);
    for (const { id } of rows) {
      await db.transaction().execute(async (trx) => {
        const stored = await readSeries(trx, city.id, id, true);
        if (stored) await layOut(trx, house, stored, board.now(), clock.now());
      }).catch((error: unknown) => log(`The sessions of ${id} wait for another look: ${messageOf(error)}`));
    }
    if (rows.length < ROUND_MAX) return;
    after = rows.at(-1)!.id;
  }
}
