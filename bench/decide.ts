/**
 * Decisions per second on one core, beside two rule engines that are given the same measures.
 *
 *   greenlane          the whole `decide`: triage, facts, policy, links, reasons
 *   zen-engine         one decision table, a row per condition, all hits collected (@gorules/zen-engine, native); asked
 *                      one by one, and with many questions in flight, where its threads take more than one core
 *   json-rules-engine  a rule per measure
 *
 * The engines get the facts ready-made and only have to say which measures apply; joining them into a decision is left
 * out of their time. So they do less, and the comparison leans their way. Before anything is timed, all three have to
 * name the same measures for a sample of the cases.
 */
import { fileURLToPath } from 'node:url';
import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';
import type { NestedCondition } from 'json-rules-engine';
import { parseInstant, seededChance } from '../src/base/index.ts';
import type { Chance } from '../src/base/index.ts';
import { applying, decide, factsOf, FACT_NAMES, PATIENT_KINDS, standing, TEST_STATES } from '../src/policy/index.ts';
import type { CareCase, CompiledPolicy, Condition, FactName, Facts } from '../src/policy/index.ts';
import { loadPolicies } from '../src/policy/load.ts';
import { FINDINGS, GROUPS, NEEDS, triage } from '../src/triage/index.ts';
import { median } from './figures.ts';

const CASES = 10_000;
const SAMPLE = 500;
const ROUNDS = 7;
/** Cases per round: each contender works about as long as the others. */
const OURS_PER_ROUND = 200_000;
const THEIRS_PER_ROUND = 500;
const AT_LEAST = 10;
/** zen-engine works on threads of its own: with many questions at once it uses more than the one core we use. */
const IN_FLIGHT = 50;

type Answers = Readonly<Record<string, string | number>>;
type Contender = { readonly name: string; readonly run: (count: number) => Promise<void> | void; readonly perRound: number };

function randomCase(chance: Chance, towns: readonly string[], from: number, days: number): CareCase {
  const sometimes = <T>(probability: number, value: () => T): T | undefined => (chance.next() < probability ? value() : undefined);
  const parts = {
    ageMonths: sometimes(0.9, () => chance.below(1_100)),
    instant: sometimes(0.95, () => from + chance.below(days * 86_400_000)),
    town: sometimes(0.95, () => chance.pick(towns)),
    patientKind: sometimes(0.9, () => chance.pick(PATIENT_KINDS)),
    test: sometimes(0.8, () => chance.pick(TEST_STATES)),
    mobility: sometimes(0.8, () => chance.pick(['walks', 'walks', 'wheelchair', 'stretcher'] as const)),
  };
  const known = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return {
    need: chance.pick(NEEDS),
    groups: GROUPS.filter(() => chance.next() < 0.12),
    findings: chance.next() < 0.4 ? [chance.pick(FINDINGS).code] : [],
    vitals: chance.next() < 0.3 ? { temperatureCelsius: 36 + chance.next() * 4, pulsePerMinute: 50 + chance.below(100) } : {},
    ...known,
  };
}

const ALL_GROUPS = Array.from({ length: 1 << GROUPS.length }, (_, mask) => mask);
const isOneOf = (mask: number, named: readonly string[]): boolean => GROUPS.some((group, bit) => named.includes(group) && (mask & (1 << bit)) !== 0);

/** Sets of groups that no measure tells apart are one class, so that the engines compare one number and not a list. */
function groupClasses({ measures }: CompiledPolicy): readonly number[] {
  const asked = [...new Set(measures.flatMap(({ when }) => when.flatMap(({ group }) => group?.join() ?? [])))].map((names) => names.split(','));
  const seen: string[] = [];
  return ALL_GROUPS.map((mask) => {
    const signature = asked.map((named) => Number(isOneOf(mask, named))).join('');
    return seen.includes(signature) ? seen.indexOf(signature) : seen.push(signature) - 1;
  });
}

const CLASSES = new WeakMap<CompiledPolicy, readonly number[]>();
function classesOf(policy: CompiledPolicy): readonly number[] {
  if (!CLASSES.has(policy)) CLASSES.set(policy, groupClasses(policy));
  return CLASSES.get(policy)!;
}

function answersOf(policy: CompiledPolicy, facts: Facts): Answers {
  const { groups, ...single } = facts;
  return { ...single, group: classesOf(policy)[groups]! };
}

function valuesOf(policy: CompiledPolicy, condition: Condition, fact: FactName): readonly (string | number)[] {
  if (fact !== 'group') return condition[fact] ?? [];
  return [...new Set(ALL_GROUPS.filter((mask) => isOneOf(mask, condition.group!)).map((mask) => classesOf(policy)[mask]!))];
}

function conditionsOf(policy: CompiledPolicy): readonly { readonly place: number; readonly condition: Condition }[] {
  return policy.measures.flatMap(({ when }, place) => (when.length === 0 ? [{}] : when).map((condition) => ({ place, condition })));
}

