import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { DAY_MS, startOfDay, type Chance, type Instant, type Result } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeField, codeIn, conflict, invalid, mustBe, notFound, readInput, type Actor } from '../people/index.ts';
import { NEEDS } from '../triage/index.ts';
import { CALLING_MS, CONTACT_RESULTS, mayCall, recordContact } from './contact.ts';
import { dayList } from './day-list.ts';
import { evolveMember, type Member, type PanelEvent } from './member.ts';
import { raise, type Raise, type RaisedCare } from './raise.ts';
import { medicinesOf, reasonsOf, type Elsewhere } from './reasons.ts';
import { answerTransfer, askTransfer, keep, leave } from './responsibility.ts';
import { addKnock, claimCall, dropKnock, endCall, findMember, findMembers, listComing, listDue, listKeys, listTeams, membersByKey, saveMember, type MemberRow, type Sight } from './store.ts';
import type { Team } from './team.ts';
import { face, rowView, type DayListView, type MemberListView, type MemberView, type PlanView } from './view.ts';

export interface PanelDeps {
  readonly db: Kysely<any>;
  readonly city: City;
  readonly incident: string;
  readonly at: () => Instant;
  readonly chance: Chance;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Kysely<any>) => Promise<T>) => Promise<T>;
  /** Hands the care over to be decided; the same key is the same request. @returns the journey's id */
  readonly submit: (care: RaisedCare, actor: Actor, key: string) => Promise<string>;
  /** What other rooms know of these people, by their key; who is not in it is known nowhere else. */
  readonly elsewhere: (db: Kysely<any>, keys: readonly string[], at: Instant) => Promise<ReadonlyMap<string, Elsewhere>>;
  /** What area locks owe these members and is not done, by member. */
  readonly plansOf: (db: Kysely<any>, members: readonly string[], at: Instant) => Promise<ReadonlyMap<string, readonly PlanView[]>>;
  readonly keyOf: (person: Pick<Member, 'name' | 'phone' | 'town' | 'address'>) => string;
  readonly audit: (db: Kysely<any>, actor: Actor, what: string, facts: object) => Promise<void>;
  readonly changed: (db: Kysely<any>) => Promise<void>;
}

const READERS = ['familyDoctor', 'committee', 'district'] as const;
const TEAM = ['familyDoctor', 'committee'] as const;
/** More than a team calls in a day; who is further down comes with the next page. */
const ROWS_SHOWN = 100;
const ROWS_MAX = 500;
const TEAMS_AT_ONCE_MAX = 12;

const Page = z.strictObject({ team: codeField.optional(), from: z.coerce.number().int().min(0).max(100_000).default(0), limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(ROWS_SHOWN) });
const Search = Page.extend({ q: z.string().trim().max(100).default('') });
const reason = z.string().trim().min(1, 'say why, in a few words').max(300);
const findings = z.array(z.string().min(1).max(50)).max(30).default([]);
const Contact = z.strictObject({ result: z.enum(CONTACT_RESULTS), note: z.string().trim().max(500).optional(), found: findings });
const Raised = z.strictObject({ need: z.enum(NEEDS), findings, complaint: z.string().trim().max(500).optional(), medicine: z.string().trim().max(100).optional() });
const Refill = z.strictObject({ medicines: z.array(z.string().trim().min(1).max(100)).min(1).max(20) });
const Transfer = z.strictObject({ team: codeField, reason });
const Answer = z.strictObject({ answer: z.enum(['accept', 'decline']), reason: z.string().trim().max(300).default('') });
const Because = z.strictObject({ reason });
const Correct = z.strictObject({
  phone: z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits').optional(),
  address: z.string().trim().min(1).max(300).optional(), town: codeField.optional(),
});
const Nothing = z.strictObject({});
type ById = { Params: { id: string } };

