import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkPlan } from '../../src/trips/index.ts';
import { measureDays } from './days.ts';
import { readInstance, type Format } from './formats.ts';
import { measureRunningDays } from './running.ts';
import { solveFor } from './solve.ts';

const DATA = path.join(import.meta.dirname, '../../../shared/data');

interface Family {
  readonly format: Format;
  readonly name: string;
  readonly folder: string;
  readonly seconds: number;
  /** A few of each kind, small and large; the whole family takes minutes. */
  readonly instances: readonly string[];
  readonly beside: string;
}

const FAMILIES: readonly Family[] = [
  {
    format: 'pdptw', name: 'Li & Lim: vehicles, then distance', folder: 'pdptw', seconds: 1,
    instances: ['lc101', 'lc104', 'lc109', 'lr101', 'lr104', 'lr112', 'lrc102', 'lrc108'],
    beside: 'VROOM: 333 vehicles on the 29 where 322 are best, 0.47 s on two threads; PyVRP 324 in 10 s',
  },
  {
    format: 'sb', name: 'Sartori & Buriol: Barcelona\'s roads, vehicles, then minutes', folder: 'sartori-buriol', seconds: 5,
    instances: ['bar-n100-1', 'bar-n100-4', 'bar-n100-6'],
    beside: 'VROOM: 177 vehicles on 25 of this family where 164 are best',
  },
  {
    format: 'darp', name: 'Cordeau: dial-a-ride, distance', folder: 'darp', seconds: 5,
    instances: ['a3-36', 'a5-60', 'a8-96', 'pr03', 'pr06', 'pr10'],
    beside: 'no open engine has ride times and driver\'s hours at all; a plain search leaves 4.6 % on pr in 20 s',
  },
];

/** @returns the exit code: 1 when a plan breaks a promise or leaves somebody behind */
export async function suite(): Promise<number> {
  const isSound = [measureDays(), await measureRunningDays()].every(Boolean);
  if (!existsSync(DATA)) {
    console.log('\nThe published instances are not on this machine (../shared/data): nothing measured beside them.');
    return isSound ? 0 : 1;
  }
  return FAMILIES.map(measure).includes(false) || !isSound ? 1 : 0;
}

function measure({ format, name, folder, seconds, instances, beside }: Family): boolean {
  console.log(`\n${name}, ${seconds} s each, seed 1`);
  const best = bestKnown(path.join(DATA, folder, 'best-known.csv'), format);
  let isSound = true;
  for (const instance of instances) {
    const { problem } = readInstance(format, path.join(DATA, folder, 'instances', `${instance}.txt`));
    const plan = solveFor(problem, seconds, 1);
    const violations = checkPlan(problem, plan);
    const known = best.get(instance)!;
    const cars = format === 'darp' ? '' : `${String(plan.routes.length).padStart(3)} vehicles (best ${known.cars})  `;
    const gap = ((plan.distance / known.distance - 1) * 100).toFixed(2);
    const faults = violations.length + plan.unplanned.length === 0 ? '' : `  ${violations.length} violations, ${plan.unplanned.length} unserved`;
    console.log(`  ${instance.padEnd(11)}${cars}${plan.distance.toFixed(2).padStart(9)} (best ${known.distance.toFixed(2)}, ${gap} %)${faults}`);
    isSound &&= faults === '';
  }
  console.log(`  beside: ${beside}`);
  return isSound;
}

function bestKnown(file: string, format: Format): ReadonlyMap<string, { readonly cars: number; readonly distance: number }> {
  const columns = { pdptw: [2, 3], sb: [1, 2], darp: [-1, 1] }[format] as [number, number];
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  return new Map(rows.map((row) => [row[0]!, { cars: Number(row[columns[0]] ?? 0), distance: Number(row[columns[1]]) }]));
}
