import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Instant } from '../../base/index.ts';
import { conflict, invalid, mustBe, notFound, notSignedIn, readInput, Refused, STAFF_ROLES } from '../../people/index.ts';
import { once } from '../journeys/once.ts';
import { readCookie, writeCookie } from './cookie.ts';
import { SCREENS } from './demo-links.ts';
import type { Identity } from './identity.ts';
import { checkPost, vehicleScope } from './posting.ts';
import { hashToken, provesPhone } from './proofs.ts';
import { scopeName } from './scope-name.ts';
import { actorOf, sessionOf } from './session-hook.ts';
import type { SignInContext } from './sign-in.ts';
import { addStaff, dismissStaff, listStaff, postsOf } from './staff.ts';
import { beginSession, endSession, moveSession } from './store.ts';
import { forgetTries, takeTry } from './tries.ts';

/** One shift; whoever works longer proves again who they are. */
const SHIFT_HOURS = 12;
/** Phones are lent and lost; the link opens it again in a moment. */
const RESIDENT_HOURS = 24;

/** What is needed of a request, or of an appointment that is none yet, to let its resident in. */
export interface ResidentOf {
  readonly subject: 'journey' | 'appointment' | 'waiting';
  readonly id: string;
  readonly incident: string;
  readonly name: string;
  readonly phoneProof: string;
}

const ResidentSignIn = z.strictObject({ token: z.string().min(1).max(200), phoneLast4: z.string().regex(/^\d{4}$/) });
const PostChoice = z.strictObject({ post: z.string().max(100).optional() });
const Vehicle = z.strictObject({ id: z.string().min(1).max(50) });
const Staff = z.strictObject({
  name: z.string().trim().min(1).max(100), role: z.enum(STAFF_ROLES), scope: z.string().min(1).max(100),
  email: z.email().max(200).optional(), phone: z.string().regex(/^\+?\d{6,15}$/).optional(),
});

export function addSessionRoutes(app: FastifyInstance, context: SignInContext, identity: Identity | undefined): void {
  const { db, city, settings } = context;
  const secure = new URL(settings.publicUrl).protocol === 'https:';
  const answerFor = (actor: { role: string; scope: string }): { actor: object; scopeName: object; demo: boolean; at: Instant } =>
    ({ actor, scopeName: scopeName(actor.scope, city), demo: settings.demo, at: context.at() });

  app.get('/api/me', { schema: { tags: ['sign-in'], summary: 'Who is signed in, and where' } }, async (request) => {
    const actor = actorOf(request);
    if (!actor) throw notSignedIn();
    return answerFor(actor);
  });

  app.post('/api/sign-out', { schema: { tags: ['sign-in'], summary: 'End the session' } }, async (request, reply) => {
    const token = readCookie(request, secure);
    if (token) await endSession(db, city.id, token);
    writeCookie(reply, '', 0, secure);
    // Who they are is forgotten as well: the next person at this screen must not find themselves signed in as the last.
    for (const cookie of (await identity?.forget(request)) ?? []) reply.header('set-cookie', cookie);
    return { at: context.at() };
  });

  /** The link alone is not enough: it may have been forwarded or read over a shoulder. */
  app.post('/api/my/sign-in', { schema: { tags: ['sign-in'], summary: 'A resident opens their own request', body: ResidentSignIn } }, async (request, reply) => {
    const { token, phoneLast4 } = readInput(ResidentSignIn, request.body);
    await takeTry(db, city.id, 'address', request.ip);
    await takeTry(db, city.id, 'link', token);
    const resident = await context.findResident(hashToken(token));
    // Whether the link or the number was wrong is not said: that would confirm a found link.
    if (!resident || !provesPhone(token, phoneLast4, resident.phoneProof)) throw new Refused(401, [{ code: 'linkOrPhoneWrong' }]);
    await forgetTries(db, city.id, 'link', token);
    await forgetTries(db, city.id, 'address', request.ip);
    const actor = { id: `resident:${resident.id}`, name: resident.name, role: 'resident' as const, scope: `${resident.subject}:${resident.id}` };
    writeCookie(reply, await beginSession(db, city.id, { actor, hours: RESIDENT_HOURS, incident: resident.incident }), RESIDENT_HOURS, secure);
    return answerFor(actor);
  });

  app.post('/api/my-vehicle', { schema: { tags: ['sign-in'], summary: 'The unit or car of today', body: Vehicle } }, async (request) => {
    const actor = mustBe(actorOf(request), ['crew', 'driver']);
    const { id } = readInput(Vehicle, request.body);
    const session = sessionOf(request);
    const scope = session && vehicleScope(actor.role, session.post, id, session.demo, city);
    if (!session || !scope) throw conflict({ code: 'vehicleNotYours', field: 'id', facts: { id } });
    return once(context, request, actor, async (transaction) => {
      await moveSession(transaction, city.id, session.token, scope);
      return answerFor({ ...actor, scope });
    });
  });
}

