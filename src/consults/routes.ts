import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { DAY_MS, type Chance, type Instant, type Refusal, type Result } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeField, codeIn, conflict, invalid, isSafeCallLink, mustBe, notFound, readInput, type Actor } from '../people/index.ts';
import { whomToAsk, type Experts } from './ask.ts';
import { evolveConsult, HELPED, MEDICAL_OFFICE, MODES, SPECIALTIES, type Asked, type Consult, type ConsultEvent } from './consult.ts';
import { answerConsult, assignConsult, byDeadline, declineConsult, escalateConsult, offerCall, rateConsult, takeConsult, TEXT_LENGTH_MAX, treatTogether, withdrawConsult, type Signer } from './decide.ts';
import { hospitalsToAsk } from './hospitals.ts';
import { addConsult, findConsult, listConsults, listLate, listShifts, loadsOf, saveConsult, type ConsultTables } from './store.ts';
import { personalDataIn, summaryOf, type CaseSummary } from './summary.ts';
import { URGENCIES, type ConsultTimes } from './times.ts';

export interface ConsultDeps {
  readonly db: Kysely<any>;
  readonly city: City;
  readonly incident: string;
  readonly at: () => Instant;
  readonly chance: Chance;
  /** Minutes by urgency, as what is in force says. */
  /** As the policy in force demands of the house that asks. */
  readonly times: (askedFrom: string) => ConsultTimes;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Kysely<any>) => Promise<T>) => Promise<T>;
  /** What an expert has to know of that journey; undefined when this actor may not see it: nobody asks about a patient who is not theirs. */
  readonly caseOf: (actor: Actor, journey: string) => Promise<CaseSummary | undefined>;
  /** Tells whoever is asked now, in the transaction that asks them. */
  readonly tell: (trx: Kysely<any>, consult: Consult) => Promise<void>;
  /** Whoever set out for it turns round. */
  readonly withdrawn: (trx: Kysely<any>, consult: string, by: Actor, reason: string) => Promise<void>;
  /** Tells every open screen to look again. */
  readonly changed: (what: 'consults') => Promise<void>;
}

const ASKERS = ['ward', 'cloudDoctor', 'familyDoctor'] as const;
const READERS = [...ASKERS, 'expert', 'city'] as const;
/** A hospital's answers are listed this long after they are given, and can be rated. */
const SHOWN_MS = 3 * DAY_MS;

const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const Question = z.strictObject({
  askedOf: codeField.optional(), specialty: z.enum(SPECIALTIES), urgency: z.enum(URGENCIES), mode: z.enum(MODES).default('remote'),
  question: text, journey: codeField.optional(),
  ageMonths: z.int().min(0).max(1_500).optional(), sex: z.enum(['female', 'male', 'other']).optional(),
});
const Answer = z.strictObject({ text: z.string().max(TEXT_LENGTH_MAX) });
const Call = z.strictObject({ kind: z.enum(['voice', 'video']), url: z.string().min(1).max(500) });
const Rating = z.strictObject({ helped: z.enum(HELPED), note: z.string().trim().max(1_000).optional() });
const Reason = z.strictObject({ reason: z.string().trim().min(1).max(500) });
const Assign = z.strictObject({ hospital: codeField, expert: z.string().trim().min(1).max(100).optional() });

