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
import { otherReasons, sayToldOtherwise } from './told.ts';
import { compareDemanded, type DemandChange } from './say-demand.ts';
import { changesBetween, sayChanges } from './treatment.ts';
import { join } from './words.ts';

/**
 * Everybody for whom the same thing is different. Said thing by thing, because a planner asks "who gets another car" and not for
 * every mixture of changes: a whole announcement is ten such sentences instead of eighty. Somebody can be in several.
 */
export interface DiffClass {
  /** One of those that `findDifferences` gives for each of them, and for nobody else. */
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
  /** What is demanded of institutions, where both give another figure. */
  readonly demands: readonly DemandChange[];
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
  const told = new Sorted(sayToldOtherwise);
  let combinations = 0;
  const different: Record<Where, number> = { both: 0, neither: 0, onlyFirst: 0, onlySecond: 0 };
  for (const { situation, region, outcomes } of comparedRegions(first, second)) {
    const size = region.combinations * situation.pairs.length;
    combinations += size;
    const changes = outcomes && changesBetween(...outcomes);
    if (changes) different[situation.where] += size;
    const entry = { situation, box: region.box, facts: { ...region.facts, period: situation.where === 'onlySecond' ? 'inForce' as const : situation.pairs[0]![0] }, size };
    treated.add(entry, changes ?? []);
    told.add(entry, (changes ? undefined : outcomes && otherReasons(...outcomes)) ?? []);
  }
  const classes = treated.classes();
  return {
    first: first.identity, second: second.identity, demands: compareDemanded(first.demanded, second.demanded), coverage: coveredByOne(first.coverage, second.coverage, different, classes),
    classes, toldOtherwise: told.classes(), combinations, different: WHERE.reduce((sum, where) => sum + different[where], 0),
  };
}

/** How two policies treat this person otherwise, by the keys of their classes in `diffPolicies` and others; undefined when they do not. */
export function findDifferences(first: CompiledPolicy, second: CompiledPolicy, care: CareCase, { city }: Pick<DecideOptions, 'city'> = {}): readonly string[] | undefined {
  const triaged = triage(care);
  const district = care.town === undefined ? undefined : city?.towns.get(care.town)?.district;
  const [here, there] = [standing(first.coverage, care, district).period, standing(second.coverage, care, district).period];
  const changes = changesBetween(outcomeOf(first, factsOf(care, triaged, here)), outcomeOf(second, factsOf(care, triaged, there)));
  return changes?.map((change) => keyOf(whereIs(here, there), change));
}

/** Whether two policies treat this person otherwise: by pathway, place, way there, door, steps, owners or deadlines. */
export function treatedDifferently(first: CompiledPolicy, second: CompiledPolicy, care: CareCase, options?: Pick<DecideOptions, 'city'>): boolean {
  return findDifferences(first, second, care, options) !== undefined;
}

const keyOf = (where: Where, { key }: Keyed): string => `${where}: ${key}`;

/** Whether anybody at all is treated or told otherwise; stops at the first. */
export function policiesDiffer(first: CompiledPolicy, second: CompiledPolicy): boolean {
  for (const { outcomes } of comparedRegions(first, second)) {
    if (outcomes && (changesBetween(...outcomes) || otherReasons(...outcomes))) return true;
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
  readonly #entries: Entry[] = [];
  readonly #byKey = new Map<string, { readonly changes: Set<C>; readonly places: number[] }>();
  readonly #say: (changes: readonly (readonly C[])[]) => { readonly was: Text; readonly now: Text };

  constructor(say: (changes: readonly (readonly C[])[]) => { readonly was: Text; readonly now: Text }) {
    this.#say = say;
  }

  add(entry: Entry, changes: readonly C[]): void {
    const place = this.#entries.push(entry) - 1;
    for (const change of changes) {
      const key = keyOf(entry.situation.where, change);
      const known = this.#byKey.get(key);
      if (!known) this.#byKey.set(key, { changes: new Set([change]), places: [place] });
      else {
        known.changes.add(change);
        known.places.push(place);
      }
    }
  }

  classes(): readonly DiffClass[] {
    // What happens to exactly the same people is said in one breath.
    const sorts = new Map<string, { readonly key: string; readonly places: readonly number[]; readonly changes: (readonly C[])[] }>();
    for (const [key, { changes, places }] of this.#byKey) {
      const same = sorts.get(places.join());
      if (same) same.changes.push([...changes]);
      else sorts.set(places.join(), { key, places, changes: [[...changes]] });
    }
    return [...sorts.values()].map(({ key, places, changes }): DiffClass => {
      const entries = places.map((place) => this.#entries[place]!);
      const alternatives = this.#boxesOf(new Set(places)).map(sayBox);
      const plain = entries.reduce((a, b) => (distanceFromPlain(b.facts) < distanceFromPlain(a.facts) ? b : a)).facts;
      const { was, now } = this.#say(changes);
      return {
        key, where: entries[0]!.situation.where, who: join(alternatives, '；或', '; or '), alternatives, was, now,
        combinations: entries.reduce((sum, { size }) => sum + size, 0), example: sayFacts(plain), facts: plain,
      };
    }).sort((a, b) => WHERE.indexOf(a.where) - WHERE.indexOf(b.where) || b.combinations - a.combinations);
  }

  /** These regions in few boxes. Those of one situation lie in a space of their own. */
  #boxesOf(places: ReadonlySet<number>): readonly Box[] {
    const spaces = Map.groupBy(this.#entries.keys(), (place) => this.#entries[place]!.situation);
    return [...spaces.values()].flatMap((space) => {
      const [wanted, unwanted] = [true, false].map((isWanted) => space.filter((place) => places.has(place) === isWanted).map((place) => this.#entries[place]!.box));
      return wanted!.length === 0 ? [] : cover(wanted!, joined(unwanted!));
    });
  }
}