export function registerPanelsRoutes(app: FastifyInstance, deps: PanelDeps): void {
  const { db, city, incident, at, once } = deps;
  const ward = { city: city.id, incident };
  const tags = ['panels'];

  app.get('/api/panels/teams', { schema: { tags, summary: 'Family-doctor teams, with the number people are given' } }, async (request) => {
    mustBe(deps.actorOf(request), [...READERS, 'city', 'hotline', 'cloudDoctor', 'pharmacist', 'ward']);
    return { at: at(), teams: await listTeams(db, ward) };
  });

  app.get('/api/panels/day-list', { schema: { tags, summary: 'Whom to call today, who can least wait first', querystring: Page } }, async (request): Promise<DayListView> => {
    const actor = mustBe(deps.actorOf(request), READERS);
    const { team, from, limit } = request.query as z.output<typeof Page>;
    const now = at();
    const teams = await chosenTeams(actor, team);
    const ids = teams.map(({ id }) => id);
    const until = startOfDay(now) + DAY_MS;
    const [keys, own, coming] = await Promise.all([listKeys(db, ward, ids), listDue(db, ward, ids, until), listComing(db, ward, ids)]);
    const elsewhere = await deps.elsewhere(db, keys, now);
    // Of whom only another room knows something, the rest is read now; mostly nobody.
    const read = new Set(own.map(({ member: { key } }) => key));
    const others = [...elsewhere.keys()].filter((key) => !read.has(key));
    const members = others.length === 0 ? own : [...own, ...(await membersByKey(db, ward, others))];
    const list = dayList(members.map(({ member }) => member), elsewhere, now, until);
    const shown = list.slice(from, from + limit);
    const calling = new Map(members.flatMap(({ member: { id }, calling: by }) => (by && by.until > now ? [[id, by] as const] : [])));
    const plans = await deps.plansOf(db, shown.map(({ member: { id } }) => id), now);
    const because: Record<string, number> = {};
    for (const { why: [{ why }] } of list) because[why] = (because[why] ?? 0) + 1;
    return {
      at: now, teams, rows: shown.map((row) => rowView(row, calling.get(row.member.id), plans.get(row.member.id) ?? [])), total: list.length, from, members: keys.length, because,
      transfers: [...members.map(({ member }) => member).filter(({ transfer }) => transfer), ...coming].map(face),
      questions: members.map(({ member }) => member).filter(({ question }) => question).map(face),
    };
  });

  app.get('/api/panels/members', { schema: { tags, summary: 'Everybody the team answers for, by name or number; also who has left', querystring: Search } }, async (request): Promise<MemberListView> => {
    const actor = mustBe(deps.actorOf(request), ['familyDoctor', 'district']);
    const { team, q, from, limit } = request.query as z.output<typeof Search>;
    const teams = await chosenTeams(actor, team);
    const { members, total } = await findMembers(db, ward, teams.map(({ id }) => id), q, from, limit);
    return { at: at(), teams, members: members.map(face), total, from };
  });

  app.get<ById>('/api/panels/members/:id', { schema: { tags, summary: 'Everything the team knows of somebody' } }, async (request): Promise<MemberView> => {
    const actor = mustBe(deps.actorOf(request), READERS);
    const { member, calling } = await seen(db, actor, request.params.id);
    const now = at();
    const known = (await deps.elsewhere(db, [member.key], now)).get(member.key) ?? {};
    return {
      at: now, member: face(member), team: (await listTeams(db, ward)).find(({ id }) => id === member.team)!, why: reasonsOf(member, known, now).filter(({ from }) => from < startOfDay(now) + DAY_MS),
      medicines: medicinesOf(member, known), ...(known.session && { session: known.session }), ...(calling && calling.until > now && { calling }),
      plans: (await deps.plansOf(db, [member.id], now)).get(member.id) ?? [],
    };
  });

  app.post<ById>('/api/panels/members/:id/call', { schema: { tags, summary: 'I am calling them now: for ten minutes nobody else of the team does', body: Nothing } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    return once(request, actor, async (transaction) => {
      const { member, calling } = await seen(transaction, actor, request.params.id);
      const now = at();
      const mine = { by: actor.id, name: actor.name, since: now, until: now + CALLING_MS };
      taken(mayCall(calling, actor.id, now));
      if (!(await claimCall(transaction, ward, member.id, mine))) throw conflict({ code: 'changedMeanwhile' });
      await deps.changed(transaction);
      return { at: now, calling: mine };
    });
  });

  app.post<ById>('/api/panels/members/:id/contact', { schema: { tags, summary: 'Reached, not reached, or a wrong number; after three tries the committee knocks', body: Contact } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    const said = readInput(Contact, request.body);
    return once(request, actor, async (transaction) => {
      const row = await seen(transaction, actor, request.params.id);
      const now = at();
      const known = (await deps.elsewhere(transaction, [row.member.key], now)).get(row.member.key) ?? {};
      const { events, knock } = recordContact(row.member, said, actor.name, known, now);
      const id = `KN${deps.chance.code(10)}`;
      const asked = knock !== undefined && (await addKnock(transaction, ward, id, row.member, knock, now));
      const member = await save(transaction, row, [...events, ...(asked ? [{ type: 'KnockAsked', id, dueAt: knock.dueAt } as const] : [])], now);
      await endCall(transaction, ward, member.id, actor.id);
      return { at: now, member: face(member), ...(asked && { knock: { id, dueAt: knock.dueAt } }) };
    });
  });

  app.post<ById>('/api/panels/members/:id/raise', { schema: { tags, summary: 'This member needs care: becomes a request', body: Raised } }, async (request, reply) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    const { medicine, ...asked } = readInput(Raised, request.body);
    reply.status(201);
    return raised(request, actor, { ...asked, ...(medicine && { medicines: [medicine] }) });
  });

  app.post<ById>('/api/panels/members/:id/refill', { schema: { tags, summary: 'These medicines are asked for again, with everything known', body: Refill } }, async (request, reply) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    const { medicines } = readInput(Refill, request.body);
    reply.status(201);
    return raised(request, actor, { need: 'medicineRefill', findings: [], medicines });
  });

  app.post<ById>('/api/panels/members/:id/correct', { schema: { tags, summary: 'The right telephone number or address; no older file takes it back', body: Correct } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    const said = readInput(Correct, request.body);
    if (said.town !== undefined && !city.towns.has(said.town)) throw invalid([{ code: 'townUnknown', field: 'town' }]);
    return once(request, actor, async (transaction) => {
      const row = await seen(transaction, actor, request.params.id);
      const { name, phone, address, town } = row.member;
      const right = { phone: said.phone ?? phone, address: said.address ?? address, town: said.town ?? town };
      const key = deps.keyOf({ name, ...right });
      const now = at();
      const member = await save(transaction, row, [{ type: 'ContactCorrected', key, ...right }], now);
      await deps.audit(transaction, actor, 'correctMember', { member: member.id });
      return { at: now, member: face(member) };
    });
  });

  app.post<ById>('/api/panels/members/:id/transfer', { schema: { tags, summary: 'Asks another team to take them, or to give them; until it says yes nothing changes', body: Transfer } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['familyDoctor', 'district']);
    const { team, reason: why } = readInput(Transfer, request.body);
    return byName(request, actor, 'transferMember', async (transaction, { member }) => {
      if (!(await listTeams(transaction, ward)).some(({ id }) => id === team)) throw invalid([{ code: 'teamUnknown', field: 'team' }]);
      return askTransfer(member, { to: team, askedBy: member.team, reason: why, by: actor.name }, at());
    });
  });

  app.post<ById>('/api/panels/members/:id/transfer-answer', { schema: { tags, summary: 'The team that was asked says yes or no; the district may for it', body: Answer } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['familyDoctor', 'district']);
    const { answer, reason: why } = readInput(Answer, request.body);
    return byName(request, actor, 'answerTransfer', async (_transaction, { member }, teams) =>
      answerTransfer(member, answer, { by: actor.name, reason: why, teams: new Set(teams), overrules: actor.role === 'district' }));
  });

  app.post<ById>('/api/panels/members/:id/leave', { schema: { tags, summary: 'Nobody of ours any more: said by name, with a reason', body: Because } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['familyDoctor', 'district']);
    const { reason: why } = readInput(Because, request.body);
    return byName(request, actor, 'memberLeft', async (transaction, { member }) => {
      await dropKnock(transaction, ward, member.id, at(), actor.name);
      return leave(member, actor.name, why);
    });
  });

  app.post<ById>('/api/panels/members/:id/keep', { schema: { tags, summary: 'Still ours, although the last import does not name them or they are said to have moved', body: Because } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['familyDoctor', 'district']);
    const { reason: why } = readInput(Because, request.body);
    return byName(request, actor, 'keepMember', async (_transaction, { member }) => keep(member, actor.name, why));
  });

  /** A district with many teams looks at one of them: a list of a hundred thousand helps nobody to call. */
  const chosenTeams = async (actor: Actor, wanted: string | undefined): Promise<readonly Team[]> => {
    const teams = await teamsOf(deps, actor);
    if (wanted === undefined && teams.length > TEAMS_AT_ONCE_MAX) throw invalid([{ code: 'teamNeeded', field: 'team' }]);
    return teams.filter(({ id }) => wanted === undefined || id === wanted);
  };

  const seen = async (transaction: Kysely<any>, actor: Actor, id: string): Promise<MemberRow> => {
    const found = await findMember(transaction, ward, await sightOf({ ...deps, db: transaction }, actor), id);
    if (!found) throw notFound();
    return found;
  };

  const save = async (transaction: Kysely<any>, { member, version }: MemberRow, events: readonly PanelEvent[], now: Instant): Promise<Member> => {
    const after = events.reduce((before, event) => evolveMember(before, event, now)!, member);
    // What names the same person twice is held back by the constraint.
    const saved = await saveMember(transaction, ward, version, after, now).catch((error: unknown) => {
      if ((error as { code?: string }).code === '23505') throw conflict({ code: 'sameAsAnother' });
      throw error;
    });
    if (!saved) throw conflict({ code: 'changedMeanwhile' });
    await deps.changed(transaction);
    return after;
  };

  const raised = (request: FastifyRequest<ById>, actor: Actor, asked: Raise): Promise<object> => once(request, actor, async (transaction) => {
    const row = await seen(transaction, actor, request.params.id);
    const now = at();
    const known = (await deps.elsewhere(transaction, [row.member.key], now)).get(row.member.key) ?? {};
    const team = (await listTeams(transaction, ward)).find(({ id }) => id === row.member.team);
    const care = taken(raise(row.member, team, asked, known, now));
    // Handed over first: if noting it here fails, sending again finds the same journey by its key and nobody is lost.
    const journey = await deps.submit(care, actor, `panel-${request.headers['idempotency-key']}`);
    const member = await save(transaction, row, [{ type: 'MemberRaised', journey, need: asked.need, ...(asked.medicines && { medicines: asked.medicines }) }], now);
    return { at: now, member: face(member), journey };
  });

  /** What changes whose somebody is: on record with who said so. */
  const byName = (
    request: FastifyRequest<ById>, actor: Actor, what: string, work: (transaction: Kysely<any>, row: MemberRow, teams: readonly string[]) => Promise<Result<PanelEvent>>,
  ): Promise<object> => once(request, actor, async (transaction) => {
    const row = await seen(transaction, actor, request.params.id);
    const event = taken(await work(transaction, row, (await teamsOf({ ...deps, db: transaction }, actor)).map(({ id }) => id)));
    const now = at();
    const member = await save(transaction, row, [event], now);
    await deps.audit(transaction, actor, what, { member: member.id, team: member.team, event });
    return { at: now, member: face(member) };
  });
}

function taken<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value;
  throw answer.refusal.field ? invalid([answer.refusal]) : conflict(answer.refusal);
}

/** The teams whose people are an actor's own: of their town, of their district. */
export async function teamsOf({ db, city, incident }: Pick<PanelDeps, 'db' | 'city' | 'incident'>, actor: Actor): Promise<readonly Team[]> {
  const towns = new Set(townsOf(actor, city));
  return actor.role === 'committee' ? [] : (await listTeams(db, { city: city.id, incident })).filter((team) => team.towns.some((town) => towns.has(town)));
}

/** A committee answers for the people of its town whichever team they have; a district for both. */
async function sightOf(deps: PanelDeps, actor: Actor): Promise<Sight> {
  return {
    teams: (await teamsOf(deps, actor)).map(({ id }) => id),
    towns: actor.role === 'familyDoctor' ? [] : townsOf(actor, deps.city),
  };
}

export function townsOf(actor: Actor, city: City): readonly string[] {
  const town = codeIn(actor, 'town');
  if (town) return [town];
  if (actor.role === 'city' && actor.scope === 'city') return [...city.towns.keys()];
  const district = codeIn(actor, 'district');
  return district ? [...city.towns.values()].filter((each) => each.district === district).map(({ code }) => code) : [];
}
