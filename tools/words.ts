/**
 * The words of the product: `node tools/launch.js tools/words.ts` checks them and renews `web/shared/codes.ts`; with `--check`
 * it only checks. Ends with 1 when a sentence is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkWords } from './words/check.ts';
import { CODES_FILE, codesSource } from './words/codes.ts';

const root = path.dirname(import.meta.dirname);
const problems = checkWords(root);
const file = path.join(root, CODES_FILE);
const source = codesSource(root);
if (!process.argv.includes('--check')) writeFileSync(file, source);
else if (readFileSync(file, 'utf8') !== source) {
  problems.push(`${CODES_FILE} is older than the words: run "node tools/launch.js tools/words.ts".`);
}
process.stdout.write(problems.length === 0 ? 'Every sentence exists in both languages.\n' : `${problems.join('\n')}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
