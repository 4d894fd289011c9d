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
import { AVAILABILITIES, checkPolicy, compilePolicy, diffPolicies, FACTS, factsOf, judgeAlone, PATIENT_KINDS, TEST_STATES } from '../src/policy/index.ts';
import type { CompiledPolicy, Facts, PolicyDocument } from '../src/policy/index.ts';
import { loadPolicies } from '../src/policy/load.ts';
import { ACUITIES, GROUPS, NEEDS } from '../src/triage/index.ts';
import { median } from './figures.ts';
import './decide.ts';

const ROUNDS = 7;
const ONE_BY_ONE = 1_000;
const SAMPLE = 500;

const loaded = loadPolicies(fileURLToPath(new URL('../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
const { compiled, documents, standing } = loaded.policies;

/** The facts of people who can be, drawn evenly over the answers. */
function drawn(count: number): readonly Facts[] {
  const chance = seededChance(20_220_328);
  return Array.from({ length: count }, () => factsOf({
    need: chance.pick(NEEDS), groups: GROUPS.filter(() => chance.next() < 0.2), findings: [], vitals: {}, ageMonths: chance.below(1_100),
    patientKind: chance.pick(PATIENT_KINDS), test: chance.pick(TEST_STATES), mobility: chance.pick(['walks', 'wheelchair', 'stretcher'] as const),
  }, { acuity: chance.pick(ACUITIES), fired: [] }, chance.pick(FACTS.period)));
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
function measure(id: string, document: PolicyDocument): void {
  const fresh = (): CompiledPolicy => compilePolicy(document, standing);
  const policy = compiled.get(id)!;
  const before = heapMegabytes();
  const kept = fresh();
  const { leaves } = kept.forest;
  const grown = heapMegabytes() - before;
  checkPolicy(kept);
  const proven = heapMegabytes() - before;
  // The walk finds nothing in these policies; neither may a combination taken by itself.
  const { findings, stoodFor, walked } = checkPolicy(fresh());
  if (findings.length > 0 || people.slice(0, SAMPLE).some((facts) => judgeAlone(policy, facts).length > 0)) throw new Error(`${id}: the walk and the single combinations judge differently`);
  const [proof, single, diffs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    proof.push((stoodFor * 1_000) / timed(() => checkPolicy(fresh())));
    single.push((ONE_BY_ONE * AVAILABILITIES.length * 1_000) / timed(() => people.forEach((facts) => judgeAlone(policy, facts))));
    const place = round % document.measures.length;
    const without = compilePolicy({ ...document, measures: document.measures.toSpliced(place, 1) }, standing);
    diffs.push(timed(() => diffPolicies(policy, without)));
  }
  console.log(`\n${id}: ${document.measures.length} measures, ${thousands(walked)} regions for ${thousands(stoodFor)} combinations; min – median – max of ${ROUNDS} rounds`);
  console.log(`  the proof       ${range(proof, 'combinations/s')}; the whole in ${(stoodFor / median(proof)).toFixed(2)} s`);
  console.log(`  one by one      ${range(single, 'combinations/s')}; the whole would take ${(stoodFor / median(single) / 3_600).toFixed(0)} h`);
  console.log(`  the comparison  ${range(diffs, 'ms')} with one measure left out`);
  console.log(`  memory          ${grown.toFixed(1)} MB for the tree (${thousands(leaves)} leaves), ${proven.toFixed(1)} MB with every outcome kept`);
}

for (const [id, document] of documents) measure(id, document);
