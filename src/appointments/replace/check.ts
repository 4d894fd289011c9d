import { HOUR_MS, startOfDay, type Instant } from '../../base/index.ts';
import { GAP_RULES } from '../safe-gap.ts';
import { MISSING, UNREACHABLE, type ReplaceAnswer, type ReplaceProblem } from './problem.ts';

/** What is wrong with an answer. `what` says where, for whoever reads the log. */
export interface Fault {
  readonly fault:
    | 'sessionLost' | 'sessionTwice' | 'strangeSession' | 'strangeSeat' | 'tooManyInSeats' | 'wrongCohort' | 'twoCohorts' | 'tooEarly' | 'movedTooFar' | 'noWay'
    | 'twoChairs' | 'noRest' | 'noReason' | 'figuresWrong' | 'boundAbove';
  readonly what: string;
}

/**
 * Judges an answer by the problem alone, and knows nothing of how it was found: every session once, seats and cohorts as they were offered, nobody
 * in two chairs, rest between sessions, and the figures counted again from the sessions themselves.
 */
export function checkReplacement(problem: ReplaceProblem, answer: ReplaceAnswer): readonly Fault[] {
  return [...everySession(problem, answer), ...seats(problem, answer), ...people(problem, answer), ...figures(problem, answer)];
}

const keyOf = (series: string, was: Instant): string => `${series} ${was}`;

function everySession({ displaced }: ReplaceProblem, { placed, unplaced }: ReplaceAnswer): readonly Fault[] {
  const faults: Fault[] = [];
  const wanted = new Set(displaced.flatMap(({ series, sessions }) => sessions.map((was) => keyOf(series, was))));
  const seen = new Set<string>();
  for (const { series, was } of [...placed, ...unplaced]) {
    const key = keyOf(series, was);
    if (!wanted.has(key)) faults.push({ fault: 'strangeSession', what: key });
    if (seen.has(key)) faults.push({ fault: 'sessionTwice', what: key });
    seen.add(key);
  }
  for (const key of wanted) if (!seen.has(key)) faults.push({ fault: 'sessionLost', what: key });
  for (const { series, was, missing } of unplaced) if (!MISSING.includes(missing)) faults.push({ fault: 'noReason', what: keyOf(series, was) });
  return faults;
}

function seats(problem: ReplaceProblem, { placed, designated }: ReplaceAnswer): readonly Fault[] {
  const faults: Fault[] = [];
  const offered = new Map(problem.seats.map((seat) => [seat.slot, seat]));
  const whole = new Map<string, string>();
  for (const { slot, cohort } of designated) {
    if (offered.get(slot)?.cohort !== null) faults.push({ fault: 'strangeSeat', what: slot });
    if (whole.has(slot)) faults.push({ fault: 'twoCohorts', what: slot });
    whole.set(slot, cohort);
  }
  const whose = new Map(problem.displaced.flatMap((one) => one.sessions.map((was) => [keyOf(one.series, was), one] as const)));
  const taken = new Map<string, number>();
  for (const { series, was, slot, institution, startsAt } of placed) {
    const seat = offered.get(slot);
    const who = whose.get(keyOf(series, was));
    if (!seat || seat.institution !== institution || seat.startsAt !== startsAt || !problem.units.includes(institution)) {
      faults.push({ fault: 'strangeSeat', what: slot });
      continue;
    }
    taken.set(slot, (taken.get(slot) ?? 0) + 1);
    if (who && (seat.cohort ?? whole.get(slot)) !== who.cohort) faults.push({ fault: 'wrongCohort', what: `${keyOf(series, was)} in ${slot}` });
    if (startsAt < problem.earliestAt) faults.push({ fault: 'tooEarly', what: keyOf(series, was) });
    if (Math.abs(startsAt - was) > GAP_RULES[problem.service].movableHours * HOUR_MS) faults.push({ fault: 'movedTooFar', what: keyOf(series, was) });
    if (who && problem.travel.seconds[who.origin * problem.units.length + problem.units.indexOf(institution)] === UNREACHABLE) faults.push({ fault: 'noWay', what: keyOf(series, was) });
  }
  for (const [slot, count] of taken) if (count > offered.get(slot)!.seats) faults.push({ fault: 'tooManyInSeats', what: `${slot}: ${count}` });
  return faults;
}

