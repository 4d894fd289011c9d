import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SERVICES, type ReportStatus, type Service } from '../../city/index.ts';
import { codeIn, instantField, mustBe, notFound, STAFF_ROLES, type Actor } from '../../people/index.ts';
import type { Errands } from '../journeys/errands.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { once } from '../journeys/once.ts';
import { actorOf } from '../sign-in/index.ts';
import { confirmClosing, declineClosing } from './confirm.ts';
import { settlePlaces, statePlaces } from './places.ts';
import { dependingOn, reportStatus } from './report.ts';
import { endMatter, listMatters, saveWords } from './store.ts';

const REASONS = ['disinfection', 'staffQuarantined', 'cordon', 'capacity', 'works', 'other'] as const;
const PLACES_MAX = 10_000;

const OfHouse = z.strictObject({ code: z.string().max(100) });
const OfService = z.strictObject({ code: z.string().max(100), service: z.enum(SERVICES) });
const OfMatter = z.strictObject({ id: z.string().max(40) });
const Report = z.strictObject({
  state: z.enum(['open', 'limited', 'closed']), since: instantField.optional(), until: instantField.optional(),
  reason: z.enum(REASONS).optional(), standIn: z.string().min(1).max(100).optional(),
});
const AsBefore = z.strictObject({ services: z.array(z.enum(SERVICES)).min(1).max(SERVICES.length).optional() });
const Stated = z.strictObject({ capacity: z.int().min(0).max(PLACES_MAX), free: z.int().min(0).max(PLACES_MAX) });
const Settled = z.strictObject({ which: z.enum(['said', 'counted']) });
const Declined = z.strictObject({ reason: z.string().trim().min(1).max(300) });

