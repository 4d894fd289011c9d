import { GROUPS, NEEDS } from '../triage/index.ts';
import type { Condition } from './document.ts';
import { FACT_NAMES, FACTS, GROUP_MASKS, groupsOf, NEVER_BLOCK_FACTS } from './facts.ts';
import type { FactName, Facts } from './facts.ts';
import { answersTo } from './tree.ts';
import type { Tree } from './tree.ts';

/**
 * A set of combinations: for each fact, in the order of `FACT_NAMES`, its answers as bits. There are 64 sets of groups, so
 * the second half of theirs stands in a word more, at the end.
 */
export type Box = readonly number[];

/** Combinations of facts that no question of a tree tells apart: what is true of one of them is true of all. */
export interface Region {
  readonly box: Box;
  /** The questions that hold here. */
  readonly holds: readonly number[];
  /** How many combinations are in it that can occur. */
  readonly combinations: number;
  /** The plainest of them: the one to show a person. */
  readonly facts: Facts;
}

const PLACE = Object.fromEntries(FACT_NAMES.map((fact, place) => [fact, place])) as Readonly<Record<FactName, number>>;
const GROUP_HIGH = FACT_NAMES.length;
const ALL_GROUPS_HALF = -1;

/** Everything there is. */
export const EVERYTHING: Box = [...FACT_NAMES.map((fact) => (fact === 'group' ? ALL_GROUPS_HALF : 2 ** answersTo(fact) - 1)), ALL_GROUPS_HALF];

/** The answers of one fact in it, as places in `FACTS`; for `group` as sets of groups. */
export function answersIn(box: Box, fact: FactName): readonly number[] {
  const answers: number[] = [];
  for (let answer = 0; answer < answersTo(fact); answer += 1) if (takes(box, fact, answer)) answers.push(answer);
  return answers;
}

export function takes(box: Box, fact: FactName, answer: number): boolean {
  const word = answer < 32 ? box[PLACE[fact]]! : box[GROUP_HIGH]!;
  return ((word >>> (answer & 31)) & 1) === 1;
}

/** The same box with these answers to one fact. */
export function withAnswers(box: Box, fact: FactName, answers: Iterable<number>): Box {
  const changed = [...box];
  changed[PLACE[fact]] = 0;
  if (fact === 'group') changed[GROUP_HIGH] = 0;
  for (const answer of answers) changed[answer < 32 ? PLACE[fact] : GROUP_HIGH]! |= 1 << (answer & 31);
  return changed;
}

/** Everybody a condition speaks of. */
export function boxOf(condition: Condition): Box {
  let box = EVERYTHING;
  for (const fact of FACT_NAMES) {
    const values = condition[fact];
    if (!values) continue;
    box = withAnswers(box, fact, answersIn(box, fact).filter((answer) =>
      (fact === 'group' ? groupsOf(answer).some((group) => values.includes(group)) : values.includes(FACTS[fact][answer]!))));
  }
  return box;
}

/** Those in both boxes, when there is anybody. */
export function peopleInBoth(a: Box, b: Box): Pick<Region, 'combinations' | 'facts'> | undefined {
  const box = a.map((word, place) => word & b[place]!);
  const combinations = combinationsIn(box);
  return combinations === 0 ? undefined : { combinations, facts: plainestIn(box) };
}

/** Whether two boxes hold the same people apart from what may never block: a test, a code, an area. */
export function sameButGrounds(a: Box, b: Box): boolean {
  return a.every((word, place) => word === b[place] || (NEVER_BLOCK_FACTS as readonly (FactName | undefined)[]).includes(FACT_NAMES[place]));
}

/**
 * Every region of a tree in which somebody can stand: together they are all combinations there are, each in exactly one.
 * Regions that differ only in what may never block (kind of patient, test) come one after another.
 */
export function* regionsOf(root: Tree, within: Box = EVERYTHING): Generator<Region> {
  if ('fact' in root) {
    const { fact, next } = root;
    const byChild = new Map<Tree, number[]>();
    next.forEach((child, answer) => {
      if (!takes(within, fact, answer)) return;
      const known = byChild.get(child);
      if (known) known.push(answer);
      else byChild.set(child, [answer]);
    });
    for (const [child, among] of byChild) yield* regionsOf(child, withAnswers(within, fact, among));
    return;
  }
  const combinations = combinationsIn(within);
  if (combinations > 0) yield { box: within, holds: root.holds, combinations, facts: plainestIn(within) };
}

const bit = (group: (typeof GROUPS)[number]): number => 1 << GROUPS.indexOf(group);

/**
 * Which sets of groups go with a need and an age: what `groupMask` and `ageBand` can say. Somebody under three is a child,
 * an obstetric patient is pregnant; what a person may say of themselves beyond that is not ours to rule out.
 */
const POSSIBLE_GROUPS = NEEDS.map((need) => FACTS.age.map((age) => {
  const halves: [number, number] = [0, 0];
  for (let mask = 0; mask < GROUP_MASKS; mask += 1) {
    if ((age === 'underThree') !== ((mask & bit('underThree')) !== 0)) continue;
    const child = age === 'underThree' || age === 'threeToFive' || age === 'sixToThirteen' || (need === 'paediatrics' && age === 'unknown');
    if (child && (mask & bit('child')) === 0) continue;
    if (need === 'obstetrics' && (mask & bit('pregnant')) === 0) continue;
    halves[mask < 32 ? 0 : 1] |= 1 << (mask & 31);
  }
  return halves;
}));