function people(problem: ReplaceProblem, { placed }: ReplaceAnswer): readonly Fault[] {
  const faults: Fault[] = [];
  const restMs = GAP_RULES[problem.service].restHours * HOUR_MS;
  const offered = new Map(problem.seats.map((seat) => [seat.slot, seat]));
  for (const { displaced, starts, ends } of chains(problem, placed, (slot) => offered.get(slot)?.endsAt ?? 0)) {
    const all = [displaced.previousAt, ...starts, displaced.nextAt].filter((at) => at !== undefined);
    for (let place = 1; place < all.length; place += 1) {
      if (startOfDay(all[place]!) === startOfDay(all[place - 1]!) || all[place]! - all[place - 1]! < restMs) faults.push({ fault: 'noRest', what: `${displaced.series} at ${all[place]}` });
    }
    for (let place = 1; place < starts.length; place += 1) if (starts[place]! < ends[place - 1]!) faults.push({ fault: 'twoChairs', what: `${displaced.series} at ${starts[place]}` });
  }
  return faults;
}

/** The sessions of each of the displaced that have a seat, by start. */
function chains(problem: ReplaceProblem, placed: ReplaceAnswer['placed'], endOf: (slot: string) => Instant) {
  const of = new Map<string, (typeof placed)[number][]>();
  for (const session of placed) of.set(session.series, [...(of.get(session.series) ?? []), session]);
  return problem.displaced.map((displaced) => {
    const own = (of.get(displaced.series) ?? []).filter(({ was }) => displaced.sessions.includes(was)).sort((a, b) => a.startsAt - b.startsAt);
    return { displaced, own, starts: own.map(({ startsAt }) => startsAt), ends: own.map(({ slot }) => endOf(slot)) };
  });
}

/** Counts gaps longer than the safe one again: a session without a seat counts for the one before it and the one after it. */
function figures(problem: ReplaceProblem, { placed, unplaced, levels }: ReplaceAnswer): readonly Fault[] {
  const faults: Fault[] = [];
  let [beyondGap, hoursBeyond] = [0, 0];
  for (const { displaced, own } of chains(problem, placed, () => 0)) {
    const { safeGapHours, sessions, previousAt, nextAt } = displaced;
    const startOf = new Map(own.map(({ was, startsAt }) => [was, startsAt]));
    const first = previousAt ?? problem.at + (24 - safeGapHours) * HOUR_MS;
    // Undefined: there was no seat, so the gap across it is counted already.
    const chain: (Instant | undefined)[] = [first, ...sessions.map((was) => startOf.get(was)), ...(own.length > 0 && nextAt !== undefined ? [nextAt] : [])];
    chain.forEach((at, place) => {
      if (place === 0) return;
      const before = chain[place - 1];
      if (at === undefined) beyondGap += 2;
      else if (before !== undefined && at - before > safeGapHours * HOUR_MS) {
        beyondGap += 1;
        hoursBeyond += Math.ceil((at - before) / HOUR_MS - safeGapHours);
      }
    });
  }
  const counted: Readonly<Record<string, number>> = { beyondGap, hoursBeyond, unplaced: unplaced.length };
  for (const { level, value, bound } of levels) {
    if (counted[level] !== undefined && counted[level] !== value) faults.push({ fault: 'figuresWrong', what: `${level}: ${value}, counted ${counted[level]}` });
    if (bound > value + 1e-3) faults.push({ fault: 'boundAbove', what: level });
  }
  return faults;
}
