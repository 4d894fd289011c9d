import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../base/index.ts';

const WORDS = path.resolve(import.meta.dirname, '..', '..', 'words');

/** Sentences by code, read once: `## code`, then its sentence. */
export function readSentences(language: Language, part: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(WORDS, language, `${part}.md`), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return new Map(sections.map((section) => {
    const [code = '', ...lines] = section.split('\n');
    return [code.trim(), lines.join(' ').trim()];
  }));
}
