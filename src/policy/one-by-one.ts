import { groundFaults } from './check-grounds.ts';
import { faultsOf } from './check-outcome.ts';
import { PERSON_RULES } from './check-person.ts';
import type { CompiledPolicy } from './compile.ts';
import type { Condition, Measure } from './document.ts';
import { FACT_NAMES, groupsOf } from './facts.ts';
import type { Facts } from './facts.ts';
import type { Fault } from './findings.ts';
import { answerTo } from './tree.ts';
import { takes } from './regions.ts';
import { settle } from './settle.ts';
import type { Outcome } from './settle.ts';

/**
 * One combination judged by itself, without the tree: the plain reading of the document that the walk is held against, in
 * tests and in the bench. A loop over all combinations made of this would take hours.
 */
export function judgeAlone({ measures, announced: { from, to } }: Pick<CompiledPolicy, 'measures' | 'announced'>, facts: Facts): readonly Fault[] {
  const outcome = outcomeAlone(measures, facts);
  const plain = outcomeAlone(measures, { ...facts, patientKind: 'greenCode', test: 'valid' });
  return [
    ...faultsOf(outcome, facts.acuity, outcomeAlone(measures.toSpliced(from, to - from), facts)),
    ...PERSON_RULES.filter(({ of, broken }) => of.some((box) => FACT_NAMES.every((fact) => takes(box, fact, answerTo(fact, facts)))) && broken(outcome)).map(({ fault }) => fault(outcome)),
    ...groundFaults(plain, outcome),
  ];
}

function outcomeAlone(measures: readonly Measure[], facts: Facts): Outcome {
  return settle(measures.filter(({ when }) => when.length === 0 || (when as readonly Condition[]).some((condition) => meets(condition, facts))), facts.acuity);
}

function meets(condition: Condition, facts: Facts): boolean {
  return FACT_NAMES.every((fact) => {
    const values = condition[fact];
    return !values || (fact === 'group' ? groupsOf(facts.groups).some((group) => values.includes(group)) : values.includes(facts[fact]));
  });
}
