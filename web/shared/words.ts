import type { Code } from './codes.ts';

export type { Code } from './codes.ts';
export type Language = 'zh-CN' | 'en';
export type Part = 'shared' | 'resident' | 'desks' | 'board' | 'care' | 'sign-in' | 'book' | 'clinics' | 'consults' | 'refusals' | 'calls' | 'counterparts' | 'passes' | 'door' | 'findings';
type Facts = Readonly<Record<string, string | number>>;

const FILES = import.meta.glob<Readonly<Record<string, string>>>(
  ['../../words/*/shared.md', '../../words/*/resident.md', '../../words/*/desks.md', '../../words/*/board.md', '../../words/*/care.md', '../../words/*/sign-in.md', '../../words/*/book.md', '../../words/*/clinics.md', '../../words/*/consults.md', '../../words/*/passes.md', '../../words/*/door.md', '../../words/*/refusals.md', '../../words/*/calls.md', '../../words/*/counterparts.md'],
  { import: 'default' },
);
const STORED = 'greenlane.language';

let now: Language = firstLanguage();
let parts: readonly Part[] = [];
let sentences: Readonly<Record<string, string>> = {};
const listeners = new Set<() => void>();

/** A preference is the only thing a browser keeps for us; on a shared phone it tells nothing about anybody. */
function firstLanguage(): Language {
  const stored = readPreference(STORED);
  if (stored === 'zh-CN' || stored === 'en') return stored;
  return typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? 'en' : 'zh-CN';
}

/** Fetches the words of these parts in the language of the reader. A page awaits it once before it draws. */
export async function loadWords(...wanted: readonly Part[]): Promise<void> {
  parts = [...new Set([...parts, ...wanted])];
  await load(now);
}

export function language(): Language {
  return now;
}

/** Changes the language of everything that listens. The old sentences stay until the new ones are here. */
export async function setLanguage(next: Language): Promise<void> {
  writePreference(STORED, next);
  await load(next);
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The sentence of a code, with its placeholders filled. A missing fact stays visible as `{name}`: better odd than wrong. */
export function t(code: Code, facts: Facts = {}): string {
  const sentence = sentences[code] ?? code;
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(facts[name] ?? placeholder));
}

/** Whether there are words for a code that came as data (a refusal of a newer server, for example). */
export function hasWords(code: string): code is Code {
  return code in sentences;
}

/** The word of a vocabulary: `word('link', 'release')`. Every vocabulary is checked to have words for all its members. */
export function word(vocabulary: string, member: string, facts?: Facts): string {
  return t(`${vocabulary}.${member}` as Code, facts);
}

/** `a, b, c`, with the comma of the language; what is not there is left out. */
export function listed(...parts: readonly (string | undefined)[]): string {
  return joined('form.listed', parts.filter((part): part is string => Boolean(part)));
}

/** Parts two by two by a sentence with `{before}` and `{next}`: `a or b or c`. */
export function joined(code: Code, parts: readonly string[]): string {
  return parts.reduce((before, next) => (before ? t(code, { before, next }) : next), '');
}

/** A name that comes as data in both languages. */
export function say(text: { readonly zh: string; readonly en: string } | undefined): string {
  return text ? (now === 'zh-CN' ? text.zh : text.en) : '';
}

async function load(next: Language): Promise<void> {
  const records = await Promise.all(parts.map((part) => partOf(part, next)));
  sentences = Object.assign({}, ...records) as Record<string, string>;
  now = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
}

async function partOf(part: Part, next: Language): Promise<Readonly<Record<string, string>>> {
  if (part !== 'findings') return (await FILES[`../../words/${next}/${part}.md`]?.()) ?? {};
  // The findings' words stand with the findings, because every one of them is checked by clinicians as a whole.
  const { FINDINGS } = await import('../../src/triage/findings.ts');
  return Object.fromEntries(FINDINGS.map(({ code, name }) => [`finding.${code}`, next === 'zh-CN' ? name.zh : name.en]));
}

/** Storage can be switched off; a preference that is not kept is no reason to fail. */
export function readPreference(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writePreference(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Kept for this page only.
  }
}
