import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { City } from '../city/index.ts';
import { compilePolicy } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import type { PolicyDocument, PolicyProblem, StandingRules } from './document.ts';
import { readPolicy, readStandingRules } from './read-document.ts';
import type { Read } from './read-document.ts';

export const STANDING_RULES_FILE = 'standing-rules.yaml';

export interface Policies {
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  readonly standing: StandingRules;
  readonly compiled: ReadonlyMap<string, CompiledPolicy>;
  /** The standing rules alone: what holds where no announcement does. */
  readonly ordinary: CompiledPolicy;
}

/** Every policy of a folder, or every problem of every file. Nothing is loaded by halves. */
export function loadPolicies(dir: string): { readonly policies: Policies } | { readonly problems: readonly PolicyProblem[] } {
  let names: string[];
  try {
    names = readdirSync(dir).filter((name) => name.endsWith('.yaml')).sort();
  } catch {
    return { problems: [{ file: dir, line: 1, column: 1, code: 'unreadable', message: 'this folder cannot be read; give the folder that holds standing-rules.yaml' }] };
  }
  const problems: PolicyProblem[] = [];
  const documents = new Map<string, PolicyDocument>();
  const rules = loadStandingRules(dir);
  if ('problems' in rules) problems.push(...rules.problems);
  for (const name of names) {
    if (name === STANDING_RULES_FILE) continue;
    const read = loadPolicy(join(dir, name));
    if ('problems' in read) problems.push(...read.problems);
    else if (documents.has(read.value.id)) {
      problems.push({ file: join(dir, name), line: 1, column: 1, code: 'duplicate', message: `another file already has the id "${read.value.id}"; give this one its own` });
    } else documents.set(read.value.id, read.value);
  }
  if (problems.length > 0 || 'problems' in rules) return { problems };
  const compiled = new Map([...documents].map(([id, document]) => [id, compilePolicy(document, rules.value)]));
  return { policies: { documents, standing: rules.value, compiled, ordinary: compilePolicy(undefined, rules.value) } };
}

export function loadPolicy(file: string, city?: City): Read<PolicyDocument> {
  return fingerprinted(file, (name, text) => readPolicy(name, text, city));
}

export function loadStandingRules(dir: string): Read<StandingRules> {
  return fingerprinted(join(dir, STANDING_RULES_FILE), readStandingRules);
}

/** The version as written, and a fingerprint of the text: a file changed without a new version is still another policy. */
function fingerprinted<T extends { readonly version: string }>(file: string, read: (file: string, text: string) => Read<T>): Read<T> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'this file cannot be read';
    return { problems: [{ file, line: 1, column: 1, code: 'unreadable', message: `${why}; check the path` }] };
  }
  const result = read(file, text);
  if ('problems' in result) return result;
  const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, FINGERPRINT_DIGITS);
  return { value: { ...result.value, version: `${result.value.version}.${fingerprint}` } };
}

const FINGERPRINT_DIGITS = 8;
