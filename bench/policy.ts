/**
 * What it costs to decide by a policy, and to prove one, on one core.
 *
 *   decisions       `bench/decide.ts`: beside two rule engines that are given the same measures
 *   the proof       `checkPolicy`: regions that no measure tells apart are judged once
 *   one by one      the same judgements made for each combination by itself, as a loop over all facts would: for as many as fit
 *                   into a round, because all of them would take hours. Before anything is timed, both have to judge a sample alike
 *   the comparison  `diffPolicies` with each measure left out in turn
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { seededChance } from '../src/base/index.ts';
import { AVAILABILITIES } from '../src/policy/availability.ts';
import { groundFaults } from '../src/policy/check-grounds.ts';
import { faultsOf } from '../src/policy/check-outcome.ts';
import { checkPolicy, compilePolicy, diffPolicies, FACT_NAMES, FACTS, groupsOf, settle } from '../src/policy/index.ts';
import type { CompiledPolicy, Condition, Facts, Measure } from '../src/policy/index.ts';
import { loadPolicies } from '../src/policy/load.ts';
import { boxOf, combinationsIn, regionsOf } from '../src/policy/regions.ts';
import { median } from './figures.ts';
import './decide.ts';

const ROUNDS = 7;
const ONE_BY_ONE = 1_000;
const SAMPLE = 500;

const loaded = loadPolicies(fileURLToPath(new URL('../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
const { compiled, documents, standing } = loaded.policies;

const meets = (facts: Facts, condition: Condition): boolean => FACT_NAMES.every((fact) => {
  const values = condition[fact];
  return !values || (fact === 'group' ? groupsOf(facts.groups).some((group) => values.includes(group)) : values.includes(facts[fact]));
});
const applies = ({ when }: Measure, facts: Facts): boolean => when.length === 0 || when.some((condition) => meets(facts, condition));

/** One combination, judged by itself: which measures apply, what they settle, what is wrong with it, and beside the plain person. */
function judge({ measures }: CompiledPolicy, facts: Facts): number {
  const outcome = settle(measures.filter((measure) => applies(measure, facts)), facts.acuity);
  const plain = { ...facts, patientKind: 'greenCode', test: 'valid' } as const;
  return faultsOf(outcome, facts.acuity).length + groundFaults(settle(measures.filter((measure) => applies(measure, plain)), facts.acuity), outcome).length;
}

/** Combinations that can occur, drawn evenly over the answers. */
function drawn(count: number): readonly Facts[] {
  const chance = seededChance(20_220_328);
  const people: Facts[] = [];
  while (people.length < count) {
    const facts: Record<string, unknown> = { groups: chance.below(64) };
    for (const fact of FACT_NAMES) if (fact !== 'group') facts[fact] = chance.pick(FACTS[fact] as readonly string[]);
    const { groups, ...single } = facts as unknown as Facts;
    const others = { group: groupsOf(groups) };
    if (possible(single, others.group)) people.push(facts as unknown as Facts);
  }
  return people;
}

/** Whether anybody can have just these groups with these answers. */
function possible(single: Omit<Facts, 'groups'>, groups: readonly string[]): boolean {
  const box = boxOf(Object.fromEntries(Object.entries(single).map(([fact, answer]) => [fact, [answer]])));
  const mask = groups.reduce((sum, group) => sum | (1 << (FACTS.group as readonly string[]).indexOf(group)), 0);
  const exact = [...box];
  const at = FACT_NAMES.indexOf('group');
  [exact[at], exact[FACT_NAMES.length]] = mask < 32 ? [1 << mask, 0] : [0, 1 << (mask - 32)];
  return combinationsIn(exact) === 1;
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');
const range = (values: readonly number[], unit: string): string => `${thousands(Math.min(...values))} – ${thousands(median(values))} – ${thousands(Math.max(...values))} ${unit}`;

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapMegabytes(): number {
  for (let again = 0; again < 3; again += 1) collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const people = drawn(ONE_BY_ONE);
for (const [id, document] of documents) {
  const fresh = (): CompiledPolicy => compilePolicy(document, standing);
  const policy = compiled.get(id)!;
  // The walk finds nothing in these policies; neither may a combination taken by itself.
  const { findings, stoodFor, walked } = checkPolicy(fresh());
  if (findings.length > 0 || people.slice(0, SAMPLE).some((facts) => judge(policy, facts) > 0)) throw new Error(`${id}: the walk and the single combinations judge differently`);
  const [proof, single, diffs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    proof.push((stoodFor * 1_000) / timed(() => checkPolicy(fresh())));
    single.push((ONE_BY_ONE * AVAILABILITIES.length * 1_000) / timed(() => people.forEach((facts) => judge(policy, facts))));
    const place = round % document.measures.length;
    const without = compilePolicy({ ...document, measures: document.measures.toSpliced(place, 1) }, standing);
    diffs.push(timed(() => diffPolicies(policy, without)));
  }
  const before = heapMegabytes();
  const kept = fresh();
  const nodes = [...regionsOf(kept.forest.root)].length;
  const grown = heapMegabytes() - before;
  const report = checkPolicy(kept);
  const proven = heapMegabytes() - before;
  console.log(`\n${id}: ${document.measures.length} measures, ${thousands(walked)} regions for ${thousands(stoodFor)} combinations; min – median – max of ${ROUNDS} rounds`);
  console.log(`  the proof       ${range(proof, 'combinations/s')}; the whole in ${(stoodFor / median(proof)).toFixed(2)} s`);
  console.log(`  one by one      ${range(single, 'combinations/s')}; the whole would take ${(stoodFor / median(single) / 3_600).toFixed(0)} h`);
  console.log(`  the comparison  ${range(diffs, 'ms')} with one measure left out`);
  console.log(`  memory          ${grown.toFixed(1)} MB for the tree (${thousands(nodes)} regions), ${proven.toFixed(1)} MB with every outcome kept${report.findings.length > 0 ? ', with findings' : ''}`);
}
