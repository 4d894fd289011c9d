import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChance } from '../../src/base/index.ts';
import { brokenOnTheFloor } from '../dispatch-promises.ts';
import { eventually, startCity, type RunningCity } from '../running-city.ts';

/** `KILLS=500` for the full run. */
const KILLS = Number(process.env['KILLS'] ?? 24);
const PROCESSES = 4;
const UNITS = 14;
const SCRIPT = fileURLToPath(new URL('../dispatch-process.ts', import.meta.url));
let city: RunningCity;
const alive = new Set<ChildProcess>();

beforeAll(async () => {
  city = await startCity();
  await city.database.pool.query(`update unit_state set mission = 'before ' || unit, journey = 'before' where unit not in (select unit from unit_state order by md5(unit) limit ${UNITS})`);
}, 60_000);
afterAll(async () => {
  for (const child of alive) child.kill('SIGKILL');
  await city.stop();
});

/** Begun, and in the middle of it when it is killed. */
async function dispatchUntilKilled(seed: number, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, city.database.url, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
  alive.add(child);
  let said = '';
  child.stderr!.on('data', (text: Buffer) => { said += text; });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout!.once('data', () => resolve());
    child.once('exit', () => reject(new Error(`it ended by itself: ${said.slice(0, 600)}`)));
  });
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  expect(child.exitCode, said.slice(0, 600)).toBeNull();
  child.kill('SIGKILL');
  await gone;
  alive.delete(child);
}

describe('dispatching that is killed', () => {
  it(`${KILLS} times, by press and by itself, in the middle of it: no patient without an owner, no unit with two, none lost to nobody`, async () => {
    const dispatcher = await city.as('dispatcher@city');
    const chance = seededChance(120);
    let left = KILLS;
    const broken: string[] = [];
    await Promise.all(Array.from({ length: PROCESSES }, async () => {
      while (left > 0 && broken.length === 0) {
        const turn = left--;
        if (turn % 8 === 0) await dispatcher.post('/api/board/mode', { mode: turn % 16 === 0 ? 'automatic' : 'recommended', reason: 'the day changes' });
        await dispatchUntilKilled(turn, 150 + chance.below(450));
        if (turn % 40 === 0) broken.push(...(await brokenOnTheFloor(city.database, { atRest: false })));
      }
    }));
    expect(broken).toEqual([]);

    // Whoever is left goes on with the story.
    await dispatcher.post('/api/board/mode', { mode: 'automatic', reason: 'the rest of the day' });
    const atRest = await eventually(async () => {
      const found = await brokenOnTheFloor(city.database, { atRest: true });
      return found.length === 0 ? found : undefined;
    }, 20).catch(async () => brokenOnTheFloor(city.database, { atRest: true }));
    expect(atRest).toEqual([]);
    expect((await (await city.as('city@city')).get('/api/promises')).body.broken).toEqual([]);
    const { rows: [done] } = await city.database.pool.query(`select
      (select count(*)::int from event where type = 'UnitSent') as sent, (select count(*)::int from event where type = 'UnitSent' and actor_id = 'board') as "byItself",
      (select count(*)::int from event where type = 'UnitDiverted') as diverted`);
    expect(done.sent).toBeGreaterThan(0);
    expect(done.byItself).toBeGreaterThan(0);
    if (KILLS > 24) console.log(`${KILLS} kills: ${JSON.stringify(done)}`);
  }, 60_000 + KILLS * 5_000);
});
