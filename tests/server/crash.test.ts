import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/server/index.ts';
import { ask, eventually, freePort, intake, newKey, openTemporaryDatabase, playToTheEnd, Visitor } from '../running-city.ts';

/** `GREENLANE_KILLS=100` for a longer look. */
const KILLS = Number(process.env['GREENLANE_KILLS'] ?? 4);
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

  it(`${KILLS} times while requests and commands arrive: nothing acknowledged is lost, nothing happens twice, nobody is without an owner`, async () => {
    const acknowledged: { readonly key: string; readonly body: object; readonly id: string }[] = [];
    const commands: { readonly id: string; readonly command: string; readonly key: string; readonly version: number }[] = [];
    let over = false;
    /** Sent again with the same key until it is answered, as every client of ours does. */
    const insist = async (person: Visitor, address: string, body: object, key: string) => {
      for (;;) {
        const answer = await person.post(address, body, key).catch(() => undefined);
        if (answer && answer.status < 500) return answer;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const dispatcher = await city.as('dispatcher@city');
    const senders = Array.from({ length: 6 }, async (_, sender) => {
      for (let turn = 0; !over; turn++) {
        const key = newKey();
        const emergency = (turn + sender) % 2 === 0;
        const body = emergency ? intake({ need: 'emergency', findings: ['chestPain'] }) : intake({ ageYears: 30, findings: ['fever'], patientKind: 'greenCode' });
        const { status, body: answer } = await insist(visitor(), '/api/requests', body, key);
        if (status === 429) continue;
        expect(status).toBe(201);
        const { id } = answer.journey;
        acknowledged.push({ key, body, id });
        for (const command of emergency ? ['send-unit', 'report-worse'] : ['report-worse']) {
          const commandKey = newKey();
          const done = await insist(dispatcher, `/api/journeys/${id}/${command}`, command === 'report-worse' ? { findings: ['unresponsive'] } : {}, commandKey);
          if (done.status === 200) commands.push({ id, command, key: commandKey, version: done.body.journey.version });
        }
      }
    });
    for (let kills = 0; kills < KILLS; kills++) {
      await new Promise((resolve) => setTimeout(resolve, 150 + (kills * 37) % 300));
      await kill();
      await start();
    }
    over = true;
    await Promise.all(senders);

    for (const { key, body, id } of acknowledged) expect((await insist(visitor(), '/api/requests', body, key)).body.journey.id).toBe(id);
    for (const { id, command, key, version } of commands) {
      const again = await insist(dispatcher, `/api/journeys/${id}/${command}`, command === 'report-worse' ? { findings: ['unresponsive'] } : {}, key);
      expect([again.status, again.body.journey?.version]).toEqual([200, version]);
    }
    await eventually(async () => ((await database.pool.query('select 1 from errand where done_at is null')).rowCount === 0 || undefined), 60);
    const none = async (text: string): Promise<void> => expect((await database.pool.query(text)).rows, text).toEqual([]);
    await none(`select journey from event group by city, journey having count(*) <> max(seq)`);
    await none(`select id from journey j where version <> (select max(seq) from event e where e.city = j.city and e.journey = j.id)`);
    await none(`select journey from event where type = 'UnitSent' group by journey having count(*) > 1 + (select count(*) from event s where s.journey = event.journey and s.type in ('MissionStoodDown', 'UnitDiverted'))`);
    await none(`select journey from booking where cancelled_at is null group by journey having count(*) > 1`);
    await none(`select slot.id from slot left join booking b on b.slot = slot.id and b.cancelled_at is null group by slot.id, taken having taken <> count(b.id)`);
    await none(`select unit from unit_state u join journey j on j.id = u.journey where j.story #>> '{mission,id}' is distinct from u.mission`);
    expect((await (await city.as('city@city')).get('/api/promises')).body.broken).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(KILLS);
  }, 60_000 + KILLS * 10_000);
});
