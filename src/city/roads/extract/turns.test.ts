import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dijkstra } from '../../../../tests/roads/dijkstra.ts';
import { at, piece } from '../../../../tests/roads/streets.ts';
import { networkOf } from '../network.ts';
import { splitAtTurnBans, type TurnBan } from './turns.ts';

type Drawn = readonly (readonly [tail: number, head: number, way: number])[];

const arcsOf = (drawn: Drawn) => drawn.map(([tail, head, way], index) => ({ ...piece(tail, head, 100 + index), way }));

/** Metres from arc to arc by trying everything: the truth about turns, without any copy of a crossing. */
function byArcs(drawn: Drawn, bans: readonly TurnBan[], start: number, count: number): number[] {
  const arcs = arcsOf(drawn);
  const allowed = (into: (typeof arcs)[number], out: (typeof arcs)[number]): boolean => {
    if (into.head !== out.tail) return false;
    const here = bans.filter(({ via, from }) => via === into.head && from === into.way);
    const straightBack = out.head === into.tail;
    if (here.some(({ only, to }) => !only && to === out.way && (out.way !== into.way || straightBack))) return false;
    if (straightBack || out.way === into.way) return true;
    const only = here.filter((ban) => ban.only);
    return only.length === 0 || only.some(({ to }) => to === out.way);
  };
  const reached = arcs.map((arc) => (arc.tail === start ? arc.decimeters : Infinity));
  for (let round = 0; round < arcs.length; round += 1) {
    arcs.forEach((into, i) => arcs.forEach((out, o) => {
      if (allowed(into, out)) reached[o] = Math.min(reached[o]!, reached[i]! + out.decimeters);
    }));
  }
  return Array.from({ length: count }, (_, node) => Math.min(node === start ? 0 : Infinity, ...arcs.flatMap((arc, i) => (arc.head === node ? [reached[i]!] : []))));
}

/** The same by the network with its copies: a crossing is reached when it or one of its copies is. */
function byNetwork(drawn: Drawn, bans: readonly TurnBan[], start: number, count: number): number[] {
  const points = Array.from({ length: count }, (_, node) => at(node * 100, (node % 3) * 100));
  const split = splitAtTurnBans(points, arcsOf(drawn), bans);
  const network = networkOf(split.points, split.arcs);
  const truth = dijkstra(network, network.decimeters, start, Infinity);
  const same = (node: number): number[] => split.points.flatMap((point, copy) => (point === points[node] ? [truth[copy]!] : []));
  return points.map((_, node) => Math.min(...same(node)));
}

describe('a banned turn', () => {
  // Given a crossing 1 with streets to 0, 2 and 3
  const cross: Drawn = [[0, 1, 10], [1, 0, 10], [1, 2, 20], [2, 1, 20], [1, 3, 30], [3, 1, 30]];
  const meters = (bans: readonly TurnBan[], from: number, to: number): number => byNetwork(cross, bans, from, 4)[to]! / 10;

  it('is not taken, while every other is', () => {
    const noLeft = [{ from: 10, to: 30, via: 1, only: false }];
    expect(meters([], 0, 3)).toBeLessThan(300);
    expect(meters(noLeft, 0, 2)).toBe(meters([], 0, 2));
    expect(meters(noLeft, 2, 3)).toBe(meters([], 2, 3));
    // Then it goes on to 2, turns there, and comes back to take the street from another side
    expect(meters(noLeft, 0, 3)).toBeGreaterThan(meters([], 0, 3) + 150);
  });

  it('may be said as the only turn that is allowed', () => {
    const onlyStraight = [{ from: 10, to: 20, via: 1, only: true }];
    expect(meters(onlyStraight, 0, 2)).toBe(meters([], 0, 2));
    expect(meters(onlyStraight, 0, 3)).toBeGreaterThan(meters([], 0, 3) + 150);
  });

  it('on any network leaves exactly the ways that take no banned turn', () => {
    const node = fc.integer({ min: 0, max: 5 });
    const arc = fc.tuple(node, node, fc.integer({ min: 1, max: 5 })).filter(([a, b]) => a !== b);
    const ban = fc.record({ from: fc.integer({ min: 1, max: 5 }), to: fc.integer({ min: 1, max: 5 }), via: node, only: fc.boolean() });
    fc.assert(fc.property(fc.array(arc, { minLength: 1, maxLength: 14 }), fc.array(ban, { maxLength: 5 }), (drawn, bans) => {
      for (let start = 0; start < 6; start += 1) expect(byNetwork(drawn, bans, start, 6)).toEqual(byArcs(drawn, bans, start, 6));
    }), { numRuns: 200 });
  });
});
