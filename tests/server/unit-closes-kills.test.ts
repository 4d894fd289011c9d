import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryDatabase, startCity, Visitor, type RunningCity } from '../running-city.ts';
import { broken, calledUp, closeUnit, enrolAll, HOUR_MS, NOTHING_BROKEN, nowIn, queryOf, settled, UNIT } from '../standing-series.ts';

const PATIENTS = 120;
const SCRIPT = fileURLToPath(new URL('../series-process.ts', import.meta.url));

let database: RunningCity['database'];
beforeAll(async () => {
  database = await openTemporaryDatabase();
}, 60_000);
afterAll(() => database.stop());

interface Killable {
  readonly url: string;
  kill(): Promise<void>;
}

async function serverToKill(): Promise<Killable> {
  const child = spawn(process.execPath, [SCRIPT, database.url], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (text: Buffer) => { said += text; });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.once('data', (text: Buffer) => resolve(String(text).trim()));
    child.once('exit', () => reject(new Error(`it ended by itself: ${said.slice(0, 600)}`)));
  });
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

describe('a server that is killed while a unit\'s people are placed again', () => {
  it('given it is killed as the unit closes, and the next in the middle of the run, then a third one finishes: nobody lost, nobody with two chairs', async () => {
    const query = queryOf(database);
    const first = await startCity({ on: database });
    await enrolAll(first, PATIENTS);
    await calledUp(query);
    await first.stop();

    const second = await serverToKill();
    const ward = new Visitor(second.url);
    expect((await ward.post('/api/demo/sign-in', { id: `ward@institution:${UNIT}` })).status).toBe(200);
    await closeUnit(second, ward, UNIT, await nowIn({ visitor: () => ward }) + 47 * HOUR_MS, 'ZZ-H-002');
    await second.kill();
    expect(await query(`select state from replacement`)).toEqual([{ state: 'running' }]);
    // Whatever was done is whole: the sessions of the run stand as they stood, or all of them have moved.
    expect(await broken(query)).toMatchObject({ lost: [], miscounted: [], cohortsMixed: [], twoChairs: [], wayElsewhere: [] });

    const third = await serverToKill();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await third.kill();
    expect(await broken(query)).toMatchObject({ lost: [], miscounted: [], cohortsMixed: [], twoChairs: [], wayElsewhere: [] });

    const last = await startCity({ on: database });
    try {
      await settled(query);
      expect(await query(`select state from replacement`)).toEqual([{ state: 'done' }]);
      expect(await broken(query)).toEqual(NOTHING_BROKEN);
    } finally {
      await last.stop();
    }
  }, 90_000);
});
