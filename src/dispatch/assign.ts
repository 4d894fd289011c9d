/**
 * Who sends which unit: the whole queue at once, on every event. Pure: the same board gives the same answer.
 *
 * Level by level, the worst first. Units on their way count like any other: a worse case may take one from a lesser call, and
 * two calls of one level exchange theirs when that brings help earlier. Nobody takes a unit that has reached its patient.
 * Lesser calls are served in the order in which they waited, the nearest of the oldest first, by the units that emergencies
 * leave over; a unit that nobody stands in for may be kept back for the next emergency.
 */
import { SECOND_MS, type Place } from '../base/index.ts';
import { ACUITIES, type Acuity } from '../triage/index.ts';
import type { Board, CallAnswer, OpenCall, StandbyMove } from './board.ts';
import { Cover } from './cover.ts';
import { explain } from './explain.ts';
import { cheapestMatching, FORBIDDEN } from './matching.ts';
import { isAid, Lenders } from './mutual-aid.ts';
import { isEmergency, Plan } from './plan.ts';
import { standby } from './standby.ts';

/** Lesser calls looked at together: the oldest. More would find nearer ones, and leave the corners of the city for the end. */
const LOOK_AT = 40;
/** Within those, an hour more of waiting is worth three minutes of driving: the head of the queue always gets its turn. */
const AGE_WORTH = 0.05;
/** A patient near an institution gives the unit back sooner; 85 of 100 are taken along (published city services). */
const RIDE_WORTH = 0.85;
/** A lesser call takes another unit, up to this share of the harm away, before it takes one that nobody stands in for. */
const HARM_WORTH = 0.5;
/** Harm of leaving, in seconds an emergency would wait longer, from which a unit is kept back from lesser calls … */
const KEEP_FROM_SECONDS = 250;
/** … and the most that are kept, as a share of those in service: a small fleet keeps none, or lesser calls would wait for ever. */
const KEEP_SHARE = 1 / 6;
/** A unit on its way to a lesser call still stands in for others, but only until it is there: as if it stood this much farther. */
const ON_ITS_WAY_SECONDS = 200;
/** Level IV moves up to III after the time a level III may take: nobody waits for ever behind a stream of slightly worse ones. */
const LEVEL_UP_SECONDS = 7_200;
/** A clock or a date gone wrong must not make a patient dearer than every unit is worth: longer waits count as a week. */
const WAITED_SECONDS_MAX = 7 * 86_400;

export interface Assignment {
  /** One for every open call, the most urgent first. */
  readonly answers: readonly CallAnswer[];
  /** Where units that nobody needs now would cover more. */
  readonly moves: readonly StandbyMove[];
}

export function assign<P extends Place>(board: Board<P>): Assignment {
  const plan = new Plan(board);
  const waitedSeconds = ({ askedAt }: OpenCall<P>): number => Math.min(WAITED_SECONDS_MAX, Math.max(0, board.now - askedAt) / SECOND_MS);
  const levelOf = (call: OpenCall<P>): Acuity => (call.acuity === 'IV' && waitedSeconds(call) > LEVEL_UP_SECONDS ? 'III' : call.acuity);
  const queue = [...board.calls].sort((a, b) =>
    ACUITIES.indexOf(levelOf(a)) - ACUITIES.indexOf(levelOf(b)) || a.askedAt - b.askedAt || (a.mission < b.mission ? -1 : 1));
  for (const level of ACUITIES) {
    const calls = queue.filter((call) => levelOf(call) === level);
    if (calls.length === 0) continue;
    if (isEmergency(level)) serveEmergencies(plan, level, calls, waitedSeconds);
    else serveLesser(plan, calls, waitedSeconds);
  }
  const free = plan.free().map((index) => plan.fleet[index]!).filter(({ state }) => state !== 'decontaminating');
  return { answers: queue.map((call, ahead) => explain(plan, call, ahead)), moves: standby(board, free) };
}

type Waited<P extends Place> = (call: OpenCall<P>) => number;

function serveEmergencies<P extends Place>(plan: Plan<P>, level: Acuity, calls: readonly OpenCall<P>[], waited: Waited<P>): void {
  const units = plan.within(level);
  const served = calls.length > units.length ? mostServed(plan, calls, units, waited) : calls;
  // Squared, so that one patient is not left waiting for half an hour to bring three others help a minute earlier.
  const costs = served.map((call) => {
    const prices = plan.prices(call);
    const since = waited(call);
    return costRow(units, (index) => (since + prices[index]!) ** 2 / 600);
  });
  cheapestMatching(costs, units.length).forEach((column, row) => {
    if (column >= 0) plan.give(served[row]!, units[column]!);
  });
}

/**
 * More emergencies than units: who has one on the way keeps one, then by response ratio, time until help over driving time.
 * Near ones first, for a unit that drives helps nobody; and every minute of waiting brings the far ones nearer.
 */
function mostServed<P extends Place>(plan: Plan<P>, calls: readonly OpenCall<P>[], units: readonly number[], waited: Waited<P>): readonly OpenCall<P>[] {
  const ratio = new Map(calls.map((call) => {
    const etas = plan.etas(call);
    const nearest = Math.max(60, units.reduce((least, index) => Math.min(least, etas[index]!), FORBIDDEN));
    return [call, (waited(call) + nearest) / nearest];
  }));
  const hasUnit = (call: OpenCall<P>): number => Number(units.some((index) => plan.onWayTo.get(index) === call));
  return [...calls].sort((a, b) => hasUnit(b) - hasUnit(a) || ratio.get(b)! - ratio.get(a)!).slice(0, units.length);
}

