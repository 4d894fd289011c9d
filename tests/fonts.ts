/**
 * Type for the packaged browser. Its own font settings name folders of the platform it was packed for; anywhere else it finds
 * no type at all and draws, and measures, nothing where there are words.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const CACHE = path.resolve('node_modules', '.cache');

/** Call it before the browser starts. Without type on the machine the pages themselves load Chinese, as on an old phone. */
export function useBrowserFonts(): void {
  const file = path.join(CACHE, 'fonts.conf');
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>${path.join(CACHE, 'chromium', 'fonts')}</dir>
  <cachedir>${path.join(CACHE, 'fontconfig')}</cachedir>
</fontconfig>
`);
  process.env['FONTCONFIG_FILE'] = file;
}
