/**
 * The planner of special cars beside the best results that were ever published, on the benchmark families of the field and on days of
 * our own, one thread.
 *
 *   node bench/trips.ts                        a short suite: every family, every figure beside its best
 *   node bench/trips.ts --format pdptw|sb|darp --instance FILE --seconds N --seed S --out SOLUTION.json
 *                                              one instance; writes {"routes": [[node, …], …]} for an independent checker
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FORMATS, readInstance, routesOf, type Format } from './trips/formats.ts';
import { solveFor } from './trips/solve.ts';
import { suite } from './trips/suite.ts';

const USAGE = 'node bench/trips.ts [--format pdptw|sb|darp --instance FILE --seconds N --seed S --out SOLUTION.json]';

type Asked = Readonly<Record<'format' | 'instance' | 'seconds' | 'seed' | 'out', string | undefined>>;

const asked = readArguments();
if (asked) process.exitCode = asked.instance === undefined ? await suite() : solveOne(asked, asked.instance);
else process.exitCode = 2;

function readArguments(): Asked | undefined {
  const option = { type: 'string' } as const;
  try {
    return { format: undefined, instance: undefined, seconds: undefined, seed: undefined, out: undefined,
      ...parseArgs({ options: { format: option, instance: option, seconds: option, seed: option, out: option } }).values };
  } catch (problem) {
    process.stderr.write(`${(problem as Error).message}\n${USAGE}\n`);
    return undefined;
  }
}

function solveOne(values: Asked, file: string): number {
  const seconds = Number(values.seconds ?? 10);
  const seed = Number(values.seed ?? 1);
  const format = FORMATS.find((name) => name === values.format);
  const faults = [
    ...(format ? [] : [`--format: one of ${FORMATS.join(', ')}`]),
    ...(seconds > 0 ? [] : ['--seconds: a number above 0']),
    ...(Number.isInteger(seed) ? [] : ['--seed: a whole number']),
  ];
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n${USAGE}\n`);
    return 2;
  }
  const instance = readInstance(format as Format, file);
  const plan = solveFor(instance.problem, seconds, seed);
  const routes = routesOf(instance, plan);
  if (values.out !== undefined) writeFileSync(values.out, JSON.stringify({ routes }));
  console.log(JSON.stringify({ instance: file, seed, seconds, vehicles: routes.length, distance: plan.distance, unserved: plan.unplanned.length }));
  return 0;
}
