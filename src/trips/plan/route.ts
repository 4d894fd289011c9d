import { otherCarCost, type Network } from './network.ts';

/** Seconds by which two numbers may differ and still be the same: rounding, never a minute of anybody's time. */
export const EPSILON = 1e-7;

/**
 * One car's stops in order, with everything that a question about one more rider needs.
 *
 * When a stop may begin follows from differences: a stop no earlier than the one before it plus service and drive, a drop-off no
 * later than its pick-up plus the longest ride, the end no later than the start plus the driver's hours, and every stop
 * within its window, which is a difference to time zero. `reach[i][j]` is the most that all of these together demand of
 * `begin(j) - begin(i)`: longest paths between all pairs, with time zero as the last row and column. With it, whether one
 * more pick-up and drop-off fit is a handful of additions (insertion.ts), ride times and driver's hours included.
 */
export class Route {
  kind = 0;
  /** Start, stops, end. */
  length = 2;
  stops = new Int32Array(32);
  /** How many of the stops at the front are begun and stay where they are; the start is one of them. */
  begun = 1;
  /** `reach[i * (length + 1) + j]`; position `length` is time zero. */
  reach = new Float64Array(1024);
  /** When each stop can begin at the earliest, and must at the latest: time zero's row and column of `reach`, side by side. */
  early = new Float64Array(32);
  late = new Float64Array(32);
  /** What driving on from each stop costs. */
  arc = new Float64Array(32);
  /** What is aboard after each stop, by kind of place. */
  loads = new Float64Array(96);
  /** How many rides are aboard after each stop. */
  aboard = new Uint8Array(32);
  cost = 0;
  lateness = 0;
  /** Two routes of the same version have the same stops: what was found out about one holds for the other. */
  version = 0;
  /** Whether `reach`, `loads` and `aboard` belong to these stops. */
  isSettled = false;
  /** What the route was before one more rider, whose `reach` still holds but for that rider; it may be the route itself. */
  private grownFrom: Route | undefined;
  private grownAt = 0;
  private grownDropAt = 0;

  setStops(stops: ArrayLike<number>): void {
    this.grownFrom = undefined;
    this.length = stops.length;
    this.makeRoom();
    this.stops.set(stops);
  }

  /** The same stops, without those of marked rides. Timetable and cost follow with `settle`. */
  copyWithout(other: Route, gone: Uint8Array, net: Network): void {
    this.grownFrom = undefined;
    this.cost = other.cost;
    this.length = other.length;
    this.makeRoom();
    let length = 0;
    for (let i = 0; i < other.length; i += 1) {
      const node = other.stops[i]!;
      if (node < 2 * net.rides && gone[node >> 1] === 1) continue;
      this.stops[length] = node;
      length += 1;
    }
    this.length = length;
  }

  /**
   * Pick-up after position `after`, drop-off after what was at position `dropAfter` before.
   * @param from the route as it was, settled, where it may be trusted that they fit there: `settle` need not begin anew then
   */
  insert(ride: number, after: number, dropAfter: number, from?: Route): void {
    this.length += 2;
    this.makeRoom();
    const { stops } = this;
    stops.copyWithin(dropAfter + 3, dropAfter + 1, this.length - 2);
    stops[dropAfter + 2] = 2 * ride + 1;
    stops.copyWithin(after + 2, after + 1, dropAfter + 1);
    stops[after + 1] = 2 * ride;
    this.grownFrom = from;
    this.grownAt = after + 1;
    this.grownDropAt = dropAfter + 2;
    this.isSettled = false;
  }

  /** What it grew from is about to become something else. */
  forget(): void {
    this.grownFrom = undefined;
  }

  /**
   * Works out timetable, loads and cost.
   * @param positions scratch of one entry a node
   * @returns false when no timetable keeps all promises, or too many are aboard; then nothing but the stops may be used
   */
  settle(net: Network, positions: Int32Array): boolean {
    if (this.grownFrom) {
      this.grow(net, this.grownFrom);
      this.isSettled = this.board(net);
    } else this.isSettled = this.drive(net, positions) && this.board(net) && this.keepPromises(net, positions);
    this.grownFrom = undefined;
    return this.isSettled;
  }

