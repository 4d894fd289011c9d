/** The long walks over every combination, on a thread of their own: intake never waits for a planner. */
import { parentPort, workerData } from 'node:worker_threads';
import type { City } from '../../city/index.ts';
import { checkPolicy, compilePolicy, diffPolicies, STANDING_RULES_ID, TooComplex, type CompiledPolicy, type PolicyCheck, type PolicyDiff, type PolicyProblem } from '../../policy/index.ts';
import { readAnnouncement, readRules } from '../../policy/load.ts';

/** Texts, not objects: what is checked is what will be read when it is adopted. */
export interface CheckJob {
  readonly job: 'check';
  readonly rules: string;
  readonly policy: string;
  readonly city: City;
}

export interface DiffJob {
  readonly job: 'diff';
  readonly rules: string;
  /** Absent: the standing rules alone. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly city: City;
}

export interface ReadJob {
  readonly job: 'read';
  readonly policy: string;
  readonly city: City;
}

export type WorkerJob = CheckJob | DiffJob | ReadJob;

/** What a check answers; when and under which rules it was asked is known to whoever asked. */
export type CheckAnswer = Omit<PolicyCheck, 'at' | 'rules' | 'failed'>;

const job = workerData as WorkerJob;
parentPort?.postMessage(answer());

function answer(): CheckAnswer | DiffResult | ReadResult {
  switch (job.job) {
    case 'check': return check(job);
    case 'diff': return diff(job);
    case 'read': return read(job);
  }
}

/** What is wrong with the text; nothing when it is an announcement. */
export type ReadResult = readonly PolicyProblem[];

function read({ policy, city }: ReadJob): ReadResult {
  const result = readAnnouncement('text', policy, city);
  return 'problems' in result ? result.problems : [];
}

function check({ rules, policy, city }: CheckJob): CheckAnswer {
  const { walked, stoodFor, findings } = checkPolicy(compiled(rules, policy), city);
  return { walked, stoodFor, findings };
}

/** Two policies that can each be proven may together tell too many cases apart; which measures to begin with is said then. */
export type DiffResult = { readonly diff: PolicyDiff } | { readonly tooComplex: readonly string[] };

function diff({ rules, from, to }: DiffJob): DiffResult {
  try {
    return { diff: diffPolicies(compiled(rules, from), compiled(rules, to)) };
  } catch (problem) {
    if (!(problem instanceof TooComplex)) throw problem;
    return { tooComplex: problem.measures.map(({ id }) => id) };
  }
}

function compiled(rulesText: string, text: string | undefined): CompiledPolicy {
  const rules = readRules(STANDING_RULES_ID, rulesText);
  if (text === undefined && 'value' in rules) return compilePolicy(undefined, rules.value);
  const read = readAnnouncement('policy', text ?? '', job.city);
  if ('problems' in rules || 'problems' in read) throw new Error('it cannot be read any more');
  return compilePolicy(read.value, rules.value);
}
