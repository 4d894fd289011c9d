import type { FastifyInstance } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { HOUR_MS, type Instant, type Place, type Refusal } from '../../base/index.ts';
import type { Area, City } from '../../city/index.ts';
import type { LockView } from '../../panels/index.ts';
import { townsOf, type PanelDeps } from '../../panels/routes.ts';
import type { Ward } from '../../panels/store.ts';
import { codeField, instantField, invalid, mustBe, notFound, readInput, Refused, type Actor } from '../../people/index.ts';
import { townsTouched } from './area.ts';
import { planView, PLAN_COLUMNS, type PlanRow } from './plans.ts';

/** "Before they ask": everybody in it has a plan within this time of its entry. */
export const PLANS_WITHIN_MS = HOUR_MS;
const OPEN_SHOWN_MAX = 200;
const AREA_BYTES_MAX = 128 * 1_024;

const place = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });
const Lock = z.strictObject({
  towns: z.array(codeField).max(300).default([]),
  area: z.union([
    z.strictObject({ ring: z.array(place).min(3).max(1_000) }), z.strictObject({ centre: place, radiusMeters: z.number().min(20).max(50_000) }),
  ]).optional(),
  from: instantField.optional().describe('Without it: from now on'),
  until: instantField.optional().describe('Without it: until it is ended'),
  reason: z.string().trim().min(1, 'say why, in a few words').max(300),
});

export interface NewLock {
  readonly id: string;
  readonly source: string;
  readonly towns: readonly string[];
  readonly area?: Area;
  readonly from: Instant;
  readonly until?: Instant | undefined;
  readonly reason: string;
  readonly by: string;
}

/** An area is locked: whoever in it needs something again and again gets a plan before they ask. */
export function registerLockRoutes(app: FastifyInstance, deps: PanelDeps & { readonly kick?: () => void }): void {
  const { db, city, incident, at, once } = deps;
  const ward = { city: city.id, incident };
  const tags = ['panels'];

  app.get('/api/areas/locks', { schema: { tags, summary: 'Areas that are locked: how many of how many have their plan, who not and why' } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['committee', 'familyDoctor', 'district', 'city', 'planner']);
    const now = at();
    const towns = actor.role === 'planner' ? [...city.towns.keys()] : townsOf(actor, city);
    return { at: now, locks: await listLocks(db, ward, towns, now) };
  });

  app.post('/api/areas/lock', { bodyLimit: AREA_BYTES_MAX, schema: { tags, summary: 'An area is locked: everybody in it with a recurring need has a plan within the hour', body: Lock } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['committee', 'district', 'city']);
    const said = readInput(Lock, request.body);
    const answer = await once(request, actor, async (transaction) => {
      const now = at();
      const lock = lockedBy(actor, said, city, now, `AL${deps.chance.code(10)}`);
      await storeLock(transaction, ward, lock, now);
      await deps.audit(transaction, actor, 'lockArea', { lock: lock.id, towns: lock.towns, reason: lock.reason });
      await deps.changed(transaction);
      return { at: now, id: lock.id, towns: lock.towns, plansDueAt: now + PLANS_WITHIN_MS };
    });
    deps.kick?.();
    return answer;
  });

  app.post('/api/areas/locks/:id/end', { schema: { tags, summary: 'It is locked no longer; what was begun for people goes on', body: z.strictObject({}) } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['committee', 'district', 'city']);
    const { id } = request.params as { id: string };
    return once(request, actor, async (transaction) => {
      const now = at();
      const { numAffectedRows } = await sql`update area_lock set ended_at = coalesce(ended_at, ${now}) where city = ${ward.city} and incident = ${ward.incident} and id = ${id}
        and (towns <@ ${townsOf(actor, city)}::text[] or by_name = ${actor.name} and source = 'entered:' || id)`.execute(transaction);
      if (numAffectedRows !== 1n) throw notFound();
      await deps.audit(transaction, actor, 'endLock', { lock: id });
      await deps.changed(transaction);
      return { at: now, id };
    });
  });
}