function zenTable(policy: CompiledPolicy): (answers: Answers) => Promise<readonly number[]> {
  const inputs = FACT_NAMES.map((fact) => ({ id: fact, name: fact, type: 'expression', field: fact }));
  const cell = (condition: Condition, fact: FactName): string =>
    condition[fact] ? valuesOf(policy, condition, fact).map((value) => JSON.stringify(value)).join(',') : '';
  const rules = conditionsOf(policy).map(({ place, condition }, index) => ({
    _id: String(index), place: String(place), ...Object.fromEntries(FACT_NAMES.map((fact) => [fact, cell(condition, fact)])),
  }));
  const table = { hitPolicy: 'collect', inputs, outputs: [{ id: 'place', name: 'place', type: 'expression', field: 'place' }], rules };
  const node = (id: string, type: string, content?: unknown) => ({ id, name: id, type, position: { x: 0, y: 0 }, ...(content ? { content } : {}) });
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify({
    contentType: 'application/vnd.gorules.decision',
    nodes: [node('in', 'inputNode'), node('table', 'decisionTableNode', table), node('out', 'outputNode')],
    edges: [{ id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' }, { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' }],
  })));
  return async (answers) => {
    const { result } = await decision.evaluate(answers);
    return (result as { place: number }[]).map(({ place }) => place);
  };
}

function jsonRules(policy: CompiledPolicy): (answers: Answers) => Promise<readonly number[]> {
  const engine = new Engine();
  policy.measures.forEach(({ when }, place) => {
    const any: NestedCondition[] = (when.length === 0 ? [{}] : when).map((condition: Condition) => ({
      all: FACT_NAMES.filter((fact) => condition[fact]).map((fact) => ({ fact, operator: 'in', value: [...valuesOf(policy, condition, fact)] })),
    }));
    engine.addRule({ conditions: { any }, event: { type: 'applies', params: { place } } });
  });
  return async (answers) => {
    const { events } = await engine.run({ ...answers });
    return events.map(({ params }) => (params as { place: number }).place);
  };
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');

async function compare(policy: CompiledPolicy, towns: readonly string[], from: number): Promise<boolean> {
  const chance = seededChance(20_221_125);
  const cases = Array.from({ length: CASES }, () => randomCase(chance, towns, from, 12));
  const facts = cases.map((care) => factsOf(care, triage(care), standing(policy.coverage, care).period));
  const answers = facts.map((item) => answersOf(policy, item));
  const [zen, rules] = [zenTable(policy), jsonRules(policy)];
  for (let i = 0; i < SAMPLE; i += 1) {
    const ours = applying(policy, facts[i]!).join();
    for (const [name, theirs] of [['zen-engine', await zen(answers[i]!)], ['json-rules-engine', await rules(answers[i]!)]] as const) {
      const named = [...new Set(theirs)].sort((a, b) => a - b).join();
      if (named !== ours) throw new Error(`${name} names measures ${named} for case ${i}, we name ${ours}: the tables are not the same`);
    }
  }
  let kept = 0;
  const each = (engine: (item: Answers) => Promise<readonly number[]>) => async (count: number) => {
    for (let i = 0; i < count; i += 1) kept += (await engine(answers[i % CASES]!)).length;
  };
  const inFlight = (engine: (item: Answers) => Promise<readonly number[]>) => async (count: number) => {
    for (let i = 0; i < count; i += IN_FLIGHT) {
      const batch = await Promise.all(Array.from({ length: IN_FLIGHT }, (_, k) => engine(answers[(i + k) % CASES]!)));
      for (const places of batch) kept += places.length;
    }
  };
  const contenders: readonly Contender[] = [
    { name: 'greenlane', perRound: OURS_PER_ROUND, run: (count) => { for (let i = 0; i < count; i += 1) kept += decide(policy, cases[i % CASES]!).links.length; } },
    { name: 'zen-engine', perRound: THEIRS_PER_ROUND, run: each(zen) },
    { name: 'zen-engine, threads', perRound: 4 * THEIRS_PER_ROUND, run: inFlight(zen) },
    { name: 'json-rules-engine', perRound: THEIRS_PER_ROUND, run: each(rules) },
  ];
  const rates = contenders.map((): number[] => []);
  // One round to warm up; then the contenders take turns, so that a busy moment of the machine hits all of them.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [index, { run, perRound }] of contenders.entries()) {
      const start = performance.now();
      await run(perRound);
      if (round >= 0) rates[index]!.push(perRound / ((performance.now() - start) / 1_000));
    }
  }
  console.log(`\n${policy.id}: ${CASES} random cases, ${policy.measures.length} measures, ${SAMPLE} compared equal, median of ${ROUNDS} rounds`);
  for (const [index, { name }] of contenders.entries()) {
    const rounds = rates[index]!;
    console.log(`  ${name.padEnd(20)} ${thousands(median(rounds)).padStart(10)} decisions/s   (${thousands(Math.min(...rounds))} – ${thousands(Math.max(...rounds))})`);
  }
  const ratio = median(rates[0]!) / Math.max(...rates.slice(1).map(median));
  console.log(`  ${ratio.toFixed(0)} × the fastest of them (at least ${AT_LEAST} wanted); ${kept > 0 ? 'nothing optimised away' : 'nothing was computed'}`);
  return ratio >= AT_LEAST;
}

const loaded = loadPolicies(fileURLToPath(new URL('../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
const { compiled } = loaded.policies;
const fast = [
  await compare(compiled.get('zhengzhou-2022-11-25')!, ['410102001', '410105014', '410122105', '410181001'], parseInstant('2022-11-20')!),
  await compare(compiled.get('shanghai-2022-03-28')!, ['310101002', '310115005', '310115145', '410105001'], parseInstant('2022-03-22')!),
];
if (fast.includes(false)) process.exitCode = 1;
