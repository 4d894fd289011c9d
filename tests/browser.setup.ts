import path from 'node:path';
import { ensureScreens } from '../tools/launch/screens.js';
import { findBrowser } from './browser.ts';

/** Once, before the browser tests start side by side: the browser unpacked, the screens built from what stands here now. */
export default async function setup(): Promise<void> {
  await findBrowser();
  await ensureScreens(path.resolve(import.meta.dirname, '..'), process.execPath);
}
