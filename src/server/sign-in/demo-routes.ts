import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { notFound, readInput } from '../../people/index.ts';
import { writeCookie } from './cookie.ts';
import { SCREENS } from './demo-links.ts';
import { demoPage, ENTER_SCRIPT } from './demo-page.ts';
import { demoPeople, demoPerson, type DemoPerson } from './demo-people.ts';
import type { SignInContext } from './sign-in.ts';
import { beginSession } from './store.ts';

const DEMO_HOURS = 12;
/** Pages, not part of the interface for programs. */
const HIDDEN = { schema: { hide: true } } as const;
const DemoSignIn = z.strictObject({ id: z.string().min(1).max(100) });

/** Only ever called in demo mode: otherwise these addresses do not exist. */
export function addDemoRoutes(app: FastifyInstance, context: SignInContext): void {
  const { db, city, settings } = context;
  const secure = new URL(settings.publicUrl).protocol === 'https:';
  const people = demoPeople(city);

  const signIn = async (reply: FastifyReply, id: string): Promise<DemoPerson> => {
    const person = demoPerson(id, city);
    if (!person) throw notFound();
    const { name, role, scope } = person;
    const token = await beginSession(db, city.id, { actor: { id, name, role, scope }, hours: DEMO_HOURS, demo: true });
    writeCookie(reply, token, DEMO_HOURS, secure);
    return person;
  };

  app.get('/api/demo/people', { schema: { tags: ['demo'], summary: 'Whom to look around as' } }, async () => ({ at: context.at(), people }));

  app.post('/api/demo/sign-in', { schema: { tags: ['demo'], summary: 'Sign in as one of them', body: DemoSignIn } }, async (request, reply) => {
    const { scopeName, ...actor } = await signIn(reply, readInput(DemoSignIn, request.body).id);
    return { actor, scopeName, demo: true, screen: SCREENS[actor.role], at: context.at() };
  });

  app.get('/demo/enter.js', HIDDEN, async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(ENTER_SCRIPT));

  app.get<{ Params: { role: string } }>('/demo/:role', HIDDEN, async (request, reply) => {
    const person = people.find(({ role }) => role === request.params.role);
    if (!person) throw notFound();
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(demoPage(person));
  });

  app.register(async (forms) => {
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_024 }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)));
    });
    forms.post('/demo/:role', HIDDEN, async (request, reply) => {
      const { role } = await signIn(reply, readInput(DemoSignIn, request.body).id);
      return reply.redirect(SCREENS[role], 303);
    });
  });
}
