/** Policies and cities as somebody names them on the command line: by id, or by path. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language, Text } from './base/index.ts';
import { formatProblems } from './city/index.ts';
import type { City } from './city/index.ts';
import { loadCity } from './city/load.ts';
import { compilePolicy, findTooComplex, formatPolicyProblems, STANDING_RULES_ID } from './policy/index.ts';
import type { CompiledPolicy, PolicyDocument, PolicyProblem, StandingRules } from './policy/index.ts';
import { loadPolicies, loadPolicy, loadStandingRules, STANDING_RULES_FILE } from './policy/load.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const POLICIES = join(ROOT, 'policies');
const CITIES = join(ROOT, 'cities');

/** Something named is not there, or cannot be read: what is wrong, and what to do about it. Its `message` is the English of it. */
export class InputProblem extends Error {
  readonly said: Text;
  /** For a program: where in which file; empty when the file itself is not there. */
  readonly problems: readonly PolicyProblem[];

  constructor(said: Text, problems: readonly PolicyProblem[] = []) {
    super(said.en);
    this.said = said;
    this.problems = problems;
  }
}

export interface OpenedPolicy {
  readonly compiled: CompiledPolicy;
  readonly standing: StandingRules;
  /** Absent for the standing rules alone. */
  readonly document?: PolicyDocument;
}

/**
 * @param named an id of `policies/`, `standing-rules`, or the path of a file; a file beside standing rules of its own stands
 *   among those.
 * @param city when given, the announcement has to be this city's: one for another city would be proven for nobody.
 * @param notice is told of files that were left out: a broken neighbour stops nobody.
 */
export function openPolicy(named: string, city?: City, notice: (text: Text) => void = () => undefined): OpenedPolicy {
  return openFile(looksLikePath(named) ? named : fileOfId(named, notice), city);
}

/** The same, for whoever decides or compares by it: a policy too complex to prove is refused here, before anybody waits for it. */
export function openProven(named: string, notice: (text: Text) => void): OpenedPolicy {
  const opened = openPolicy(named, undefined, notice);
  const tooComplex = findTooComplex(opened.compiled);
  if (tooComplex) throw new InputProblem({ zh: `${named}${tooComplex.text.zh}`, en: `${named} ${tooComplex.text.en}` });
  return opened;
}

const looksLikePath = (named: string): boolean => /[\\/]|\.ya?ml$/.test(named);

function openFile(file: string, city: City | undefined): OpenedPolicy {
  const beside = join(dirname(file), STANDING_RULES_FILE);
  const standing = valueOf(loadStandingRules(existsSync(beside) ? dirname(file) : POLICIES));
  if (basename(file) === STANDING_RULES_FILE) return { compiled: compilePolicy(undefined, standing), standing };
  const document = valueOf(loadPolicy(file, city));
  if (city && document.city !== city.id) {
    throw new InputProblem({
      zh: `${file}是为${document.city}写的，不是为${city.id}写的；请给出${document.city}，或该城市的政策。`,
      en: `${file} was written for ${document.city}, not for ${city.id}; give --city ${document.city}, or a policy of ${city.id}.`,
    });
  }
  return { compiled: compilePolicy(document, standing), standing, document };
}

/** Where the policy of this id is written; so what is named by its id is read, and held against a city, as the file is. */
function fileOfId(id: string, notice: (text: Text) => void): string {
  const loaded = loadPolicies(POLICIES);
  if ('problems' in loaded) throw new InputProblem(formatPolicyProblems(loaded.problems), loaded.problems);
  const { fileOf, leftOut } = loaded;
  const broken = formatPolicyProblems(leftOut);
  if (leftOut.length > 0) notice({ zh: `policies/里有文件不完整：\n${broken.zh}\n`, en: `Not everything in policies/ is whole:\n${broken.en}\n` });
  const file = id === STANDING_RULES_ID ? join(POLICIES, STANDING_RULES_FILE) : fileOf.get(id);
  if (file !== undefined) return file;
  const known = [...fileOf.keys()].join(', ');
  throw new InputProblem({ zh: `没有名为“${id}”的政策。现有：${known}；也可以给出文件的路径。`, en: `There is no policy "${id}". There are: ${known}; or give the path of a file.` });
}

function valueOf<T>(read: { readonly value: T } | { readonly problems: readonly PolicyProblem[] }): T {
  if ('value' in read) return read.value;
  throw new InputProblem(formatPolicyProblems(read.problems), read.problems);
}

/** @param named an id of `cities/`, or the path of a folder. */
export function openCity(named: string): City {
  const known = citiesKnown();
  const folder = known.includes(named) ? join(CITIES, named) : looksLikePath(named) && existsSync(named) ? named : undefined;
  if (folder === undefined) {
    throw new InputProblem({
      zh: `没有名为“${named}”的城市。现有：${known.join(', ')}；也可以给出文件夹的路径。`,
      en: `There is no city "${named}". There are: ${known.join(', ')}; or give the path of a folder.`,
    });
  }
  const loaded = loadCity(folder);
  if ('city' in loaded) return loaded.city;
  const problems = formatProblems(loaded.problems).trimEnd();
  throw new InputProblem({ zh: problems, en: problems });
}

function citiesKnown(): readonly string[] {
  try {
    return readdirSync(CITIES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  } catch {
    return [];
  }
}

const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

/** How to say a text to this reader. */
export function languageOf(named: string = 'en'): (text: Text) => string {
  const lang = LANGUAGES.find((known) => known === named);
  if (!lang) {
    throw new InputProblem({ zh: `没有“${named}”的文字。现有：${LANGUAGES.join(', ')}。`, en: `There are no words in "${named}". There are: ${LANGUAGES.join(', ')}.` });
  }
  return ({ zh, en }) => (lang === 'en' ? en : zh);
}
