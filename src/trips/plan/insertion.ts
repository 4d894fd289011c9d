import type { Network } from './network.ts';
import { EPSILON, type Route } from './route.ts';

/** What the drop-off needs at one gap: drive in, drive out, when it can begin and must, what the detour costs, and the least it costs there or later. */
const [INTO, OUT, READY, DUE, COST, LEAST, COLUMNS] = [0, 1, 2, 3, 4, 5, 6];

/**
 * Where one more rider costs least in a route. Every pair of positions is judged in constant time and exactly: the new pick-up and
 * drop-off add a few demands to the route's longest paths (`Route.reach`), and there is a timetable as long as no circle of
 * demands asks a stop to be later than itself. Three circles can be new: through the pick-up, through the drop-off, and through both.
 */
export class Insertion {
  /** What the best place costs; without one, what was asked for. */
  cost = Infinity;
  /** -1 when there is no place. */
  after = -1;
  dropAfter = 0;

  readonly #net: Network;
  readonly #lateWeight: number;
  #drops = new Float64Array(64 * COLUMNS);

  /** @param lateWeight what a second of lateness costs; 0 when no stop may be late */
  constructor(net: Network, lateWeight: number) {
    this.#net = net;
    this.#lateWeight = lateWeight;
  }

  /**
   * @param overlook whether to pass by a place that would be the best so far, asked each time
   * @param below what the place must cost less than: whoever knows a better one need not hear of others
   */
  find(route: Route, ride: number, overlook: () => boolean, below = Infinity): void {
    const net = this.#net;
    const { nodes, span, cost, loadKinds, load, cohort } = net;
    const { reach, stops, length, loads, aboard, early, late, arc } = route;
    const width = length + 1;
    const pick = 2 * ride;
    const drop = pick + 1;
    const own = cohort[pick]!;
    const pickEarliest = net.earliest[pick]!;
    const pickLatest = net.latest[pick]!;
    const dropEarliest = net.earliest[drop]!;
    const dropLatest = net.latest[drop]!;
    const limit = net.rideLimit[ride]!;
    const { capacity } = net.kinds[route.kind]!;
    const direct = span[pick * nodes + drop]!;
    const directCost = cost[pick * nodes + drop]!;
    this.cost = below;
    this.after = -1;
    let drops: Float64Array | undefined;

    for (let i = route.begun - 1; i < length - 1 && early[i]! <= pickLatest + EPSILON; i += 1) {
      if (late[i + 1]! < pickEarliest - EPSILON) continue;
      const before = stops[i]!;
      if (aboard[i]! > 0 && cohort[before] !== own) continue;
      const into = span[before * nodes + pick]!;
      const arrival = early[i]! + into;
      const ready = arrival > pickEarliest ? arrival : pickEarliest;
      if (ready > pickLatest + EPSILON) continue;
      if (!hasRoom(loads, i * loadKinds, load, ride * loadKinds, capacity, loadKinds)) continue;
      const next = stops[i + 1]!;
      const nextRow = (i + 1) * width;
      const leaveBy = late[i + 1]!;
      const circle = reach[nextRow + i]! + into;
      const pickCost = cost[before * nodes + pick]! - arc[i]!;

      // The drop-off follows at once.
      const together = pickCost + directCost + cost[drop * nodes + next]!;
      if (together < this.cost) {
        const out = span[drop * nodes + next]!;
        const due = leaveBy - out < dropLatest ? leaveBy - out : dropLatest;
        const there = Math.max(direct, dropEarliest - pickLatest);
        const back = Math.max(ready - due, out + circle, -limit);
        if (dropEarliest <= due + EPSILON && there + back <= EPSILON) {
          const begins = Math.max(ready, dropEarliest + Math.max(out + circle, -limit));
          if (!overlook()) this.#offer(route, ride, i, i, together, begins, Math.max(begins + direct, dropEarliest));
        }
      }

      // Others are visited in between.
      const out = span[pick * nodes + next]!;
      const due = leaveBy - out < pickLatest ? leaveBy - out : pickLatest;
      if (ready > due + EPSILON || out + circle > EPSILON) continue;
      const apart = pickCost + cost[pick * nodes + next]!;
      if (i + 2 >= length || apart >= this.cost) continue;
      drops ??= this.#dropsAfter(route, drop, i);
      if (apart + drops[(i + 1) * COLUMNS + LEAST]! >= this.cost) continue;
      for (let j = i + 1; j < length - 1; j += 1) {
        if (cohort[stops[j]!] !== own || !hasRoom(loads, j * loadKinds, load, ride * loadKinds, capacity, loadKinds)) break;
        const along = out + reach[nextRow + j]!;
        if (along > limit + EPSILON || ready + along > dropLatest + EPSILON) break;
        const at = j * COLUMNS;
        const total = apart + drops[at + COST]!;
        if (total >= this.cost) continue;
        const dropReady = drops[at + READY]!;
        const there = Math.max(dropReady - due, along + drops[at + INTO]!);
        const round = drops[at + OUT]! + reach[(j + 1) * width + i]! + into;
        const back = Math.max(ready - drops[at + DUE]!, round, -limit);
        if (there + back > EPSILON || drops[at + INTO]! + drops[at + OUT]! + reach[(j + 1) * width + j]! > EPSILON) continue;
        const begins = Math.max(ready, dropReady + Math.max(round, -limit));
        if (!overlook()) this.#offer(route, ride, i, j, total, begins, Math.max(dropReady, begins + along + drops[at + INTO]!));
      }
    }
  }

