/** The command body of `greenlane replay …`: a journey and another policy in, its decisions side by side out. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { Kysely } from 'kysely';
import { formatInstant, type Language, type Text } from './base/index.ts';
import type { City } from './city/index.ts';
import { loadCity } from './city/load.ts';
import { replay, type Replayed } from './journey/index.ts';
import { asIfInForce, compilePolicy, decide, formatPolicyProblems, rehearseIn, type CompiledPolicy, type Decision } from './policy/index.ts';
import { listPolicyFiles, loadPolicy, loadStandingRules } from './policy/load.ts';
import { findJourney, readEvents, withDatabase, type Settings } from './server/index.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const POLICIES = path.join(ROOT, 'policies');

export interface ReplayCommand {
  readonly journey: string;
  /** A file, or a name in `policies/`. */
  readonly policy: string;
  readonly lang: Language;
}

/** @returns 0, or 2 when the journey or the policy is not there */
export async function runReplay(where: Pick<Settings, 'databaseUrl' | 'dataDir'>, command: ReplayCommand, stdout: Writable, stderr: Writable): Promise<number> {
  return withDatabase(where, async (db) => {
    const answer = await answerFor(db, command);
    if (typeof answer === 'string') {
      stderr.write(`${answer.trimEnd()}\n`);
      return 2;
    }
    stdout.write(`${answer.join('\n')}\n`);
    return 0;
  });
}

async function answerFor(db: Kysely<any>, { journey, policy: wanted, lang }: ReplayCommand): Promise<readonly string[] | string> {
  const found = await findJourney(db, journey);
  if (!found) return `There is no journey ${journey} in this database.`;
  const loaded = loadCity(path.join(ROOT, 'cities', found.city));
  if ('problems' in loaded) return `The city ${found.city} of this journey cannot be read any more.`;
  const policy = openPolicy(wanted, loaded.city);
  if (typeof policy === 'string') return policy;
  const say = (text: Text): string => (lang === 'en' ? text.en : text.zh);
  const decisions = replay(await readEvents(db, found.city, journey), (care, excluded) => decide(policy, asIfInForce(policy, care), { city: loaded.city, excluded }));
  return decisions.flatMap((replayed) => linesOf(replayed, say));
}

/** Written for another city, it is tried here as if it covered every district of this one. */
function openPolicy(wanted: string, city: City): CompiledPolicy | string {
  const standing = loadStandingRules(POLICIES);
  if ('problems' in standing) return formatPolicyProblems(standing.problems);
  if (wanted === 'standing-rules') return compilePolicy(undefined, standing.value);
  const file = existsSync(wanted) ? wanted : path.join(POLICIES, `${wanted}.yaml`);
  if (!existsSync(file)) {
    const listed = listPolicyFiles(POLICIES);
    const names = 'files' in listed ? listed.files.map(({ file: each }) => path.basename(each, '.yaml')) : [];
    return `There is no policy "${wanted}". Give a file, standing-rules, or one of ${names.join(', ')}.`;
  }
  const read = loadPolicy(file);
  if ('problems' in read) return formatPolicyProblems(read.problems);
  return compilePolicy(read.value.city === city.id ? read.value : rehearseIn(read.value, city.id, [...city.districts.keys()]), standing.value);
}

function linesOf({ at, because, was, would, differences }: Replayed, say: (text: Text) => string): readonly string[] {
  const head = `${formatInstant(at)}  ${because}`;
  if (differences.length === 0) return [`${head}: the same under ${would.policy.id}`];
  return [
    `${head}: other ${differences.join(', ')}`,
    `  was   ${lineOf(was)}  (${was.policy.id})`,
    `  would ${lineOf(would)}  (${would.policy.id})`,
    ...would.reasons.map(({ clause, text }) => `        ${clause}: ${say(text)}`),
  ];
}

/** `III visit specialistClinic ZZ-H-001 by specialCar: slot hospital 600 s, release committee 1800 s …` */
function lineOf({ acuity, pathway, venueKind, institution, transport, links }: Decision): string {
  const steps = links.map(({ kind, owner, dueSeconds }) => `${kind} ${owner} ${dueSeconds} s`);
  return `${acuity} ${pathway} ${venueKind}${institution ? ` ${institution}` : ''} by ${transport}: ${steps.join(', ')}`;
}
