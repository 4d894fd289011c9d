import pg from 'pg';
import { maySee, STAFF_ROLES, type Actor } from '../people/index.ts';
import { CHANNEL, type News } from './journeys/store.ts';
import { messageOf } from './start-problem.ts';

/** One open screen. */
export interface Listener {
  readonly actor: Actor;
  send(event: string, data: object): void;
}

export interface Live {
  /** @returns call it when the screen is gone */
  add(listener: Listener): () => void;
  /** Calls it with every piece of news of this city, and with none when some may have been missed. */
  follow(hear: (news?: News) => void): void;
  /** Whether any screen of this server would hear it. */
  isHeard(kind: string): boolean;
  /** Tells the screens of this server that may hear it. */
  tell(kind: string): void;
  stop(): Promise<void>;
}

/** The name of a server's line to the database, by which others know that it is being served. */
export const LIVE_LINE = 'greenlane live';
const RETRY_MS = 1_000;
const NOWHERE = { district: '', town: '', journey: '', institutions: [], cars: [] };

/** Kinds of news that belong to no journey, and who hears them; everybody else is not told that anything happened. */
const HEARERS: Readonly<Record<string, readonly string[]>> = {
  units: ['dispatcher', 'city', 'crew', 'district'],
  board: ['dispatcher', 'city', 'district'],
  positions: ['dispatcher', 'city', 'district', 'committee'],
  calls: ['hotline', 'district', 'city', 'ward'],
  appointments: ['ward', 'hotline', 'committee', 'familyDoctor', 'district', 'city', 'resident'],
  day: ['committee', 'district', 'city', 'driver'],
  restrictions: STAFF_ROLES,
  counterparts: STAFF_ROLES,
  holes: STAFF_ROLES,
  policyDrafts: ['planner', 'district', 'city'],
  series: ['ward', 'district', 'city'],
  panels: ['familyDoctor', 'committee', 'district', 'city'],
  refusals: ['ward', 'committee', 'district', 'city'],
  passes: ['passOfficer', 'district', 'city'],
  clinic: ['cloudDoctor', 'familyDoctor', 'pharmacist'],
  consults: ['ward', 'cloudDoctor', 'familyDoctor', 'expert', 'district', 'driver', 'city'],
};

/** News from every server of this database, handed to the screens of this one that may see it. */
/** @param reloads what this server keeps in memory, by the kind of news that makes it old */
export async function openLive(databaseUrl: string, city: string, reloads: Readonly<Record<string, () => Promise<void>>>, log: (line: string) => void): Promise<Live> {
  const listeners = new Set<Listener>();
  const followers: ((news?: News) => void)[] = [];
  let client: pg.Client | undefined;
  let stopped = false;

  const hear = (news: News): void => {
    if (news.city !== city) return;
    for (const follow of followers) follow(news);
    const { kind } = news;
    if (kind !== undefined && Object.hasOwn(reloads, kind)) {
      // Screens that ask at once must get the new answer.
      void reloads[kind]!().then(() => tell(kind), (error: unknown) => log(`The news "${kind}" could not be read: ${messageOf(error)}`));
    } else if (kind !== undefined) tell(kind);
    for (const [journey, version, scopes] of news.changes ?? []) {
      for (const listener of listeners) if (hears(listener.actor, scopes)) listener.send('change', { journey, version });
    }
  };
  const tell = (kind: string): void => {
    const hearers = HEARERS[kind];
    for (const listener of listeners) if (!hearers || hearers.includes(listener.actor.role)) listener.send(kind, {});
  };
  const sendAll = (event: string, data: object): void => {
    for (const listener of listeners) listener.send(event, data);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: LIVE_LINE, keepAlive: true });
    next.on('error', () => undefined);
    next.on('notification', ({ payload }) => {
      if (payload) hear(JSON.parse(payload) as News);
    });
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    client = next;
    next.on('end', () => {
      if (stopped) return;
      log('The line for live updates to the database is down; trying again');
      reconnect();
    });
  };
  const reconnect = (): void => {
    if (stopped) return;
    setTimeout(() => {
      // What changed meanwhile was not heard: screens fetch everything again.
      connect().then(() => Promise.all(Object.values(reloads).map((reload) => reload()))).then(() => {
        for (const follow of followers) follow();
        sendAll('resync', {});
      }, reconnect);
    }, RETRY_MS).unref();
  };
  await connect();

  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: (hear) => { followers.push(hear); },
    isHeard: (kind) => [...listeners].some(({ actor: { role } }) => HEARERS[kind]?.includes(role) ?? true),
    tell,
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}

/** The same rule as for looking at a journey: a city-wide scope is worth something in city-wide hands alone. */
function hears(actor: Actor, scopes: readonly string[]): boolean {
  return actor.scope === 'city' ? maySee(actor, NOWHERE) : scopes.includes(actor.scope);
}
