/** `npm run bench`: every measurement, one after the other, each beside its own baseline. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

let worst = 0;
for (const name of ['policy', 'intake', 'booking', 'drill', 'travel', 'trips', 'panels', 'replace', 'doors']) {
  console.log(`\n── bench:${name}`);
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
  worst = Math.max(worst, status ?? 1);
}
process.exitCode = worst;
