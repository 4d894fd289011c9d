/** A real server on a real PostgreSQL, and people who use it over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JourneyView } from '../src/journey/index.ts';
import { openDatabase, startServer, type Database, type Server, type ServerOptions, type Settings } from '../src/server/index.ts';

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly type: string;
}

/** One browser: its own session, a new key for each thing it means to do. */
export class Visitor {
  readonly url: string;
  cookie = '';
  static #keys = 0;

  constructor(url: string) {
    this.url = url;
  }

  get(address: string): Promise<Answer> {
    return this.send('GET', address);
  }

  post(address: string, body: unknown = {}, key = newKey()): Promise<Answer> {
    return this.send('POST', address, body, { 'idempotency-key': key });
  }

  async send(method: string, address: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url + address, {
      method,
      headers: { ...(this.cookie && { cookie: this.cookie }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const session = response.headers.get('set-cookie');
    if (session) this.cookie = session.split(';')[0]!;
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, body: type.includes('json') ? JSON.parse(text) : text, type };
  }

  static nextKey(): string {
    return `test-key-${process.pid}-${Visitor.#keys++}`;
  }
}

export const newKey = (): string => Visitor.nextKey();

export interface RunningCity {
  readonly server: Server;
  readonly database: Database;
  readonly url: string;
  visitor(): Visitor;
  /** Signed in at a post: `ward@institution:ZZ-H-001`. */
  as(post: string): Promise<Visitor>;
  stop(): Promise<void>;
}

/** A database of its own in a temporary folder. */
export async function openTemporaryDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-test-'));
  const database = await openDatabase({ dataDir, log: () => undefined, unsafeButFast: true });
  return {
    ...database,
    async stop() {
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * @param on serve this database and leave it running in the end
 * @param settings other than those of a demo
 */
export async function startCity(options: ServerOptions & { readonly on?: Database; readonly settings?: Partial<Settings> } = {}): Promise<RunningCity> {
  const database = options.on ?? (await openTemporaryDatabase());
  const port = await freePort();
  const settings = { port, host: '127.0.0.1', dataDir: tmpdir(), databaseUrl: database.url, demo: true, ...options.settings };
  const server = await startServer(settings, database, { intakePerMinute: Infinity, ...options });
  const visitor = (): Visitor => new Visitor(server.url);
  return {
    server, database, url: server.url, visitor,
    async as(post) {
      const person = visitor();
      const { status, body } = await person.post('/api/demo/sign-in', { id: post });
      if (status !== 200) throw new Error(`${post} cannot sign in: ${JSON.stringify(body)}`);
      return person;
    },
    async stop() {
      await server.stop();
      if (!options.on) await database.stop();
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The second person of the district confirms every closure that was asked for. */
export async function confirmClosings(url: string): Promise<void> {
  const city = new Visitor(url);
  await city.post('/api/demo/sign-in', { id: 'city@city' });
  const { matters } = (await city.get('/api/status/matters')).body as { matters: { id: string; kind: string; district: string }[] };
  for (const { id, district } of matters.filter(({ kind }) => kind === 'closing')) {
    const second = new Visitor(url);
    await second.post('/api/demo/sign-in', { id: `district@district:${district}` });
    const { status, body } = await second.post(`/api/closings/${id}/confirm`);
    // Somebody else was faster: it is closed all the same.
    if (status !== 200 && status !== 404) throw new Error(`not confirmed: ${JSON.stringify(body)}`);
  }
}

/** A town under the announcement, and its neighbour in the same district. */
export const TOWN = '410102001';
export const OTHER_TOWN = '410102002';

/** The shortest request there is; `with` says the rest. */
export function intake(given: Record<string, unknown> = {}): Record<string, unknown> {
  return { person: { name: 'Resident 0001', phone: '13700005678' }, town: TOWN, address: 'Building 3', need: 'fever', ...given };
}

/** Waits for something the server does by itself. */
export async function eventually<T>(look: () => Promise<T | undefined>, seconds = 10): Promise<T> {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Words a person adds to the commands that need some. */
const WORDS: Readonly<Record<string, object>> = {
  handOver: { report: { happened: 'fell at home', found: 'awake, leg hurts', done: 'splint' } },
  answerVisit: { advice: 'Go on as before.', followUpOf: 'as known', items: [{ medicine: 'amlodipine', dose: '5 mg once a day', days: 28, controlled: 'no' }] },
  handToCourier: { courier: 'volunteer of the building' },
  deliver: { to: 'the resident at the door' },
};

const NOT_NEXT = new Set(['reportWorse', 'withdrawRequest', 'reportRefusal', 'admit', 'downTriage']);

/**
 * Whoever owns the open step takes it, over HTTP, until the journey is closed.
 * @param before called before each step; what it does belongs to the test
 */
export async function playToTheEnd(
  city: Pick<RunningCity, 'as' | 'visitor'>, id: string, resident: Visitor, before: (journey: JourneyView) => Promise<void> = async () => undefined,
): Promise<JourneyView> {
  for (let step = 0; step < 60; step++) {
    const journey = await eventually<JourneyView>(async () => {
      const { journey } = (await resident.get('/api/my')).body;
      // The software's own errand (a seat) is not a person's step.
      return journey.step?.kind === 'slot' ? undefined : journey;
    });
    if (journey.closed) return journey;
    await before(journey);
    const { owner } = journey.step!;
    const person = owner.role === 'resident' ? resident : await city.as(`${owner.role}@${owner.scope}`);
    const seen = (await person.get(`/api/journeys/${id}`)).body.journey as JourneyView | undefined;
    const action = seen?.actions.find(({ type }) => !NOT_NEXT.has(type));
    if (!action) throw new Error(`${owner.role} of ${owner.scope} sees no next action for ${journey.line}`);
    const { type, ...body } = action;
    const address = type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const { status, body: answer } = await person.post(`/api/journeys/${id}/${address}`, { ...body, ...WORDS[type] });
    if (status !== 200) throw new Error(`${type} by ${owner.role}: ${JSON.stringify(answer)}`);
  }
  throw new Error('the journey does not end');
}

/** Asks for care without looking at it again. */
export async function submit(city: Pick<RunningCity, 'visitor'>, body: Record<string, unknown>): Promise<JourneyView> {
  const { status, body: answer } = await city.visitor().post('/api/requests', body);
  if (status !== 201) throw new Error(JSON.stringify(answer));
  return answer.journey;
}

/** Asks for care and opens the resident's own page of it. */
export async function ask(city: Pick<RunningCity, 'visitor'>, body: Record<string, unknown>): Promise<{ id: string; resident: Visitor; journey: JourneyView }> {
  const resident = city.visitor();
  const { status, body: answer } = await resident.post('/api/requests', body);
  if (status !== 201) throw new Error(JSON.stringify(answer));
  const signedIn = await resident.post('/api/my/sign-in', { token: answer.token, phoneLast4: '5678' });
  if (signedIn.status !== 200) throw new Error(JSON.stringify(signedIn.body));
  return { id: answer.journey.id, resident, journey: answer.journey };
}
