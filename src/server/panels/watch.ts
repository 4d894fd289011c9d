import { sql, type Kysely } from 'kysely';
import { SECOND_MS, type Instant } from '../../base/index.ts';
import { evolveMember, type Alert, type Member } from '../../panels/index.ts';
import { membersByKey, saveMembers, type MemberRow } from '../../panels/store.ts';
import { notice } from '../../people/store.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { escalateLateKnocks } from './knocks.ts';
import { personKey } from '../person-key.ts';

/** What was being written while we looked is found by the next look; found twice, it is one. */
const OVERLAP_MS = 10 * SECOND_MS;
const MOVED_MAX = 200;

/** Everything of the teams that waits for nobody's button: doors nobody went to, transfers nobody answered, and news from people themselves. */
export async function watchPanels(house: House): Promise<void> {
  await escalateLateKnocks(house);
  await escalateLateTransfers(house);
  await hearOfMembers(house);
}

type HouseOf = Pick<House, 'db' | 'city' | 'clock' | 'incident'>;

/** A yes or no that nobody has given: the old team goes on, and the districts of both hear that somebody has to say it. */
export async function escalateLateTransfers({ db, city, clock, incident }: HouseOf): Promise<number> {
  const at = clock.now();
  const ward = { city: city.id, incident: incident.id };
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<MemberRow>`select member, version from panel_member where city = ${city.id} and incident = ${incident.id}
      and transfer_to is not null and transfer_due_at <= ${at} and member->'transfer'->'lateAt' is null order by id limit ${MOVED_MAX} for update skip locked`.execute(trx);
    if (rows.length === 0) return 0;
    await saveMembers(trx, ward, rows.map(({ member, version }) => ({ version, member: evolveMember(member, { type: 'TransferLate' }, at)! })), at);
    const { rows: districts } = await sql<{ town: string }>`select distinct unnest(towns) as town from panel_team where city = ${city.id} and incident = ${incident.id}
      and id = any(${rows.flatMap(({ member }) => [member.team, member.transfer!.to])}::text[])`.execute(trx);
    for (const district of new Set(districts.map(({ town }) => city.towns.get(town)?.district ?? ''))) await notice(trx, city.id, incident.id, { audience: `district:${district}`, code: 'transferLate', facts: { transfers: rows.length } }, at);
    await notify(trx, { city: city.id, kind: 'panels' });
    return rows.length;
  });
}

interface Heard {
  readonly journey: string;
  readonly at: Instant;
  readonly kind: Alert['kind'];
  readonly name: string;
  readonly phone: string;
}

/**
 * People who asked for themselves because of a fever, or who said that it got worse, stand first on their team's list. How far we have looked
 * is a row, behind which one server at a time looks: a killed one leaves nobody out.
 */
export async function hearOfMembers({ db, city, clock, incident }: HouseOf): Promise<number> {
  const at = clock.now();
  const ward = { city: city.id, incident: incident.id };
  await sql`insert into panel_watched (city, incident, looked_until) values (${city.id}, ${incident.id}, ${incident.startedAt}) on conflict do nothing`.execute(db);
  return db.transaction().execute(async (trx) => {
    const { rows: [watched] } = await sql<{ until: Instant }>`select looked_until as "until" from panel_watched where city = ${city.id} and incident = ${incident.id} for update skip locked`.execute(trx);
    if (!watched) return 0;
    const heard = await newsSince(trx, ward, watched.until - OVERLAP_MS);
    const byKey = new Map(heard.map((news) => [personKey(incident.id, news), news]));
    const told = byKey.size === 0 ? [] : (await membersByKey(trx, ward, [...byKey.keys()])).flatMap(({ member, version }) => {
      const { journey, at: when, kind } = byKey.get(member.key)!;
      return isNews(member, journey, when) ? [{ version, member: evolveMember(member, { type: 'HeardFrom', alert: { journey, at: when, kind } }, at)! }] : [];
    });
    // Whoever was being written to at this moment is found again within the overlap.
    const saved = await saveMembers(trx, ward, told, at);
    await sql`update panel_watched set looked_until = greatest(looked_until, ${at}) where city = ${city.id} and incident = ${incident.id}`.execute(trx);
    if (saved > 0) await notify(trx, { city: city.id, kind: 'panels' });
    return saved;
  });
}

/** What the team raised itself it knows; and whoever has been spoken with since is no news. */
function isNews({ alert, lastContactAt = 0, raised, left }: Member, journey: string, at: Instant): boolean {
  return !left && (alert === undefined || alert.at < at) && lastContactAt < at && !(raised?.journey === journey && raised.at >= at);
}

/** In the order in which it was said, so that of one person the latest counts. */
async function newsSince(trx: Kysely<any>, { city, incident }: { readonly city: string; readonly incident: string }, since: Instant): Promise<readonly Heard[]> {
  const { rows } = await sql<Heard>`
    select * from (
      select id as journey, received_at as at, 'fever' as kind, story->'request'->'person'->>'name' as name, story->'request'->'person'->>'phone' as phone
      from journey where city = ${city} and incident = ${incident} and received_at > ${since}
        and (need = 'fever' or story->'request'->'findings' ?| array['fever', 'feverOnChemotherapy', 'feverFiveDays']) and story->'request'->>'channel' <> 'panel'
      union all
      select j.id, e.happened_at, 'worse', j.story->'request'->'person'->>'name', j.story->'request'->'person'->>'phone'
      from event e join journey j on j.city = e.city and j.id = e.journey
      where e.city = ${city} and j.incident = ${incident} and e.type = 'AnswersAdded' and e.happened_at > ${since} and e.actor_role <> 'familyDoctor') as heard
    order by at`.execute(trx);
  return rows;
}
