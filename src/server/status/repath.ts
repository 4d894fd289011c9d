import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { withStatus, type LiveStatus, type ServiceStatus } from '../../city/index.ts';
import { handle, type Story } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import { worldOf, type House } from '../house.ts';
import { storeTold } from '../journeys/play.ts';
import { scopesOf } from '../journeys/store.ts';
import { messageOf } from '../start-problem.ts';

type Told = Parameters<typeof storeTold>[2][number];

const COMMAND = { type: 'askPolicyAgain', because: 'serviceClosed' } as const;
const OPEN_AGAIN = { type: 'askPolicyAgain', because: 'serviceReopened' } as const;
/** So many are written by one statement. */
const BATCH_MAX = 100;

/**
 * Still at home, with the seat of a standing series: all of these are placed together by one run over every unit of the city. Each asking for
 * itself, those who come last would find nothing within their safe gap.
 */
const placedByRun = sql`(story #>> '{custody,-1,holder}' = 'home' and exists (select from booking b where b.city = journey.city and b.journey = journey.id and b.series is not null and b.state = 'booked'))`;

/** Still at home, and their hour is after its end: it will be open for them, and a seat that was hard to find is not taken away for nothing. */
const isOpenForThem = (until: Instant | undefined) => sql`(story #>> '{custody,-1,holder}' = 'home' and exists (select from booking b join slot l on l.city = b.city and l.id = b.slot
  where b.city = journey.city and b.journey = journey.id and b.state = 'booked' and l.institution = journey.institution and l.starts_at >= ${until ?? null}::bigint))`;

const concerned = (city: string, { institution, service, until }: ServiceStatus) =>
  sql`city = ${city} and state = 'open' and institution = ${institution} and service = ${service} and not ${placedByRun} and not ${isOpenForThem(until)}`;

/**
 * Everybody whose way led to a service that closes has another next step in the transaction that closes it. Whom somebody is working on at this
 * moment, and whoever is left if one of them cannot be decided, is asked by an errand stored in the same transaction: later by a moment, and
 * never forgotten, which is the smaller error than a ward that cannot close.
 * @returns all of them
 */
export async function repath(trx: Kysely<any>, house: House, before: LiveStatus, status: ServiceStatus): Promise<readonly string[]> {
  const { city } = house;
  const done = await atOnce(trx, house, withStatus(before, status), status);
  const { rows } = await sql<{ journey: string }>`insert into errand (city, journey, command, created_at)
    select city, id, ${JSON.stringify(COMMAND)}::jsonb, ${status.reportedAt} from journey
    where ${concerned(city.id, status)} and id <> all(${done}::text[])
    returning journey`.execute(trx);
  return [...done, ...rows.map(({ journey }) => journey)];
}

async function atOnce(trx: Kysely<any>, house: House, now: LiveStatus, status: ServiceStatus): Promise<readonly string[]> {
  const { city, board } = house;
  await sql`savepoint repath`.execute(trx);
  try {
    const { rows } = await sql<{ story: Story }>`select story from journey where ${concerned(city.id, status)} order by id for update skip locked`.execute(trx);
    const at = status.reportedAt;
    const world = worldOf({ ...house, board: { ...board, now: () => now } }, SYSTEM, at);
    const asked: string[] = [];
    const told = rows.flatMap(({ story: was }): Told[] => {
      const answer = handle(was, COMMAND, world);
      // An answer that nothing has to change is an answer.
      asked.push(was.id);
      if (!answer.ok) return [];
      const { story, events, errands, claims } = answer.value;
      return [{ entry: { story, events, errands, actor: SYSTEM, at, scopesBefore: scopesOf(was, city) }, claims }];
    });
    for (let from = 0; from < told.length; from += BATCH_MAX) await storeTold(trx, city, told.slice(from, from + BATCH_MAX));
    return asked;
  } catch (error) {
    await sql`rollback to savepoint repath`.execute(trx);
    house.log(`Those who were on their way to ${status.institution} are asked one by one: ${messageOf(error)}`);
    return [];
  }
}

/** Nobody in the city could take them, and somebody searches by hand: what has opened again may be what they wait for. @returns all of them */
export async function askWhoeverHasNone(trx: Kysely<any>, city: House['city'], at: Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ journey: string }>`insert into errand (city, journey, command, created_at)
    select city, id, ${JSON.stringify(OPEN_AGAIN)}::jsonb, ${at} from journey where city = ${city.id} and state = 'open' and institution is null
      and (story -> 'links' @> '[{"kind": "findPlace", "state": "open"}]' or story -> 'links' @> '[{"kind": "findPlace", "state": "waiting"}]')
    returning journey`.execute(trx);
  return rows.map(({ journey }) => journey);
}

/** Decided by a server that had not heard of the closure yet, and stored behind it: asked once. */
export async function repathLatecomers({ db, city }: Pick<House, 'db' | 'city'>, status: ServiceStatus, at: number): Promise<number> {
  const { reportedAt } = status;
  const { numAffectedRows } = await sql`insert into errand (city, journey, command, created_at)
    select city, id, ${JSON.stringify(COMMAND)}::jsonb, ${at} from journey
    where ${concerned(city.id, status)} and received_at >= ${reportedAt - LATE_MS} and received_at <= ${reportedAt + LATE_MS}
      and not exists (select from errand e where e.city = journey.city and e.journey = journey.id and e.command ->> 'because' = 'serviceClosed' and e.created_at >= ${reportedAt})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Nobody decides with a picture older than this. */
const LATE_MS = 60_000;
