import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { City } from '../city/index.ts';
import { compilePolicy } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import type { PolicyDocument, StandingRules } from './document.ts';
import type { PolicyProblem } from './problem.ts';
import { readPolicy, readStandingRules } from './read-document.ts';
import type { Read } from './read-document.ts';
import { said, type FactsOf, type SentenceName } from './read-said.ts';
import { findRing, overlapping } from './which.ts';
import type { PoliciesInForce } from './which.ts';

export const STANDING_RULES_FILE = 'standing-rules.yaml';

export interface Policies extends PoliciesInForce {
  readonly standing: StandingRules;
}

/** One file of the folder, whatever is in it. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
  readonly read: Read<PolicyDocument>;
}

export interface LoadedPolicies {
  readonly policies: Policies;
  /** Where each announcement was read, by its id. */
  readonly fileOf: ReadonlyMap<string, string>;
  readonly leftOut: readonly PolicyProblem[];
}

/**
 * Every policy of a folder that can be read, and what is wrong with the others: one broken announcement takes nothing from
 * the rest. Only the standing rules have to be whole, because every decision stands on them.
 */
export function loadPolicies(dir: string): LoadedPolicies | { readonly problems: readonly PolicyProblem[] } {
  const files = listPolicyFiles(dir);
  if ('problems' in files) return files;
  const rules = loadStandingRules(dir);
  if ('problems' in rules) return rules;
  const leftOut: PolicyProblem[] = [];
  const documents = new Map<string, PolicyDocument>();
  const compiled = new Map<string, CompiledPolicy>();
  const fileOf = new Map<string, string>();
  for (const { file, read } of files.files) {
    if ('problems' in read) leftOut.push(...read.problems);
    else if (documents.has(read.value.id)) leftOut.push(ofFile(file, 'duplicate.id', { id: read.value.id }));
    else {
      documents.set(read.value.id, read.value);
      compiled.set(read.value.id, compilePolicy(read.value, rules.value));
      fileOf.set(read.value.id, file);
    }
  }
  leftOut.push(...clashes([...documents.values()], fileOf));
  return { policies: { documents, standing: rules.value, compiled, ordinary: compilePolicy(undefined, rules.value) }, fileOf, leftOut };
}

/** Each can still be read, tried and rehearsed by its name; being adopted beside the other is what is refused. */
function clashes(documents: readonly PolicyDocument[], fileOf: ReadonlyMap<string, string>): readonly PolicyProblem[] {
  return documents.flatMap((document, place) => {
    const { id } = document;
    const earlier = documents.slice(0, place);
    const [other] = overlapping(document, earlier, documents);
    const ring = findRing(document, earlier);
    return [
      ...(other ? [ofFile(fileOf.get(id)!, 'overlaps', { id, other: other.id })] : []),
      ...(ring.length > 0 ? [ofFile(fileOf.get(id)!, 'ring', { ring: [...ring, id].join(' → ') })] : []),
    ];
  });
}

/** The announcements of a folder in the order of their names, read or with what is wrong in each. */
export function listPolicyFiles(dir: string, city?: City): { readonly files: readonly PolicyFile[] } | { readonly problems: readonly PolicyProblem[] } {
  let names: string[];
  try {
    names = readdirSync(dir).filter((name) => name.endsWith('.yaml') && name !== STANDING_RULES_FILE).sort();
  } catch {
    return { problems: [ofFile(dir, 'unreadable.folder', {})] };
  }
  return {
    files: names.map((name): PolicyFile => {
      const file = join(dir, name);
      const text = textInFolder(file);
      return typeof text === 'string' ? { file, text, read: readAnnouncement(file, text, city) } : { file, text: '', read: text };
    }),
  };
}

export function loadPolicy(file: string, city?: City): Read<PolicyDocument> {
  const text = textOf(file);
  return typeof text === 'string' ? readAnnouncement(file, text, city) : text;
}

export function loadStandingRules(dir: string): Read<StandingRules> {
  const file = join(dir, STANDING_RULES_FILE);
  const text = textInFolder(file);
  return typeof text === 'string' ? readRules(file, text) : text;
}

/** An announcement from its text, wherever that was kept; its version carries the fingerprint of the text. */
export function readAnnouncement(file: string, text: string, city?: City): Read<PolicyDocument> {
  return fingerprinted(file, text, () => readPolicy(file, text, city));
}

export function readRules(file: string, text: string): Read<StandingRules> {
  return fingerprinted(file, text, () => readStandingRules(file, text));
}

/** Nobody named it, it lies there: a pipe would be waited for, and a device never ends. */
function textInFolder(file: string): ReturnType<typeof textOf> {
  const found = statSync(file, { throwIfNoEntry: false });
  return !found || found.isFile() ? textOf(file) : { problems: [ofFile(file, 'unreadable.notRegular', {})] };
}

function textOf(file: string): string | { readonly problems: readonly PolicyProblem[] } {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return { problems: [ofFile(file, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'unreadable.noFile' : 'unreadable', {})] };
  }
}

/** A problem of the whole file. */
function ofFile<N extends SentenceName>(file: string, name: N, facts: FactsOf<N>): PolicyProblem {
  return { file, line: 1, column: 1, ...said(name, facts) };
}

/** The version as written, and a fingerprint of the text: a file changed without a new version is still another policy. */
function fingerprinted<T extends { readonly version: string }>(file: string, text: string, read: () => Read<T>): Read<T> {
  let result: Read<T>;
  try {
    result = read();
  } catch (error) {
    // Nested beyond what can be read is no announcement either; whoever serves goes on without it.
    return { problems: [ofFile(file, 'unreadable.policy', { why: error instanceof Error ? error.message : String(error) })] };
  }
  if ('problems' in result) return result;
  const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, FINGERPRINT_DIGITS);
  return { value: { ...result.value, version: `${result.value.version}.${fingerprint}` } };
}

const FINGERPRINT_DIGITS = 8;