  /** Drive and windows alone. */
  private drive(net: Network, positions: Int32Array): boolean {
    const { stops, length, reach } = this;
    const { nodes, span, cost, earliest, latest } = net;
    const width = length + 1;
    const zero = length * width;
    let total = 0;
    let begin = earliest[stops[0]!]!;
    reach[zero] = begin;
    positions[stops[0]!] = 0;
    for (let i = 1; i < length; i += 1) {
      const arc = stops[i - 1]! * nodes + stops[i]!;
      this.arc[i - 1] = cost[arc]!;
      total += cost[arc]!;
      begin += span[arc]!;
      const opens = earliest[stops[i]!]!;
      if (opens > begin) begin = opens;
      if (begin > latest[stops[i]!]! + EPSILON) return false;
      reach[zero + i] = begin;
      positions[stops[i]!] = i;
    }
    reach[zero + length] = 0;
    // A car that stays where it is costs nothing, wherever its driver goes home.
    if (length === 2) total = this.arc[0] = 0;
    this.cost = net.otherCar ? total + otherCarCost(net, this) : total;
    let last = latest[stops[length - 1]!]!;
    reach[(length - 1) * width + length] = -last;
    for (let i = length - 2; i >= 0; i -= 1) {
      last -= span[stops[i]! * nodes + stops[i + 1]!]!;
      const closes = latest[stops[i]!]!;
      if (closes < last) last = closes;
      reach[i * width + length] = -last;
    }
    for (let i = 0; i < length; i += 1) {
      const row = i * width;
      const closes = reach[row + length]!;
      for (let j = 0; j < i; j += 1) reach[row + j] = reach[zero + j]! + closes;
      reach[row + i] = 0;
      let along = 0;
      for (let j = i + 1; j < length; j += 1) {
        along += span[stops[j - 1]! * nodes + stops[j]!]!;
        const byWindow = reach[zero + j]! + closes;
        reach[row + j] = along > byWindow ? along : byWindow;
      }
    }
    return true;
  }

  private board(net: Network): boolean {
    const { stops, length, loads, aboard } = this;
    const { loadKinds, load } = net;
    const { capacity } = net.kinds[this.kind]!;
    let count = 0;
    for (let k = 0; k < loadKinds; k += 1) loads[k] = 0;
    aboard[0] = 0;
    for (let i = 1; i < length; i += 1) {
      const node = stops[i]!;
      const isStop = node < 2 * net.rides;
      const sign = !isStop ? 0 : (node & 1) === 0 ? 1 : -1;
      count += sign;
      aboard[i] = count;
      for (let k = 0; k < loadKinds; k += 1) {
        const now = loads[(i - 1) * loadKinds + k]! + (sign === 0 ? 0 : sign * load[(node >> 1) * loadKinds + k]!);
        if (now > capacity[k]! + EPSILON) return false;
        loads[i * loadKinds + k] = now;
      }
    }
    return true;
  }

  /** Longest rides and the driver's hours. */
  private keepPromises(net: Network, positions: Int32Array): boolean {
    const { stops, length } = this;
    const { rides, rideLimit } = net;
    const { longestDuty } = net.kinds[this.kind]!;
    if (longestDuty !== Infinity && !this.demand(length - 1, 0, -longestDuty)) return false;
    for (let i = 1; i < length - 1; i += 1) {
      const node = stops[i]!;
      if ((node & 1) === 0 || node >= 2 * rides) continue;
      const limit = rideLimit[node >> 1]!;
      if (limit !== Infinity && !this.demand(i, positions[node - 1]!, -limit)) return false;
    }
    this.tellTimes(net);
    return true;
  }

  /** Time zero's row and column, and who is late. */
  private tellTimes(net: Network): void {
    const { early, late, reach, length, stops } = this;
    const width = length + 1;
    this.lateness = 0;
    for (let i = 0; i < length; i += 1) {
      early[i] = reach[length * width + i]!;
      late[i] = -reach[i * width + length]!;
      const past = early[i]! - net.due[stops[i]!]!;
      if (past > 0) this.lateness += past;
    }
  }

