import type { Place } from '../../base/index.ts';
import { CLOSED } from './customize.ts';
import { labelsOf, meet, meetMillis, type Direction, type Entry, type Label } from './labels.ts';
import type { RoadNetwork } from './network.ts';
import { shapeOf, wayOf } from './route.ts';
import { snap, type NoRoad, type Snap } from './snap.ts';
import { partMillis, type RoadTimes } from './times.ts';

/** Why there is no time on roads; `place` is the end that has no road. */
export type NoDrive =
  | { readonly why: NoRoad; readonly place: 'from' | 'to' }
  /** Both ends have roads, and everything between them is closed or leads the wrong way. */
  | { readonly why: 'noWayOpen' };

export interface Drive {
  /** Whole, rounded up, from door to door: delays at checkpoints and the last metres off the road are in it. */
  readonly seconds: number;
  readonly meters: number;
}

/** From a compound's middle to the road and back: assumed, as slow as a private way. */
const OFF_ROAD_KMH = 8;

const offRoadMillis = (meters: number): number => Math.ceil((meters * 3_600) / OFF_ROAD_KMH);

/** A place made ready to be asked for, from or to. */
interface Stop {
  readonly snap: Snap | NoRoad;
  readonly labels: readonly Label[];
}

/**
 * Stations and wards are asked for again and again under the same weights: their place, the same object each time, is made
 * ready once. Forgotten with the weights, or with the place.
 */
const REMEMBERED = new WeakMap<RoadTimes, Readonly<Record<Direction, WeakMap<Place, Stop>>>>();

function rememberedStop(times: RoadTimes, place: Place, direction: Direction): Stop {
  const known = REMEMBERED.get(times) ?? { leaving: new WeakMap<Place, Stop>(), arriving: new WeakMap<Place, Stop>() };
  REMEMBERED.set(times, known);
  const stop = known[direction].get(place) ?? stopAt(times, place, direction);
  known[direction].set(place, stop);
  return stop;
}

function stopAt(times: RoadTimes, place: Place, direction: Direction, keepWay = false): Stop {
  const snapped = snap(times.map, place);
  if (typeof snapped === 'string') return { snap: snapped, labels: [] };
  const { hierarchy } = times.map;
  return { snap: snapped, labels: labelsOf(hierarchy, times.weights, entriesOf(times, snapped, direction), direction, keepWay) };
}

function entriesOf(times: RoadTimes, { arcs, meters }: Omit<Snap, 'point'>, direction: Direction): Entry[] {
  const { head, tail } = times.map.network;
  return arcs
    .map(({ arc, share }) => (direction === 'leaving'
      ? { node: head[arc]!, millis: partMillis(times, arc, share, 1) }
      : { node: tail[arc]!, millis: partMillis(times, arc, 0, share) }))
    .filter(({ millis }) => millis < CLOSED)
    .map(({ node, millis }) => ({ node, millis: millis + offRoadMillis(meters) }));
}

interface ShortDrive {
  readonly arc: number;
  readonly share: number;
  readonly millis: number;
}

/** Both on the same piece of road, the one behind the other: no crossing is passed. */
function alongOneArc(times: RoadTimes, from: Snap, to: Snap): ShortDrive | undefined {
  let best: ShortDrive | undefined;
  // Plain loops: this is asked for every pair of every matrix, and nearly always the answer is no.
  for (const { arc, share } of from.arcs) {
    for (const end of to.arcs) {
      if (end.arc !== arc || end.share < share) continue;
      const millis = partMillis(times, arc, share, end.share) + offRoadMillis(from.meters) + offRoadMillis(to.meters);
      if (millis < (best?.millis ?? CLOSED)) best = { arc, share: end.share - share, millis };
    }
  }
  return best;
}

function millisBetween(times: RoadTimes, from: Stop, to: Stop): number {
  if (typeof from.snap === 'string' || typeof to.snap === 'string') return CLOSED;
  let best = alongOneArc(times, from.snap, to.snap)?.millis ?? CLOSED;
  for (const a of from.labels) for (const b of to.labels) best = Math.min(best, meetMillis(a, b));
  return best;
}

