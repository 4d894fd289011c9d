import { sql, type Kysely } from 'kysely';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import type { Area } from '../../city/index.ts';
import { hasRecurringNeed, plansFor, type PlanDraft, type PlannedBefore } from '../../panels/index.ts';
import { listTeams, membersIn } from '../../panels/store.ts';
import { notice } from '../../people/store.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { livesIn } from './area.ts';
import { elsewhereOf, seriesOf } from './elsewhere.ts';

/** Told again of what is still not done. */
const AGAIN_MS = HOUR_MS;

interface LockRow {
  readonly area: Area | null;
  readonly until: Instant | null;
  readonly plansDueAt: Instant;
  readonly enteredAt: Instant;
}

type HouseOf = Pick<House, 'db' | 'city' | 'clock' | 'incident'>;

/** Locks that stand or are about to, oldest first. */
export async function standingLocks({ db, city, clock, incident }: HouseOf): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from area_lock where city = ${city.id} and incident = ${incident.id} and ended_at is null
    and (until_at is null or until_at > ${clock.now()}) order by entered_at`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Writes down what is owed to everybody in the area who has no plan for it yet: also to whoever has moved in, joined a team or been found to
 * need something since. Town by town, each in one transaction behind the lock's own row, so that two servers never plan the same person twice
 * and a whole city never stands in memory.
 * @returns how many rows are new
 */
export async function layOutPlans(house: HouseOf, lock: string): Promise<number> {
  const { db, city, incident } = house;
  const { rows: [found] } = await sql<{ towns: readonly string[] }>`select towns from area_lock where city = ${city.id} and incident = ${incident.id} and id = ${lock}`.execute(db);
  let fresh = 0;
  for (const town of found?.towns ?? []) fresh += await layOutTown(house, lock, town);
  return fresh;
}

async function layOutTown(house: HouseOf, lock: string, town: string): Promise<number> {
  const { db, city, clock, incident } = house;
  const ward = { city: city.id, incident: incident.id };
  return db.transaction().execute(async (trx) => {
    const { rows: [row] } = await sql<LockRow>`select area, until_at as "until", plans_due_at as "plansDueAt", entered_at as "enteredAt" from area_lock
      where city = ${city.id} and incident = ${incident.id} and id = ${lock} and ended_at is null for update skip locked`.execute(trx);
    if (!row) return 0;
    const at = clock.now();
    const inside = livesIn(city, row.area ?? undefined);
    const members = (await membersIn(trx, ward, town)).map(({ member }) => member).filter(inside);
    const keys = members.map(({ key }) => key);
    const [elsewhere, series, teams] = [await elsewhereOf(house, trx, keys, at), await seriesOf(house, trx, keys), new Map((await listTeams(trx, ward)).map((team) => [team.id, team]))];
    const { rows: made } = await sql<PlannedBefore & { member: string }>`select member, need, key, state, outcome, facts from area_plan
      where city = ${city.id} and incident = ${incident.id} and lock = ${lock} and member = any(${members.map(({ id }) => id)}::text[])`.execute(trx);
    const before = Map.groupBy(made, ({ member }) => member);
    const now = { ...(row.until !== null && { until: row.until }), plansDueAt: Math.max(row.plansDueAt, at) };
    const fresh: { readonly member: string; readonly draft: PlanDraft }[] = [];
    for (const member of members) {
      const [known, own] = [elsewhere.get(member.key) ?? {}, series.get(member.key) ?? []];
      if (!hasRecurringNeed(member, known, own)) continue;
      const scope = `town:${teams.get(member.team)?.towns[0] ?? member.town}`;
      for (const draft of plansFor(member, known, own, now, before.get(member.id) ?? [], scope, at)) fresh.push({ member: member.id, draft });
    }
    await storePlans(trx, house, lock, fresh, at);
    await markLockedIn(trx, house, lock, members.filter(({ lockedIn }) => lockedIn === undefined || lockedIn.at < row.enteredAt).map(({ id }) => id), at);
    if (fresh.length > 0) await notify(trx, { city: city.id, kind: 'panels' });
    return fresh.length;
  });
}

async function storePlans(trx: Kysely<any>, { city, incident }: HouseOf, lock: string, plans: readonly { readonly member: string; readonly draft: PlanDraft }[], at: Instant): Promise<void> {
  if (plans.length === 0) return;
  const rows = plans.map(({ member, draft: { owner, dueAt, ...draft } }) => ({
    member, ...draft, owner_role: owner.role, owner_scope: owner.scope, due_at: dueAt, planned_at: draft.state === 'waiting' ? null : at, done_at: draft.state === 'done' ? at : null,
  }));
  await sql`insert into area_plan (city, incident, lock, member, need, key, state, outcome, owner_role, owner_scope, due_at, journey, facts, planned_at, done_at)
    select ${city.id}, ${incident.id}, ${lock}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      member text, need text, key text, state text, outcome text, owner_role text, owner_scope text, due_at bigint, journey text, facts jsonb, planned_at bigint, done_at bigint)
    on conflict do nothing`.execute(trx);
}

/** So that they stand on their team's list: whoever is behind a gate since this morning has not been heard of behind it. */
async function markLockedIn(trx: Kysely<any>, { city, incident }: HouseOf, lock: string, members: readonly string[], at: Instant): Promise<void> {
  if (members.length === 0) return;
  await sql`update panel_member set version = version + 1, due_at = least(due_at, ${at}), member = member || ${JSON.stringify({ lockedIn: { lock, at } })}::jsonb
    where city = ${city.id} and incident = ${incident.id} and id = any(${members}::text[])`.execute(trx);
}

/** Whoever was to be called has been heard from; whoever has left is owed nothing by us. */
export async function closeCalls({ db, city, clock, incident }: HouseOf): Promise<number> {
  const { numAffectedRows = 0n } = await sql`update area_plan p set state = 'done', done_at = ${clock.now()}, outcome = case when not m.active then 'left' when p.need = 'call' then 'spokenWith' else 'askedBefore' end
    from panel_member m where p.city = ${city.id} and p.incident = ${incident.id} and p.state <> 'done'
      and m.city = p.city and m.incident = p.incident and m.id = p.member
      and (not m.active or (p.state = 'open' and (p.need = 'call' and (m.member->>'lastContactAt')::bigint >= p.planned_at
        or p.need in ('refill', 'visit') and (m.member->'raised'->>'at')::bigint >= p.planned_at)))`.execute(db);
  return Number(numAffectedRows);
}

/** Plans whose time is over: the district hears of each, then the city, again every hour; and once of a lock whose hour has passed. */
export async function escalateLatePlans({ db, city, clock, incident }: HouseOf): Promise<number> {
  const at = clock.now();
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ lock: string; town: string; told: 'district' | 'city' }>`with late as materialized (
        select p.lock, p.member, p.need, p.key from area_plan p where p.city = ${city.id} and p.incident = ${incident.id} and p.state <> 'done'
          and p.due_at + p.missed_count * ${AGAIN_MS}::bigint <= ${at} for update skip locked)
      update area_plan p set missed_count = missed_count + 1, told = case when missed_count = 0 then 'district' else 'city' end
      from late join panel_member m on m.city = ${city.id} and m.incident = ${incident.id} and m.id = late.member
      where p.city = ${city.id} and p.incident = ${incident.id} and p.lock = late.lock and p.member = late.member and p.need = late.need and p.key = late.key
      returning p.lock, m.town, p.told`.execute(trx);
    for (const [lock, late] of Map.groupBy(rows, (row) => row.lock)) {
      const told = Map.groupBy(late, (row) => row.told === 'city' ? 'city' : `district:${city.towns.get(row.town)?.district ?? ''}`);
      for (const [audience, { length: plans }] of told) await notice(trx, city.id, incident.id, { audience, code: 'plansLate', facts: { lock, plans } }, at);
    }
    const { rows: passed } = await sql<{ id: string; towns: readonly string[]; plans: number }>`update area_lock l set told_at = ${at} from (
        select lock, count(*)::int as plans from area_plan where city = ${city.id} and incident = ${incident.id} and state = 'waiting' group by lock) as waiting
      where l.city = ${city.id} and l.incident = ${incident.id} and l.told_at is null and l.plans_due_at <= ${at} and l.ended_at is null and waiting.lock = l.id
      returning l.id, l.towns, waiting.plans`.execute(trx);
    for (const { id, towns, plans } of passed) {
      const districts = new Set(towns.map((town) => `district:${city.towns.get(town)?.district ?? ''}`));
      for (const audience of [...districts, 'city']) await notice(trx, city.id, incident.id, { audience, code: 'plansLate', facts: { lock: id, plans } }, at);
    }
    if (rows.length + passed.length > 0) await notify(trx, { city: city.id, kind: 'panels' });
    return rows.length;
  });
}