/** How services stand, who says so, and what waits for a second person. */
export function registerStatusRoutes(app: FastifyInstance, house: House, errands: Errands): void {
  const { city, db, board, incident, clock } = house;
  const at = clock.now;
  const onceIn = <T extends object>(request: FastifyRequest, actor: Actor, work: () => Promise<T>): Promise<T> => once({ db, city, incident }, request, actor, work);
  /** The house's own duty; for everybody else there is no such address. */
  const wardOf = (request: FastifyRequest): { readonly actor: Actor; readonly code: string } => {
    const actor = mustBe(actorOf(request), ['ward']);
    const { code } = request.params as z.output<typeof OfHouse>;
    if (codeIn(actor, 'institution') !== code) throw notFound();
    return { actor, code };
  };

  app.get('/api/status', { schema: { tags: ['city'], summary: 'How every service stands, who said so, and how old that is; unknown where it is too old' } },
    async () => ({ at: at(), services: board.standings(at()) }));

  // Answered before any route is found; here only so that the interface names it.
  app.get('/api/status/feed', { schema: { tags: ['city'], summary: 'Who is open for what, small and out of memory, for everybody; answers also while the rest cannot' } }, () => { throw notFound(); });

  app.get('/api/status/published', { schema: { tags: ['city'], summary: 'What was closed, limited and opened again, latest first; public' } },
    async () => ({ at: at(), published: board.published() }));

  app.get('/api/status/matters', { schema: { tags: ['city'], summary: 'What of the services waits for somebody: closures asked for, houses that have said nothing, numbers that differ' } }, async (request) => {
    const actor = mustBe(actorOf(request), STAFF_ROLES);
    const [institution, district] = [codeIn(actor, 'institution'), codeIn(actor, 'district')];
    if (actor.role !== 'city' && institution === undefined && district === undefined) return { at: at(), matters: [] };
    const matters = await listMatters(db, city.id, incident.id);
    return { at: at(), matters: matters.filter((matter) => (institution === undefined || matter.institution === institution) && (district === undefined || matter.district === district)) };
  });

  app.get('/api/institutions/:code/services/:service/depending', {
    schema: { tags: ['city'], summary: 'How many open requests, bookings and series hang on a service', params: OfService },
  }, async (request) => {
    const { code, service } = request.params as z.output<typeof OfService>;
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    const district = codeIn(actor, 'district');
    if (actor.role === 'ward' ? codeIn(actor, 'institution') !== code : district !== undefined && city.institutions.get(code)?.district !== district) throw notFound();
    return { at: at(), ...(await dependingOn(db, city.id, code, service)) };
  });

  app.post('/api/institutions/:code/services/:service/status', {
    schema: { tags: ['city'], summary: 'A ward says how its service stands; a closure needs an end and a stand-in, and for some services a second person', params: OfService, body: Report },
  }, async (request) => {
    const { actor, code } = wardOf(request);
    const { service } = request.params as z.output<typeof OfService>;
    return onceIn(request, actor, async () => {
      const instant = at();
      const given = Object.fromEntries(Object.entries(request.body as z.output<typeof Report>).filter(([, value]) => value !== undefined)) as z.output<typeof Report>;
      const { status, waits, asked } = await reportStatus(house, { type: 'reportStatus', instant, institution: code, service, reportedBy: actor.id, ...given } as ReportStatus, actor);
      errands.kick(asked);
      return { at: instant, status, waits, askedAgain: asked.length };
    });
  });

  app.post('/api/institutions/:code/as-before', {
    schema: { tags: ['city'], summary: 'A ward says that its services are as they were: what was last said is known again', params: OfHouse, body: AsBefore },
  }, async (request) => {
    const { actor, code } = wardOf(request);
    const { services = [...city.institutions.get(code)!.services.keys()] } = request.body as z.output<typeof AsBefore>;
    return onceIn(request, actor, async () => {
      const instant = at();
      const run = services.filter((service: Service) => city.institutions.get(code)!.services.has(service));
      await db.transaction().execute(async (trx) => {
        await saveWords(trx, city.id, code, run, actor, instant);
        if (run.length === city.institutions.get(code)!.services.size) await endMatter(trx, city.id, incident.id, 'unknown', code, '');
        await notify(trx, { city: city.id, kind: 'status' });
      });
      await board.reload();
      return { at: instant, services: run };
    });
  });

  app.post('/api/institutions/:code/services/:service/places', {
    schema: { tags: ['city'], summary: 'A ward states its places; a number that differs from the count stands beside it', params: OfService, body: Stated },
  }, async (request) => {
    const { actor, code } = wardOf(request);
    const { service } = request.params as z.output<typeof OfService>;
    return onceIn(request, actor, async () => ({ at: at(), places: await statePlaces(house, { institution: code, service, ...(request.body as z.output<typeof Stated>) }, actor, at()) }));
  });

  app.post('/api/institutions/:code/services/:service/places/settle', {
    schema: { tags: ['city'], summary: 'A ward says which of two numbers holds: what it said, or what was counted', params: OfService, body: Settled },
  }, async (request) => {
    const { actor, code } = wardOf(request);
    const { service } = request.params as z.output<typeof OfService>;
    return onceIn(request, actor, async () => ({ at: at(), places: await settlePlaces(house, code, service, (request.body as z.output<typeof Settled>).which, actor, at()) }));
  });

  app.post('/api/closings/:id/confirm', { schema: { tags: ['city'], summary: 'The second person closes a service that a ward asked to close', params: OfMatter } }, async (request) => {
    const actor = mustBe(actorOf(request), ['district', 'city']);
    return onceIn(request, actor, async () => {
      const instant = at();
      const { status, asked } = await confirmClosing(house, (request.params as z.output<typeof OfMatter>).id, actor, instant);
      errands.kick(asked);
      return { at: instant, status, askedAgain: asked.length };
    });
  });

  app.post('/api/closings/:id/decline', { schema: { tags: ['city'], summary: 'The second person says why the service stays open', params: OfMatter, body: Declined } }, async (request) => {
    const actor = mustBe(actorOf(request), ['district', 'city']);
    return onceIn(request, actor, async () => {
      await declineClosing(house, (request.params as z.output<typeof OfMatter>).id, actor, (request.body as z.output<typeof Declined>).reason, at());
      return { at: at() };
    });
  });
}
