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

/** How many answers a fact has: for `group` every set of groups is one. */
export const answersTo = (fact: FactName): number => (fact === 'group' ? GROUP_MASKS : FACTS[fact].length);

/** One condition of one question, and for each fact which of its answers it takes (all, where it does not name the fact). */
interface Ask {
  readonly id: number;
  readonly question: number;
  readonly takes: { readonly [F in FactName]?: readonly boolean[] };
}

/**
 * Turns questions into one tree that asks each fact at most once, in the order of `FACT_NAMES`, and only where an answer
 * still matters. Every combination of facts ends in exactly one leaf, so the tree is at once the fast way to decide and the
 * whole of what has to be proven. Parts that have become the same are built once and shared.
 */
export function growTree(questions: readonly Question[]): Forest {
  const asks = questions.flatMap((question, index) => (question.length === 0 ? [{}] : question).map((condition) => ({ question: index, takes: takenBy(condition) })))
    .map((item, id): Ask => ({ id, ...item }));
  const known = new Map<string, Tree>();
  let leaves = 0;

  const grow = (level: number, open: readonly Ask[], sure: ReadonlySet<number>): Tree => {
    const stillSure = new Set(sure);
    for (const ask of open) if (!FACT_NAMES.slice(level).some((fact) => ask.takes[fact])) stillSure.add(ask.question);
    const rest = open.filter(({ question }) => !stillSure.has(question));
    const at = FACT_NAMES.findIndex((fact, index) => index >= level && rest.some(({ takes }) => takes[fact]));
    const key = `${at} ${rest.map(({ id }) => id).join()} ${[...stillSure].sort((a, b) => a - b).join()}`;
    const same = known.get(key);
    if (same) return same;
    const fact = FACT_NAMES[at];
    const tree: Tree = fact === undefined
      ? { holds: [...stillSure].sort((a, b) => a - b), leaf: leaves++ }
      : { fact, next: Array.from({ length: answersTo(fact) }, (_, answer) => grow(at + 1, rest.filter(({ takes }) => takes[fact]?.[answer] ?? true), stillSure)) };
    known.set(key, tree);
    return tree;
  };
  return { root: grow(0, asks, new Set()), get leaves() { return leaves; } };
}

function takenBy(condition: Condition): Ask['takes'] {
  const takes: { [F in FactName]?: readonly boolean[] } = {};
  for (const fact of FACT_NAMES) {
    const values = condition[fact];
    if (!values) continue;
    takes[fact] = fact === 'group'
      ? Array.from({ length: GROUP_MASKS }, (_, mask) => groupsOf(mask).some((name) => values.includes(name)))
      : FACTS[fact].map((value) => values.includes(value));
  }
  return takes;
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