/** Facts a person's need, age, groups and fever say nothing about. */
const OTHERS = FACT_NAMES.filter((fact) => !(['need', 'age', 'group', 'fever'] as readonly FactName[]).includes(fact));
const FEVER_NEED = 1 << NEEDS.indexOf('fever');
const FEVER_YES = 1 << FACTS.fever.indexOf('yes');

/** Who comes for a fever has one. */
const feversFor = (need: number, fevers: number): number => ((1 << need) & FEVER_NEED ? fevers & FEVER_YES : fevers);

function countBits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

export function combinationsIn(box: Box): number {
  let people = 0;
  for (let need = 0; need < NEEDS.length; need += 1) {
    if ((box[PLACE.need]! & (1 << need)) === 0) continue;
    const fevers = countBits(feversFor(need, box[PLACE.fever]!));
    for (let age = 0; fevers > 0 && age < FACTS.age.length; age += 1) {
      if ((box[PLACE.age]! & (1 << age)) === 0) continue;
      const [low, high] = POSSIBLE_GROUPS[need]![age]!;
      people += fevers * (countBits(box[PLACE.group]! & low) + countBits(box[GROUP_HIGH]! & high));
    }
  }
  return OTHERS.reduce((product, fact) => product * countBits(box[PLACE[fact]]!), people);
}

/** Whether a combination that can occur is in both. */
export function meet(a: Box, b: Box): boolean {
  for (const fact of OTHERS) if ((a[PLACE[fact]]! & b[PLACE[fact]]!) === 0) return false;
  const needs = a[PLACE.need]! & b[PLACE.need]!;
  const ages = a[PLACE.age]! & b[PLACE.age]!;
  const fevers = a[PLACE.fever]! & b[PLACE.fever]!;
  const low = a[PLACE.group]! & b[PLACE.group]!;
  const high = a[GROUP_HIGH]! & b[GROUP_HIGH]!;
  if (needs === 0 || ages === 0 || fevers === 0 || (low === 0 && high === 0)) return false;
  for (let need = 0; need < NEEDS.length; need += 1) {
    if ((needs & (1 << need)) === 0 || feversFor(need, fevers) === 0) continue;
    for (let age = 0; age < FACTS.age.length; age += 1) {
      if ((ages & (1 << age)) === 0) continue;
      const possible = POSSIBLE_GROUPS[need]![age]!;
      if ((low & possible[0]) !== 0 || (high & possible[1]) !== 0) return true;
    }
  }
  return false;
}

/**
 * The plainest answer first: somebody grown-up who walks, with a green code and a valid test, of no group and without a fever.
 * They come for a need that can stand at every acuity, so that the case shown can be tried as it is.
 */
const PLAIN: { readonly [F in FactName]?: readonly string[] } = {
  need: ['generalOutpatient'],
  age: ['fourteenAndOver', 'sixToThirteen', 'threeToFive', 'underThree'],
  fever: ['no'],
  ownInstitution: ['no'],
  patientKind: ['greenCode'],
};

const IN_ORDER = Object.fromEntries(FACT_NAMES.map((fact) => {
  const plain = PLAIN[fact] ?? [];
  const rank = (answer: number): number => {
    const place = plain.indexOf(FACTS[fact][answer]!);
    return place < 0 ? plain.length : place;
  };
  return [fact, FACTS[fact].map((_, answer) => answer).sort((a, b) => rank(a) - rank(b))];
})) as unknown as Readonly<Record<Exclude<FactName, 'group'>, readonly number[]>>;

function plainestIn(box: Box): Facts {
  const among = (fact: Exclude<FactName, 'group'>): readonly number[] => IN_ORDER[fact].filter((answer) => takes(box, fact, answer));
  const facts: Record<string, unknown> = {};
  for (const fact of OTHERS) if (fact !== 'group') facts[fact] = FACTS[fact][among(fact)[0]!];
  for (const need of among('need')) {
    const fever = among('fever').find((answer) => feversFor(need, 1 << answer) !== 0);
    if (fever === undefined) continue;
    for (const age of among('age')) {
      const [low, high] = POSSIBLE_GROUPS[need]![age]!;
      const groups = fewestOf(box[PLACE.group]! & low, box[GROUP_HIGH]! & high);
      if (groups === undefined) continue;
      return { ...facts, need: NEEDS[need], age: FACTS.age[age], fever: FACTS.fever[fever], groups } as Facts;
    }
  }
  throw new Error('a region without anybody in it has no example');
}

/** The smallest of these sets of groups. */
function fewestOf(low: number, high: number): number | undefined {
  let fewest: number | undefined;
  for (let mask = 0; mask < GROUP_MASKS; mask += 1) {
    if ((((mask < 32 ? low : high) >>> (mask & 31)) & 1) === 0) continue;
    if (fewest === undefined || countBits(mask) < countBits(fewest)) fewest = mask;
  }
  return fewest;
}

/** The plainest combination of all. */
export const PLAINEST: Facts = plainestIn(EVERYTHING);

/** How far a combination is from the plainest there is: the smallest example says the least that is needed. */
export function distanceFromPlain(facts: Facts): number {
  const { groups, ...single } = facts;
  let distance = countBits(groups);
  for (const fact of FACT_NAMES) {
    if (fact === 'group' || fact === 'need' || fact === 'acuity') continue;
    if (single[fact] !== PLAINEST[fact]) distance += 1;
  }
  return distance;
}

/** How many combinations there are of all. */
export const COMBINATIONS = combinationsIn(EVERYTHING);
