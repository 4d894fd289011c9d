import type { Text } from '../base/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { demandedBy, type Demanded } from './demands.ts';
import { asksGround } from './document.ts';
import type { Condition, Coverage, Measure, PolicyDocument, StandingRules } from './document.ts';
import type { Facts } from './facts.ts';
import { settle } from './settle.ts';
import type { Outcome } from './settle.ts';
import { ask, growTree, TooManyCases } from './tree.ts';
import type { Forest, Question } from './tree.ts';

export interface CompiledPolicy {
  readonly id: string;
  /** What a decision records of it. */
  readonly identity: { readonly id: string; readonly version: string };
  readonly version: string;
  readonly city: string | undefined;
  /** Absent: the standing rules alone. */
  readonly coverage: Coverage | undefined;
  /** In the order of evaluation: law, announcement, ordinary rules. */
  readonly measures: readonly Measure[];
  /** Of institutions, whoever their patients are. */
  readonly demanded: Demanded;
  /** Which of them the announcement made: from this place up to, not including, that one. */
  readonly announced: { readonly from: number; readonly to: number };
  /**
   * Its questions are the measures, in their order, and after them the acuities.
   * @throws TooComplex for a policy that nothing may be decided by; `findTooComplex` asks beforehand.
   */
  readonly forest: Forest;
  /** By leaf of the forest, filled when the first case comes by. */
  readonly outcomes: (Outcome | undefined)[];
  /** Leaves in which the same measures apply to the same acuity share one outcome. */
  readonly distinct: Map<string, Outcome>;
}

/** The name under which decisions without an announcement are recorded: no announcement may carry it. */
export const STANDING_RULES_ID = 'standing-rules';

/** Makes a policy fast and walkable: one tree over all its measures, in which every combination of facts ends in one leaf. */
export function compilePolicy(document: PolicyDocument | undefined, standing: StandingRules): CompiledPolicy {
  const announced = (document?.measures ?? []).map(onlyInForce);
  const measures = [...standing.law, ...announced, ...standing.ordinary];
  // Grown when somebody first asks: whoever only reads a policy needs none. Tried once, however often it is asked for.
  let grown: Forest | TooComplex | undefined;
  const id = document?.id ?? STANDING_RULES_ID;
  const version = document ? `${document.version}+${standing.version}` : standing.version;
  return {
    id,
    version,
    identity: Object.freeze({ id, version }),
    city: document?.city,
    coverage: document?.coverage,
    measures,
    demanded: demandedBy(document?.demands ?? [], standing.demands ?? []),
    announced: { from: standing.law.length, to: standing.law.length + announced.length },
    get forest() {
      grown ??= growOrSayWhy(measures.map(({ when }) => when), undefined, announced);
      if (grown instanceof TooComplex) throw grown;
      return grown;
    },
    outcomes: [],
    distinct: new Map(),
  };
}

/** Its measures tell so many cases apart that it can neither be proven nor decided by. Never the case for standing rules alone. */
export class TooComplex extends Error {
  /** The same sentence wherever somebody meets it. */
  readonly text: Text;
  /** Those with most to ask: where to begin. */
  readonly measures: readonly Measure[];

  constructor(announced: readonly Measure[]) {
    const widest = announced.toSorted((a, b) => factsAsked(b) - factsAsked(a)).slice(0, NAMED_MAX);
    const ids = [...new Set(widest.map(({ id }) => id))];
    const text: Text = {
      zh: `无法证明：措施过多，区分的情形过多；请拆分或简化：${ids.join('、')}`,
      en: `cannot be proven: too many measures tell too many cases apart; split or simplify: ${ids.join(', ')}`,
    };
    super(text.en);
    [this.text, this.measures] = [text, widest];
  }
}

const NAMED_MAX = 5;
const factsAsked = ({ when }: Measure): number => when.reduce((sum, condition) => sum + Object.keys(condition).length, 0);

/** Deadlines are given by acuity, so no two acuities are ever the same: each is a question after all others. */
export function growOrSayWhy(questions: readonly Question[], enough: Parameters<typeof growTree>[1], announced: readonly Measure[]): Forest | TooComplex {
  try {
    return growTree([...questions, ...ACUITIES.map((acuity) => [{ acuity: [acuity] }])], enough);
  } catch (problem) {
    if (!(problem instanceof TooManyCases)) throw problem;
    return new TooComplex(announced);
  }
}

/** Why nothing may be decided by this policy; undefined for every policy that can be proven. */
export function findTooComplex(policy: CompiledPolicy): TooComplex | undefined {
  try {
    void policy.forest;
    return undefined;
  } catch (problem) {
    if (problem instanceof TooComplex) return problem;
    throw problem;
  }
}

/** An announcement speaks of its own period and districts only. Twice the same line, once for each type of measure. */
function onlyInForce(measure: Measure): Measure {
  return asksGround(measure) ? { ...measure, when: inForce(measure.when) } : { ...measure, when: inForce(measure.when) };
}

const IN_FORCE = { period: ['inForce'] } as const;
const inForce = <C extends Condition>(when: readonly C[]): readonly (C | typeof IN_FORCE)[] =>
  (when.length === 0 ? [IN_FORCE] : when.map((condition) => ({ ...condition, ...IN_FORCE })));

/** The measures that apply, in order, by their place in `policy.measures`. */
export function applying(policy: CompiledPolicy, facts: Facts): readonly number[] {
  return measuresAmong(policy, ask(policy.forest.root, facts).holds);
}

/** Of the questions that hold those that are measures. */
export function measuresAmong(policy: CompiledPolicy, holds: readonly number[]): readonly number[] {
  return holds.filter((question) => question < policy.measures.length);
}

/** The outcome for these facts: computed once, then shared. */
export function outcomeOf(policy: CompiledPolicy, facts: Facts): Outcome {
  const { leaf, holds } = ask(policy.forest.root, facts);
  return (policy.outcomes[leaf] ??= outcomeFor(policy, measuresAmong(policy, holds), facts.acuity));
}

/** Which measures apply and how urgent it is: an outcome depends on nothing else. */
export function outcomeFor(policy: CompiledPolicy, places: readonly number[], acuity: Facts['acuity']): Outcome {
  const signature = `${acuity} ${places.join()}`;
  let outcome = policy.distinct.get(signature);
  if (!outcome) policy.distinct.set(signature, (outcome = settle(places.map((place) => policy.measures[place]!), acuity)));
  return outcome;
}
