import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS, type Instant, type Refusal } from '../../base/index.ts';
import { WAY_MS, type AppointmentPerson, type BookableService } from '../../appointments/index.ts';
import { SERVICES, type Service } from '../../city/index.ts';
import { codeField, codeIn, conflict, instantField, invalid, mustBe, notAllowed, notFound, Refused, type Actor, type Role } from '../../people/index.ts';
import { receive, type Intake } from '../../requests/index.ts';
import { IntakeBody, intakeOf } from '../../requests/routes.ts';
import { addressLimit } from '../address-limit.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { CHANNEL, PUBLIC, refuseForeignPlace } from '../journeys/intake-route.ts';
import { linkToken } from '../journeys/intake.ts';
import { notify } from '../journeys/store.ts';
import { needOf } from './need.ts';
import { once } from '../journeys/once.ts';
import { withFreshLooks } from '../journeys/play.ts';
import { keyOf } from '../journeys/request-key.ts';
import { isBySeat } from '../appointments/seated.ts';
import { actorOf, moveSession, residentLink, sessionOf } from '../sign-in/index.ts';
import { acceptOffer, declineOffer, leaveLine } from './answers.ts';
import { joinLine } from './join.ts';
import { findWaiting, listWaiting, mayAnswer, waitingView, type WaitingRow } from './rows.ts';

const JOINERS: readonly Role[] = ['resident', 'hotline', 'committee', 'ward', 'familyDoctor'];
const ANSWERERS: readonly Role[] = [...JOINERS];
const DAYS_MAX = 60;

const JoinBody = z.strictObject({
  service: z.enum(SERVICES), institutions: z.array(codeField).max(20).default([]), from: instantField, to: instantField, care: IntakeBody,
  /** They read no messages: an offer is told by ringing them up. */
  callOnly: z.boolean().default(false),
});
const ListQuery = z.strictObject({ institution: codeField.optional() });
const IdParams = z.strictObject({ id: z.string().min(1).max(60) });
const NoBody = z.strictObject({});

export interface WaitingDeps {
  readonly house: House;
  /** With the sender's key it makes the link, which is stored nowhere. */
  readonly secret: string;
  readonly publicUrl: string;
  readonly perMinute: number;
}

