import fastify from 'fastify';
import type { Database } from './database.ts';
import type { Settings } from './settings.ts';

/** Answers while the rooms are being wired; replaced by `startServer` of this folder's `index.ts`. */
export async function startServer(settings: Settings, database: Database): Promise<{ stop(): Promise<void> }> {
  const app = fastify();
  app.get('/health', async () => {
    await database.pool.query('select 1');
    return { status: 'ok' };
  });
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send('<!doctype html><title>Greenlane</title><h1>Greenlane</h1>'));
  await app.listen({ port: settings.port, host: settings.host });
  return { stop: () => app.close() };
}
