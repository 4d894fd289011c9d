/** `npm run bench:doors`: everything that stands at a door, each measurement in `bench/doors/` beside its own baseline. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, 'doors');

let worst = 0;
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts')).sort()) {
  console.log(`\n── bench:doors ${path.parse(file).name}`);
  const { status } = spawnSync(process.execPath, [path.join(FOLDER, file)], { stdio: 'inherit' });
  worst = Math.max(worst, status ?? 1);
}
process.exitCode = worst;
