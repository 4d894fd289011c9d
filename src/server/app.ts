import fastifySwagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { notFound, readInput } from '../people/index.ts';
import { describeInterface } from './openapi.ts';
import { answerError, sendProblem } from './problems.ts';
import { askForKeys } from './journeys/request-key.ts';

/** A session is named by its institution, service, hour and clinic. */
const PARAM_MAX = 300;
const BODY_BYTES_MAX = 64 * 1_024;
/** A stopping server refuses new work politely for this long at most. */
const REQUEST_SECONDS_MAX = 30;

/** Scripts from our own files alone; styles also inline, because the screens' components set them. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** The page that documents the interface configures itself inside the page; it shows no data of anybody. */
const DOCS_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'");

/** Nothing that would need another server: a button that leads nowhere costs the trust in those beside it. */
const DOCS_PAGE = {
  url: '/openapi.json', pageTitle: 'Greenlane', withDefaultFonts: false, telemetry: false, hideClientButton: true,
  showDeveloperTools: 'never', agent: { disabled: true }, mcp: { disabled: true },
};

/** The web server without its routes: limits, checks, headers and problems that hold for all of them. */
export async function openApp(log: (line: string) => void): Promise<FastifyInstance> {
  const app = fastify({ logger: false, routerOptions: { maxParamLength: PARAM_MAX }, frameworkErrors: (error, request, reply) => { answerError(error, request, reply, log); }, bodyLimit: BODY_BYTES_MAX, requestTimeout: REQUEST_SECONDS_MAX * 1_000, forceCloseConnections: 'idle', return503OnClosing: true });
  // No name and no code of ours holds a zero character, and PostgreSQL fails on one.
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('%00')) throw notFound();
  });

  app.setValidatorCompiler(({ schema }) => (data: unknown) => {
    try {
      return { value: readInput(schema as z.ZodType, data) };
    } catch (error) {
      return { error: error as Error };
    }
  });
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 404, [{ code: 'unknownAddress', facts: { method: request.method } }]));
  // A button without fields sends no body, or an empty one that says it is JSON: both mean an empty object.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : checked(JSON.parse(body as string)));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }), undefined);
    }
  });
  askForKeys(app);
  app.addHook('onSend', async (request, reply) => {
    reply.header('content-security-policy', request.url.startsWith('/docs') ? DOCS_POLICY : POLICY);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('permissions-policy', 'geolocation=(self), camera=(self), microphone=()');
    // What is public says itself for how long it may be kept; everything else is somebody's.
    if (!reply.hasHeader('cache-control') && (request.url.startsWith('/api/') || request.url.startsWith('/fhir/'))) reply.header('cache-control', 'no-store');
  });

  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Greenlane', version: '1',
        description: 'A request for care becomes treated care. Times are epoch milliseconds; places are WGS-84. Every POST that changes something carries an `Idempotency-Key`. What cannot be done is answered as RFC 9457 `application/problem+json` with a stable `code`.',
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(scalar, { routePrefix: '/docs', configuration: DOCS_PAGE as never });
  app.get('/openapi.json', { schema: { hide: true } }, () => describeInterface(app));
  return app;
}

/**
 * `__proto__` as a key is an attack or a mistake. A zero character or half of a surrogate pair is no text: PostgreSQL refuses
 * it, and it would be refused there for everybody in the same batch.
 */
function checked(value: unknown): unknown {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) throw new Error('not text');
  if (typeof value !== 'object' || value === null) return value;
  for (const [key, each] of Object.entries(value)) {
    if (key === '__proto__') throw new Error('not accepted');
    checked(key);
    checked(each);
  }
  return value;
}
