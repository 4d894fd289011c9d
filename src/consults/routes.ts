import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { DAY_MS, metersBetween, type Chance, type Instant, type Result } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeIn, conflict, invalid, mustBe, notFound, readInput, type Actor } from '../people/index.ts';
import { evolveConsult, MODES, SPECIALTIES, URGENCIES, type Consult, type ConsultEvent } from './consult.ts';
import { answerConsult, byDeadline, escalateConsult, takeConsult, TEXT_LENGTH_MAX } from './decide.ts';
import { addConsult, findConsult, listConsults, listLate, saveConsult, type ConsultTables } from './store.ts';

export interface ConsultDeps {
  readonly db: Kysely<any>;
  readonly city: City;
  readonly incident: string;
  readonly at: () => Instant;
  readonly chance: Chance;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Kysely<any>) => Promise<T>) => Promise<T>;
  /** Whether this actor may see that journey: nobody links a question to a patient who is not theirs. */
  readonly seesJourney: (actor: Actor, journey: string) => Promise<boolean>;
  /** Tells every open screen to look again. */
  readonly changed: (what: 'consults') => Promise<void>;
}

const ASKERS = ['ward', 'cloudDoctor', 'familyDoctor'] as const;
const READERS = [...ASKERS, 'expert', 'city'] as const;

const Question = z.strictObject({
  askedOf: z.string().min(1).max(50).optional(),
  specialty: z.enum(SPECIALTIES), urgency: z.enum(URGENCIES), mode: z.enum(MODES).default('remote'),
  question: z.string().trim().min(1).max(TEXT_LENGTH_MAX), journey: z.string().min(1).max(50).optional(),
});
const Answer = z.strictObject({ text: z.string().max(TEXT_LENGTH_MAX) });

export function registerConsultsRoutes(app: FastifyInstance, deps: ConsultDeps): void {
  const { city, at } = deps;
  const db = deps.db as Kysely<ConsultTables>;

  app.get('/api/consults', { schema: { tags: ['consults'], summary: 'Questions asked and to be answered, by deadline' } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), READERS);
    const consults = await listConsults(db, city.id, institutionOf(actor, city), at() - DAY_MS);
    return { at: at(), consults: [...consults].sort(byDeadline) };
  });

  app.post('/api/consults', { schema: { tags: ['consults'], summary: 'Ask a municipal hospital', body: Question } }, async (request, reply) => {
    const actor = mustBe(deps.actorOf(request), ASKERS);
    const { askedOf, journey, ...question } = readInput(Question, request.body);
    const askedFrom = institutionOf(actor, city);
    if (!askedFrom) throw invalid([{ code: 'townHasNoInstitution' }]);
    const hospitals = hospitalsToAsk(askedFrom, city);
    const first = askedOf ?? hospitals[0];
    if (!first) throw conflict({ code: 'nobodyToAsk' });
    if (!hospitals.includes(first)) throw invalid([{ code: 'hospitalGivesNoConsults', field: 'askedOf', facts: { askedOf: first } }]);
    if (journey && !(await deps.seesJourney(actor, journey))) throw notFound();
    const answer = await deps.once(request, actor, async (transaction) => {
      const now = at();
      const asked = { id: `Q${deps.chance.code(9)}`, askedBy: actor.id, askedFrom, askedOf: first, ...question, ...(journey && { journey }) };
      const consult = evolveConsult(undefined, { type: 'ConsultAsked', consult: asked }, now)!;
      await addConsult(transaction, city.id, deps.incident, consult);
      return { at: now, consult };
    });
    await deps.changed('consults');
    reply.status(201);
    return answer;
  });

  type Decide = (consult: Consult, actor: Actor, body: unknown) => Result<ConsultEvent>;
  const command = (name: string, summary: string, decide: Decide, body?: z.ZodType): void => {
    app.post<{ Params: { id: string } }>(`/api/consults/:id/${name}`, { schema: { tags: ['consults'], summary, ...(body && { body }) } }, async (request) => {
      const actor = mustBe(deps.actorOf(request), ['expert']);
      const answer = await deps.once(request, actor, async (transaction) => {
        const hospital = codeIn(actor, 'institution');
        const found = await findConsult(transaction, city.id, request.params.id, hospital ?? '');
        // The asking hospital reads it, the asked one works on it.
        if (!found || found.consult.askedOf !== hospital) throw notFound();
        const decided = decide(found.consult, actor, request.body);
        if (!decided.ok) throw conflict(decided.refusal);
        const now = at();
        const consult = evolveConsult(found.consult, decided.value, now)!;
        if (!(await saveConsult(transaction, city.id, found.version, consult))) throw conflict({ code: 'consultTaken' });
        return { at: now, consult };
      });
      await deps.changed('consults');
      return answer;
    });
  };
  command('take', 'One expert has it', (consult, { id, name }) => takeConsult(consult, id, name));
  command('answer', 'Answer in writing', (consult, { id, name }, body) => answerConsult(consult, id, name, readInput(Answer, body).text), Answer);
}

/** Moves every question whose time is over to the next hospital. To be asked again and again. */
export async function escalateLateConsults({ db, city, at }: Pick<ConsultDeps, 'db' | 'city' | 'at'>): Promise<number> {
  let escalated = 0;
  for (const { consult, version } of await listLate(db as Kysely<ConsultTables>, city.id, at())) {
    const decided = escalateConsult(consult, hospitalsToAsk(consult.askedFrom, city), consult.dueAt, at());
    if (decided.ok && (await saveConsult(db as Kysely<ConsultTables>, city.id, version, evolveConsult(consult, decided.value, at())!))) escalated++;
  }
  return escalated;
}

/** The municipal hospitals that support the designated ones: tertiary, public, nearest first. */
function hospitalsToAsk(from: string, city: City): readonly string[] {
  const asking = city.institutions.get(from);
  if (!asking) return [];
  return [...city.institutions.values()]
    .filter(({ code, level, ownership }) => code !== from && level === 'tertiary' && ownership === 'public')
    .map(({ code, place }) => ({ code, meters: metersBetween(place, asking.place) }))
    .sort((a, b) => a.meters - b.meters || a.code.localeCompare(b.code))
    .map(({ code }) => code);
}

/** Whose questions: those of one institution; a family doctor's are those of the town's first counterpart; the city's are all. */
function institutionOf(actor: Actor, city: City): string | undefined {
  if (actor.scope === 'city') return undefined;
  const town = codeIn(actor, 'town');
  return codeIn(actor, 'institution') ?? city.counterparts.find((each) => each.town === town)?.institutions[0] ?? '';
}
