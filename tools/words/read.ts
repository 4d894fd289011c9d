import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One sentence a person reads, and where it stands, so that a complaint can point at it. */
export interface Sentence {
  readonly code: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

export const LANGUAGES = ['en', 'zh-CN'] as const;
const CODE = /^[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)*$/;

/**
 * Reads one file of words: a `## code.with.dots` heading, then the sentence, which may run over several lines (joined by a
 * space) and may hold `{placeholders}`. What stands before the first heading is for whoever edits the file.
 */
export function readSentences(source: string, file: string): { sentences: Sentence[]; problems: string[] } {
  const problems: string[] = [];
  const found: { code: string; line: number; text: string[] }[] = [];
  for (const [index, raw] of source.split('\n').entries()) {
    const text = raw.trim();
    const heading = /^##\s+(.*)$/.exec(text)?.[1];
    if (heading === undefined) {
      if (text) found.at(-1)?.text.push(text);
      continue;
    }
    if (!CODE.test(heading)) problems.push(`${file}:${index + 1}  "${heading}" is not a code: letters, digits and dots only.`);
    found.push({ code: heading, line: index + 1, text: [] });
  }
  const joiner = file.includes('zh-CN') ? '' : ' ';
  const sentences = found.map(({ code, line, text }) => ({ code, text: text.join(joiner), file, line }));
  for (const { code, text, line } of sentences) if (!text) problems.push(`${file}:${line}  ${code} has no sentence below it.`);
  return { sentences, problems };
}

/** Every sentence of one language, part by part (`shared`, `resident`, …). */
export function readLanguage(root: string, language: string): { parts: Map<string, Sentence[]>; problems: string[] } {
  const folder = path.join(root, 'words', language);
  const problems: string[] = [];
  const parts = new Map<string, Sentence[]>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.md')).sort()) {
    const read = readSentences(readFileSync(path.join(folder, name), 'utf8'), `words/${language}/${name}`);
    parts.set(name.slice(0, -'.md'.length), read.sentences);
    problems.push(...read.problems);
  }
  return { parts, problems };
}

export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort();
}
