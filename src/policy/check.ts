import { ACUITIES } from '../triage/index.ts';
import { WAITING_LINKS } from './chain.ts';
import { measuresAmong, outcomeFor } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import type { LinkKind } from './decision.ts';
import { LONGEST_WAIT_SECONDS } from './document.ts';
import type { PolicyProblem } from './document.ts';
import { groupsOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { regionsOf } from './regions.ts';
import type { Outcome } from './settle.ts';
import { growTree } from './tree.ts';
import type { Tree } from './tree.ts';

export interface CheckFinding {
  readonly code:
    | 'unsettled' | 'emergencyWaits' | 'emergencyPathway' | 'testBeforeEmergency' | 'noWayBack' | 'noOwnerOrDeadline'
    | 'underThreeTested' | 'neverApplies' | 'neverHeard';
  readonly message: string;
  /** The first combination where it is so; absent for findings about the document. */
  readonly example?: Facts;
  /** How many of the walked combinations show it. */
  readonly combinations: number;
}

export interface CheckReport {
  readonly policy: string;
  /** Regions walked: whatever this policy tells apart is apart, so none is left out. */
  readonly walked: number;
  /** Combinations of facts in them. */
  readonly stoodFor: number;
  readonly findings: readonly CheckFinding[];
}

/**
 * Walks every combination of facts (those no measure tells apart together) and
 * holds each outcome against the promises.
 */
export function checkPolicy(policy: CompiledPolicy): CheckReport {
  const found = new Map<string, { -readonly [K in keyof CheckFinding]: CheckFinding[K] }>();
  const report = (code: CheckFinding['code'], message: string, example?: Facts): void => {
    const known = found.get(`${code} ${message}`);
    if (known) known.combinations += 1;
    else found.set(`${code} ${message}`, { code, message, combinations: 1, ...(example && { example }) });
  };
  const asleep = new Set(policy.measures.keys());
  let walked = 0;
  let stoodFor = 0;
  for (const { facts, holds, combinations } of regionsOf(treeToWalk(policy))) {
    walked += 1;
    stoodFor += combinations;
    const places = measuresAmong(policy, holds);
    for (const place of places) asleep.delete(place);
    judge(outcomeFor(policy, places, facts.acuity), facts, (code, message) => report(code, message, facts));
  }
  const heard = new Set([...policy.distinct.values()].flatMap((outcome) => [...outcome.heard]));
  // Standing rules are there for announcements that leave something out, so only an announcement's own silence is a fault.
  for (const measure of policy.measures.slice(policy.announced.from, policy.announced.to)) {
    const place = policy.measures.indexOf(measure);
    if (!asleep.has(place) && !heard.has(measure)) {
      report('neverHeard', `measure ${measure.id} applies, but an earlier one always speaks first; put it before that one, or remove it`);
    }
  }
  for (const place of asleep) report('neverApplies', `measure ${policy.measures[place]!.id} applies to no combination of facts; correct its when, or remove it`);
  return { policy: policy.id, walked, stoodFor, findings: [...found.values()] };
}

/** The policy's questions and ours: what a promise depends on has to be the same in a whole region. */
function treeToWalk({ measures }: CompiledPolicy): Tree {
  return growTree([...measures.map(({ when }) => when), ...ACUITIES.map((acuity) => [{ acuity: [acuity] }]), [{ age: ['underThree'] }]]).root;
}

const OUT: ReadonlySet<LinkKind> = new Set(['pickUp', 'travel', 'bring']);
const HOME: ReadonlySet<LinkKind> = new Set(['returnTravel', 'returnHome']);

function judge(outcome: Outcome, facts: Facts, report: (code: CheckFinding['code'], message: string) => void): void {
  const { effects, unset } = outcome;
  for (const name of unset) report('unsettled', `nothing settles ${name}; add a measure, or a standing rule`);
  const emergency = facts.acuity === ACUITIES[0] || facts.acuity === ACUITIES[1];
  if (emergency && effects.pathway !== 'emergency') report('emergencyPathway', `acuity ${facts.acuity} gets the pathway ${effects.pathway}`);
  if (emergency && effects.testRequired) report('testBeforeEmergency', 'a test is asked of an emergency');
  if (facts.age === 'underThree' && effects.testRequired) report('underThreeTested', 'a child under three is asked for a test');
  for (const chain of [false, true].flatMap((search) => outcome.venues.flatMap((_venue, v) => outcome.transports.map((_way, t) => outcome.plan(v, t, search).links)))) {
    if (chain.length === 0 || chain.some(({ owner, dueSeconds }) => !owner || !(dueSeconds > 0 && dueSeconds <= LONGEST_WAIT_SECONDS))) {
      report('noOwnerOrDeadline', 'a step has no owner or no deadline');
    }
    const received = chain.findIndex(({ kind }) => kind === 'receive');
    const waits = emergency ? chain.slice(0, received + 1).filter(({ kind }) => WAITING_LINKS.has(kind)) : [];
    for (const { kind } of waits) report('emergencyWaits', `an emergency waits for ${kind}`);
    const leaves = chain.some(({ kind }) => OUT.has(kind));
    const comesHome = chain.some(({ kind }) => HOME.has(kind)) && chain.at(-1)?.kind === 'confirmHome';
    if (leaves && !comesHome) report('noWayBack', 'somebody is taken out and not brought home');
  }
}

/** A combination in words a reviewer can look up. */
export function formatFacts(facts: Facts): string {
  const { groups, ...rest } = facts;
  const named = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [...named, `group ${groupsOf(groups).join('+') || 'none'}`].join(', ');
}

export function formatPolicyProblems(problems: readonly PolicyProblem[]): string {
  return problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n');
}
