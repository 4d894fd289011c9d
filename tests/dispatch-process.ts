/** A process that dispatches until it is killed: `node dispatch-process.ts URL SEED`. It says when it has begun. */
import { seededChance } from '../src/base/index.ts';
import { openFloor } from './dispatch-floor.ts';

const DISPATCHERS = 6;
const [url, seed] = process.argv.slice(2);
const floor = await openFloor(url!, 16);
// However slow the machine: who is killed after this was at work.
await floor.happens(seededChance(Number(seed)));
process.stdout.write('begun\n');
for (let dispatcher = 0; dispatcher < DISPATCHERS; dispatcher += 1) {
  const chance = seededChance(Number(seed) * DISPATCHERS + dispatcher);
  void (async () => {
    for (;;) await floor.happens(chance);
  })();
}
