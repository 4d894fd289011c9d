import path from 'node:path';
import { LANGUAGES, readLanguage } from './read.ts';

export const CODES_FILE = path.join('web', 'shared', 'codes.ts');

/** Parts that no screen reads: their sentences leave through the server. */
const NOT_ON_SCREENS = new Set(['server', 'drill', 'public']);

/**
 * The source of `web/shared/codes.ts`: every code a screen may use, as a type. It is committed, so that a fresh clone type-checks
 * before anything has run; the tests compare it with the words.
 */
export function codesSource(root: string): string {
  const codes = new Set(LANGUAGES.flatMap((language) =>
    [...readLanguage(root, language).parts].flatMap(([part, sentences]) =>
      NOT_ON_SCREENS.has(part) ? [] : sentences.map(({ code }) => code))));
  const lines = [...codes].sort().map((code) => `  | '${code}'`);
  return `// Made from words/ by "node tools/launch.js tools/words.ts": change the words, not this file.\nexport type Code =\n${lines.join('\n')};\n`;
}
