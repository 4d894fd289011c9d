import { GAP_RULES, UNREACHABLE, type Displaced, type OfferedSeats, type PlacedSession, type ReplaceAnswer, type ReplaceProblem, type UnplacedSession } from '../src/appointments/index.ts';
import { DAY_MS, HOUR_MS, startOfDay } from '../src/base/index.ts';

/**
 * Each in the order of the list, each session for itself: the nearest unit with a seat of the cohort on the same day, at the usual hour if there is
 * one; otherwise on a day beside it. Looks neither at the gap nor at who comes after. Seats offered as a whole stay unused: nobody decides.
 */
export function nearestFit(problem: ReplaceProblem): ReplaceAnswer {
  const { restHours, movableHours } = GAP_RULES[problem.service];
  const left = new Map(problem.seats.map(({ slot, seats }) => [slot, seats]));
  const placed: PlacedSession[] = [];
  const unplaced: UnplacedSession[] = [];
  const column = new Map(problem.units.map((unit, place) => [unit, place]));
  const byDay = new Map<number, OfferedSeats[]>();
  for (const seats of problem.seats) byDay.set(startOfDay(seats.startsAt), [...(byDay.get(startOfDay(seats.startsAt)) ?? []), seats]);
  const seconds = ({ origin }: Displaced, { institution }: OfferedSeats): number => problem.travel.seconds[origin * problem.units.length + column.get(institution)!]!;
  for (const who of problem.displaced) {
    let last = who.previousAt;
    for (const was of who.sessions) {
      const follows = (from: number | undefined, to: number | undefined): boolean =>
        from === undefined || to === undefined || (to - from >= restHours * HOUR_MS && startOfDay(from) !== startOfDay(to));
      const best = [0, -1, 1].map((day) => (byDay.get(startOfDay(was) + day * DAY_MS) ?? [])
        .filter((one) => one.cohort === who.cohort && left.get(one.slot)! > 0 && one.startsAt >= problem.earliestAt && Math.abs(one.startsAt - was) <= movableHours * HOUR_MS
          && seconds(who, one) !== UNREACHABLE && follows(last, one.startsAt) && follows(one.startsAt, who.nextAt))
        .sort((a, b) => seconds(who, a) - seconds(who, b) || Math.abs(a.startsAt - was) - Math.abs(b.startsAt - was))[0]).find((one) => one !== undefined);
      if (!best) {
        unplaced.push({ series: who.series, was, missing: 'everySeatTaken' });
        continue;
      }
      left.set(best.slot, left.get(best.slot)! - 1);
      placed.push({ series: who.series, was, slot: best.slot, institution: best.institution, startsAt: best.startsAt });
      last = best.startsAt;
    }
  }
  return { placed, unplaced, designated: [], levels: [{ level: 'beyondGap', value: gapsBeyond(problem, placed), bound: 0 }], optimalityGap: 1 };
}

/** Counted as the product counts: a session without a seat is two. */
function gapsBeyond({ displaced }: ReplaceProblem, placed: readonly PlacedSession[]): number {
  const of = new Map(placed.map((session) => [`${session.series} ${session.was}`, session.startsAt]));
  let count = 0;
  for (const { series, sessions, previousAt, nextAt, safeGapHours } of displaced) {
    const chain = [previousAt, ...sessions.map((was) => of.get(`${series} ${was}`)), nextAt];
    const seated = sessions.some((was) => of.has(`${series} ${was}`));
    chain.forEach((at, place) => {
      if (place === 0 || (place === chain.length - 1 && (at === undefined || !seated))) return;
      if (at === undefined) count += 2;
      else if (chain[place - 1] !== undefined && at - chain[place - 1]! > safeGapHours * HOUR_MS) count += 1;
    });
  }
  return count;
}
