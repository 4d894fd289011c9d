import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const BUILT = path.resolve(import.meta.dirname, '..', '..', 'dist', 'web');

/** Every address a person can know, and the page that stands there. */
const PAGES: Readonly<Record<string, string>> = {
  '/': 'ask', '/my': 'my', '/book': 'book', '/car': 'car', '/sign-in': 'sign-in', '/demo': 'desks', '/hotline': 'desks', '/desk': 'desks', '/board': 'desks', '/drive': 'desks',
  '/ward': 'desks', '/gate': 'desks', '/family': 'desks', '/cloud': 'desks', '/expert': 'desks', '/checkpoint': 'desks', '/passes': 'desks',
  '/office': 'desks',
};

/** A server without built screens still serves its interface, and says where. */
const NO_SCREENS = '<!doctype html><meta charset="utf-8"><title>Greenlane</title><h1>Greenlane</h1><p>The screens are not built: start with <code>npm start</code>. The interface is described at <a href="/docs">/docs</a>.</p>';

export async function registerScreens(app: FastifyInstance): Promise<void> {
  const built = existsSync(path.join(BUILT, 'ask', 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: BUILT, prefix: '/', index: false, wildcard: false, decorateReply: true,
      // Files carry a fingerprint of their content in their name; pages do not.
      setHeaders: (reply, file) => void reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    });
  }
  for (const [address, page] of Object.entries(PAGES)) {
    app.get(address, { schema: { hide: true } }, (_request, reply) => {
      const file = path.join(page, 'index.html');
      if (!built || !existsSync(path.join(BUILT, file))) return reply.type('text/html; charset=utf-8').send(NO_SCREENS);
      return reply.sendFile(file);
    });
  }
}