/** @returns false when this source has locked it before */
export async function storeLock(db: Kysely<any>, { city, incident }: Ward, { id, source, towns, area, from, until, reason, by }: NewLock, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into area_lock (city, incident, id, source, towns, area, from_at, until_at, reason, by_name, entered_at, plans_due_at)
    values (${city}, ${incident}, ${id}, ${source}, ${towns}::text[], ${area ? JSON.stringify(area) : null}::jsonb, ${from}, ${until ?? null}, ${reason}, ${by}, ${at}, ${at + PLANS_WITHIN_MS})
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

function lockedBy(actor: Actor, { towns, area, from: begins, until, reason }: z.output<typeof Lock>, city: City, at: Instant, id: string): NewLock {
  const from = begins ?? at;
  const refusals: Refusal[] = towns.flatMap((town, index): Refusal[] => (city.towns.has(town) ? [] : [{ code: 'townUnknown', field: `towns.${index}` }]));
  if (towns.length === 0 && !area) refusals.push({ code: 'lockWithoutArea', field: 'towns' });
  if (until !== undefined && until <= from) refusals.push({ code: 'periodBackwards', field: 'until' });
  else if (until !== undefined && until <= at) refusals.push({ code: 'lockOver', field: 'until' });
  if (area && cornersOf(area).some(({ lon, lat }) => lon < city.bounds.west || lon > city.bounds.east || lat < city.bounds.south || lat > city.bounds.north)) {
    refusals.push({ code: 'pointOutsideCity', field: 'area' });
  }
  const [first, ...rest] = refusals;
  if (first) throw invalid([first, ...rest]);
  const touched = area ? townsTouched(city, area) : [];
  const all = [...new Set([...towns, ...touched])].sort();
  const own = new Set(townsOf(actor, city));
  // A drawn area may touch a neighbour's town by its edge; whoever draws it answers for a part of it at least.
  const answers = towns.every((town) => own.has(town)) && (!area || touched.some((town) => own.has(town)));
  if (!answers) throw new Refused(403, [{ code: 'townNotYours', field: area ? 'area' : 'towns' }]);
  return { id, source: `entered:${id}`, towns: all, ...(area && { area }), from, until, reason, by: actor.name };
}

const cornersOf = (area: Area): readonly Place[] => ('ring' in area ? area.ring : [area.centre]);

interface LockRow {
  readonly id: string; readonly source: string; readonly towns: readonly string[]; readonly from: Instant; readonly until: Instant | null; readonly reason: string; readonly by: string;
  readonly enteredAt: Instant; readonly plansDueAt: Instant; readonly endedAt: Instant | null; readonly toldAt: Instant | null;
  readonly people: number; readonly planned: number; readonly done: number;
}

export async function listLocks(db: Kysely<any>, { city, incident }: Ward, towns: readonly string[], at: Instant): Promise<readonly LockView[]> {
  const { rows: locks } = await sql<LockRow>`
    select l.id, l.source, l.towns, l.from_at as "from", l.until_at as "until", l.reason, l.by_name as by, l.entered_at as "enteredAt", l.plans_due_at as "plansDueAt",
      l.ended_at as "endedAt", l.told_at as "toldAt", coalesce(c.people, 0)::int as people, coalesce(c.planned, 0)::int as planned, coalesce(c.done, 0)::int as done
    from area_lock l left join lateral (
      select count(*) as people, count(*) filter (where not waiting) as planned, count(*) filter (where done) as done from (
        select bool_or(state = 'waiting') as waiting, bool_and(state = 'done') as done from area_plan p
        where p.city = l.city and p.incident = l.incident and p.lock = l.id group by p.member) as person) as c on true
    where l.city = ${city} and l.incident = ${incident} and l.towns && ${towns}::text[]
    order by (l.ended_at is not null or l.until_at <= ${at}), l.entered_at desc limit 50`.execute(db);
  const { rows: open } = await sql<PlanRow & { name: string; phone: string; town: string }>`
    select * from (
      select ${PLAN_COLUMNS}, m.member->>'name' as name, m.member->>'phone' as phone, m.town,
        row_number() over (partition by p.lock order by (p.state <> 'waiting'), p.due_at, p.member) as nth
      from area_plan p join panel_member m on m.city = p.city and m.incident = p.incident and m.id = p.member
      where p.city = ${city} and p.incident = ${incident} and p.lock = any(${locks.map(({ id }) => id)}::text[]) and p.state <> 'done' and m.town = any(${towns}::text[])) as shown
    where nth <= ${OPEN_SHOWN_MAX} order by nth`.execute(db);
  const openOf = Map.groupBy(open, ({ lock }) => lock);
  return locks.map(({ until, endedAt, toldAt, ...lock }) => ({
    ...lock, ...(until !== null && { until }), ...(endedAt !== null && { endedAt }), ...(toldAt !== null && { toldAt }),
    open: (openOf.get(lock.id) ?? []).map((row) => ({ ...planView(row, at), name: row.name, phone: row.phone, town: row.town })),
  }));
}
