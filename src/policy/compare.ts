import { growOrSayWhy, outcomeFor, TooComplex } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import { EVERYTHING, regionsOf, withAnswers } from './regions.ts';
import type { Region } from './regions.ts';
import type { Outcome } from './settle.ts';
import { commonOf, situationsOf } from './situations.ts';
import type { MeasureThere, Situation } from './situations.ts';

/** One region under two policies, with what each of them says there. */
export interface Compared {
  readonly situation: Situation;
  /** Without its period: that is the situation's. */
  readonly region: Region;
  /** Absent where the same measures apply under both, and so say the same. */
  readonly outcomes?: readonly [first: Outcome, second: Outcome];
}

/** Outside of any period: a situation knows where it stands. */
const ONE_PERIOD = withAnswers(EVERYTHING, 'period', [0]);

/**
 * Every combination of facts under both policies, each in exactly one region. Only what can differ is looked at closely.
 * @throws TooComplex when the two together tell too many cases apart
 */
export function* comparedRegions(first: CompiledPolicy, second: CompiledPolicy): Generator<Compared> {
  for (const situation of situationsOf(first, second)) {
    const { questions, isSame } = jointQuestions(situation);
    const tree = growOrSayWhy(questions.map(({ when }) => when), isSame, [first, second].flatMap(announcedBy));
    if (tree instanceof TooComplex) throw tree;
    const saidBy = (policy: CompiledPolicy, which: 'first' | 'second', { holds, facts }: Region): Outcome => {
      const places = holds.flatMap((question) => questions[question]?.[which] ?? []).sort((a, b) => a - b);
      return outcomeFor(policy, places, facts.acuity);
    };
    for (const region of regionsOf(tree.root, ONE_PERIOD)) {
      if (isSame((question) => region.holds.includes(question), () => false)) yield { situation, region };
      else yield { situation, region, outcomes: [saidBy(first, 'first', region), saidBy(second, 'second', region)] };
    }
  }
}

const announcedBy = ({ measures, announced: { from, to } }: CompiledPolicy): CompiledPolicy['measures'] => measures.slice(from, to);

/** A question whose answer is yes where this measure of the first, of the second, or of both applies. */
interface Joint {
  readonly when: MeasureThere['when'];
  readonly first?: number;
  readonly second?: number;
}

interface JointQuestions {
  readonly questions: readonly Joint[];
  /** Whether, with these sure and these still open, the same measures apply under both. */
  readonly isSame: (isSure: (question: number) => boolean, isOpen: (question: number) => boolean) => boolean;
}

/** What both ask is asked once. What is left are measures that only their conditions tell apart, and those without a partner. */
function jointQuestions({ first, second }: Situation): JointQuestions {
  const common = commonOf(first, second);
  const questions: Joint[] = [];
  const twins: (readonly [number, number])[] = [];
  const alone: number[] = [];
  const ask = (question: Joint): number => questions.push(question) - 1;
  for (const [one, other] of common.map(([a, b]) => [first[a]!, second[b]!] as const)) {
    if (one.asks === other.asks) ask({ when: one.when, first: one.place, second: other.place });
    else twins.push([ask({ when: one.when, first: one.place }), ask({ when: other.when, second: other.place })]);
  }
  const paired = [new Set(common.map(([place]) => place)), new Set(common.map(([, place]) => place))] as const;
  first.forEach(({ when, place }, index) => paired[0].has(index) || alone.push(ask({ when, first: place })));
  second.forEach(({ when, place }, index) => paired[1].has(index) || alone.push(ask({ when, second: place })));
  return {
    questions,
    isSame: (isSure, isOpen) => alone.every((question) => !isSure(question) && !isOpen(question))
      && twins.every(([one, other]) => !isOpen(one) && !isOpen(other) && isSure(one) === isSure(other)),
  };
}
