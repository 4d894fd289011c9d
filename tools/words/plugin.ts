import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { CODES_FILE, codesSource } from './codes.ts';
import { readSentences } from './read.ts';

/**
 * Lets the screens import a file of words as a record of code → sentence. While screens are being written it also renews the
 * list of codes, so a new sentence can be used at once.
 */
export function words(root: string): Plugin {
  const folder = path.join(root, 'words') + path.sep;
  const renew = (): void => {
    const file = path.join(root, CODES_FILE);
    const source = codesSource(root);
    if (readFileSync(file, 'utf8') !== source) writeFileSync(file, source);
  };
  return {
    name: 'greenlane-words',
    configureServer({ watcher }) {
      watcher.add(folder);
      watcher.on('change', (file) => file.startsWith(folder) && renew());
    },
    transform(source, id) {
      if (!id.startsWith(folder) || !id.endsWith('.md')) return undefined;
      const { sentences } = readSentences(source, path.relative(root, id));
      const record = Object.fromEntries(sentences.map(({ code, text }) => [code, text]));
      return { code: `export default ${JSON.stringify(record)};`, map: null, moduleType: 'js' };
    },
  };
}
