import type { Network } from './network.ts';

/** Further than that nobody looks for somebody to share or follow. */
const NEAR_MAX = 100;
/** What a second of waiting between two rides counts, beside a second or metre of driving: it can still be filled with another ride. */
const WAIT_PRICE = 0.2;

/** The rides that follow, precede or share best with this one, best first. */
export function ridesNear(net: Network, ride: number): Int32Array {
  const distance = Float64Array.from({ length: net.rides }, (_, other) => apart(net, ride, other));
  const others = Int32Array.from({ length: net.rides }, (_, other) => other).filter((other) => other !== ride);
  return others.sort((a, b) => distance[a]! - distance[b]! || a - b).slice(0, NEAR_MAX);
}

/** Drive, and waiting that cannot be avoided, between the two rides' nearest stops. */
function apart(net: Network, a: number, b: number): number {
  let least = Infinity;
  for (const from of [2 * a, 2 * a + 1]) {
    for (const to of [2 * b, 2 * b + 1]) least = Math.min(least, follow(net, from, to), follow(net, to, from));
  }
  return least;
}

function follow({ span, cost, nodes, earliest, latest }: Network, from: number, to: number): number {
  const drive = span[from * nodes + to]!;
  const wait = Math.max(0, earliest[to]! - latest[from]! - drive);
  const late = Math.max(0, earliest[from]! + drive - latest[to]!);
  return cost[from * nodes + to]! + WAIT_PRICE * wait + late;
}