  /** The longest paths of `from`, and what the new rider's stops add to them. */
  private grow(net: Network, from: Route): void {
    const { length, stops, reach, arc, grownAt, grownDropAt } = this;
    const { nodes, cost, rideLimit } = net;
    const width = length + 1;
    const old = from.reach;
    // From the last entry to the first: in its own place, every entry moves back, over entries that have moved already.
    let read = (length - 1) * (length - 1);
    for (let i = length; i >= 0; i -= 1) {
      if (i === grownAt || i === grownDropAt) continue;
      const row = i * width;
      for (let j = length; j > grownDropAt; j -= 1) reach[row + j] = old[--read]!;
      for (let j = grownDropAt - 1; j > grownAt; j -= 1) reach[row + j] = old[--read]!;
      for (let j = grownAt - 1; j >= 0; j -= 1) reach[row + j] = old[--read]!;
      reach[row + grownAt] = reach[row + grownDropAt] = -Infinity;
    }
    reach.fill(-Infinity, grownDropAt * width, (grownDropAt + 1) * width);
    reach.fill(-Infinity, grownAt * width, (grownAt + 1) * width);
    this.join(net, grownAt, grownDropAt === grownAt + 1 ? -1 : grownAt + 1, -1, 0);
    this.join(net, grownDropAt, grownDropAt + 1, grownAt, rideLimit[stops[grownAt]! >> 1]!);
    let total = 0;
    for (let i = 1; i < length; i += 1) total += arc[i - 1] = cost[stops[i - 1]! * nodes + stops[i]!]!;
    this.cost = net.otherCar ? total + otherCarCost(net, this) : total;
    this.tellTimes(net);
  }

  /**
   * One more stop in paths that are longest without it: into it from the stop before and from time zero, out of it to the stop behind,
   * to time zero, and back to its pick-up.
   * @param next @param back positions, -1 for none
   */
  private join({ nodes, span, earliest, latest }: Network, at: number, next: number, back: number, limit: number): void {
    const { length, stops, reach } = this;
    const width = length + 1;
    const node = stops[at]!;
    const into = span[stops[at - 1]! * nodes + node]!;
    const opens = earliest[node]!;
    const closes = latest[node]!;
    const out = next === -1 ? -Infinity : span[node * nodes + stops[next]!]!;
    const [own, zeroRow, nextRow, backRow] = [at * width, length * width, Math.max(next, 0) * width, Math.max(back, 0) * width];
    const wayBack = back === -1 ? -Infinity : -limit;
    for (let j = 0; j <= length; j += 1) {
      const byWindow = reach[zeroRow + j]! - closes;
      const onward = reach[nextRow + j]! + out;
      const backward = reach[backRow + j]! + wayBack;
      const longest = byWindow > onward ? byWindow : onward;
      reach[own + j] = longest > backward ? longest : backward;
    }
    reach[own + at] = 0;
    for (let i = 0; i <= length; i += 1) {
      if (i === at) continue;
      const row = i * width;
      const along = reach[row + at - 1]! + into;
      const byWindow = reach[row + length]! + opens;
      const there = along > byWindow ? along : byWindow;
      reach[row + at] = there;
      // Whoever gains nothing at the first stops after it gains nothing behind them.
      if (there - closes <= reach[row + length]! && there + out <= reach[row + Math.max(next, 0)]! && there + wayBack <= reach[row + Math.max(back, 0)]!) continue;
      for (let j = 0; j <= length; j += 1) {
        const through = there + reach[own + j]!;
        if (through > reach[row + j]!) reach[row + j] = through;
      }
    }
  }

  /** One more demand `begin(to) - begin(from) >= least`, and all that follows from it. */
  private demand(from: number, to: number, least: number): boolean {
    const { length, reach } = this;
    const width = length + 1;
    const target = to * width;
    if (reach[target + from]! + least > EPSILON) return false;
    if (least <= reach[from * width + to]!) return true;
    for (let i = 0; i <= length; i += 1) {
      const row = i * width;
      const through = reach[row + from]! + least;
      if (through <= reach[row + to]!) continue;
      for (let j = 0; j <= length; j += 1) {
        const longer = through + reach[target + j]!;
        if (longer > reach[row + j]!) reach[row + j] = longer;
      }
    }
    return true;
  }

  private makeRoom(): void {
    const { length } = this;
    if (this.stops.length < length) {
      const stops = new Int32Array(2 * length);
      stops.set(this.stops);
      this.stops = stops;
      this.aboard = new Uint8Array(2 * length);
      this.loads = new Float64Array(6 * length);
      this.early = new Float64Array(2 * length);
      this.late = new Float64Array(2 * length);
      this.arc = new Float64Array(2 * length);
    }
    const entries = (length + 1) * (length + 1);
    if (this.reach.length < entries) {
      const reach = new Float64Array(2 * entries);
      reach.set(this.reach);
      this.reach = reach;
    }
  }
}
