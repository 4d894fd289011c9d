import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { DAY_MS, startOfDay, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeIn, conflict, mustBe, notFound, readInput, type Actor } from '../people/index.ts';
import { NEEDS } from '../triage/index.ts';
import { contactDue, dayList, raise, recordContact, type RaisedCare } from './decide.ts';
import { evolveMember } from './member.ts';
import { findMember, listDue, saveMember, type PanelTables } from './store.ts';

export interface PanelDeps {
  readonly db: Kysely<any>;
  readonly city: City;
  readonly at: () => Instant;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Kysely<any>) => Promise<T>) => Promise<T>;
  /** Hands the care over to be decided; the same key is the same request. @returns the journey's id */
  readonly submit: (care: RaisedCare, actor: Actor, key: string) => Promise<string>;
}

const READERS = ['familyDoctor', 'committee', 'district'] as const;
const TEAM = ['familyDoctor', 'committee'] as const;

const Contact = z.strictObject({ reached: z.boolean() });
const Raised = z.strictObject({
  need: z.enum(NEEDS), findings: z.array(z.string().max(50)).max(30).default([]),
  complaint: z.string().trim().max(500).optional(), medicine: z.string().trim().max(100).optional(),
});

export function registerPanelsRoutes(app: FastifyInstance, deps: PanelDeps): void {
  const { city, at } = deps;
  const db = deps.db as Kysely<PanelTables>;

  app.get('/api/panels/day-list', { schema: { tags: ['panels'], summary: 'Whom to call today, who can least wait first' } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), READERS);
    const now = at();
    const endOfDay = startOfDay(now) + DAY_MS;
    const members = await listDue(db, city.id, townsOf(actor, city), endOfDay);
    return { at: now, list: dayList(members, now, endOfDay) };
  });

  app.post<{ Params: { id: string } }>('/api/panels/members/:id/contact', { schema: { tags: ['panels'], summary: 'Reached, or not', body: Contact } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    const { reached } = readInput(Contact, request.body);
    return deps.once(request, actor, async (transaction) => {
      const found = await findMember(transaction, city.id, townsOf(actor, city), request.params.id);
      if (!found) throw notFound();
      const now = at();
      const member = evolveMember(found.member, recordContact(found.member, reached, now), now)!;
      if (!(await saveMember(transaction, city.id, found.version, member))) throw conflict({ code: 'changedMeanwhile' });
      return { at: now, member, due: contactDue(member) };
    });
  });

  app.post<{ Params: { id: string } }>('/api/panels/members/:id/raise', { schema: { tags: ['panels'], summary: 'This member needs care: becomes a request', body: Raised } }, async (request, reply) => {
    const actor = mustBe(deps.actorOf(request), TEAM);
    const asked = readInput(Raised, request.body);
    reply.status(201);
    return deps.once(request, actor, async (transaction) => {
      const found = await findMember(transaction, city.id, townsOf(actor, city), request.params.id);
      if (!found) throw notFound();
      const now = at();
      const care = raise(found.member, asked, now);
      if (!care.ok) throw conflict(care.refusal);
      // Handed over first: if noting it here fails, sending again finds the same journey by its key and nobody is lost.
      const journey = await deps.submit(care.value, actor, `panel-${request.headers['idempotency-key']}`);
      const member = evolveMember(found.member, { type: 'MemberRaised', journey, need: asked.need }, now)!;
      if (!(await saveMember(transaction, city.id, found.version, member))) throw conflict({ code: 'changedMeanwhile' });
      return { at: now, member, journey };
    });
  });
}

function townsOf(actor: Actor, city: City): readonly string[] {
  const town = codeIn(actor, 'town');
  if (town) return [town];
  const district = codeIn(actor, 'district');
  return district ? [...city.towns.values()].filter((each) => each.district === district).map(({ code }) => code) : [];
}
