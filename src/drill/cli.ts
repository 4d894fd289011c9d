import { loadSolver } from '../appointments/load.ts';
import { formatInstant, parseInstant, seededChance, HOUR_MS, type Instant } from '../base/index.ts';
import { initialStatus } from '../city/index.ts';
import { storyLine } from '../journey/index.ts';
import { crowd, HORIZON_AFTER_MS } from './crowd.ts';
import { RANDOM_DAY } from './habits.ts';
import { allPolicies, checkAgainst, cityOf, DrillError, drillNames, drillOf, policyIdFor, policyOf, travelFor } from './load.ts';
import { playDrill } from './play.ts';
import { Rehearsal } from './rehearsal.ts';
import { brokenLines, reportCalls, reportClosed, reportDay, timeline } from './report.ts';

/** A day of requests: what `policy diff` counts by. */
export { crowd } from './crowd.ts';

export interface DrillOptions {
  /** Drills to play by name, for example `A01`. */
  readonly names: readonly string[];
  readonly all?: boolean;
  /** Every event of each journey. */
  readonly verbose?: boolean;
  readonly city?: string;
  readonly policy?: string;
  /** ISO 8601; without it the policy's first minute. */
  readonly start?: string;
  readonly seed?: number;
  readonly hours?: number;
  readonly requests?: number;
  /** Prepared roads (`DATA/roads/CITY.roads`) or an extract in PBF format; without it every drive is estimated. */
  readonly roads?: string;
}

type Write = (text: string) => void;

/** Plays drills and prints their lines. Returns the exit code: 0 when every one went as written and every promise held. */
export async function runDrill(options: DrillOptions, write: Write = (text) => process.stdout.write(text)): Promise<number> {
  try {
    const randomDay = options.city !== undefined || options.requests !== undefined || options.hours !== undefined;
    const named = options.names.length > 0 || options.all;
    if (named && (randomDay || options.policy !== undefined || options.seed !== undefined || options.start !== undefined)) {
      throw new DrillError('A written drill says its own city, policy, start and seed: give either names or the options of a random day.');
    }
    if (named) return await playWritten(options, write);
    if (randomDay) return await playDay(options, write);
    throw new DrillError('Say what to rehearse: a name such as A01, --all, or a day such as --city zhengzhou --seed 7 --hours 24 --requests 5000.');
  } catch (problem) {
    if (!(problem instanceof DrillError)) throw problem;
    process.stderr.write(`${problem.message}\n`);
    return 2;
  }
}

async function playWritten({ names, all, verbose, roads }: DrillOptions, write: Write): Promise<number> {
  const policies = allPolicies();
  let failed = 0;
  for (const name of all ? drillNames() : names) {
    const drill = drillOf(name);
    const city = cityOf(drill.city);
    checkAgainst(drill, city);
    const policy = policyOf(policies, drill.policy, city);
    const { rehearsal, misses, calls, closed } = playDrill(drill, city, policy, await travelFor(city, roads), drill.closedUnit && (await loadSolver()));
    write(`${drill.name}  ${drill.title}${roads === undefined ? '' : ` (on the roads of ${roads}; it was written for estimates)`}\n`);
    if (calls) write(`  ${reportCalls(calls.many, calls.normal).replaceAll('\n', '\n  ')}\n`);
    else if (closed) write(`  ${reportClosed(closed)}\n`);
    else for (const { story, entries } of rehearsal.journeys.values()) {
      write(`  ${storyLine(story)}\n`);
      if (verbose) write(`${timeline(entries, drill.start)}\n`);
    }
    for (const { at, code, field } of rehearsal.refusedRequests) write(`  refused at ${formatInstant(at)}: ${code}${field ? ` (${field})` : ''}\n`);
    for (const { expectation, got } of misses) {
      write(`  line ${expectation.line}, ${expectation.name} ${expectation.what}\n    expected ${expectation.value}\n    got      ${got}\n`);
    }
    if (rehearsal.breaches.length > 0) write(`  ${brokenLines(rehearsal).replaceAll('\n', '\n  ')}\n`);
    if (misses.length > 0 || rehearsal.breaches.length > 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

async function playDay(options: DrillOptions, write: Write): Promise<number> {
  const { seed = 1, hours = 24, requests = 1_000 } = options;
  const policies = allPolicies();
  const city = cityOf(options.city ?? 'zhengzhou');
  const policy = policyOf(policies, options.policy ?? policyIdFor(policies, city), city);
  const start = options.start === undefined ? policy.coverage!.period.from : startOf(options.start);
  const end = start + hours * HOUR_MS;

  const travel = await travelFor(city, options.roads);
  const rehearsal = new Rehearsal({ city, policy, status: initialStatus(city), seed, rates: RANDOM_DAY, travel });
  for (const { at, intake } of crowd(city, policy, seededChance(seed), start, hours, requests)) rehearsal.ask(at, intake);
  rehearsal.run(end + HORIZON_AFTER_MS, progress(start, end));

  write(`city ${city.id} ${city.version}, policy ${policy.identity.id} ${policy.identity.version}, seed ${seed}, ${requests} requests in ${hours} h from ${formatInstant(start)}\n`);
  write('who asks, how long a step takes and how often it goes wrong are synthetic; the same seed and versions give the same day\n');
  write(options.roads === undefined ? 'every drive is estimated from the distance, as no roads were given (--roads)\n\n' : `drives on the roads of ${options.roads}; what lies off them is estimated\n\n`);
  write(`${reportDay(rehearsal, end + HORIZON_AFTER_MS)}\n`);
  return rehearsal.breaches.length === 0 ? 0 : 1;
}

function startOf(text: string): Instant {
  const start = parseInstant(text);
  if (start === undefined) throw new DrillError(`--start is "${text}"; write it like 2022-11-25T08:00.`);
  return start;
}

/** On a terminal only, and on the other stream: what is printed stays the same byte for byte. */
function progress(start: Instant, end: Instant): ((at: Instant) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  let shown = -1;
  return (at) => {
    const hour = Math.floor((Math.min(at, end) - start) / HOUR_MS);
    if (hour === shown) return;
    shown = hour;
    process.stderr.write(at >= end ? '\r\x1b[K' : `\r\x1b[Krehearsing hour ${hour + 1}`);
  };
}
