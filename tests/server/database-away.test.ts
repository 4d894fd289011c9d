import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/server/postgres/embedded-postgres.ts';
import { openDatabase, type Database } from '../../src/server/index.ts';
import { eventually, intake, newKey, startCity, type Answer, type RunningCity } from '../running-city.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-away-'));
const startPostgres = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, log: () => undefined, unsafeButFast: true });
let postgres: EmbeddedPostgres;
let database: Database;
let city: RunningCity;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openDatabase({ databaseUrl: postgres.url, dataDir, log: () => undefined });
  city = await startCity({ city: 'toytown', on: database });
}, 60_000);
afterAll(async () => {
  await city.stop();
  await database.stop();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function killPostgres(): void {
  try {
    process.kill(Number(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('PostgreSQL is killed while requests come in', () => {
  it('whoever asks is told to send it again; when it is back nothing acknowledged is missing and nothing was done twice', async () => {
    const dispatcher = await city.as('dispatcher@city');
    const toSend = Array.from({ length: 120 }, () => ({ key: newKey(), body: intake({ town: '990101001', need: 'emergency', findings: ['chestPain'] }) }));
    const answers: Answer[] = [];
    const sent: string[] = [];
    let killed = false;

    await Promise.all(Array.from({ length: 8 }, async (_, line) => {
      for (let index = line; index < toSend.length; index += 8) {
        const { key, body } = toSend[index]!;
        const answer = await city.visitor().post('/api/requests', body, key);
        answers[index] = answer;
        if (answer.status === 201) {
          const { status, body } = await dispatcher.post(`/api/journeys/${answer.body.journey.id}/send-unit`);
          if (status === 200) sent.push(body.journey.mission.unit);
        }
        // Several may be answered between two looks.
        if (!killed && Object.values(answers).filter(({ status }) => status === 201).length >= 40) {
          killed = true;
          killPostgres();
        }
      }
    }));
    await eventually(async () => (await city.visitor().get('/health')).status === 503 || undefined);
    expect(await dispatcher.get('/api/journeys')).toMatchObject({ status: 503, body: { code: 'databaseAway' } });

    postgres = await startPostgres();
    await eventually(async () => (await city.visitor().get('/health')).status === 200 || undefined);
    const again = await Promise.all(toSend.map(({ key, body }) => city.visitor().post('/api/requests', body, key)));

    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`))).toEqual(new Set(['201 ', '503 databaseAway']));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([201]));
    answers.forEach(({ status, body }, index) => {
      if (status === 201) expect(again[index]!.body.journey.id).toBe(body.journey.id);
    });
    const { rows } = await database.pool.query('select 1 from journey');
    expect(rows).toHaveLength(toSend.length);
    const { rows: held } = await database.pool.query<{ unit: string }>('select unit from unit_state where mission is not null');
    expect(held.map(({ unit }) => unit)).toEqual(expect.arrayContaining(sent));
    expect((await (await city.as('city@city')).get('/api/promises')).body.broken).toEqual([]);
  }, 60_000);

  it('open screens are told to look again when it is back', async () => {
    const dispatcher = await city.as('dispatcher@city');
    const response = await fetch(`${city.url}/api/stream`, { headers: { cookie: dispatcher.cookie } });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    killPostgres();
    await eventually(async () => (await city.visitor().get('/health')).status === 503 || undefined);
    postgres = await startPostgres();
    let heard = '';
    await eventually(async () => {
      heard += (await reader.read()).value ?? '';
      return heard.includes('event: resync') || undefined;
    }, 20);
    await reader.cancel();
  }, 60_000);
});