const secondsOf = (millis: number): number => Math.ceil(millis / 1_000);

/** Seconds from each to each, by rows of `from`; `NO_DRIVE` where there is none. */
export function driveMatrix(times: RoadTimes, from: readonly Place[], to: readonly Place[]): Int32Array {
  const starts = from.map((place) => rememberedStop(times, place, 'leaving'));
  const ends = to.map((place) => rememberedStop(times, place, 'arriving'));
  const seconds = new Int32Array(from.length * to.length);
  let index = 0;
  for (const start of starts) {
    for (const end of ends) {
      const millis = millisBetween(times, start, end);
      seconds[index] = millis >= CLOSED ? NO_DRIVE : secondsOf(millis);
      index += 1;
    }
  }
  return seconds;
}

export const NO_DRIVE = -1;

export interface Near<T> {
  readonly candidate: T;
  readonly seconds: number;
}

/** The `count` nearest by road, nearest first, the earlier in the list among equals; who cannot be reached is left out. */
export function nearest<T>(
  times: RoadTimes,
  place: Place,
  candidates: readonly T[],
  placeOf: (candidate: T) => Place,
  { count, direction }: { readonly count: number; readonly direction: 'to' | 'from' },
): readonly Near<T>[] {
  const here = rememberedStop(times, place, direction === 'to' ? 'leaving' : 'arriving');
  return candidates
    .map((candidate) => {
      const there = rememberedStop(times, placeOf(candidate), direction === 'to' ? 'arriving' : 'leaving');
      return { candidate, millis: direction === 'to' ? millisBetween(times, here, there) : millisBetween(times, there, here) };
    })
    .filter(({ millis }) => millis < CLOSED)
    .sort((a, b) => a.millis - b.millis)
    .slice(0, count)
    .map(({ candidate, millis }) => ({ candidate, seconds: secondsOf(millis) }));
}

/** One drive with its length and its line on the map, from the one place to the other. */
export function driveBetween(times: RoadTimes, from: Place, to: Place): (Drive & { readonly shape: readonly Place[] }) | NoDrive {
  const [start, end] = [stopAt(times, from, 'leaving', true), stopAt(times, to, 'arriving', true)];
  if (typeof start.snap === 'string') return { why: start.snap, place: 'from' };
  if (typeof end.snap === 'string') return { why: end.snap, place: 'to' };
  const [leave, arrive] = [start.snap, end.snap];
  const { network } = times.map;

  const short = alongOneArc(times, leave, arrive);
  let best = { millis: short?.millis ?? CLOSED, meters: short ? metersOf(network, short.arc, short.share) : 0, nodes: [] as readonly number[] };
  for (const a of start.labels) {
    for (const b of end.labels) {
      const { depth, millis } = meet(a, b);
      if (millis >= best.millis) continue;
      const { first, last, arcs } = wayOf(times, a, b, depth);
      best = {
        millis,
        meters: arcs.reduce((sum, arc) => sum + metersOf(network, arc, 1), 0)
          + endMeters(times, leave, first, 'leaving') + endMeters(times, arrive, last, 'arriving'),
        nodes: [first, ...arcs.map((arc) => network.head[arc]!)],
      };
    }
  }
  if (best.millis >= CLOSED) return { why: 'noWayOpen' };
  return {
    seconds: secondsOf(best.millis),
    meters: Math.round(best.meters + leave.meters + arrive.meters),
    shape: shapeOf(network, from, leave.point, best.nodes, arrive.point, to),
  };
}

const metersOf = ({ decimeters }: RoadNetwork, arc: number, share: number): number => (share * decimeters[arc]!) / 10;

/** Driven on the first or the last piece of road, by the arc that made the entry's time. */
function endMeters(times: RoadTimes, { arcs, meters }: Snap, node: number, direction: Direction): number {
  const ways = arcs
    .flatMap((one) => entriesOf(times, { arcs: [one], meters }, direction).map((entry) => ({ ...one, ...entry })))
    .filter((entry) => entry.node === node)
    .sort((a, b) => a.millis - b.millis);
  const { arc, share } = ways[0]!;
  return metersOf(times.map.network, arc, direction === 'leaving' ? 1 - share : share);
}
