import type { Text } from '../base/index.ts';
import { triage } from '../triage/index.ts';
import { comparedRegions } from './compare.ts';
import { findTooComplex, outcomeOf } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import { cover, joined } from './cover.ts';
import { coveredByOne } from './diff-coverage.ts';
import type { CoveredByOne } from './diff-coverage.ts';
import { factsOf } from './decide.ts';
import type { DecideOptions } from './decide.ts';
import type { CareCase } from './decision.ts';
import { standing } from './facts.ts';
import type { Facts } from './facts.ts';
import { distanceFromPlain } from './regions.ts';
import type { Box } from './regions.ts';
import { sayBox, sayFacts } from './say-case.ts';
import { whereIs } from './situations.ts';
import type { Situation, Where } from './situations.ts';
import { otherReasons } from './told.ts';
import type { ToldOtherwise } from './told.ts';
import { changeBetween, sayChanges } from './treatment.ts';
import { join } from './words.ts';

/** Everybody who is treated differently in the same way. */
export interface DiffClass {
  /** The same as `findDifference` gives for each of them. */
  readonly key: string;
  readonly where: Where;
  readonly who: Text;
  /** The same, part by part. */
  readonly alternatives: readonly Text[];
  readonly was: Text;
  readonly now: Text;
  readonly combinations: number;
  /** The plainest of them. */
  readonly example: Text;
  readonly facts: Facts;
}

export interface PolicyDiff {
  readonly first: CompiledPolicy['identity'];
  readonly second: CompiledPolicy['identity'];
  /** When and where only one of them holds, said before anything else. Empty when both cover the same. */
  readonly coverage: readonly CoveredByOne[];
  /** Where both hold comes first, and there whoever is most of them. No class says where it is: see `coverage`. */
  readonly classes: readonly DiffClass[];
  /** Treated the same and told another reason. */
  readonly toldOtherwise: readonly DiffClass[];
  /** Combinations compared, and of them treated differently. */
  readonly combinations: number;
  readonly different: number;
}

const WHERE: readonly Where[] = ['both', 'neither', 'onlyFirst', 'onlySecond'];

/**
 * Who is treated differently under the second policy, in words, over every combination of facts there is.
 * @throws TooComplex when one of them cannot be decided by
 */
export function diffPolicies(first: CompiledPolicy, second: CompiledPolicy): PolicyDiff {
  const tooComplex = findTooComplex(first) ?? findTooComplex(second);
  if (tooComplex) throw tooComplex;
  const treated = new Sorted(sayChanges);
  // The same key is the same sentence.
  const told = new Sorted(([change]: readonly ToldOtherwise[]) => change!);
  let combinations = 0;
  let different = 0;
  for (const { situation, region, outcomes } of comparedRegions(first, second)) {
    const size = region.combinations * situation.pairs.length;
    combinations += size;
    const change = outcomes && changeBetween(...outcomes);
    if (change) different += size;
    const entry = { situation, box: region.box, facts: { ...region.facts, period: situation.where === 'onlySecond' ? 'inForce' : situation.pairs[0]![0] }, size };
    treated.add(entry, change);
    told.add(entry, change ? undefined : outcomes && otherReasons(...outcomes));
  }
  const classes = treated.classes();
  return {
    first: first.identity, second: second.identity, coverage: coveredByOne(first.coverage, second.coverage, classes),
    classes, toldOtherwise: told.classes(), combinations, different,
  };
}

/** How two policies treat this person otherwise, by the key of its class in `diffPolicies`; undefined when they do not. */
export function findDifference(first: CompiledPolicy, second: CompiledPolicy, care: CareCase, { city }: Pick<DecideOptions, 'city'> = {}): string | undefined {
  const { acuity } = triage(care);
  const district = care.town === undefined ? undefined : city?.towns.get(care.town)?.district;
  const [here, there] = [standing(first.coverage, care, district).period, standing(second.coverage, care, district).period];
  const change = changeBetween(outcomeOf(first, factsOf(care, acuity, here)), outcomeOf(second, factsOf(care, acuity, there)));
  return change && keyOf(whereIs(here, there), change);
}

/** Whether two policies treat this person otherwise: by pathway, place, way there, door, steps, owners or deadlines. */
export function treatedDifferently(first: CompiledPolicy, second: CompiledPolicy, care: CareCase, options?: Pick<DecideOptions, 'city'>): boolean {
  return findDifference(first, second, care, options) !== undefined;
}

const keyOf = (where: Where, { key }: Keyed): string => `${where}: ${key}`;

/** Whether anybody at all is treated or told otherwise; stops at the first. */
export function policiesDiffer(first: CompiledPolicy, second: CompiledPolicy): boolean {
  for (const { outcomes } of comparedRegions(first, second)) {
    if (outcomes && (changeBetween(...outcomes) || otherReasons(...outcomes))) return true;
  }
  return false;
}

interface Entry {
  readonly situation: Situation;
  readonly box: Box;
  readonly facts: Facts;
  readonly size: number;
}

interface Keyed {
  readonly key: string;
}

/** Sorts regions by what changes in them, and says each sort in as few words as it can. */
class Sorted<C extends Keyed> {
  readonly #sorts = new Map<string, { readonly changes: Set<C>; readonly entries: Entry[] }>();
  /** By situation and change: boxes of one situation lie in a space of their own. */
  readonly #boxes = new Map<Situation, Map<string, Box[]>>();

  readonly #say: (changes: readonly C[]) => { readonly was: Text; readonly now: Text };

  constructor(say: (changes: readonly C[]) => { readonly was: Text; readonly now: Text }) {
    this.#say = say;
  }

  add(entry: Entry, change: C | undefined): void {
    const key = change ? keyOf(entry.situation.where, change) : '';
    let boxes = this.#boxes.get(entry.situation);
    if (!boxes) this.#boxes.set(entry.situation, (boxes = new Map()));
    const same = boxes.get(key);
    if (same) same.push(entry.box);
    else boxes.set(key, [entry.box]);
    if (!change) return;
    const sort = this.#sorts.get(key);
    if (!sort) this.#sorts.set(key, { changes: new Set([change]), entries: [entry] });
    else {
      sort.changes.add(change);
      sort.entries.push(entry);
    }
  }

  classes(): readonly DiffClass[] {
    const shorter = new Map([...this.#boxes].map(([situation, byKey]) => [situation, new Map([...byKey].map(([key, boxes]) => [key, joined(boxes)]))]));
    return [...this.#sorts].map(([key, { changes, entries }]): DiffClass => {
      const { where } = entries[0]!.situation;
      const alternatives = [...shorter.values()].flatMap((byKey) => {
        const wanted = byKey.get(key);
        return wanted ? cover(wanted, [...byKey].flatMap(([other, boxes]) => (other === key ? [] : boxes))).map(sayBox) : [];
      });
      const plain = entries.reduce((a, b) => (distanceFromPlain(b.facts) < distanceFromPlain(a.facts) ? b : a)).facts;
      const { was, now } = this.#say([...changes]);
      return {
        key, where, who: join(alternatives, '；或', '; or '), alternatives, was, now,
        combinations: entries.reduce((sum, { size }) => sum + size, 0), example: sayFacts(plain), facts: plain,
      };
    }).sort((a, b) => WHERE.indexOf(a.where) - WHERE.indexOf(b.where) || b.combinations - a.combinations);
  }
}
