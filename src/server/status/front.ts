import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { MINUTE_MS, type Instant, type Language } from '../../base/index.ts';
import { SERVICES, type City, type Service } from '../../city/index.ts';
import { sayIn } from '../public-page.ts';
import type { StatusBoard } from './board.ts';
import { feedOf, statusPage, type Looked, type Picture } from './picture.ts';

/** Made again once a second at most, however many ask. */
const MADE_EVERY_MS = 1_000;
const KEEP_SECONDS = 15;
/** A page of text; no script of anybody. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** @returns whether it was this one's to answer */
export type Front = (request: IncomingMessage, response: ServerResponse) => boolean;

interface Made {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

/**
 * Who is open for what, for everybody: answered out of memory before a session is looked for, a route is found or a row is read. Whatever else is
 * overloaded or away, this answers, with its age.
 */
export function statusFront(city: City, board: StatusBoard, now: () => Instant): Front {
  let madeAt = -Infinity;
  let picture: Picture;
  let pages = new Map<string, Made>();

  const look = (): void => {
    const at = now();
    if (Math.abs(at - madeAt) < MADE_EVERY_MS) return;
    madeAt = at;
    pages = new Map();
    // To the minute, so that whoever has it already is sent nothing until something changes.
    const asOf = board.readAt() - (board.readAt() % MINUTE_MS);
    picture = { asOf, standings: board.standings(at), published: board.published() };
  };
  const made = (key: string, type: string, make: () => string): Made => {
    let page = pages.get(key);
    if (!page) {
      const plain = Buffer.from(make());
      pages.set(key, (page = { type: `${type}; charset=utf-8`, etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`, plain, zipped: gzipSync(plain) }));
    }
    return page;
  };

  return (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const [path, query] = url.split('?', 2) as [string, string | undefined];
    if ((path !== '/status' && path !== '/api/status/feed') || (method !== 'GET' && method !== 'HEAD')) return false;
    look();
    const page = path === '/status' ? askedPage(query, headers['accept-language']) : made('feed', 'application/json', () => JSON.stringify(feedOf(city, picture)));
    send(response, page, headers, method === 'HEAD');
    return true;
  };

  /** Only what the city has is looked for, so that made-up addresses never fill the memory. */
  function askedPage(query: string | undefined, accepts: string | undefined): Made {
    const asked = new URLSearchParams(query);
    const lang = asked.get('lang');
    const language: Language = lang === 'en' || lang === 'zh-CN' ? lang : accepts === undefined || /^\s*zh\b/i.test(accepts) ? 'zh-CN' : 'en';
    const [district, service] = [asked.get('district') ?? '', asked.get('service') ?? ''];
    const looked: Looked = { ...(city.districts.has(district) && { district }), ...((SERVICES as readonly string[]).includes(service) && { service: service as Service }) };
    return made(`${language} ${looked.district ?? ''} ${looked.service ?? ''}`, 'text/html', () => statusPage(city, picture, looked, language, sayIn(language)));
  }
}

function send(response: ServerResponse, { type, etag, plain, zipped }: Made, headers: IncomingMessage['headers'], headOnly: boolean): void {
  const zip = /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  const body = zip ? zipped : plain;
  const known = headers['if-none-match']?.includes(etag) ?? false;
  response.writeHead(known ? 304 : 200, {
    etag, vary: 'accept-language, accept-encoding', 'cache-control': `public, max-age=${KEEP_SECONDS}`, 'access-control-allow-origin': '*',
    'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    ...(!known && { 'content-type': type, 'content-length': body.length, ...(zip && { 'content-encoding': 'gzip' }) }),
  });
  response.end(known || headOnly ? undefined : body);
}

/** Asked before whatever listens now; what is not its own goes on there. */
export function answerFirst(server: Server, front: Front): void {
  const others = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!front(request, response)) for (const next of others) next.call(server, request, response);
  });
}
