import { MINUTE_MS, type Instant } from '../base/index.ts';
import type { RefusalCase } from './refusal.ts';

/** What is published of one institution. Nobody can be found in it. */
export interface RefusalRecord {
  readonly institution: string;
  readonly total: number;
  /** On grounds that may never block; on others; and with nothing said at all. They add up to the total. */
  readonly neverBlock: number;
  readonly otherGround: number;
  readonly silent: number;
  readonly upheld: number;
  readonly notUpheld: number;
  readonly open: number;
  /** `2022-11`, oldest first. */
  readonly byMonth: readonly { readonly month: string; readonly count: number }[];
  /** Grounds with enough cases to be named, most first; `otherGrounds` are the rest together. */
  readonly byGround: readonly { readonly ground: string; readonly count: number }[];
  readonly otherGrounds: number;
  /** From the refusal until somebody else had the person by name; absent for fewer than five. */
  readonly medianMinutes?: number;
}

/**
 * From so many on a ground is named and a time is given. The count of refusals itself is never hidden: it says what an institution did, and
 * one refusal that stands nowhere is what this record is there to prevent. A ground can say what a person has (a positive antigen test), and
 * a time when they came: who knows that somebody was there that month would learn it. So ground and month are never crossed.
 */
export const NAMED_FROM = 5;

/**
 * The public record, by institution, the most on never-allowed grounds first. What was found to be no refusal stays in the total, and
 * is said to be none; its ground counts for nothing.
 * @param monthOf `2022-11` in the city's own days
 */
export function refusalRecords(cases: readonly RefusalCase[], monthOf: (at: Instant) => string): readonly RefusalRecord[] {
  const ofHouses = cases.filter(({ about }) => about.startsWith('institution:'));
  const records = [...Map.groupBy(ofHouses, ({ about }) => about.slice('institution:'.length))].map(([institution, own]) => recordOf(institution, own, monthOf));
  return records.sort((a, b) => b.neverBlock - a.neverBlock || b.total - a.total || (a.institution < b.institution ? -1 : 1));
}

function recordOf(institution: string, cases: readonly RefusalCase[], monthOf: (at: Instant) => string): RefusalRecord {
  const standing = cases.filter(({ decision }) => decision?.upheld !== false);
  const grounds = countBy(standing.flatMap(({ ground }) => ground ?? []));
  const byGround = [...grounds].filter(([, count]) => count >= NAMED_FROM).map(([ground, count]) => ({ ground, count })).sort((a, b) => b.count - a.count || (a.ground < b.ground ? -1 : 1));
  const minutes = cases.flatMap(({ over, openedAt }) => (over && over.how !== 'ended' ? [(over.at - openedAt) / MINUTE_MS] : [])).sort((a, b) => a - b);
  const count = (is: (each: RefusalCase) => boolean): number => cases.filter(is).length;
  return {
    institution, total: cases.length,
    neverBlock: count(({ neverBlock }) => neverBlock), otherGround: count(({ ground, neverBlock }) => ground !== undefined && !neverBlock), silent: count(({ ground }) => ground === undefined),
    upheld: count(({ decision }) => decision?.upheld === true), notUpheld: count(({ decision }) => decision?.upheld === false), open: count(({ decision }) => decision === undefined),
    byMonth: [...countBy(cases.map(({ openedAt }) => monthOf(openedAt)))].map(([month, of]) => ({ month, count: of })).sort((a, b) => (a.month < b.month ? -1 : 1)),
    byGround, otherGrounds: [...grounds.values()].reduce((sum, of) => sum + of, 0) - byGround.reduce((sum, of) => sum + of.count, 0),
    ...(minutes.length >= NAMED_FROM && { medianMinutes: Math.round(minutes[Math.floor((minutes.length - 1) / 2)]!) }),
  };
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