  /** What the drop-off needs at each gap behind a position. */
  #dropsAfter({ early, late, arc, stops, length }: Route, drop: number, after: number): Float64Array {
    const { nodes, span, cost, earliest, latest } = this.#net;
    if (this.#drops.length < length * COLUMNS) this.#drops = new Float64Array(2 * length * COLUMNS);
    const drops = this.#drops;
    const opens = earliest[drop]!;
    const closes = latest[drop]!;
    let least = Infinity;
    for (let j = length - 2; j > after; j -= 1) {
      const at = j * COLUMNS;
      if (early[j]! > closes + EPSILON || late[j + 1]! < opens - EPSILON) {
        drops[at + DUE] = -Infinity;
        drops[at + COST] = Infinity;
        drops[at + LEAST] = least;
        continue;
      }
      const before = stops[j]!;
      const next = stops[j + 1]!;
      const into = span[before * nodes + drop]!;
      const out = span[drop * nodes + next]!;
      const arrival = early[j]! + into;
      const ready = arrival > opens ? arrival : opens;
      const leave = late[j + 1]! - out;
      const due = leave < closes ? leave : closes;
      const isOpen = ready <= due + EPSILON;
      const detour = isOpen ? cost[before * nodes + drop]! + cost[drop * nodes + next]! - arc[j]! : Infinity;
      if (detour < least) least = detour;
      drops[at + INTO] = into;
      drops[at + OUT] = out;
      drops[at + READY] = ready;
      drops[at + DUE] = isOpen ? due : -Infinity;
      drops[at + COST] = detour;
      drops[at + LEAST] = least;
    }
    return drops;
  }

  #offer(route: Route, ride: number, after: number, dropAfter: number, cost: number, pickBegins: number, dropBegins: number): void {
    const total = this.#lateWeight === 0 ? cost : cost + this.#lateWeight * this.#latenessAdded(route, ride, after, dropAfter, pickBegins, dropBegins);
    if (total >= this.cost) return;
    this.cost = total;
    this.after = after;
    this.dropAfter = dropAfter;
  }

  /** Seconds of lateness that the new rider has, and causes to those who come after. */
  #latenessAdded(route: Route, ride: number, after: number, dropAfter: number, pickBegins: number, dropBegins: number): number {
    const { span, nodes, due } = this.#net;
    const { reach, stops, length } = route;
    const width = length + 1;
    const apart = dropAfter > after;
    const pickOut = pickBegins + span[2 * ride * nodes + stops[after + 1]!]!;
    const dropOut = dropBegins + span[(2 * ride + 1) * nodes + stops[dropAfter + 1]!]!;
    let late = Math.max(0, pickBegins - due[2 * ride]!) + Math.max(0, dropBegins - due[2 * ride + 1]!) - route.lateness;
    for (let k = 1; k < length - 1; k += 1) {
      let begins = Math.max(route.early[k]!, dropOut + reach[(dropAfter + 1) * width + k]!);
      if (apart) begins = Math.max(begins, pickOut + reach[(after + 1) * width + k]!);
      late += Math.max(0, begins - due[stops[k]!]!);
    }
    return late;
  }
}

function hasRoom(loads: Float64Array, at: number, load: Float64Array, of: number, capacity: Float64Array, kinds: number): boolean {
  for (let k = 0; k < kinds; k += 1) if (loads[at + k]! + load[of + k]! > capacity[k]! + EPSILON) return false;
  return true;
}
