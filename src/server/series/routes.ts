import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CHAIR_COHORTS, SERIES_SERVICES, type SeriesCommand } from '../../appointments/index.ts';
import { SERVICES } from '../../city/index.ts';
import { codeField, instantField, invalid, mustBe, notFound, type Actor } from '../../people/index.ts';
import { IntakeBody } from '../../requests/routes.ts';
import type { Errands } from '../journeys/errands.ts';
import type { House } from '../house.ts';
import { linkToken } from '../journeys/intake.ts';
import { once } from '../journeys/once.ts';
import { askReplacement } from '../replacement/ask.ts';
import { keyOf } from '../journeys/request-key.ts';
import { actOnSeries, enrol, type EnrolBody } from './acts.ts';
import { listReplacements, listSeries } from './read.ts';
import { actorOf } from '../sign-in/index.ts';

const pattern = z.union([
  z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), startMinute: z.int().min(0).max(1_439) }),
  z.strictObject({ everyDays: z.int().min(1).max(60), firstAt: instantField }),
]);
const reason = z.string().trim().max(500).default('');
const Params = z.strictObject({ id: z.string().min(1).max(40) });
const Enrol = z.strictObject({
  care: IntakeBody, service: z.enum(SERIES_SERVICES), institution: codeField, pattern, cohort: z.enum(CHAIR_COHORTS).default('other'),
  lastStartAt: instantField.optional(), safeGapHours: z.number().positive().max(2_000).optional().describe('From start to start. Never assumed: without it the series is refused'),
  until: instantField.optional(), sessions: z.int().min(1).max(500).optional(),
});

type Acting = Exclude<SeriesCommand, { type: 'enrol' }>;

/** What each address may carry, who may say it, and the command it is. */
const ACTS: Readonly<Record<string, { readonly summary: string; readonly roles: readonly Actor['role'][]; readonly body: z.ZodType; readonly command: (body: any) => Acting }>> = {
  thin: {
    summary: 'Fewer sessions, by the name of a clinician of the unit: nothing else ever takes one away', roles: ['ward'],
    body: z.strictObject({ pattern, safeGapHours: z.number().positive().max(2_000).optional(), reason }), command: (body) => ({ type: 'thin', ...body }),
  },
  time: {
    summary: 'Other days or another shift of the same unit; fewer sessions are for `thin`', roles: ['ward'],
    body: z.strictObject({ pattern }), command: (body) => ({ type: 'changeTime', ...body }),
  },
  cohort: {
    summary: 'With whom they sit from now on: coming sessions among others are placed again', roles: ['ward'],
    body: z.strictObject({ cohort: z.enum(CHAIR_COHORTS) }), command: (body) => ({ type: 'changeCohort', ...body }),
  },
  pause: { summary: 'No sessions until a day, by the name of a clinician', roles: ['ward'], body: z.strictObject({ until: instantField, reason }), command: (body) => ({ type: 'pause', ...body }) },
  resume: { summary: 'The sessions go on', roles: ['ward'], body: z.strictObject({}), command: () => ({ type: 'resume' }) },
  end: { summary: 'The series is over, by the name of a clinician', roles: ['ward'], body: z.strictObject({ reason }), command: (body) => ({ type: 'end', ...body }) },
  symptom: {
    summary: 'Red at once: a request begins now', roles: ['ward', 'district', 'city', 'committee', 'familyDoctor', 'hotline'],
    body: z.strictObject({ findings: z.array(z.string().min(1).max(50)).min(1).max(50) }), command: (body) => ({ type: 'reportSymptom', ...body }),
  },
  'session-started': { summary: 'On the chair: the safe gap runs from here', roles: ['ward'], body: z.strictObject({ at: instantField }), command: ({ at }) => ({ type: 'sessionStarted', startedAt: at }) },
};

/** Care that comes again and again: who is in a series, how near the safe gap they are, and what was done when a unit closed. */
export function registerSeriesRoutes(app: FastifyInstance, house: House, { secret, errands }: { readonly secret: string; readonly errands: Errands }): void {
  const { db, city, clock, incident } = house;
  const tags = ['series'];

  app.get('/api/series', { schema: { tags, summary: 'Standing series, worst first: without a seat, beyond the safe gap, near it' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    const at = clock.now();
    return { at, series: await listSeries(db, city, incident.id, actor, at) };
  });

  app.post('/api/series', { schema: { tags, summary: 'Enrol somebody in a series of this unit; its seats of the next fourteen days are taken at once', body: Enrol } }, async (request: FastifyRequest, reply) => {
    const actor = mustBe(actorOf(request), ['ward']);
    // Made again for the same key, and so never stored.
    const token = linkToken(secret, keyOf(request), actor.id);
    const answer = await once(house, request, actor, (trx) => enrol(trx, house, actor, request.body as EnrolBody, token));
    reply.status(201);
    return { ...answer, token, url: `/my#${token}` };
  });

  for (const [name, { summary, roles, body, command }] of Object.entries(ACTS)) {
    app.post(`/api/series/:id/${name}`, { schema: { tags, summary, params: Params, body } }, async (request: FastifyRequest) => {
      const actor = mustBe(actorOf(request), roles);
      const { id } = request.params as z.output<typeof Params>;
      const answer = await once(house, request, actor, async (trx) => {
        const { pattern: now, lastStartAt } = await actOnSeries(trx, house, actor, id, command(request.body));
        return { at: clock.now(), id, pattern: now, ...(lastStartAt !== undefined && { lastStartAt }) };
      });
      errands.kick([]);
      return answer;
    });
  }

  app.get('/api/replacements', { schema: { tags, summary: 'Runs that placed the sessions of a closed unit again, and who still has no seat, by name' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    return { at: clock.now(), replacements: await listReplacements(db, city, incident.id, actor) };
  });

  app.post('/api/replacements', { schema: { tags, summary: 'Look for seats again for everybody of a unit who has none', body: z.strictObject({ institution: codeField, service: z.enum(SERVICES) }) } }, async (request: FastifyRequest, reply) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    const { institution, service } = request.body as { institution: string; service: string };
    const host = city.institutions.get(institution);
    if (!host) throw invalid([{ code: 'unknownInstitution', field: 'institution', facts: { institution } }]);
    if (!SERIES_SERVICES.some((known) => known === service) || !host.services.has(service as never)) throw invalid([{ code: 'serviceNotRun', field: 'service', facts: { institution, service } }]);
    if (actor.role === 'ward' && actor.scope !== `institution:${institution}`) throw notFound();
    const answer = await once(house, request, actor, async (trx) => {
      const at = clock.now();
      return { at, id: await askReplacement(trx, city.id, { incident: incident.id, institution, service, by: actor.id, reason: 'asked', at }) };
    });
    reply.status(202);
    return answer;
  });
}
