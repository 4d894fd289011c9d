import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/server/index.ts';
import { ask, eventually, freePort, intake, newKey, openTemporaryDatabase, playToTheEnd, Visitor } from '../running-city.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
let database: Database;
let port: number;
let server: ChildProcess | undefined;

/** A server process as a person starts it, on a database that survives it. */
async function start(): Promise<void> {
  server = spawn(process.execPath, [path.join(ROOT, 'src', 'main.ts'), 'serve'], {
    env: { ...process.env, PORT: String(port), DATABASE_URL: database.url, GREENLANE_DEMO: 'on' }, stdio: 'ignore',
  });
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok || undefined, 30);
}

async function kill(): Promise<void> {
  const gone = new Promise((resolve) => server?.once('exit', resolve));
  server?.kill('SIGKILL');
  await gone;
}

const visitor = (): Visitor => new Visitor(`http://127.0.0.1:${port}`);
const city = {
  visitor,
  async as(post: string): Promise<Visitor> {
    const person = visitor();
    await person.post('/api/demo/sign-in', { id: post });
    return person;
  },
};

beforeAll(async () => {
  database = await openTemporaryDatabase();
  port = await freePort();
  await start();
}, 60_000);
afterAll(async () => {
  await kill();
  await database.stop();
});

describe('a server that is killed', () => {
  it('between the steps of journeys: each goes on where it was, to home and closed', async () => {
    const fever = await ask(city, intake({ ageYears: 2, findings: ['fever'], groups: ['child'], patientKind: 'greenCode' }));
    // Killed with the errand of the seat perhaps still to be run.
    await kill();
    await start();
    let kills = 0;

    const closed = await playToTheEnd(city, fever.id, fever.resident, async () => {
      if (kills++ % 4 !== 1) return;
      await kill();
      await start();
    });

    expect(closed.closed!.outcome).toBe('home');
    const { rows: errands } = await database.pool.query('select done_at, attempts from errand');
    expect(errands.every(({ done_at: doneAt }) => doneAt !== null)).toBe(true);
    const { rows: bookings } = await database.pool.query('select 1 from booking where cancelled_at is null');
    expect(bookings).toHaveLength(1);
    const { rows: [events] } = await database.pool.query('select count(*)::int as count, max(seq) as last from event where journey = $1', [fever.id]);
    expect(events.count).toBe(events.last);
  }, 90_000);

  it('while many requests arrive: what was acknowledged is there, what is sent again happens once', async () => {
    const requests = Array.from({ length: 60 }, (_, index) => ({ key: newKey(), body: intake({ need: 'onlineConsultation', ageYears: 20 + index }) }));
    const send = async ({ key, body }: (typeof requests)[number]) => visitor().post('/api/requests', body, key).catch(() => undefined);

    const [first] = await Promise.all([
      Promise.all(requests.map(async (one, index) => {
        await new Promise((resolve) => setTimeout(resolve, index));
        return send(one);
      })),
      new Promise((resolve) => setTimeout(resolve, 35)).then(kill),
    ]);
    await start();
    const again = await Promise.all(requests.map(send));

    expect(again.every((answer) => answer?.status === 201)).toBe(true);
    first.forEach((answer, index) => {
      if (answer?.status === 201) expect(again[index]!.body.journey.id).toBe(answer.body.journey.id);
    });
    const { rows: [stored] } = await database.pool.query(`select count(*)::int as count from journey where need = 'onlineConsultation'`);
    expect(stored.count).toBe(60);
  }, 90_000);
});
