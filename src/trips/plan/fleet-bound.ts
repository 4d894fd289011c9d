import type { Network } from './network.ts';

/**
 * A number of cars below which nobody needs to search: rides of which no two fit into one car need a car each. Windows and drives
 * alone are looked at; the true least number may be higher. Greedy: the rides that go with fewest others first.
 */
export function carsAtLeast(net: Network): number {
  const { rides } = net;
  const apart = new Uint8Array(rides * rides);
  const clashes = new Int32Array(rides);
  for (let a = 0; a < rides; a += 1) {
    for (let b = a + 1; b < rides; b += 1) {
      if (canShare(net, a, b) || canShare(net, b, a)) continue;
      apart[a * rides + b] = apart[b * rides + a] = 1;
      clashes[a]! += 1;
      clashes[b]! += 1;
    }
  }
  const order = Array.from({ length: rides }, (_, ride) => ride).sort((a, b) => clashes[b]! - clashes[a]! || a - b);
  const clique: number[] = [];
  for (const ride of order) if (clique.every((other) => apart[ride * rides + other] === 1)) clique.push(ride);
  return clique.length;
}

/** Whether one car can serve both, the first pick-up being that of `a`. */
function canShare(net: Network, a: number, b: number): boolean {
  const [pickA, dropA, pickB, dropB] = [2 * a, 2 * a + 1, 2 * b, 2 * b + 1];
  return goes(net, pickA, dropA, pickB, dropB) || goes(net, pickA, pickB, dropA, dropB) || goes(net, pickA, pickB, dropB, dropA);
}

function goes({ span, nodes, earliest, latest }: Network, first: number, second: number, third: number, last: number): boolean {
  let begin = Math.max(earliest[second]!, earliest[first]! + span[first * nodes + second]!);
  if (begin > latest[second]!) return false;
  begin = Math.max(earliest[third]!, begin + span[second * nodes + third]!);
  if (begin > latest[third]!) return false;
  return begin + span[third * nodes + last]! <= latest[last]!;
}
