import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { notSignedIn } from '../people/index.ts';
import type { Live } from './live.ts';
import { actorOf } from './sign-in/index.ts';

const PING_EVERY_MS = 10_000;
/** A screen that cannot keep up is cut off and fetches everything again; it must not fill our memory. */
const BACKLOG_BYTES_MAX = 256 * 1_024;

export interface Streams {
  /** Ends every open stream, so that a stopping server is not held up by open screens. */
  end(): void;
}

/**
 * Server-sent events: what changed, never what it says. The screen fetches it in its own scope.
 * @param stillSignedIn asked with every ping: a session that was ended is over on open screens as well
 */
export function registerStream(app: FastifyInstance, live: Live, stillSignedIn: (request: FastifyRequest) => Promise<boolean>): Streams {
  const open = new Set<ServerResponse>();
  app.get('/api/stream', { schema: { tags: ['live'], summary: 'Server-sent events: change, status, restrictions, units, board, positions, day, calls, policies' } }, (request, reply) => {
    const actor = actorOf(request);
    if (!actor) throw notSignedIn();
    reply.hijack();
    const { raw } = reply;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    // The connection ends with the stream, so that a stopping server does not wait for it to fall idle.
    raw.shouldKeepAlive = false;
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': here\n\n');
    open.add(raw);
    const write = (text: string): void => {
      if (raw.writableLength > BACKLOG_BYTES_MAX) raw.destroy();
      else raw.write(text);
    };
    const ping = setInterval(() => {
      write(': ping\n\n');
      // A database that is away ends nobody's session.
      void stillSignedIn(request).then((still) => { if (!still) raw.end(); }, () => undefined);
    }, PING_EVERY_MS);
    const leave = live.add({ actor, send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`) });
    raw.on('close', () => {
      clearInterval(ping);
      leave();
      open.delete(raw);
    });
    raw.on('error', () => raw.destroy());
  });
  return { end: () => { for (const raw of open) raw.end(); } };
}
