import { ACUITIES } from '../triage/index.ts';
import { outcomeFor } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import { EVERYTHING, regionsOf, withAnswers } from './regions.ts';
import type { Region } from './regions.ts';
import type { Outcome } from './settle.ts';
import { commonOf, situationsOf } from './situations.ts';
import type { Situation } from './situations.ts';
import { growTree } from './tree.ts';

/** One region in which two policies may differ, with what each of them says there. */
export interface Compared {
  readonly situation: Situation;
  /** Without its period: that is the situation's. */
  readonly region: Region;
  /** Absent where both have only measures in common, and so say the same. */
  readonly outcomes?: readonly [first: Outcome, second: Outcome];
}

/** Outside of any period: a situation knows where it stands. */
const ONE_PERIOD = withAnswers(EVERYTHING, 'period', [0]);

/** Every combination of facts under both policies, each in exactly one region. Only what can differ is looked at closely. */
export function* comparedRegions(first: CompiledPolicy, second: CompiledPolicy): Generator<Compared> {
  for (const situation of situationsOf(first, second)) {
    const common = commonOf(situation.first, situation.second);
    const [inFirst, inSecond] = [new Set(common.map(([place]) => place)), new Set(common.map(([, place]) => place))];
    const questions = [
      ...common.map(([a, b]) => ({ when: situation.first[a]!.when, first: situation.first[a]!.place, second: situation.second[b]!.place })),
      ...situation.first.filter((_, place) => !inFirst.has(place)).map(({ when, place }) => ({ when, first: place, second: undefined })),
      ...situation.second.filter((_, place) => !inSecond.has(place)).map(({ when, place }) => ({ when, first: undefined, second: place })),
    ];
    const matter = new Set([...questions.keys()].slice(common.length));
    // Deadlines are given by acuity, so no two acuities are ever the same.
    const tree = growTree([...questions.map(({ when }) => when), ...ACUITIES.map((acuity) => [{ acuity: [acuity] }])], matter).root;
    const saidBy = (policy: CompiledPolicy, which: 'first' | 'second', { holds, facts }: Region): Outcome => {
      const places = holds.flatMap((question) => questions[question]?.[which] ?? []).sort((a, b) => a - b);
      return outcomeFor(policy, places, facts.acuity);
    };
    for (const region of regionsOf(tree, ONE_PERIOD)) {
      if (!region.holds.some((question) => matter.has(question))) yield { situation, region };
      else yield { situation, region, outcomes: [saidBy(first, 'first', region), saidBy(second, 'second', region)] };
    }
  }
}
