import { sql, type Kysely } from 'kysely';
import { MINUTE_MS, type Instant } from '../../base/index.ts';
import { seatAt, type Story } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import { silentFrom, type NextPlace } from '../../reception/index.ts';
import { caseOf } from '../../requests/index.ts';
import { worldOf, type House } from '../house.ts';
import { notice } from '../journeys/owed.ts';
import { notify } from '../journeys/store.ts';
import { demandedOf, soonestReceivedMs } from '../policies/demanded.ts';
import { messageOf } from '../start-problem.ts';
import { openRefusalCase, personTakenOver } from './open.ts';
import { actOnRefusal, COLUMNS, type StoredRefusal } from './store.ts';

const ROUND_MAX = 100;

/**
 * Refusals that nobody reports: whoever stands at a door, or was checked in for an hour that has passed, and was not received in time. Each is
 * seen once, on whichever server looks first. Then the clocks of the cases themselves.
 */
export async function watchRefusals(house: House): Promise<void> {
  const { db, city, incident, clock, log } = house;
  const at = clock.now();
  const standing = await standingAtDoors(db, city.id, incident.id, at, soonestReceivedMs(house, 'I'));
  for (const id of standing) {
    await db.transaction().execute((trx) => openBySilence(trx, house, id)).catch((error: unknown) => log(`Whoever waits at a door is looked at again: ${messageOf(error)}`));
  }
  await keepNextReady(house, at);
  await watchCheckedIn(house, at);
  await tellOn(house, at);
}

/** A look at whoever may be waiting too long; who really does is decided behind the lock. */
async function standingAtDoors(db: Kysely<any>, city: string, incident: string, at: Instant, within: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select j.id from journey j
    where j.city = ${city} and j.incident = ${incident} and j.state = 'open' and j.step = 'receive'
      and (j.story #>> '{arrival,arrivedAt}')::bigint <= ${at - within} and j.story #>> '{arrival,receivedAt}' is null
      and not exists (select from refusal_case r where r.city = j.city and r.journey = j.id and r.over_at is null and r.call is null and r.about = 'institution:' || (j.story #>> '{arrival,institution}'))
    order by (j.story #>> '{arrival,arrivedAt}')::bigint limit ${ROUND_MAX}`.execute(db);
  return rows.map(({ id }) => id);
}

async function openBySilence(trx: Kysely<any>, house: House, id: string): Promise<void> {
  const { city, clock } = house;
  const { rows: [row] } = await sql<{ story: Story }>`select story from journey where city = ${city.id} and id = ${id} and state = 'open' for update skip locked`.execute(trx);
  const story = row?.story;
  const at = clock.now();
  const silent = story?.arrival && silentFrom(story.arrival, story.decision.acuity, seatAt(story), demandedOf(house, story.arrival.institution));
  if (!story || !silent || silent.at > at) return;
  await openRefusalCase(trx, house, {
    institution: story.arrival!.institution, source: silent.source, journey: id, acuity: story.decision.acuity, next: nextIfRefused(house, story, at), at, reportedBy: { role: 'system' },
  });
}

/**
 * Where they would go if this door stays shut. They are not sent there: a ward that is treating somebody and forgot to press is likelier than
 * one that lets them stand, and taking a patient out of a treatment room is the worse error. One press of whoever stands there, or of the officer, sends them.
 */
function nextIfRefused(house: House, story: Story, at: Instant): NextPlace {
  const { institution } = worldOf(house, SYSTEM, at).decide(caseOf(story.request, at), [...story.excluded, { institution: story.arrival!.institution, cause: 'refused' }]);
  return institution === undefined ? { state: 'searched' } : { institution, state: 'held' };
}

/** What was kept ready closes, or fills, while they wait: no officer reads of a door that has shut since. */
async function keepNextReady(house: House, at: Instant): Promise<void> {
  const { db, city, incident } = house;
  const { rows } = await sql<{ id: string; next: NextPlace; story: Story }>`select r.id, r.refusal -> 'next' as next, j.story from refusal_case r join journey j on j.city = r.city and j.id = r.journey
    where r.city = ${city.id} and r.incident = ${incident.id} and r.over_at is null and r.closed_at is null and j.state = 'open' and r.refusal ->> 'source' in ('notReceived', 'appointmentPassed')
      and r.about = 'institution:' || (j.story #>> '{arrival,institution}') and j.story #>> '{arrival,receivedAt}' is null order by r.due_at limit ${ROUND_MAX}`.execute(db);
  for (const { id, next, story } of rows) {
    const now = nextIfRefused(house, story, at);
    if (now.institution === next.institution) continue;
    const { numAffectedRows } = await sql`update refusal_case set refusal = jsonb_set(refusal, '{next}', ${JSON.stringify(now)}::jsonb)
      where city = ${city.id} and id = ${id} and refusal -> 'next' = ${JSON.stringify(next)}::jsonb and over_at is null`.execute(db);
    if (numAffectedRows === 1n) await notify(db, { city: city.id, kind: 'refusals' });
  }
}

/** Checked in for a seat that belongs to no open request: the hour and its grace are over. Seen since, or gone: the case hears that too. */
async function watchCheckedIn(house: House, at: Instant): Promise<void> {
  const { db, city, incident } = house;
  const { rows: late } = await sql<{ id: string; institution: string; startsAt: Instant }>`select b.id, b.institution, l.starts_at as "startsAt" from booking b join slot l on l.city = b.city and l.id = b.slot
    where b.city = ${city.id} and b.incident = ${incident.id} and b.state = 'checkedIn' and b.journey is null and l.starts_at <= ${at - soonestReceivedMs(house, 'IV')}
      and not exists (select from refusal_case r where r.city = b.city and r.booking = b.id) limit ${ROUND_MAX}`.execute(db);
  for (const { id, institution, startsAt } of late) {
    if (startsAt + demandedOf(house, institution).receivedMinutes.IV * MINUTE_MS > at) continue;
    await db.transaction().execute((trx) => openRefusalCase(trx, house, { institution, source: 'appointmentPassed', booking: id, at, reportedBy: { role: 'system' } }));
  }
  const { rows: seen } = await sql<{ id: string; state: string }>`select b.id, b.state from refusal_case r join booking b on b.city = r.city and b.id = r.booking
    where r.city = ${city.id} and r.over_at is null and (b.state <> 'checkedIn' or b.journey is not null) limit ${ROUND_MAX}`.execute(db);
  for (const { id, state } of seen) {
    await db.transaction().execute((trx) => personTakenOver(trx, city.id, { booking: id }, { how: state === 'fulfilled' ? 'received' : 'ended' }, at));
  }
}

/** Not taken, not decided, or the person still with nobody: told on to the command centre, again and again. The owner stays until another takes it by name. */
async function tellOn({ db, city, log }: House, at: Instant): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<StoredRefusal>`select ${COLUMNS} from refusal_case where city = ${city.id} and due_at <= ${at} order by due_at limit ${ROUND_MAX} for update skip locked`.execute(trx);
    for (const stored of rows) {
      const { refusal: { id, about, dueAt }, incident } = stored;
      await actOnRefusal(trx, city.id, stored, { type: 'missDeadline', dueAt: dueAt! }, SYSTEM, at);
      await notice(trx, city.id, incident, { audience: 'city', code: 'refusalLate', facts: { refusal: id, about, lateMinutes: Math.floor((at - dueAt!) / MINUTE_MS) } }, at);
    }
    if (rows.length > 0) await notify(trx, { city: city.id, kind: 'refusals' });
  }).catch((error: unknown) => log(`The clocks of refusals are looked at again: ${messageOf(error)}`));
}
