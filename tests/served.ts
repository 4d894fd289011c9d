/** The whole product for a browser test: built screens, and a running city of its own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { useBrowserFonts } from './fonts.ts';
import { startCity, type RunningCity } from './running-city.ts';

const WEB = path.resolve(import.meta.dirname, '..', 'web');
const BUILT = path.resolve(import.meta.dirname, '..', 'dist', 'web', 'ask', 'index.html');

export type Served = RunningCity;

/** Call it before the browser starts: it also sees to it that there is type to draw words with. */
export async function serveForTest(): Promise<Served> {
  useBrowserFonts();
  if (!existsSync(BUILT)) await build({ root: WEB, configFile: path.join(WEB, 'vite.config.ts'), logLevel: 'error' });
  return startCity();
}
