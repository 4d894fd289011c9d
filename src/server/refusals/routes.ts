import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../base/index.ts';
import { codeField, codeIn, conflict, mustBe, notFound, type Actor } from '../../people/index.ts';
import { REFUSAL_GROUNDS, type RefusalCaseCommand, type RefusalGround } from '../../reception/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import type { Errands } from '../journeys/errands.ts';
import { once } from '../journeys/once.ts';
import { notice } from '../journeys/owed.ts';
import { playTogether } from '../journeys/play.ts';
import { notify, readStory } from '../journeys/store.ts';
import { actorOf } from '../sign-in/index.ts';
import { isSamePerson } from '../sign-in/same-person.ts';
import { findRefusal, listRefusals, viewOf } from './read.ts';
import { actOnRefusal } from './store.ts';

const Params = z.strictObject({ id: z.string().min(1).max(40) });
const Listing = z.strictObject({ state: z.enum(['open', 'closed', 'all']).default('open') });
const words = z.string().trim().min(1).max(2_000);
const Decide = z.strictObject({ upheld: z.boolean(), ground: z.enum(REFUSAL_GROUNDS).optional(), reason: words });
const SendOn = z.strictObject({ ground: z.enum(REFUSAL_GROUNDS).default('other') });

const OFFICERS = ['district', 'city'] as const;

/** What each address may carry, who may say it, and the command it is. */
const ACTS: Readonly<Record<string, { readonly summary: string; readonly roles: readonly Actor['role'][]; readonly body: z.ZodType; readonly command: (body: any) => RefusalCaseCommand }>> = {
  take: { summary: 'The duty officer takes the case by name', roles: OFFICERS, body: z.strictObject({}), command: () => ({ type: 'take' }) },
  state: { summary: 'Whoever it is about says how it was; said again, the later word stands', roles: ['ward', 'committee'], body: z.strictObject({ text: words }), command: ({ text }) => ({ type: 'state', text }) },
  decide: {
    summary: 'What it was: upheld on a ground, or no refusal and why, by name', roles: OFFICERS, body: Decide,
    command: ({ upheld, ground, reason }: z.output<typeof Decide>) => ({ type: 'decide', upheld, reason, ...(ground !== undefined && { ground }) }),
  },
};