/** From "who are you", proved, to "which post do you hold on this shift". */
export function addStaffRoutes(app: FastifyInstance, context: SignInContext, identity: Identity | undefined): void {
  const { db, city, settings } = context;
  const secure = new URL(settings.publicUrl).protocol === 'https:';

  app.get('/api/sign-in/ways', { schema: { tags: ['sign-in'], summary: 'Which ways to sign in there are' } }, async () => ({
    oidc: settings.oidc !== undefined, phone: context.sendCode !== undefined, demo: settings.demo,
  }));

  app.post('/api/sign-in', { schema: { tags: ['sign-in'], summary: 'Take one of the posts of whoever has proved who they are', body: PostChoice } }, async (request, reply) => {
    const { post } = readInput(PostChoice, request.body ?? {});
    const proved = await identity?.proved(request);
    if (!proved) throw notSignedIn();
    const posts = await postsOf(db, city.id, proved);
    const chosen = post === undefined && posts.length === 1 ? posts[0] : posts.find(({ id }) => id === post);
    if (posts.length === 0) throw new Refused(403, [{ code: 'noPost' }]);
    if (!chosen) return { choose: posts.map(({ id, role, scope }) => ({ id, role, scope, scopeName: scopeName(scope, city) })) };
    const { id, name, role, scope } = chosen;
    writeCookie(reply, await beginSession(db, city.id, { actor: { id, name, role, scope }, hours: SHIFT_HOURS, staff: id }), SHIFT_HOURS, secure);
    return { actor: { id, name, role, scope }, scopeName: scopeName(scope, city), demo: settings.demo, screen: SCREENS[role], at: context.at() };
  });

  app.get('/api/staff', { schema: { tags: ['sign-in'], summary: 'All posts' } }, async (request) => {
    mustBe(actorOf(request), ['city']);
    return { at: context.at(), staff: await listStaff(db, city.id) };
  });

  app.post('/api/staff', { schema: { tags: ['sign-in'], summary: 'Give somebody a post', body: Staff } }, async (request, reply) => {
    const actor = mustBe(actorOf(request), ['city']);
    const staff = readInput(Staff, request.body);
    if (!staff.email && !staff.phone) throw invalid([{ code: 'emailOrPhoneMissing', field: 'email' }]);
    const wrong = checkPost(staff.role, staff.scope, city);
    if (wrong) throw invalid([wrong]);
    reply.status(201);
    return once(context, request, actor, async (transaction) => ({ at: context.at(), by: actor.id, staff: await addStaff(transaction, city.id, staff) }));
  });

  app.post<{ Params: { id: string } }>('/api/staff/:id/dismiss', { schema: { tags: ['sign-in'], summary: 'End a post, and its sessions' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city']);
    return once(context, request, actor, async (transaction) => {
      if (!(await dismissStaff(transaction, city.id, request.params.id))) throw notFound();
      return { at: context.at() };
    });
  });
}
