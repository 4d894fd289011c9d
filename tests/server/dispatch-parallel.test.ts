import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChance } from '../../src/base/index.ts';
import { openFloor, type Floor } from '../dispatch-floor.ts';
import { brokenOnTheFloor } from '../dispatch-promises.ts';
import { eventually, startCity, type RunningCity } from '../running-city.ts';

const UNITS = 16;
const THINGS = 240;
let city: RunningCity;

beforeAll(async () => {
  city = await startCity();
  await city.database.pool.query(`update unit_state set mission = 'before ' || unit, journey = 'before' where unit not in (select unit from unit_state order by md5(unit) limit ${UNITS})`);
}, 60_000);
afterAll(() => city.stop());

/** Two servers beside the city's own, each with so many connections that its dispatchers share them. */
async function withFloors(work: (floors: readonly Floor[]) => Promise<void>): Promise<void> {
  const floors = await Promise.all([openFloor(city.database.url, 8), openFloor(city.database.url, 24)]);
  await work(floors).finally(() => Promise.all(floors.map((floor) => floor.stop())));
}

describe('many dispatchers at once', () => {
  it.each([[8, 'recommended'], [64, 'automatic'], [200, 'automatic']] as const)(
    '%i who send, divert and choose while the mode is %s: no unit twice, nobody without an owner, every emergency first, and the events tell the same story',
    async (dispatchers, mode) => {
      const dispatcher = await city.as('dispatcher@city');
      expect((await dispatcher.post('/api/board/mode', { mode, reason: 'this day' })).status).toBe(200);
      await withFloors(async (floors) => {
        let left = THINGS;
        await Promise.all(Array.from({ length: dispatchers }, async (_, index) => {
          const chance = seededChance(dispatchers * 1_000 + index);
          while (left-- > 0) await floors[index % floors.length]!.happens(chance);
        }));
        expect(await brokenOnTheFloor(city.database, { atRest: false })).toEqual([]);
      });
      if (mode !== 'automatic') return;
      const look = () => brokenOnTheFloor(city.database, { atRest: true });
      expect(await eventually(async () => ((await look()).length === 0 ? [] : undefined), 20).catch(look)).toEqual([]);
      expect((await (await city.as('city@city')).get('/api/promises')).body.broken).toEqual([]);
    }, 90_000);
});
