import type { House } from '../house.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { topUpAll, watchSeries } from './watch.ts';
import { messageOf } from '../start-problem.ts';

const LOOK_EVERY_MS = 2_000;
/** A day of sessions comes into sight once a day; a server that was away looks at once. */
const TOP_UP_EVERY_MS = 3_600_000;

/** What has to be seen of standing series without anybody asking: safe gaps, deadlines, and the days that come into sight. */
export function openSeriesWork(house: House, afterwards: (journeys: readonly string[]) => void): Rounds {
  let toppedUpAt = -Infinity;
  const rounds = openRounds(async () => {
    try {
      await watchSeries(house, afterwards);
      if (performance.now() - toppedUpAt < TOP_UP_EVERY_MS) return;
      toppedUpAt = performance.now();
      await topUpAll(house);
    } catch (error) {
      house.log(`The watch of series waits for another look: ${messageOf(error)}`);
    }
  }, LOOK_EVERY_MS);
  rounds.kick();
  return rounds;
}
