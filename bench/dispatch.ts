/**
 * `npm run bench:dispatch`: a city's ambulances on its own roads, played event by event, under the product's `assign` and under
 * five usual policies in the same simulator:
 *
 *   A  the closest idle unit, calls in their order        D  C + the nearest of the first waiting calls of the best priority
 *   B  A + high priorities first                          E  D + what a unit's leaving uncovers, for low priorities
 *   C  B + a unit on its way to a low one is diverted
 *
 * Without options the four loads of Manhattan (JEMSS.jl, Apache-2.0), then the time of one large decision. `--sets N` plays N
 * further call sets for each load instead of the given one, and prints their means.
 * `--city DIR --calls FILE --fleet N [--policy A|B|C|D|E]` plays one file and prints one line of JSON.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generateCalls } from './dispatch-calls.ts';
import { readCalls, readCity, type BenchCall, type BenchCity } from './dispatch-city.ts';
import { decisionMilliseconds } from './dispatch-large.ts';
import { ours } from './dispatch-ours.ts';
import { USUAL } from './dispatch-policies.ts';
import { play, type Day, type Policy } from './dispatch-world.ts';
import { median, percentile } from './figures.ts';

const MANHATTAN = path.join(import.meta.dirname, '../../shared/data/ems/manhattan');
const LOADS = ['1', '1.5', '2', '3'] as const;
const FLEET = 12;
const [HIGH, LOW] = [1, 3];
/** At these loads the high priority has to be better than the best of A to E by a tenth, at the others not worse. */
const OVERLOADS: readonly string[] = ['1.5', '2', '3'];

interface Figures {
  readonly calls: number;
  readonly meanMinutes: number;
  readonly p90Minutes: number;
  readonly longestMinutes: number;
  readonly within8: number;
  readonly within15: number;
}

function figures({ outcomes }: Day, priority: number): Figures {
  const minutes = outcomes.filter((outcome) => outcome.priority === priority).map(({ responseSeconds }) => responseSeconds / 60);
  const share = (limit: number): number => rounded(minutes.filter((each) => each <= limit).length / minutes.length, 4);
  return {
    calls: minutes.length, meanMinutes: rounded(minutes.reduce((sum, each) => sum + each, 0) / minutes.length, 2),
    p90Minutes: rounded(percentile(minutes, 0.9), 2), longestMinutes: rounded(Math.max(...minutes), 2), within8: share(8), within15: share(15),
  };
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Home stations of any fleet: the city's own for its own size, otherwise spread the same way. */
function homesFor(city: BenchCity, fleet: number): readonly number[] {
  return Array.from({ length: fleet }, (_, unit) => city.homes[Math.floor((unit * city.homes.length) / fleet) % city.homes.length]!);
}

function policyNamed(name: string, city: BenchCity, fleet: number): Policy {
  const usual = USUAL.find((each) => each.name === name);
  if (!usual && name !== 'greenlane') throw new Error(`--policy is one of greenlane, ${USUAL.map((each) => each.name).join(', ')}; got ${name}.`);
  return usual ?? ours(city, fleet);
}

function playOne(cityFolder: string, callsFile: string, fleet: number, policy: string): void {
  const city = readCity(cityFolder);
  const day = play(city, readCalls(callsFile, city.roads), homesFor(city, fleet), policyNamed(policy, city, fleet));
  const priorities = [...new Set(day.outcomes.map(({ priority }) => priority))].sort((a, b) => a - b);
  console.log(JSON.stringify({
    policy, fleet, calls: day.outcomes.length, diversions: day.diversions, moveUps: day.moveUps,
    priorities: Object.fromEntries(priorities.map((priority) => [priority, figures(day, priority)])),
  }));
}

function compare(sets: number): boolean {
  const city = readCity(MANHATTAN);
  const given = new Map(LOADS.map((load) => [load, readCalls(path.join(MANHATTAN, `calls/manhattan_x${load}.csv`), city.roads)]));
  const places = [...given.values()].flat();
  const callSets = new Map<string, readonly (readonly BenchCall[])[]>(LOADS.map((load) =>
    [load, sets === 0 ? [given.get(load)!] : Array.from({ length: sets }, (_, seed) => generateCalls(places, Number(load), seed + 1))]));
  console.log(`\nManhattan, ${FLEET} units, minutes from call to arrival, high priority / low priority (p90)${sets === 0 ? '' : `, mean of ${sets} further call sets`}`);
  console.log(`  ${'load'.padEnd(12)}${LOADS.map((load) => load.padStart(16)).join('')}`);
  const rows = [...USUAL.map(({ name }) => name), 'greenlane'].map((name) => {
    const cells = LOADS.map((load) => {
      const days = callSets.get(load)!.map((calls) => play(city, calls, homesFor(city, FLEET), policyNamed(name, city, FLEET)));
      const mean = (priority: number): number => days.reduce((sum, day) => sum + figures(day, priority).p90Minutes, 0) / days.length;
      return { load, high: mean(HIGH), low: mean(LOW) };
    });
    console.log(`  ${name.padEnd(12)}${cells.map(({ high, low }) => `${high.toFixed(1)} / ${low.toFixed(low < 100 ? 1 : 0)}`.padStart(16)).join('')}`);
    return { name, cells };
  });
  const mine = rows.at(-1)!.cells;
  const verdicts = mine.map(({ load, high, low }, index) => {
    const best = Math.min(...rows.slice(0, -1).map(({ cells }) => cells[index]!.high));
    const e = rows.find(({ name }) => name === 'E')!.cells[index]!.low;
    const reached = high <= best * (OVERLOADS.includes(load) ? 0.9 : 1) && low <= e;
    console.log(`  load ${load.padEnd(4)} high ${percent(high / best)} of the best of A–E (at most ${OVERLOADS.includes(load) ? '90' : '100'} % wanted), low ${percent(low / e)} of E (at most 100 %): ${reached ? 'reached' : 'not reached'}`);
    return reached;
  });
  return verdicts.every((reached) => reached);
}

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) throw new Error(`--${name} is a whole number from ${least}; got ${text}.`);
  return number;
}

function run(): void {
  const { values } = parseArgs({ options: {
    city: { type: 'string' }, calls: { type: 'string' }, fleet: { type: 'string' }, policy: { type: 'string', default: 'greenlane' }, sets: { type: 'string', default: '0' },
  } });
  if (values.city !== undefined || values.calls !== undefined) {
    if (values.city === undefined || values.calls === undefined) throw new Error('--city DIR and --calls FILE belong together.');
    playOne(values.city, values.calls, wholeNumber('fleet', values.fleet ?? String(FLEET), 1), values.policy);
    return;
  }
  const milliseconds = decisionMilliseconds();
  console.log(`\n500 open calls, 1,000 units: a decision takes ${median(milliseconds).toFixed(0)} ms (${Math.min(...milliseconds).toFixed(0)} – ${Math.max(...milliseconds).toFixed(0)}; under 100 wanted)`);
  if (!existsSync(MANHATTAN)) console.log(`${MANHATTAN} is not here: nothing to play. Give a city of your own with --city DIR --calls FILE.`);
  else if (!compare(wholeNumber('sets', values.sets, 0))) process.exitCode = 1;
}

try {
  run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