export function registerConsultsRoutes(app: FastifyInstance, deps: ConsultDeps): void {
  const { city, at } = deps;
  const db = deps.db as Kysely<ConsultTables>;

  app.get('/api/consults', { schema: { tags: ['consults'], summary: 'Questions asked and to be answered, by deadline' } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), READERS);
    const consults = await listConsults(db, city.id, institutionOf(actor, deps.city), at() - SHOWN_MS);
    return { at: at(), consults: [...consults].sort(byDeadline).map((consult) => shownTo(consult, actor, deps.city)) };
  });

  app.post('/api/consults', { schema: { tags: ['consults'], summary: 'Ask a municipal hospital', body: Question } }, async (request, reply) => {
    const actor = mustBe(deps.actorOf(request), ASKERS);
    const { askedOf, journey, ageMonths, sex, ...question } = readInput(Question, request.body);
    const askedFrom = institutionOf(actor, deps.city);
    if (!askedFrom) throw invalid([{ code: 'townHasNoInstitution' }]);
    const hospitals = hospitalsToAsk(askedFrom, city);
    const wrong: Refusal[] = [];
    if (askedOf !== undefined && !hospitals.includes(askedOf)) wrong.push({ code: 'hospitalGivesNoConsults', field: 'askedOf', facts: { askedOf } });
    const personal = personalDataIn(question.question, 'question');
    if (personal) wrong.push(personal);
    const [first, ...others] = wrong;
    if (first) throw invalid([first, ...others]);
    const known = journey === undefined ? undefined : await deps.caseOf(actor, journey);
    if (journey !== undefined && !known) throw notFound();
    const summary = known ?? (ageMonths !== undefined || sex !== undefined ? summaryOf({ ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }) }) : undefined);
    const answer = await deps.once(request, actor, async (trx) => {
      const now = at();
      const order = askedOf === undefined ? hospitals : [askedOf, ...hospitals.filter((code) => code !== askedOf)];
      const asked = whomToAsk({ askedFrom, ...question }, await expertsIn(trx, deps, order), now);
      const consult = evolveConsult(undefined, {
        type: 'ConsultAsked', consult: {
          id: `Q${deps.chance.code(9)}`, askedBy: actor.id, askedByName: actor.name, askedFrom, askedOf: asked.of, ...(asked.expert !== undefined && { askedExpert: asked.expert }),
          ...question, ...(journey !== undefined && { journey }), ...(summary && { summary }),
        },
      }, now, deps.times(askedFrom))!;
      await addConsult(trx, city.id, deps.incident, consult);
      await deps.tell(trx, consult);
      return { at: now, consult };
    });
    await deps.changed('consults');
    reply.status(201);
    return { ...answer, consult: shownTo(answer.consult, actor, deps.city) };
  });

  type Decide = (consult: Consult, signer: Signer, body: unknown, experts: () => Promise<Experts>) => Result<ConsultEvent> | Promise<Result<ConsultEvent>>;
  const command = (name: string, roles: readonly Actor['role'][], summary: string, decide: Decide, body?: z.ZodType): void => {
    app.post<{ Params: { id: string } }>(`/api/consults/:id/${name}`, { schema: { tags: ['consults'], summary, ...(body && { body }) } }, async (request) => {
      const actor = mustBe(deps.actorOf(request), roles);
      const of = institutionOf(actor, deps.city);
      const answer = await deps.once(request, actor, async (trx) => {
        const found = await findConsult(trx, city.id, request.params.id, of);
        // The asking house reads and rates it, the asked one works on it, the medical office names somebody.
        if (!found || (actor.role === 'expert' && found.consult.askedFrom === of) || (isAsker(actor) && found.consult.askedFrom !== of)) throw notFound();
        const decided = await decide(found.consult, { id: actor.id, name: actor.name, of: of ?? MEDICAL_OFFICE }, request.body, () => expertsIn(trx, deps, hospitalsToAsk(found.consult.askedFrom, city)));
        if (!decided.ok) throw conflict(decided.refusal);
        const now = at();
        const consult = evolveConsult(found.consult, decided.value, now, deps.times(found.consult.askedFrom))!;
        if (!(await saveConsult(trx, city.id, found.version, consult))) throw conflict({ code: 'consultMovedOn' });
        if (decided.value.type === 'ConsultWithdrawn') await deps.withdrawn(trx, consult.id, actor, decided.value.reason);
        if (decided.value.type === 'ConsultPassedOn' || decided.value.type === 'ConsultAnswered') await deps.tell(trx, consult);
        return { at: now, consult };
      });
      await deps.changed('consults');
      return { ...answer, consult: shownTo(answer.consult, actor, deps.city) };
    });
  };
  command('take', ['expert'], 'One expert has it', takeConsult);
  command('decline', ['expert'], 'It goes on to the next at once', async (consult, signer, _body, experts) => declineConsult(consult, signer, whomToAsk(consult, await experts(), at())));
  command('answer', ['expert'], 'Answer in writing', (consult, signer, body) => answerConsult(consult, signer, readInput(Answer, body).text), Answer);
  command('call', ['expert'], 'A link to talk', (consult, signer, body) => {
    const { kind, url } = readInput(Call, body);
    if (!isSafeCallLink(url)) throw invalid([{ code: 'callLinkUnsafe', field: 'url' }]);
    return offerCall(consult, signer, kind, url);
  }, Call);
  command('joint-treatment', ['expert', ...ASKERS], 'What both did together', (consult, signer, body) => treatTogether(consult, signer, readInput(Answer, body).text), Answer);
  command('rate', ASKERS, 'Whether it helped', (consult, signer, body) => {
    const { helped, note } = readInput(Rating, body);
    return rateConsult(consult, signer, helped, note);
  }, Rating);
  command('withdraw', ASKERS, 'Not needed any more', (consult, signer, body) => withdrawConsult(consult, signer, readInput(Reason, body).reason), Reason);
  command('assign', ['city'], 'The medical office names a hospital, or an expert of it', (consult, signer, body) => {
    const { hospital, expert } = readInput(Assign, body);
    if (!hospitalsToAsk(consult.askedFrom, city).includes(hospital)) throw invalid([{ code: 'hospitalGivesNoConsults', field: 'hospital', facts: { askedOf: hospital } }]);
    return assignConsult(consult, signer, { of: hospital, ...(expert !== undefined && { expert }) } satisfies Asked);
  }, Assign);
}

