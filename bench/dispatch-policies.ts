/** What is usual, to compare with: policies A to E, each one rule more than the one before. */
import { modeOf } from './dispatch-city.ts';
import type { Board, Order, Policy, SeenCall, SeenUnit } from './dispatch-world.ts';

interface Rules {
  /** Higher priorities first, instead of the order of the calls. */
  readonly byPriority?: true;
  /** A unit on its way to a low priority may be sent to a high one. */
  readonly divert?: true;
  /** Among the first waiting calls of the best priority the nearest is served, instead of the longest waiting. */
  readonly nearestCall?: true;
  /** For a low priority, what the unit's leaving uncovers counts beside its nearness. */
  readonly coverage?: true;
}

const HIGH = 1;
/** In policy E: seconds of driving that the last unit around is worth. */
const COVER_SECONDS = 240;
/** In policies D and E: without an end to the list, calls in the corners of the city would wait until all others are served. */
const LOOK_AT = 20;
const COVER_WITHIN_SECONDS = 330;

const isFree = ({ doing }: SeenUnit): boolean => doing === 'idle' || doing === 'returning' || doing === 'cleared';

/** Demand within reach of `unit` that no other free unit reaches: 0 none of it, 1 all. Stations stand for demand. */
function uncovers(board: Board, unit: SeenUnit, free: readonly SeenUnit[]): number {
  const reaches = (each: SeenUnit, station: number): boolean => board.secondsTo(each, board.city.stations[station]!, 0) <= COVER_WITHIN_SECONDS;
  const near = board.city.stations.map((_, station) => station).filter((station) => reaches(unit, station));
  const alone = near.filter((station) => !free.some((other) => other !== unit && reaches(other, station)));
  return near.length === 0 ? 0 : alone.length / near.length;
}

function firstOrder(board: Board, rules: Rules): Order | undefined {
  const waiting = board.open.filter(({ unit }) => unit === undefined);
  if (waiting.length === 0) return undefined;
  const best = rules.byPriority ? Math.min(...waiting.map(({ priority }) => priority)) : undefined;
  const eligible = best === undefined ? waiting : waiting.filter(({ priority }) => priority === best);
  const calls = eligible.slice(0, rules.nearestCall ? LOOK_AT : 1);
  const free = board.units.filter(isFree);
  const divertible = rules.divert && best === HIGH ? board.units.filter(({ doing, call }) => doing === 'toCall' && call!.priority > HIGH) : [];
  const cost = (unit: SeenUnit, call: SeenCall): number =>
    board.secondsTo(unit, call, modeOf(call.priority)) + (rules.coverage && call.priority > HIGH ? COVER_SECONDS * uncovers(board, unit, free) : 0);
  let [chosen, least]: [Order | undefined, number] = [undefined, Infinity];
  for (const unit of [...free, ...divertible]) {
    for (const call of calls) {
      const seconds = cost(unit, call);
      if (seconds < least) [chosen, least] = [{ unit: unit.id, call: call.id }, seconds];
    }
  }
  return chosen;
}

const usual = (name: string, rules: Rules): Policy => ({
  name,
  orders: (board) => {
    const order = firstOrder(board, rules);
    return order ? [order] : [];
  },
});

export const USUAL: readonly Policy[] = [
  usual('A', {}),
  usual('B', { byPriority: true }),
  usual('C', { byPriority: true, divert: true }),
  usual('D', { byPriority: true, divert: true, nearestCall: true }),
  usual('E', { byPriority: true, divert: true, nearestCall: true, coverage: true }),
];
