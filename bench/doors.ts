/** `npm run bench:doors`: everything that stands at a door, each measurement beside its own baseline. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

let worst = 0;
for (const file of ['./doors/passes.ts', './doors/status.ts']) {
  console.log(`\n── bench:doors ${path.parse(file).name}`);
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, file)], { stdio: 'inherit' });
  worst = Math.max(worst, status ?? 1);
}
process.exitCode = worst;