/** Waiting for a seat, and answering when one is offered. */
export function registerWaitingRoutes(app: FastifyInstance, { house, secret, publicUrl, perMinute }: WaitingDeps): void {
  const { city, db, clock, incident } = house;
  const limit = addressLimit(perMinute);
  const tags = ['waiting'];

  app.post('/api/waiting', { schema: { tags, summary: 'Wait for a seat: what others give back is offered in order of need', body: JoinBody } }, async (request, reply) => {
    const key = keyOf(request);
    const { service, institutions, from, to, care: given, callOnly } = request.body as z.output<typeof JoinBody>;
    const signedIn = actorOf(request);
    const actor = signedIn && signedIn.role !== 'resident' ? signedIn : PUBLIC;
    if (!JOINERS.includes(actor.role)) throw notAllowed();
    const waitSeconds = actor.role === 'resident' ? limit(request.ip, Date.now()) : 0;
    if (waitSeconds > 0) throw new Refused(429, [{ code: 'tooManyRequests', facts: { seconds: waitSeconds } }], waitSeconds);
    refuseForeignPlace(house, actor, given);
    const care = intakeOf(given, CHANNEL[actor.role] ?? (actor.role === 'resident' ? 'resident' : 'hotline'));
    const at = clock.now();
    const [first, ...rest] = wrongIn(house, actor, { service, institutions, from, to, care }, at);
    if (first) throw invalid([first, ...rest]);
    const bookable = service as BookableService;
    const { acuity } = needOf(care, bookable, at);
    if (acuity === 'I' || acuity === 'II') throw conflict({ code: 'tooUrgentForAppointment', field: 'care.findings' });
    const token = linkToken(secret, key, actor.id);
    const id = `W${createHash('sha256').update(`waiting ${token}`).digest('base64url').slice(0, 20)}`;
    const { name, phone } = care.person;
    const person: AppointmentPerson = { name, phone, groups: care.groups, ...(care.proxy && { proxy: care.proxy }) };
    const phones = [phone, ...(care.proxy ? [care.proxy.phone] : [])];
    const answer = await withFreshLooks(() => once(house, request, actor, async (trx) => {
      await joinLine(trx, house, actor, { id, service: bookable, institutions, from: Math.max(from, at), to, person, care, callOnly, link: residentLink(phones, token) }, at);
      await notify(trx, { city: city.id, kind: 'appointments' });
      return { at, waiting: view((await findWaiting(trx, city.id, id))!, actor.role === 'resident' ? { ...actor, scope: `waiting:${id}` } : actor) };
    }));
    reply.status(201);
    return { ...answer, id, token, url: `${publicUrl}/my#${token}` };
  });

  const view = (row: WaitingRow, actor: Actor): ReturnType<typeof waitingView> => waitingView(row, city, actor, clock.now());

  app.get('/api/waiting', { schema: { tags, summary: 'Who waits: whom to ring first, then in order of need', querystring: ListQuery } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'hotline', 'committee', 'district', 'city']);
    const at = clock.now();
    return { at, waiting: await listWaiting(db, city, incident.id, actor, at, (request.query as z.output<typeof ListQuery>).institution) };
  });

  app.get('/api/waiting/mine', { schema: { tags, summary: 'The resident\'s own place in line' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['resident']);
    const row = await findWaiting(db, city.id, codeIn(actor, 'waiting') ?? '');
    if (!row) throw notFound();
    const session = sessionOf(request);
    // From now on the appointment is what they follow, with the same link.
    if (row.booking !== null && session) await moveSession(db as never, city.id, session.token, `appointment:${row.booking}`);
    return { at: clock.now(), waiting: view(row, actor) };
  });

  const answer = (address: string, summary: string, work: (trx: Kysely<any>, id: string) => Promise<unknown>): void => {
    app.post(`/api/waiting/:id/${address}`, { schema: { tags, summary, params: IdParams, body: NoBody } }, async (request) => {
      const { id } = request.params as z.output<typeof IdParams>;
      const actor = mustBe(actorOf(request), ANSWERERS);
      const before = await findWaiting(db, city.id, id);
      if (!before || !mayAnswer(actor, before)) throw notFound();
      return withFreshLooks(() => once(house, request, actor, async (trx) => {
        await work(trx, id);
        if (actor.role !== 'resident') await writeAudit(trx, city.id, incident.id, { at: clock.now(), by: actor, what: `${address}Waiting`, facts: { waiting: id } });
        await notify(trx, { city: city.id, kind: 'appointments' });
        return { at: clock.now(), waiting: view((await findWaiting(trx, city.id, id))!, actor) };
      }));
    });
  };
  answer('accept', 'Take the seat that is offered', (trx, id) => acceptOffer(trx, house, id));
  answer('decline', 'Not this one: it goes to the next, and the place in line stays', (trx, id) => declineOffer(trx, house, id));
  answer('leave', 'Wait no more', (trx, id) => leaveLine(trx, house, id));
}

interface Asked {
  readonly service: Service;
  readonly institutions: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly care: Intake;
}

/** Everything nobody could act on, at once. */
function wrongIn({ city }: House, actor: Actor, { service, institutions, from, to, care }: Asked, at: Instant): readonly Refusal[] {
  const received = receive(care, city, '', at);
  const own = codeIn(actor, 'institution');
  return [
    ...(service === 'emergency' || care.need === 'emergency' ? [{ code: 'emergencyTakesNoAppointments', field: service === 'emergency' ? 'service' : 'care.need' }]
      : isBySeat(service) ? [] : [{ code: 'serviceTakesNoAppointments', field: 'service', facts: { service } }]),
    ...institutions.flatMap((code, index): Refusal[] => {
      const field = `institutions.${index}`;
      const known = city.institutions.get(code);
      if (!known) return [{ code: 'unknownInstitution', field, facts: { institution: code } }];
      if (own !== undefined && own !== code) return [{ code: 'institutionNotYours', field, facts: { institution: code } }];
      return known.services.has(service) ? [] : [{ code: 'serviceTakesNoAppointments', field, facts: { service, institution: code } }];
    }),
    ...(to <= Math.max(from, at + WAY_MS) ? [{ code: 'endsBeforeItBegins', field: 'to' }] : []),
    ...(to > at + DAYS_MAX * DAY_MS ? [{ code: 'numberOutOfRange', field: 'to', facts: { min: 1, max: DAYS_MAX } }] : []),
    ...(received.ok ? [] : [{ ...received.refusal, field: `care.${received.refusal.field ?? ''}` }]),
  ];
}
