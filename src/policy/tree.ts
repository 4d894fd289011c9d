import type { Condition } from './document.ts';
import { FACT_NAMES, FACTS, GROUP_MASKS, groupsOf } from './facts.ts';
import type { FactName, Facts } from './facts.ts';

/** One thing to know of a case: it holds when one of the conditions does, and always when there is none. */
export type Question = readonly Condition[];

/** A node asks one fact; each of its answers leads on. A leaf knows which questions hold. */
export type Tree =
  | { readonly fact: FactName; readonly next: readonly Tree[] }
  | { readonly holds: readonly number[]; readonly leaf: number };

export interface Forest {
  readonly root: Tree;
  readonly leaves: number;
}

/**
 * Five times the leaves of the largest announcement known, and less than a second to grow. A hostile or careless file would
 * hold up whoever decides by it; to refuse it is the lesser error, because the ordinary rules still serve everybody.
 */
const LEAVES_MAX = 40_000;
/** The same for a file of very many conditions: each is looked at on every branch on which it is still open. */
const LOOKS_MAX = 10_000_000;

/** The questions tell so many cases apart that their tree outgrows its budget. */
export class TooManyCases extends Error {}

/** How many answers a fact has: for `group` every set of groups is one. */
export const answersTo = (fact: FactName): number => (fact === 'group' ? GROUP_MASKS : FACTS[fact].length);

/** One condition of one question, and for each fact which of its answers it takes (all, where it does not name the fact). */
interface Ask {
  readonly id: number;
  readonly question: number;
  readonly takes: readonly (readonly boolean[] | undefined)[];
  /** The place of its last fact: from there on it is sure to hold. */
  readonly last: number;
  /** For each place the first one from there on that it asks. */
  readonly next: readonly number[];
}

/**
 * Turns questions into one tree that asks each fact at most once, in the order of `FACT_NAMES`, and only where an answer
 * still matters. Every combination of facts ends in exactly one leaf, so the tree is at once the fast way to decide and the
 * whole of what has to be proven. Parts that have become the same are built once and shared.
 * @param enough when given, whether what is sure to hold and what is still open leaves nothing to ask: then the leaf names
 *   only what was sure by then. Two policies that are nearly the same are compared in a small tree.
 * @throws TooManyCases beyond what can be grown while somebody waits
 */
export function growTree(questions: readonly Question[], enough?: (isSure: (question: number) => boolean, isOpen: (question: number) => boolean) => boolean): Forest {
  const asks = questions.flatMap((question, index) => (question.length === 0 ? [{}] : question).map((condition) => ({ question: index, ...takenBy(condition) })))
    .map((item, id): Ask => ({ id, ...item }));
  const known = new Map<string, Tree>();
  let leaves = 0;
  let looks = 0;

  const grow = (level: number, open: readonly Ask[], sure: readonly number[]): Tree => {
    looks += open.length + 1;
    if (leaves > LEAVES_MAX || looks > LOOKS_MAX) throw new TooManyCases(`more than ${LEAVES_MAX} kinds of cases are told apart`);
    const held = new Set(sure);
    for (const { last, question } of open) if (last < level) held.add(question);
    const nowSure = held.size === sure.length ? sure : [...held].sort((a, b) => a - b);
    let rest = held.size === 0 ? open : open.filter(({ question }) => !held.has(question));
    if (enough?.((question) => held.has(question), (question) => rest.some((ask) => ask.question === question))) rest = [];
    let at = FACT_NAMES.length;
    for (const { next } of rest) if (next[level]! < at) at = next[level]!;
    const key = `${at} ${rest.map(({ id }) => id).join()} ${nowSure.join()}`;
    const same = known.get(key);
    if (same) return same;
    const fact = FACT_NAMES[at];
    const tree: Tree = fact === undefined
      ? { holds: nowSure, leaf: leaves++ }
      : { fact, next: branch(rest, at, answersTo(fact), nowSure) };
    known.set(key, tree);
    return tree;
  };
  /** Answers that the same conditions take lead to the same place: of 64 sets of groups a policy tells apart a handful. */
  const branch = (rest: readonly Ask[], at: number, answers: number, sure: readonly number[]): readonly Tree[] => {
    const asking = rest.filter(({ takes }) => takes[at]);
    looks += asking.length * answers;
    const byTaken = new Map<string, Tree>();
    return Array.from({ length: answers }, (_, answer) => {
      let taken = '';
      for (const { takes } of asking) taken += takes[at]![answer] ? '1' : '0';
      let child = byTaken.get(taken);
      if (!child) byTaken.set(taken, (child = grow(at + 1, rest.filter(({ takes }) => takes[at]?.[answer] ?? true), sure)));
      return child;
    });
  };
  const root = grow(0, asks, []);
  return { root, leaves };
}

function takenBy(condition: Condition): Pick<Ask, 'takes' | 'last' | 'next'> {
  const takes = FACT_NAMES.map((fact): readonly boolean[] | undefined => {
    const values = condition[fact];
    if (!values) return undefined;
    return fact === 'group'
      ? Array.from({ length: GROUP_MASKS }, (_, mask) => groupsOf(mask).some((name) => values.includes(name)))
      : FACTS[fact].map((value) => values.includes(value));
  });
  const next = takes.map((_, level) => {
    const at = takes.findIndex((taken, place) => place >= level && taken !== undefined);
    return at < 0 ? takes.length : at;
  });
  return { takes, last: takes.findLastIndex((taken) => taken !== undefined), next: [...next, takes.length] };
}

const INDEX = Object.fromEntries(FACT_NAMES.filter((fact) => fact !== 'group').map((fact) =>
  [fact, Object.fromEntries(FACTS[fact].map((value, index) => [value, index]))])) as Readonly<Record<FactName, Readonly<Record<string, number>>>>;

/** Which answer the facts give, as its place in `FACTS`, or the set of groups as a number. */
export const answerTo = (fact: FactName, facts: Facts): number => (fact === 'group' ? facts.groups : INDEX[fact][facts[fact]]!);

/** The leaf of these facts. */
export function ask(root: Tree, facts: Facts): Extract<Tree, { leaf: number }> {
  let tree = root;
  while ('fact' in tree) tree = tree.next[answerTo(tree.fact, facts)]!;
  return tree;
}
