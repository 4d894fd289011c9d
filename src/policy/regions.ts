import { GROUPS, NEEDS } from '../triage/index.ts';
import { FACT_NAMES, FACTS, GROUP_MASKS } from './facts.ts';
import type { FactName, Facts } from './facts.ts';
import { answersTo } from './tree.ts';
import type { Tree } from './tree.ts';

/**
 * Combinations of facts that no question of a tree tells apart: for each fact the answers in it, as places in `FACTS` (for
 * `group` as sets of groups). What is true of one of them is true of all.
 */
export interface Region {
  readonly answers: { readonly [F in FactName]: readonly number[] };
  /** The questions that hold here. */
  readonly holds: readonly number[];
  /** How many combinations are in it that can occur. */
  readonly combinations: number;
  /** The plainest of them: the one to show a person. */
  readonly facts: Facts;
}

type Answers = { [F in FactName]: readonly number[] };

const EVERY = Object.fromEntries(FACT_NAMES.map((fact) => [fact, Array.from({ length: answersTo(fact) }, (_, answer) => answer)])) as unknown as Answers;

/**
 * Every region of a tree in which somebody can stand: together they are all combinations there are, each in exactly one.
 * Regions that differ only in what may never block (kind of patient, test) come one after another.
 */
export function* regionsOf(root: Tree): Generator<Region> {
  yield* walk(root, EVERY);
}

function* walk(tree: Tree, answers: Answers): Generator<Region> {
  if ('fact' in tree) {
    const byChild = new Map<Tree, number[]>();
    tree.next.forEach((child, answer) => {
      const known = byChild.get(child);
      if (known) known.push(answer);
      else byChild.set(child, [answer]);
    });
    for (const [child, among] of byChild) yield* walk(child, { ...answers, [tree.fact]: among });
    return;
  }
  const people = peopleIn(answers);
  if (people.count === 0) return;
  const others = OTHERS.reduce((product, fact) => product * answers[fact].length, 1);
  yield { answers, holds: tree.holds, combinations: people.count * others, facts: plainest(answers, people.first!) };
}

/** Facts that a person's need, age, groups and fever say nothing about. */
const OTHERS = ['period', 'acuity', 'mobility', 'ownInstitution', 'patientKind', 'test'] as const satisfies readonly FactName[];

const bit = (group: (typeof GROUPS)[number]): number => 1 << GROUPS.indexOf(group);
const AGE = FACTS.age;

/**
 * Which sets of groups go with a need and an age: what `groupMask` and `ageBand` can say. Somebody under three is a child,
 * an obstetric patient is pregnant; what a person may say of themselves beyond that is not ours to rule out.
 */
const POSSIBLE_GROUPS: readonly (readonly (readonly boolean[])[])[] = NEEDS.map((need) => AGE.map((age) =>
  Array.from({ length: GROUP_MASKS }, (_, mask) => {
    if ((age === 'underThree') !== ((mask & bit('underThree')) !== 0)) return false;
    const child = age === 'underThree' || age === 'threeToFive' || age === 'sixToThirteen' || (need === 'paediatrics' && age === 'unknown');
    if (child && (mask & bit('child')) === 0) return false;
    return need !== 'obstetrics' || (mask & bit('pregnant')) !== 0;
  })));

/** Who comes for a fever has one. */
const possibleFever = (need: number, fever: number): boolean => NEEDS[need] !== 'fever' || FACTS.fever[fever] === 'yes';

interface Person {
  readonly need: number;
  readonly age: number;
  readonly group: number;
  readonly fever: number;
}

function peopleIn({ need, age, group, fever }: Answers): { readonly count: number; readonly first: Person | undefined } {
  let count = 0;
  let first: Person | undefined;
  for (const n of need) {
    const fevers = fever.filter((answer) => possibleFever(n, answer));
    if (fevers.length === 0) continue;
    for (const a of inOrder('age', age)) {
      const possible = POSSIBLE_GROUPS[n]![a]!;
      for (const g of group) {
        if (!possible[g]) continue;
        count += fevers.length;
        first ??= { need: n, age: a, group: g, fever: inOrder('fever', fevers)[0]! };
      }
    }
  }
  return { count, first };
}

/** The plainest answer first: somebody grown-up who walks, with a green code and a valid test, of no group and without a fever. */
const PLAIN: { readonly [F in FactName]?: readonly string[] } = {
  age: ['fourteenAndOver', 'sixToThirteen', 'threeToFive', 'underThree'],
  fever: ['no'],
  ownInstitution: ['no'],
  patientKind: ['greenCode'],
};

function inOrder(fact: Exclude<FactName, 'group'>, answers: readonly number[]): readonly number[] {
  const plain = PLAIN[fact];
  if (!plain || answers.length === 1) return answers;
  const place = (answer: number): number => {
    const found = plain.indexOf(FACTS[fact][answer]!);
    return found < 0 ? plain.length : found;
  };
  return [...answers].sort((a, b) => place(a) - place(b));
}

function plainest(answers: Answers, person: Person): Facts {
  const value = <F extends Exclude<FactName, 'group'>>(fact: F, answer: number): Facts[F] => FACTS[fact][answer] as unknown as Facts[F];
  const first = <F extends (typeof OTHERS)[number]>(fact: F): Facts[F] => value(fact, inOrder(fact, answers[fact])[0]!);
  return {
    period: first('period'), acuity: first('acuity'), need: value('need', person.need), age: value('age', person.age), groups: person.group,
    fever: value('fever', person.fever), mobility: first('mobility'), ownInstitution: first('ownInstitution'),
    patientKind: first('patientKind'), test: first('test'),
  };
}

/** How far a combination is from the plainest there is: the smallest example says the least that is needed. */
export function distanceFromPlain(facts: Facts): number {
  const { groups, ...single } = facts;
  let distance = 0;
  for (let rest = groups; rest > 0; rest >>= 1) distance += rest & 1;
  for (const fact of FACT_NAMES) {
    if (fact === 'group' || fact === 'need' || fact === 'acuity') continue;
    if (single[fact] !== (PLAIN[fact]?.[0] ?? FACTS[fact][0])) distance += 1;
  }
  return distance;
}

/** How many combinations there are of all. */
export const COMBINATIONS = peopleIn(EVERY).count * OTHERS.reduce((product, fact) => product * answersTo(fact), 1);
