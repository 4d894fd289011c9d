import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, type Instant } from '../../base/index.ts';
import { evolveMember, KNOCK_FOUND, raise, recordKnock, type KnockView, type PanelEvent } from '../../panels/index.ts';
import { townsOf, type PanelDeps } from '../../panels/routes.ts';
import { addKnock, findMember, finishKnock, knockExists, listKnocks, listTeams, saveMember } from '../../panels/store.ts';
import { conflict, mustBe, notFound, readInput } from '../../people/index.ts';
import { notice } from '../../people/store.ts';
import { NEEDS } from '../../triage/index.ts';
import { notify } from '../journeys/store.ts';
import type { House } from '../house.ts';

/** Nobody has been there yet: the district is told, and again. */
const AGAIN_MS = HOUR_MS;

const Done = z.strictObject({
  found: z.enum(KNOCK_FOUND), note: z.string().trim().max(500).optional(),
  need: z.enum(NEEDS).default('generalOutpatient').describe('Of somebody who needs care: what for'), findings: z.array(z.string().min(1).max(50)).max(30).default([]),
});

/** Somebody goes to the door: the committee's list, and what was found there. */
export function registerKnockRoutes(app: FastifyInstance, deps: PanelDeps): void {
  const { db, city, incident, at, once } = deps;
  const ward = { city: city.id, incident };
  const tags = ['panels'];

  app.get('/api/panels/knocks', { schema: { tags, summary: 'At whose door somebody has to knock, the most urgent first' } }, async (request): Promise<{ at: Instant; knocks: readonly KnockView[] }> => {
    const actor = mustBe(deps.actorOf(request), ['committee', 'familyDoctor', 'district', 'city']);
    const now = at();
    const teams = new Map((await listTeams(db, ward)).map((team) => [team.id, team]));
    const rows = await listKnocks(db, ward, actor.role === 'city' ? undefined : townsOf(actor, city), now - DAY_MS);
    return {
      at: now,
      knocks: rows.map(({ person: { name, phone, address, groups, conditions, team }, ...knock }) =>
        ({ ...knock, name, phone, address, groups, conditions, team: teams.get(team)!, late: !knock.done && knock.dueAt < now })),
    };
  });

  app.post('/api/panels/knocks/:id/done', { schema: { tags, summary: 'What was found at the door: well, in need of care, nobody there, moved', body: Done } }, async (request: FastifyRequest) => {
    const actor = mustBe(deps.actorOf(request), ['committee']);
    const { id } = request.params as { id: string };
    const { found, note, need, findings } = readInput(Done, request.body);
    const towns = townsOf(actor, city);
    return once(request, actor, async (transaction) => {
      const now = at();
      const of = await finishKnock(transaction, ward, id, towns, { at: now, by: actor.name, found, note });
      if (of === undefined) throw (await knockExists(transaction, ward, id, towns)) ? conflict({ code: 'knockDone' }) : notFound();
      const row = await findMember(transaction, ward, { teams: [], towns }, of);
      if (!row) throw notFound();
      const { events, again } = recordKnock(row.member, found, actor.name, note, now);
      const told: PanelEvent[] = [...events];
      let journey: string | undefined;
      if (found === 'needsCare') {
        const care = raise(row.member, (await listTeams(transaction, ward)).find(({ id: team }) => team === row.member.team), { need, findings, complaint: note }, {}, now);
        if (!care.ok && care.refusal.code !== 'alreadyRaised') throw conflict(care.refusal);
        journey = care.ok ? await deps.submit(care.value, actor, `knock-${incident}-${id}`) : row.member.raised!.journey;
        if (care.ok) told.push({ type: 'MemberRaised', journey, need });
      }
      const next = `KN${deps.chance.code(10)}`;
      if (again && (await addKnock(transaction, ward, next, row.member, again, now))) told.push({ type: 'KnockAsked', id: next, dueAt: again.dueAt });
      const member = told.reduce((before, event) => evolveMember(before, event, now)!, row.member);
      if (!(await saveMember(transaction, ward, row.version, member, now))) throw conflict({ code: 'changedMeanwhile' });
      await deps.audit(transaction, actor, 'knockDone', { knock: id, member: of, found });
      await deps.changed(transaction);
      return { at: now, id, found, ...(journey && { journey }), ...(again && { again: { id: next, dueAt: again.dueAt } }) };
    });
  });
}

/** A door nobody went to: the district hears of it, then the city, and again; the committee still owns it. */
export async function escalateLateKnocks({ db, city, clock, incident }: Pick<House, 'db' | 'city' | 'clock' | 'incident'>): Promise<number> {
  const at = clock.now();
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; town: string; missed: number }>`select id, town, missed_count as missed from panel_knock where city = ${city.id} and incident = ${incident.id}
      and done_at is null and due_at + missed_count * ${AGAIN_MS}::bigint <= ${at} order by due_at limit 200 for update skip locked`.execute(trx);
    for (const { id, town, missed } of rows) {
      const told = missed === 0 ? `district:${city.towns.get(town)?.district ?? ''}` : 'city';
      await sql`update panel_knock set missed_count = missed_count + 1, told = ${told} where city = ${city.id} and id = ${id}`.execute(trx);
      await notice(trx, city.id, incident.id, { audience: told, code: 'knockLate', facts: { knock: id } }, at);
    }
    if (rows.length > 0) await notify(trx, { city: city.id, kind: 'panels' });
    return rows.length;
  });
}
