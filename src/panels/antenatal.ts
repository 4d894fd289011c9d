import { DAY_MS, type Instant } from '../base/index.ts';

const WEEK_MS = 7 * DAY_MS;
const TERM_WEEKS = 40;

/**
 * Weeks of pregnancy in which a visit belongs, first to last whole week. The national pre-pregnancy and antenatal care guideline (7 to 11
 * visits), from general knowledge; to be confirmed by an obstetrician.
 */
const VISITS: readonly (readonly [from: number, to: number])[] = [
  [6, 13], [14, 19], [20, 24], [25, 28], [29, 32], [33, 36], [37, 37], [38, 38], [39, 39], [40, 40], [41, 41],
];

/** The visit that is next, by when it has to be, and the week of pregnancy then. */
export interface AntenatalVisit {
  readonly from: Instant;
  readonly by: Instant;
  readonly week: number;
}

/** Undefined when every visit has been, or the last week in which one belongs is long over and the child is there. */
export function nextVisit({ expectedAt, lastVisitAt }: { readonly expectedAt?: Instant; readonly lastVisitAt?: Instant }, at: Instant): AntenatalVisit | undefined {
  if (expectedAt === undefined) return undefined;
  const startOf = (week: number): Instant => expectedAt - (TERM_WEEKS - week) * WEEK_MS;
  for (const [first, last] of VISITS) {
    const [from, by] = [startOf(first), startOf(last + 1)];
    // One that was missed weeks ago is made up for by the one that belongs to now.
    if (by <= at && last !== VISITS.at(-1)![1]) continue;
    if (by + WEEK_MS <= at) return undefined;
    if (lastVisitAt !== undefined && lastVisitAt >= from) continue;
    return { from, by, week: last };
  }
  return undefined;
}
