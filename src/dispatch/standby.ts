import type { Place } from '../base/index.ts';
import type { Board, BoardUnit, StandbyMove } from './board.ts';
import { Cover } from './cover.ts';

/** Each minute of driving to a standby point has to save emergencies this share of a minute: driving is no rest, and wears cars. */
const DRIVE_WORTH = 0.1;
/** A unit that stands stays where it is unless emergencies gain this much, in seconds, before it is likely to be needed. */
const MOVE_SECONDS = 60;
/** Over which the gain is counted: until the unit is likely to be sent. */
const STANDS_HOURS = 1 / 3;
/** Units looked at for one post: the nearest to it. */
const NEAREST_UNITS = 12;

/**
 * Where the units that nobody needs now should stand. A unit without a post gets one; of those that have one at most one
 * moves at a time, and only for a clear gain.
 */
export function standby<P extends Place>(board: Board<P>, free: readonly BoardUnit<P>[]): readonly StandbyMove[] {
  const { posts = [], demand = [], travel } = board;
  if (free.length === 0 || posts.length === 0 || demand.length === 0) return [];
  const perHour = demand.reduce((sum, each) => sum + each.perHour, 0);
  const indexOf = new Map(posts.map(({ code }, index) => [code, index]));
  const postOf = ({ post }: BoardUnit<P>): number | undefined => (post === undefined ? undefined : indexOf.get(post));
  const cover = new Cover(demand);
  const postRows = posts.map(({ place }) => cover.row((to) => travel(place, to, true)));
  // Who drives to a post counts as standing there: two are not sent to one gap.
  const rowOf = (unit: BoardUnit<P>): Float64Array => postRows[postOf(unit)!]!;
  const worth = (saved: number, driveSeconds: number): number => saved * STANDS_HOURS - DRIVE_WORTH * driveSeconds;
  const move = (unit: BoardUnit<P>, index: number, saved: number): StandbyMove => ({
    unit: unit.unit, post: posts[index]!.code, driveSeconds: Math.round(travel(unit.place, posts[index]!.place, false)),
    savesSeconds: perHour === 0 ? 0 : Math.round(saved / perHour),
  });

  const settled = free.filter((unit) => postOf(unit) !== undefined);
  const homeless = free.filter((unit) => postOf(unit) === undefined);
  for (const unit of settled) cover.add(unit.unit, rowOf(unit));
  const moves = homeless.map((unit) => {
    const saved = postRows.map((row) => cover.savedPerHour(row));
    const index = indexOfMost(posts.map(({ place }, i) => worth(saved[i]!, travel(unit.place, place, false))));
    cover.add(unit.unit, postRows[index]!);
    return move(unit, index, saved[index]!);
  });
  if (moves.length > 0) return moves;

  // Posts by what a unit there would save; for the best of them, the near unit whose own post misses it least.
  const index = indexOfMost(postRows.map((row) => cover.savedPerHour(row)));
  const near = settled.filter((unit) => postOf(unit) !== index)
    .map((unit) => ({ unit, driveSeconds: travel(unit.place, posts[index]!.place, false) }))
    .sort((a, b) => a.driveSeconds - b.driveSeconds).slice(0, NEAREST_UNITS);
  const gains = near.map(({ unit, driveSeconds }) => {
    const row = rowOf(unit);
    cover.remove(unit.unit);
    const saved = cover.savedPerHour(postRows[index]!) - cover.savedPerHour(row);
    cover.add(unit.unit, row);
    return { unit, saved, worth: worth(saved, driveSeconds) };
  });
  const best = gains[indexOfMost(gains.map((each) => each.worth))];
  return best && best.worth >= MOVE_SECONDS ? [move(best.unit, index, best.saved)] : [];
}

function indexOfMost(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
