/**
 * The command bodies of `greenlane policy`: announcements checked, compared and read before anybody relies on them. Text
 * out, exit code back; `main.ts` reads the arguments.
 */
import { seededChance } from './base/index.ts';
import type { Text } from './base/index.ts';
import type { City } from './city/index.ts';
import { crowd } from './drill/cli.ts';
import { InputProblem, languageOf, openCity, openPolicy, openProven } from './inputs.ts';
import type { OpenedPolicy } from './inputs.ts';
import { checkPolicy, compilePolicy, diffPolicies, findDifferences, PLAIN_PERSON, rehearseIn, sayMeasure, TooComplex } from './policy/index.ts';
import { diffLines, grouped } from './policy-diff-lines.ts';
import type { DrilledDay } from './policy-diff-lines.ts';
import type { CheckReport, CompiledPolicy } from './policy/index.ts';
import { caseOf } from './requests/index.ts';

type Say = (text: Text) => string;

/** Where a command writes; a terminal is told how far a long walk has come. */
export interface Screen {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  /** How wide it is, where that is known. */
  readonly columns?: number | undefined;
}

const COLUMNS = 100;

export interface PolicyCheckCommand {
  readonly city?: string | undefined;
  readonly lang?: string | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Checks policy files, each together with the standing rules it stands among.
 * @returns 0 only when nothing is found; 1 for findings or a file that cannot be read; 2 when there is nothing to check against.
 */
export function runPolicyCheck(files: readonly string[], command: PolicyCheckCommand, screen: Screen): number {
  return answered(screen, command.lang, (say) => {
    const city = command.city === undefined ? undefined : openCity(command.city);
    return Math.max(...files.map((file) => checkFile(file, city, say, command.json ?? false, screen)));
  });
}

function checkFile(file: string, city: City | undefined, say: Say, json: boolean, screen: Screen): number {
  let opened: OpenedPolicy;
  try {
    opened = openPolicy(file, city, (notice) => screen.err(say(notice)));
  } catch (problem) {
    if (!(problem instanceof InputProblem)) throw problem;
    screen.out(`${json ? JSON.stringify({ file, problems: problem.problems, message: problem.said }) : say(problem.said)}\n`);
    return 1;
  }
  const report = checkPolicy(opened.compiled, city, progress(file, screen));
  screen.out(`${json ? JSON.stringify({ file, problems: [], ...report }) : checkLines(report, say).join('\n')}\n`);
  return report.findings.length === 0 ? 0 : 1;
}

const SILENT_MS = 1_000;
const STEP_MS = 200;

/** Says how far it has come once it has taken longer than a second; the line is gone when it is done. */
function progress(what: string, { err, isTerminal }: Screen): ((part: number) => void) | undefined {
  if (!isTerminal) return undefined;
  let next = performance.now() + SILENT_MS;
  return (part) => {
    if (performance.now() < next && part < 1) return;
    if (part < 1) err(`\r${what}: ${Math.floor(part * 100)} %`);
    else err('\r\u001b[K');
    next = performance.now() + STEP_MS;
  };
}

const howMany = (count: number, one: string, many: string): string => `${grouped(count)} ${count === 1 ? one : many}`;

function checkLines(report: CheckReport, say: Say): readonly string[] {
  const lines = report.findings.flatMap(({ code, measures, clauses, message, example, combinations }) => [
    `${code}${say({ zh: '：', en: ': ' })}${say(message)}${combinations > 0 ? say({ zh: `（${grouped(combinations)}）`, en: ` (${grouped(combinations)})` }) : ''}`,
    ...measures.map((id, place) => `  ${id}  ${clauses[place]}`),
    ...(example ? [`  ${say({ zh: '例如：', en: 'for example: ' })}${say(example.text)}`] : []),
  ]);
  if (report.findings.some(({ example }) => example)) lines.push('', say({ zh: `例子里没有提到的：${PLAIN_PERSON.zh}`, en: `What an example does not name: ${PLAIN_PERSON.en}.` }));
  const clean = report.findings.length === 0;
  lines.push(say({
    zh: `${report.policy}：走遍${grouped(report.walked)}类，即${grouped(report.stoodFor)}种情形；${clean ? '人人有路径，每一步都有责任人和时限' : `发现${report.findings.length}处问题`}。`,
    en: `${report.policy}: ${howMany(report.walked, 'class', 'classes')} walked, standing for ${grouped(report.stoodFor)} combinations of facts and of what is available; ${clean ? 'each has a pathway, and every step an owner and a deadline' : howMany(report.findings.length, 'finding', 'findings')}.`,
  }));
  return lines;
}

export interface PolicyDiffCommand {
  /** A drilled day in this city is counted as well. */
  readonly city?: string | undefined;
  readonly seed?: number | undefined;
  readonly requests?: number | undefined;
  readonly lang?: string | undefined;
  readonly json?: boolean | undefined;
  /** Every class, however many there are. */
  readonly all?: boolean | undefined;
}

const DAY_HOURS = 24;
const DAY_SEED = 7;
const DAY_REQUESTS = 5_000;

/**
 * Who is treated differently under the second policy, in words.
 * @returns 0 when nobody is and the same people are covered, 1 when somebody is, 2 when one of them is not there.
 */
export function runPolicyDiff(first: string, second: string, command: PolicyDiffCommand, screen: Screen): number {
  return answered(screen, command.lang, (say) => {
    const city = command.city === undefined ? undefined : openCity(command.city);
    const [before, after] = [first, second].map((named) => inCity(openProven(named, (notice) => screen.err(say(notice))), city)) as [CompiledPolicy, CompiledPolicy];
    const diff = diffPolicies(before, after);
    const day = city && drilledDay(before, after, city, command);
    screen.out(command.json ? `${JSON.stringify({ ...diff, ...(day && { day }) })}\n` : `${diffLines(diff, { say, all: command.all ?? false, folded: Boolean(before.coverage && after.coverage), columns: screen.columns ?? COLUMNS, day }).join('\n').trimStart()}\n`);
    return diff.classes.length + diff.toldOtherwise.length + diff.coverage.length === 0 ? 0 : 1;
  });
}

/** Its districts by the names that the city gives them. An announcement of another city is rehearsed as if it covered every district of this one. */
function inCity({ compiled, document, standing }: OpenedPolicy, city: City | undefined): CompiledPolicy {
  if (!city || !document) return compiled;
  const here = document.city === city.id ? document : rehearseIn(document, city.id, [...city.districts.keys()]);
  const districts = new Map([...here.coverage.districts].map(([code, name]) => [code, city.districts.get(code)?.name ?? name]));
  return compilePolicy({ ...here, coverage: { ...here.coverage, districts } }, standing);
}

/** A day of requests as a rehearsal draws them, decided both ways. */
function drilledDay(before: CompiledPolicy, after: CompiledPolicy, city: City, { seed = DAY_SEED, requests = DAY_REQUESTS }: PolicyDiffCommand): DrilledDay {
  const start = (before.coverage ?? after.coverage)?.period.from ?? 0;
  const byClass: Record<string, number> = {};
  let different = 0;
  for (const { at, intake } of crowd(city, before.coverage ? before : after, seededChance(seed), start, DAY_HOURS, requests)) {
    const keys = findDifferences(before, after, caseOf({ ...intake, id: '', receivedAt: at }, at), { city });
    if (!keys) continue;
    different += 1;
    for (const key of keys) byClass[key] = (byClass[key] ?? 0) + 1;
  }
  return { city: city.id, seed, requests, different, byClass };
}

/** A policy in words: for each measure whom it concerns and what follows. */
export function runPolicyRead(named: string, command: { readonly lang?: string | undefined }, screen: Screen): number {
  return answered(screen, command.lang, (say) => {
    const { compiled, document } = openPolicy(named, undefined, (notice) => screen.err(say(notice)));
    const measures = document?.measures ?? compiled.measures;
    if (document) screen.out(`${say(document.title)}\n${document.source}\n\n`);
    for (const measure of measures) {
      const { who, what } = sayMeasure(measure);
      const rooms = measure.rooms?.length ? `  ${say({ zh: '执行', en: 'who acts' })}: ${measure.rooms.join(', ')}\n` : '';
      screen.out(`${measure.id}  ${measure.clause}\n  ${say({ zh: '告知', en: 'told' })}: ${say(measure.text)}\n  ${say({ zh: '对象', en: 'whom' })}: ${say(who)}\n  ${say({ zh: '措施', en: 'what' })}: ${say(what)}\n${rooms}`);
    }
    for (const { clause, reason } of document?.notEncoded ?? []) screen.out(`${say({ zh: '未编码', en: 'not encoded' })}: ${clause}\n  ${reason}\n`);
    return 0;
  });
}

/** What is not there is said in the language asked for; in English when that is what is not there. */
function answered(screen: Screen, lang: string | undefined, run: (say: Say) => number): number {
  let say = languageOf();
  try {
    say = languageOf(lang);
    return run(say);
  } catch (problem) {
    if (!(problem instanceof InputProblem) && !(problem instanceof TooComplex)) throw problem;
    screen.err(`${say(problem instanceof TooComplex ? problem.text : problem.said)}\n`);
    return 2;
  }
}