/** Moves every question whose time is over to the next expert, hospital, or the medical office. To be asked again and again. */
export async function escalateLateConsults({ db, city, incident, at, times, tell }: Pick<ConsultDeps, 'db' | 'city' | 'incident' | 'at' | 'times' | 'tell'>): Promise<number> {
  let escalated = 0;
  const failed: unknown[] = [];
  for (const { consult, version } of await listLate(db as Kysely<ConsultTables>, city.id, at())) {
    const moving = db.transaction().execute(async (trx) => {
      const now = at();
      const next = whomToAsk(consult, await expertsIn(trx, { city, incident, at }, hospitalsToAsk(consult.askedFrom, city)), now);
      const decided = escalateConsult(consult, next, consult.dueAt, now);
      if (!decided.ok) return;
      const moved = evolveConsult(consult, decided.value, now, times(consult.askedFrom))!;
      if (!(await saveConsult(trx as Kysely<ConsultTables>, city.id, version, moved))) return;
      await tell(trx, moved);
      escalated++;
    });
    // One that cannot be moved holds up nobody behind it; it is said at the end, and tried again.
    await moving.catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} late questions could not be passed on: ${failed[0] instanceof Error ? failed[0].message : ''}`);
  return escalated;
}

async function expertsIn(trx: Kysely<any>, { city, incident, at }: Pick<ConsultDeps, 'city' | 'incident' | 'at'>, hospitals: readonly string[]): Promise<Experts> {
  const look = { city: city.id, incident };
  const now = at();
  return { roster: await listShifts(trx, look, now), loads: await loadsOf(trx, look, now), hospitals };
}

const isAsker = ({ role }: Actor): boolean => ASKERS.some((asker) => asker === role);

/** Whose patient it is, is known to the house that asks; experts and the medical office work with the summary. */
function shownTo({ journey, ...consult }: Consult, actor: Actor, city: City): Consult {
  return journey !== undefined && isAsker(actor) && institutionOf(actor, city) === consult.askedFrom ? { ...consult, journey } : consult;
}

/** Whose questions: those of one institution; a family doctor's are those of the town's first counterpart; the city's are all. */
function institutionOf(actor: Actor, city: City): string | undefined {
  if (actor.scope === 'city') return undefined;
  const town = codeIn(actor, 'town');
  return codeIn(actor, 'institution') ?? city.counterparts.find((each) => each.town === town)?.institutions[0] ?? '';
}
