/**
 * Lets the pages of drivers and checkpoints open where no network reaches. Only those, and only their own files: never an answer of the server,
 * because those are about people. With a network the page always comes from the server, so a new program is used at once and
 * an old one never stays; without one the last complete set of files is used, for a week at most.
 */
export {};

/** Written in when the screens are built: the files, and a version that changes with any of them. */
declare const OFFLINE_FILES: { readonly version: string; readonly files: readonly string[] };
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: { waitUntil(done: Promise<unknown>): void }) => void): void;
  addEventListener(type: 'fetch', listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}
const worker = self as unknown as Worker;

const PAGES: readonly string[] = ['/drive', '/checkpoint'];
const OURS = 'greenlane-offline-';
const NAME = OURS + OFFLINE_FILES.version;
/** A line that is almost dead must not keep a driver from the next address. */
const PATIENCE_MS = 4_000;
/** A phone that lay in a drawer shows nothing rather than a program nobody knows any more. */
const OLDEST_MS = 7 * 24 * 3_600_000;

worker.addEventListener('install', (event) => event.waitUntil(fill().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(clear().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && PAGES.includes(pathname)) event.respondWith(page(request, pathname));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll([...PAGES, ...OFFLINE_FILES.files]);
}

async function clear(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== NAME).map((name) => caches.delete(name)));
}

async function page(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(NAME);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request.url, { signal: abort.signal, credentials: 'same-origin', cache: 'no-cache' });
    if (!answer.ok) throw new Error(`page ${answer.status}`);
    // The page of a newer program needs that program's files; they come with its own worker.
    return answer;
  } catch (problem) {
    const kept = await cache.match(pathname);
    if (!kept || Date.now() - Date.parse(kept.headers.get('date') ?? '') > OLDEST_MS) throw problem;
    return kept;
  } finally {
    clearTimeout(timer);
  }
}

/** Their names change with their content: what is kept cannot be old. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(NAME)).match(request)) ?? fetch(request);
}
