import type { Arc, RoadPoint } from '../network.ts';

/** A `restriction` relation with one node in the middle. Ways are OpenStreetMap ids; `via` is a node. */
export interface TurnBan {
  readonly from: number;
  readonly to: number;
  readonly via: number;
  /** `only_…`: this turn and no other; otherwise this turn not. */
  readonly only: boolean;
}

export interface WayArc extends Arc {
  readonly way: number;
}

/**
 * A banned turn needs a memory of where one came from. Each arc that arrives by a restricted way gets a node of its own at
 * the same point, and of the arcs that leave the crossing only those it may take: one node more for a ban, and queries stay
 * as simple as without. Turning round is left as it was unless it is what is banned.
 */
export function splitAtTurnBans(
  points: readonly RoadPoint[],
  arcs: readonly WayArc[],
  bans: readonly TurnBan[],
): { readonly points: readonly RoadPoint[]; readonly arcs: readonly WayArc[] } {
  const bansAt = Map.groupBy(bans, ({ via }) => via);
  const allPoints = [...points];
  const rulesOf = (arc: WayArc): readonly TurnBan[] => (bansAt.get(arc.head) ?? []).filter(({ from }) => from === arc.way);
  const headOf = arcs.map((arc) => (rulesOf(arc).length === 0 ? arc.head : allPoints.push(points[arc.head]!) - 1));
  const leaving = Map.groupBy([...arcs.keys()].filter((index) => bansAt.has(arcs[index]!.tail)), (index) => arcs[index]!.tail);

  const led = arcs.map((arc, index) => (headOf[index] === arc.head ? arc : { ...arc, head: headOf[index]! }));
  const allowed = arcs.flatMap((arc, index) => {
    if (headOf[index] === arc.head) return [];
    const rules = rulesOf(arc);
    const only = rules.filter((rule) => rule.only).map(({ to }) => to);
    const never = rules.filter((rule) => !rule.only).map(({ to }) => to);
    return (leaving.get(arc.head) ?? []).filter((out) => {
      const { head, way } = arcs[out]!;
      // A ban that leads from a way to itself bans turning round on it, not going on.
      if (way === arc.way) return head !== arc.tail || !never.includes(way);
      return !never.includes(way) && (head === arc.tail || only.length === 0 || only.includes(way));
    }).map((out) => ({ ...led[out]!, tail: headOf[index]! }));
  });
  return { points: allPoints, arcs: [...led, ...allowed] };
}
