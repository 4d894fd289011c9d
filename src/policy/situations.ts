import type { Instant } from '../base/index.ts';
import type { CompiledPolicy } from './compile.ts';
import type { Condition } from './document.ts';
import { standing } from './facts.ts';
import type { CareCase } from './decision.ts';
import type { Facts } from './facts.ts';

export type Period = Facts['period'];

/** Which of two announcements speaks: where periods or districts differ, some people have only one of them. */
export type Where = 'both' | 'onlyFirst' | 'onlySecond' | 'neither';

/** How a person can stand to two announcements at once. */
export interface Situation {
  readonly where: Where;
  /** Standings to the first and the second; in all of these the same measures can apply. */
  readonly pairs: readonly (readonly [first: Period, second: Period])[];
  readonly first: readonly MeasureThere[];
  readonly second: readonly MeasureThere[];
}

/** A measure that can apply in a situation, and what it still asks there. */
export interface MeasureThere {
  /** Its place in `policy.measures`. */
  readonly place: number;
  readonly when: readonly Condition[];
  /** What it asks, as text. */
  readonly asks: string;
  /** What it does and says, as text: two measures with the same one do the same where they apply. */
  readonly does: string;
}

/** Every way somebody can stand to the two announcements, those together in which the same measures can apply. */
export function situationsOf(first: CompiledPolicy, second: CompiledPolicy): readonly Situation[] {
  const known = new Map<string, Situation & { readonly pairs: (readonly [Period, Period])[] }>();
  for (const [a, b] of pairsOf(first, second)) {
    const where = whereIs(a, b);
    const [here, there] = [measuresAt(first, a), measuresAt(second, b)];
    const key = JSON.stringify([where, here.map(({ asks, does }) => [asks, does]), there.map(({ asks, does }) => [asks, does])]);
    const same = known.get(key);
    if (same) same.pairs.push([a, b]);
    else known.set(key, { where, pairs: [[a, b]], first: here, second: there });
  }
  return [...known.values()];
}

export function whereIs(first: Period, second: Period): Where {
  if (first === 'inForce') return second === 'inForce' ? 'both' : 'onlyFirst';
  return second === 'inForce' ? 'onlySecond' : 'neither';
}

/** Asks everybody that there can be: each place the two name and one they do not, before, at and after each edge of a period. */
function pairsOf(first: CompiledPolicy, second: CompiledPolicy): readonly (readonly [Period, Period])[] {
  const coverages = [first.coverage, second.coverage].flatMap((coverage) => coverage ?? []);
  const instants: (Instant | undefined)[] = [undefined, ...coverages.flatMap(({ period: { from, to } }) => [from - 1, from, ...(to === undefined ? [] : [to - 1, to])])];
  const towns = [undefined, NOWHERE, ...coverages.flatMap(({ districts, towns: named }) => [...[...districts.keys()].map((district) => `${district}000`), ...named])];
  const pairs = new Map<string, readonly [Period, Period]>();
  for (const instant of instants) {
    for (const town of towns) {
      const care: CareCase = { ...NOBODY, ...(instant !== undefined && { instant }), ...(town !== undefined && { town }) };
      const pair = [standing(first.coverage, care).period, standing(second.coverage, care).period] as const;
      pairs.set(pair.join(), pair);
    }
  }
  return [...pairs.values()];
}

const NOBODY: CareCase = { need: 'emergency', groups: [], findings: [], vitals: {} };
const NOWHERE = '000000000';

function measuresAt({ measures }: CompiledPolicy, period: Period): readonly MeasureThere[] {
  return measures.flatMap(({ id, text, when: conditions, then }, place) => {
    const left = (conditions as readonly Condition[]).filter((condition) => condition.period?.includes(period) ?? true);
    if (conditions.length > 0 && left.length === 0) return [];
    const when = left.map(({ period: _, ...condition }) => condition);
    return [{ place, when, asks: JSON.stringify(when), does: JSON.stringify([id, then, text]) }];
  });
}

/**
 * The measures of two lists that do the same, in the same order in both (a longest common subsequence), as pairs of places in
 * the lists.
 */
export function commonOf(first: readonly MeasureThere[], second: readonly MeasureThere[]): readonly (readonly [number, number])[] {
  const same = (i: number, j: number): boolean => first[i]!.does === second[j]!.does;
  const lengths = Array.from({ length: first.length + 1 }, () => new Array<number>(second.length + 1).fill(0));
  for (let i = first.length - 1; i >= 0; i -= 1) {
    for (let j = second.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] = same(i, j) ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const common: [number, number][] = [];
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    if (same(i, j)) common.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i += 1;
    else j += 1;
  }
  return common;
}