function serveLesser<P extends Place>(plan: Plan<P>, calls: readonly OpenCall<P>[], waited: Waited<P>): void {
  const onWay = [...plan.onWayTo].filter(([index, call]) => calls.includes(call) && !plan.takenBy.has(index)).sort(([a], [b]) => a - b);
  const underWay = onWay.map(([, call]) => call);
  const free = plan.free();
  const window = calls.filter((call) => !underWay.includes(call)).slice(0, Math.max(LOOK_AT, free.length));
  const cover = coverOf(plan, free, window);
  const harm = new Float64Array(plan.fleet.length);
  for (const index of free) harm[index] = HARM_WORTH * cover.harmOfLeaving(plan.fleet[index]!.unit);
  const lenders = new Lenders(plan, free, calls.filter((call) => !underWay.includes(call)));
  const next = nextServed(plan, { cover, free, window, harm, lenders }, waited);
  if (underWay.length === 0) {
    for (const { call, index } of next) plan.give(call, index);
    return;
  }
  // Who is served is settled; which unit goes to whom is settled once more with those on their way, so that paths do not cross.
  // Which districts help whom is settled as well.
  const chosen = new Map(next.map(({ call, index }) => [call, index]));
  const mayGo = (call: OpenCall<P>, index: number): boolean =>
    !isAid(call, plan.fleet[index]!) || chosen.get(call) === index || plan.onWayTo.get(index) === call;
  const served = [...underWay, ...next.map(({ call }) => call)];
  const units = [...free, ...onWay.map(([index]) => index)];
  const costs = served.map((call) => {
    const prices = plan.prices(call);
    return costRow(units, (index) => (mayGo(call, index) ? prices[index]! + harm[index]! : FORBIDDEN));
  });
  cheapestMatching(costs, units.length).forEach((column, row) => {
    if (column >= 0) plan.give(served[row]!, units[column]!);
  });
}

/** Who stands in for whom: the free units, and those that an emergency may still take from a lesser call. */
function coverOf<P extends Place>(plan: Plan<P>, free: readonly number[], window: readonly OpenCall<P>[]): Cover<P> {
  const { demand = [], travel } = plan.board;
  const cover = new Cover(free.length > 0 && window.length > 0 ? demand : []);
  plan.fleet.forEach(({ unit, place }, index) => {
    if (isEmergency(plan.takenBy.get(index)?.acuity ?? 'IV')) return;
    const laterSeconds = plan.isFree(index) ? 0 : ON_ITS_WAY_SECONDS;
    cover.add(unit, cover.row((to) => laterSeconds + travel(place, to, true)));
  });
  return cover;
}

interface Pair<P extends Place> {
  readonly call: OpenCall<P>;
  readonly index: number;
}

/** The oldest waiting lesser calls, and what there is for them. */
interface Waiting<P extends Place> {
  readonly cover: Cover<P>;
  readonly free: readonly number[];
  readonly window: readonly OpenCall<P>[];
  /** What the leaving of each unit of the fleet costs the next emergency. */
  readonly harm: Float64Array;
  readonly lenders: Lenders<P>;
}

/** Of the oldest waiting those that the free units serve best, but for the units that are kept back for emergencies. */
function nextServed<P extends Place>(plan: Plan<P>, { cover, free, window, harm, lenders }: Waiting<P>, waited: Waited<P>): readonly Pair<P>[] {
  const youngest = window.reduce((least, call) => Math.min(least, waited(call)), Infinity);
  const costs = window.map((call) => {
    const prices = plan.prices(call);
    const own = RIDE_WORTH * (call.rideSeconds ?? 0) - AGE_WORTH * (waited(call) - youngest);
    return costRow(free, (index) => (lenders.mayHelp(call, index) ? prices[index]! + harm[index]! + own : FORBIDDEN));
  });
  const pairs = [...cheapestMatching(costs, free.length)]
    .flatMap((column, row) => (column < 0 ? [] : [{ call: window[row]!, index: free[column]!, cost: costs[row]![column]! }]))
    .sort((a, b) => a.cost - b.cost);
  let mayKeep = Math.floor(plan.board.units.filter(({ state }) => state !== 'outOfService').length * KEEP_SHARE);
  return pairs.filter(({ call, index }) => {
    const { unit } = plan.fleet[index]!;
    const mayLend = lenders.lend(call, index);
    if (!mayLend || (mayKeep > 0 && cover.harmOfLeaving(unit) > KEEP_FROM_SECONDS)) {
      if (mayLend) mayKeep -= 1;
      plan.kept.set(call, index);
      return false;
    }
    cover.remove(unit);
    return true;
  });
}

function costRow(units: readonly number[], cost: (index: number) => number): Float64Array {
  const row = new Float64Array(units.length);
  for (let column = 0; column < row.length; column += 1) row[column] = Math.min(FORBIDDEN, cost(units[column]!));
  return row;
}
