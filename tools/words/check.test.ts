import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../../src/triage/index.ts';
import { checkWords } from './check.ts';
import { CODES_FILE, codesSource } from './codes.ts';
import { placeholdersOf, readSentences } from './read.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

describe('the words of the product', () => {
  it('stand in both languages, with the same placeholders, for everything a person may see', () => {
    expect(checkWords(root)).toEqual([]);
  });

  it('are the ones the screens are typed by', () => {
    expect(readFileSync(path.join(root, CODES_FILE), 'utf8'), 'run "node tools/launch.js tools/words.ts"').toBe(codesSource(root));
  });

  it('name and ask every finding in both languages', () => {
    const speechless = FINDINGS.filter(({ name, ask }) => [name.zh, name.en, ask.zh, ask.en].some((text) => !text.trim()));
    expect(speechless.map(({ code }) => code)).toEqual([]);
  });
});

describe('a file of words', () => {
  it('given a heading and two lines, then they are one sentence, and what stands before is for the editor', () => {
    const { sentences, problems } = readSentences('About this file.\n\n## a.b\nOne\ntwo {x}.\n', 'words/en/shared.md');
    expect(problems).toEqual([]);
    expect(sentences).toEqual([{ code: 'a.b', text: 'One two {x}.', file: 'words/en/shared.md', line: 3 }]);
    expect(placeholdersOf(sentences[0]!.text)).toEqual(['x']);
  });

  it('given Chinese, then lines are joined without a space', () => {
    expect(readSentences('## a\n请\n等候。', 'words/zh-CN/shared.md').sentences[0]?.text).toBe('请等候。');
  });

  it('given a heading that is no code, or one without a sentence, then each is named with its line', () => {
    expect(readSentences('## not a code\nText\n## empty\n', 'words/en/shared.md').problems).toEqual([
      'words/en/shared.md:1  "not a code" is not a code: letters, digits and dots only.',
      'words/en/shared.md:3  empty has no sentence below it.',
    ]);
  });
});