/** Refusals that cannot hide: cases with a clock, for those who answer for them and those they are about. */
export function registerRefusalRoutes(app: FastifyInstance, house: House, errands: Errands): void {
  const { city, clock, incident } = house;
  const tags = ['refusals'];

  app.get('/api/refusals', { schema: { tags, summary: 'Refusal cases, worst first, and the record of each institution', querystring: Listing } }, async (request) => {
    const actor = mustBe(actorOf(request), ['district', 'city', 'ward', 'committee']);
    return listRefusals(house, actor, (request.query as z.output<typeof Listing>).state);
  });

  for (const [name, { summary, roles, body, command }] of Object.entries(ACTS)) {
    app.post(`/api/refusals/:id/${name}`, { schema: { tags, summary, params: Params, body } }, async (request: FastifyRequest) => {
      const actor = mustBe(actorOf(request), roles);
      const { id } = request.params as z.output<typeof Params>;
      return once(house, request, actor, async (trx) => {
        const stored = await findRefusal(trx, city.id, incident.id, actor, id, true);
        if (!stored) throw notFound();
        const at = clock.now();
        const given = command(request.body);
        const refusal = await actOnRefusal(trx, city.id, stored, given, actor, at);
        if (given.type === 'decide') await notice(trx, city.id, incident.id, { audience: refusal.about, code: 'refusalDecided', facts: { refusal: id, upheld: String(given.upheld) } }, at);
        await writeAudit(trx, city.id, incident.id, { at, by: actor, what: `refusal.${name}`, facts: { refusal: id } });
        await notify(trx, { city: city.id, kind: 'refusals' });
        return { at, refusal: viewOf({ ...stored, refusal, story: null }, actor, city) };
      });
    });
  }

  app.post('/api/refusals/:id/send-on', { schema: { tags, summary: 'Nobody took them in: to the place that was kept ready, now', params: Params, body: SendOn } }, async (request: FastifyRequest) => {
    const actor = mustBe(actorOf(request), OFFICERS);
    const { id } = request.params as z.output<typeof Params>;
    const { ground } = request.body as z.output<typeof SendOn>;
    const sent = await once(house, request, actor, async (trx) => sendOn(trx, house, actor, id, ground));
    errands.kick([sent.journey]);
    return sent;
  });

  app.post('/api/refusals/statement', { schema: { tags, summary: 'What the institution says to the public; published by a second person of the district', body: z.strictObject({ text: words }) } }, async (request: FastifyRequest) => {
    const actor = mustBe(actorOf(request), ['ward']);
    const institution = codeIn(actor, 'institution') ?? '';
    const { text } = request.body as { text: string };
    return once(house, request, actor, async (trx) => {
      const at = clock.now();
      // New words are nobody's until the district has read them: what was published before is withdrawn with them.
      await sql`insert into refusal_statement (city, incident, institution, district, text, by_name, at)
        values (${city.id}, ${incident.id}, ${institution}, ${city.institutions.get(institution)?.district ?? ''}, ${text}, ${actor.name}, ${at})
        on conflict (city, incident, institution) do update set text = excluded.text, by_name = excluded.by_name, at = excluded.at, published_by = null, published_at = null`.execute(trx);
      await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'refusal.statement', facts: { institution } });
      await notify(trx, { city: city.id, kind: 'refusals' });
      return { at, institution };
    });
  });

  app.post('/api/refusals/statement/publish', { schema: { tags, summary: 'A second person has read it and found nobody in it', body: z.strictObject({ institution: codeField, writtenAt: z.int() }) } }, async (request: FastifyRequest) => {
    const actor = mustBe(actorOf(request), OFFICERS);
    const { institution, writtenAt } = request.body as { institution: string; writtenAt: Instant };
    if (actor.role === 'district' && city.institutions.get(institution)?.district !== codeIn(actor, 'district')) throw notFound();
    return once(house, request, actor, async (trx) => {
      const at = clock.now();
      const { rows: [written] } = await sql<{ by_name: string }>`select by_name from refusal_statement where city = ${city.id} and incident = ${incident.id} and institution = ${institution} for update`.execute(trx);
      if (written && (await isSamePerson(trx, city.id, { name: written.by_name, scope: `institution:${institution}` }, actor))) throw conflict({ code: 'secondPersonIsFirst', facts: {} });
      const { numAffectedRows } = await sql`update refusal_statement set published_by = ${actor.name}, published_at = ${at}
        where city = ${city.id} and incident = ${incident.id} and institution = ${institution} and at = ${writtenAt} and published_at is null`.execute(trx);
      if (numAffectedRows !== 1n) throw conflict({ code: 'statementChanged' });
      await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'refusal.publishStatement', facts: { institution } });
      await notify(trx, { city: city.id, kind: 'refusals' });
      return { at, institution };
    });
  });
}

/** The officer says what nobody said: from here on it is a refusal as if it had been reported at the door, with everything that follows from one. */
async function sendOn(trx: Kysely<any>, house: House, actor: Actor, id: string, ground: RefusalGround): Promise<{ readonly at: Instant; readonly journey: string; readonly institution?: string }> {
  const { city, clock, incident } = house;
  // The story first, as in every transaction that holds both.
  const seen = await findRefusal(trx, city.id, incident.id, actor, id, false);
  if (!seen) throw notFound();
  const { journey, about, next } = seen.refusal;
  if (journey === undefined || next?.state !== 'held') throw conflict({ code: 'cannotSendOn' });
  const story = await readStory(trx, city.id, journey, true);
  if (story?.arrival === undefined || `institution:${story.arrival.institution}` !== about || story.arrival.receivedAt !== undefined) throw conflict({ code: 'cannotSendOn' });
  const after = (await playTogether(trx, house, [{ actor, journey, command: { type: 'reportRefusal', ground } }])).get(journey)!;
  const { decision: { institution } } = after;
  await writeAudit(trx, city.id, incident.id, { at: clock.now(), by: actor, what: 'refusal.sendOn', facts: { refusal: id, ...(institution !== undefined && { institution }) } });
  return { at: clock.now(), journey, ...(institution !== undefined && { institution }) };
}
