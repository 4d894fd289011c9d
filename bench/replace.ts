/**
 * `npm run bench:replace`: units of a city close, and all coming sessions of their patients are placed again in one run, over a week and every
 * other unit. Beside the product's plan, in the same run: the same people one after the other (whose gap ends first, each to the best that is
 * left), and what a desk without a list does, each to the nearest seat of their day. Every plan is judged by the same checker. Seconds are those of
 * the processor, so that they say the same on a machine that does other things as well.
 *
 * `--patients N --units N --seed N --load L` plays one city (L: sessions for each free seat) and prints it alone.
 */
import { parseArgs } from 'node:util';
import { checkReplacement, figuresOf, replace, type ReplaceAnswer, type ReplaceProblem } from '../src/appointments/index.ts';
import { loadSolver } from '../src/appointments/load.ts';
import { dialysisCity, type CitySize } from './replace-city.ts';
import { nearestFit } from './replace-nearest.ts';

const DAYS = 7;
const SECONDS_MAX = 10;

interface Plan {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly answer: ReplaceAnswer;
}

function planned(name: string, plan: () => ReplaceAnswer): Plan {
  const [cpu, before] = [process.cpuUsage(), process.memoryUsage().rss];
  const answer = plan();
  return { name, seconds: process.cpuUsage(cpu).user / 1e6, megabytes: Math.max(0, process.memoryUsage().rss - before) / 1e6, answer };
}

function row(problem: ReplaceProblem, { name, seconds, megabytes, answer }: Plan): string {
  const { worstGapHours, meanTravelSeconds, sameUnit, counterpart } = figuresOf(problem, answer);
  const beyond = answer.levels.find(({ level }) => level === 'beyondGap')!;
  const faults = checkReplacement(problem, answer);
  return `  ${name.padEnd(20)}${seconds.toFixed(2).padStart(7)} s${megabytes.toFixed(0).padStart(7)} MB${String(answer.placed.length).padStart(9)}${String(answer.unplaced.length).padStart(10)}${String(beyond.value).padStart(8)}`
    + `${worstGapHours.toFixed(1).padStart(11)}${String(sameUnit).padStart(7)}${String(counterpart).padStart(13)}${(meanTravelSeconds / 60).toFixed(1).padStart(9)}  ${faults.length === 0 ? 'accepted' : `${faults.length} faults, first ${faults[0]!.fault}`}`;
}

async function run(sizes: readonly CitySize[]): Promise<void> {
  const solver = await loadSolver();
  for (const size of sizes) {
    const problem = dialysisCity(size);
    const sessions = problem.displaced.reduce((sum, { sessions: own }) => sum + own.length, 0);
    console.log(`\n${size.patients} patients, ${sessions} sessions, ${size.units} units, ${size.load} sessions for each free seat, seed ${size.seed}`);
    console.log(`  ${'plan'.padEnd(20)}${'time'.padStart(9)}${'memory'.padStart(10)}${'placed'.padStart(9)}${'unplaced'.padStart(10)}${'beyond'.padStart(8)}${'worst h'.padStart(11)}${'own'.padStart(7)}${'counterpart'.padStart(13)}${'min away'.padStart(9)}`);
    const nearest = planned('nearest fit', () => nearestFit(problem));
    const greedy = planned('one after the other', () => replace(problem));
    const ours = planned('greenlane', () => replace(problem, solver));
    for (const plan of [nearest, greedy, ours]) console.log(row(problem, plan));
    for (const { level, value, bound } of ours.answer.levels) console.log(`    ${level.padEnd(12)} ${value.toFixed(0)}, no plan below ${bound.toFixed(0)}${value === bound ? ': proven best' : `: at most ${(100 * (value - bound) / value).toFixed(3)} % from it`}`);
    const reached = ours.seconds < SECONDS_MAX && checkReplacement(problem, ours.answer).length === 0;
    console.log(`  under ${SECONDS_MAX} s and accepted: ${reached ? 'reached' : 'not reached'}`);
    if (!reached) process.exitCode = 1;
  }
}

const { values } = parseArgs({ options: { patients: { type: 'string' }, units: { type: 'string' }, seed: { type: 'string', default: '1' }, load: { type: 'string', default: '0.8' } } });
const [seed, load] = [Number(values.seed), Number(values.load)];
await run(values.patients === undefined
  ? [{ patients: 300, units: 12, seed, load, days: DAYS }, { patients: 3_000, units: 40, seed, load, days: DAYS }]
  : [{ patients: Number(values.patients), units: Number(values.units ?? 40), seed, load, days: DAYS }]);
