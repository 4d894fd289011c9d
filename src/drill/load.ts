import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatProblems, prepareRoads, type City } from '../city/index.ts';
import { loadCity, loadRoads, readRoads } from '../city/load.ts';
import { compilePolicy, formatPolicyProblems, rehearseIn, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies, type Policies } from '../policy/load.ts';
import type { Drill, DrillProblem } from './drill.ts';
import { readDrill } from './read-drill.ts';
import { ESTIMATED, onRoads, type RehearsedTravel } from './roads.ts';

/** One clear sentence for whoever typed the command: what is wrong and what there is instead. */
export class DrillError extends Error {}

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const namesIn = (dir: string, ending: string): readonly string[] =>
  readdirSync(dir, { withFileTypes: true })
    .filter((entry) => (ending ? entry.name.endsWith(ending) : entry.isDirectory()))
    .map(({ name }) => name.slice(0, name.length - ending.length))
    .sort();

export function cityOf(id: string): City {
  const known = namesIn(folder('cities'), '');
  if (!known.includes(id)) throw new DrillError(`There is no city "${id}"; there are ${known.join(', ')}.`);
  const loaded = loadCity(join(folder('cities'), id));
  if ('problems' in loaded) throw new DrillError(`The city "${id}" has mistakes:\n${formatProblems(loaded.problems).trimEnd()}`);
  return loaded.city;
}

/** @param file prepared roads, or an extract, which is prepared now; without it drives are estimated */
export async function travelFor(city: City, file: string | undefined): Promise<RehearsedTravel> {
  if (file === undefined) return ESTIMATED;
  if (!file.endsWith('.pbf')) {
    const loaded = await loadRoads(file);
    if ('map' in loaded) return onRoads(city, loaded.map);
    throw new DrillError(`--roads: ${loaded.message}.`);
  }
  const read = await readRoads(file, city.bounds);
  if ('problem' in read) throw new DrillError(`--roads: ${read.problem.message}.`);
  return onRoads(city, prepareRoads(read.network));
}

export function allPolicies(): Policies {
  const loaded = loadPolicies(folder('policies'));
  if ('policies' in loaded) {
    // Somebody else's announcement is no reason not to rehearse this one; that it was left out is said.
    if (loaded.leftOut.length > 0) process.stderr.write(`Not everything in policies/ is whole:\n${formatPolicyProblems(loaded.leftOut).en}\n`);
    return loaded.policies;
  }
  throw new DrillError(`The policies have mistakes:\n${formatPolicyProblems(loaded.problems).en}`);
}

/** An announcement written for another city is rehearsed here as if it covered every district of this one. */
export function policyOf(policies: Policies, id: string, city: City): CompiledPolicy {
  const document = policies.documents.get(id);
  if (!document) throw new DrillError(`There is no policy "${id}"; there are ${[...policies.documents.keys()].join(', ')}.`);
  if (document.city === city.id) return policies.compiled.get(id)!;
  return compilePolicy(rehearseIn(document, city.id, [...city.districts.keys()]), policies.standing);
}

/** The city's own announcement, the latest; without one the first that there is. */
export function policyIdFor(policies: Policies, city: City): string {
  const own = [...policies.documents.values()].filter((document) => document.city === city.id);
  return (own.at(-1) ?? [...policies.documents.values()][0]!).id;
}

export const drillNames = (): readonly string[] => namesIn(folder('drills'), '.drill');

/** `A01` or the file's whole name. */
export function drillOf(name: string): Drill {
  const found = drillNames().find((known) => known === name || known.split('-')[0] === name.toUpperCase());
  if (!found) throw new DrillError(`There is no drill "${name}"; there are ${drillNames().map((known) => known.split('-')[0]).join(', ')}.`);
  const file = `drills/${found}.drill`;
  const read = readDrill(file, readFileSync(folder(file), 'utf8'));
  if ('problems' in read) throw new DrillError(formatDrillProblems(read.problems));
  return read.drill;
}

export function formatDrillProblems(problems: readonly DrillProblem[]): string {
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n');
}

/** What a drill says of its city has to be true there: a closure of nothing would test nothing. */
export function checkAgainst(drill: Drill, city: City): void {
  const wrong: string[] = [];
  const runs = (institution: string, service: Drill['full'][number]['service']): void => {
    const found = city.institutions.get(institution);
    if (!found) wrong.push(`${city.id} has no institution "${institution}"`);
    else if (!found.services.has(service)) wrong.push(`${institution} does not run ${service}`);
  };
  for (const { institution, service, standIn } of drill.closures) {
    runs(institution, service);
    if (standIn) runs(standIn, service);
  }
  for (const { institution, service } of drill.full) runs(institution, service);
  for (const { intake, compound, line } of drill.asks) {
    const home = compound === undefined ? undefined : city.compounds.get(compound);
    if (compound !== undefined && !home) wrong.push(`line ${line}: ${city.id} has no compound "${compound}"`);
    if (home && home.town !== intake.town) wrong.push(`line ${line}: the compound ${home.code} lies in town ${home.town}, not in ${intake.town}`);
    if (!city.towns.has(intake.town)) wrong.push(`line ${line}: ${city.id} has no town "${intake.town}"`);
    if (intake.ownInstitution && !city.institutions.has(intake.ownInstitution)) wrong.push(`line ${line}: ${city.id} has no institution "${intake.ownInstitution}"`);
  }
  if (wrong.length > 0) throw new DrillError(`Drill ${drill.name} does not fit its city: ${wrong.join('; ')}.`);
}
