import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused, type Actor } from '../../people/index.ts';
import { readCookie } from './cookie.ts';
import type { SignInContext } from './sign-in.ts';
import { findSession, type Session } from './store.ts';

const sessions = new WeakMap<FastifyRequest, Session & { readonly token: string }>();

/** Who asks; undefined for everybody who has not signed in. Known from the first hook of the request on. */
export function actorOf(request: FastifyRequest): Actor | undefined {
  return sessions.get(request)?.actor;
}

export function sessionOf(request: FastifyRequest): (Session & { readonly token: string }) | undefined {
  return sessions.get(request);
}

/** For what stays open longer than a request: whether its session is the same as when it began. */
export async function isStillSignedIn({ db, city }: Pick<SignInContext, 'db' | 'city'>, request: FastifyRequest): Promise<boolean> {
  const began = sessions.get(request);
  const now = began && (await findSession(db, city.id, began.token));
  return now !== undefined && now.actor.scope === began?.actor.scope;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before every route: who is it, and does the request come from one of our own pages? */
export function addSessionHook(app: FastifyInstance, { db, city, settings }: SignInContext): void {
  const { host, protocol } = new URL(settings.publicUrl);
  app.addHook('onRequest', async (request) => {
    if (!SAFE_METHODS.has(request.method) && isForeign(request, host)) throw new Refused(403, [{ code: 'foreignOrigin' }]);
    const token = readCookie(request, protocol === 'https:');
    const session = token ? await findSession(db, city.id, token) : undefined;
    // A demo session that outlived demo mode opens nothing.
    if (token && session && (settings.demo || !session.demo)) sessions.set(request, { ...session, token });
  });
}

/**
 * A browser names the page a change comes from. Programs that are no browsers name none, and carry no cookie either that
 * somebody else could abuse.
 */
function isForeign(request: FastifyRequest, publicHost: string): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'cross-site') return true;
  if (origin === undefined) return false;
  try {
    const from = new URL(origin).host;
    return from !== host && from !== publicHost;
  } catch {
    return true;
  }
}
