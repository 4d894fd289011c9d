/** The command body of `greenlane replay …`: a journey and another policy in, its decisions side by side out. */
import type { Writable } from 'node:stream';
import type { Kysely } from 'kysely';
import { formatInstant, type Text } from './base/index.ts';
import type { City } from './city/index.ts';
import { InputProblem, languageOf, openCity, openPolicy, openProven } from './inputs.ts';
import { replay, type Replayed } from './journey/index.ts';
import { compilePolicy, formatPolicyProblems, rehearseIn, STANDING_RULES_ID, type CompiledPolicy, type Decision } from './policy/index.ts';
import { readAnnouncement } from './policy/load.ts';
import { decideThen, findJourney, findKept, openTravelBoard, readEvents, travelThen, withDatabase, type Settings } from './server/index.ts';

export interface ReplayCommand {
  readonly journey: string;
  /** A file, a name in `policies/`, a version the city keeps (`id@version`), or `standing-rules`. */
  readonly policy: string;
  /** `en` or `zh-CN`. */
  readonly lang: string;
}

/** @returns 0, or 2 when the journey or the policy is not there */
export async function runReplay(where: Pick<Settings, 'databaseUrl' | 'dataDir'>, command: ReplayCommand, stdout: Writable, stderr: Writable): Promise<number> {
  return withDatabase(where, async (db) => {
    let say = languageOf();
    try {
      say = languageOf(command.lang);
      stdout.write(`${(await linesFor(db, where.dataDir, command, say, (notice) => void stderr.write(say(notice)))).join('\n')}\n`);
      return 0;
    } catch (problem) {
      if (!(problem instanceof InputProblem)) throw problem;
      stderr.write(`${say(problem.said)}\n`);
      return 2;
    }
  });
}

async function linesFor(db: Kysely<any>, dataDir: string, { journey, policy: wanted }: ReplayCommand, say: (text: Text) => string, notice: (text: Text) => void): Promise<readonly string[]> {
  const found = await findJourney(db, journey);
  if (!found) throw new InputProblem({ zh: `数据库里没有需求${journey}。`, en: `There is no journey ${journey} in this database.` });
  const city = openCity(found.city);
  const policy = wanted.includes('@') ? await openKept(db, city, wanted) : openFor(city, wanted, notice);
  const events = await readEvents(db, found.city, journey);
  const travel = await openTravelBoard({ city, db, clock: { now: () => events.at(-1)?.at ?? 0 }, incident: { id: found.incident }, log: (line) => notice({ zh: line, en: line }) }, dataDir);
  const decisions = replay(events, decideThen(policy, city, await travelThen(travel, events)));
  await travel.stop();
  return decisions.flatMap((replayed) => linesOf(replayed, say));
}

/** A version this city keeps, also a draft: `zhengzhou-2022-11-25@2.1b2c3d4e`. */
async function openKept(db: Kysely<any>, city: City, wanted: string): Promise<CompiledPolicy> {
  const [id = '', version = ''] = wanted.split(/@(.*)/s);
  const kept = await findKept(db, city.id, id, version);
  if (!kept) throw new InputProblem({ zh: `数据库里没有${city.id}的“${id}”第${version}版。`, en: `${city.id} keeps no version "${version}" of "${id}" in this database.` });
  const read = readAnnouncement(wanted, kept.text, city);
  if ('problems' in read) throw new InputProblem(formatPolicyProblems(read.problems));
  return compilePolicy(read.value, openPolicy(STANDING_RULES_ID).standing);
}

/** Written for another city, it is tried here as if it covered every district of this one. */
function openFor(city: City, wanted: string, notice: (text: Text) => void): CompiledPolicy {
  const { compiled, document, standing } = openProven(wanted, notice);
  return !document || document.city === city.id ? compiled : compilePolicy(rehearseIn(document, city.id, [...city.districts.keys()]), standing);
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
