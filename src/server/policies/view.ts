import type { Instant, Language, Text, Window } from '../../base/index.ts';
import { stateAt, type CheckFinding, type DiffClass, type Hand, type PolicyDiff, type PolicyDocument, type PolicyState, type PolicyVersion } from '../../policy/index.ts';
import type { Reach } from './reach.ts';
import { sentence } from '../problems.ts';

/** One version of an announcement as a screen shows it: what was announced, which is for everybody. */
export interface PolicyView extends Omit<PolicyDocument, 'coverage'>, Partial<PolicyPlanning> {
  readonly title: Text;
  readonly state: PolicyState;
  readonly period: Window;
  readonly districts: readonly string[];
  readonly adoptedAt?: Instant;
  /** A later version took its place then. */
  readonly endedAt?: Instant;
  readonly replacedBy?: string;
}

/** How it came to be: for planners, districts and the city alone. */
export interface PolicyPlanning {
  readonly author: Hand;
  readonly draftedAt: Instant;
  /** The version it changes; absent for a new announcement. */
  readonly basedOn?: string;
  /** What the check found; absent until it has been checked. */
  readonly findings?: readonly CheckFinding[];
  readonly checkedAt?: Instant;
  readonly walked?: number;
  readonly combinations?: number;
  /** The check came to no end, in a sentence that says why: it cannot be adopted. */
  readonly checkFailed?: string;
  /** Checked among other standing rules than those in force; it is being checked again. */
  readonly checkStale?: true;
  readonly adoptedBy?: Hand;
  /** For each finding left, by its key, why it was adopted all the same. */
  readonly why?: Readonly<Record<string, string>>;
  /** Who withdrew it, or adopted the later version. */
  readonly endedBy?: Hand;
}

/** Who would be treated differently by another version, and how many requests that is. */
export interface PolicyDiffView extends Omit<PolicyDiff, 'classes' | 'toldOtherwise'> {
  readonly at: Instant;
  /** Most combinations first. */
  readonly classes: readonly (DiffClassView & { readonly openRequests: number; readonly recordedRequests: number })[];
  /** Treated the same and told another reason. */
  readonly toldOtherwise: readonly DiffClassView[];
  /** Open requests that would be treated differently now or when one of the two begins or ends; out of all that are open. */
  readonly openRequests: number;
  readonly openTotal: number;
  /** The same for every request of this incident, open or closed. */
  readonly recordedRequests: number;
  readonly recordedTotal: number;
}

export type DiffClassView = Omit<DiffClass, 'facts'>;

export function viewOfDiff({ classes, toldOtherwise, ...diff }: PolicyDiff, reach: Reach, at: Instant): PolicyDiffView {
  const shown = ({ facts: _, ...one }: DiffClass): DiffClassView => one;
  return {
    at, ...diff, toldOtherwise: toldOtherwise.map(shown),
    classes: classes.map((one) => ({
      ...shown(one), openRequests: reach.byClass.get(one.key)?.open ?? 0, recordedRequests: reach.byClass.get(one.key)?.recorded ?? 0,
    })),
    openRequests: reach.openTouched, openTotal: reach.open, recordedRequests: reach.recordedTouched, recordedTotal: reach.recorded,
  };
}

/** For whoever may see how a version came to be. */
export interface PlanningReader {
  /** Version of the standing rules in force. */
  readonly rules: string;
  readonly language: Language;
}

/** @param reader absent for whoever may not see how it came to be */
export function viewOfPolicy(life: PolicyVersion, { coverage, ...document }: PolicyDocument, at: Instant, reader: PlanningReader | undefined): PolicyView {
  const { adopted, ended } = life;
  return {
    ...document, version: life.version, state: stateAt(life, coverage, at), period: coverage.period, districts: [...coverage.districts.keys()],
    ...(adopted && { adoptedAt: adopted.at }),
    ...(ended && { endedAt: ended.at, ...(ended.replacedBy !== undefined && { replacedBy: ended.replacedBy }) }),
    ...(reader && planningOf(life, reader)),
  };
}

function planningOf({ author, draftedAt, basedOn, check, adopted, ended }: PolicyVersion, { rules, language }: PlanningReader): PolicyPlanning {
  return {
    author, draftedAt,
    ...(basedOn !== undefined && { basedOn }),
    ...(check && { checkedAt: check.at, walked: check.walked, combinations: check.stoodFor, findings: check.findings }),
    ...(check && check.rules !== rules && { checkStale: true }),
    ...(check?.failed !== undefined && { checkFailed: sentence(check.failed, undefined, language) }),
    ...(adopted && { adoptedBy: adopted.by, why: adopted.why }),
    ...(ended && { endedBy: ended.by }),
  };
}
