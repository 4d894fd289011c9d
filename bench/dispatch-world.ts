/**
 * The truth: units drive on the roads, calls come in, patients are treated and taken to the nearest hospital. After every
 * event the policy is asked, and it sees the `Board` alone: no true time on scene, no call before its dispatcher has it.
 */
import type { BenchCall, BenchCity, Spot } from './dispatch-city.ts';
import { modeOf } from './dispatch-city.ts';
import type { Mode } from './dispatch-roads.ts';

export type Doing = 'idle' | 'returning' | 'toCall' | 'withPatient' | 'cleared';

/** A call that nobody has reached yet, as the dispatcher sees it. */
export interface SeenCall extends Spot {
  readonly id: number;
  readonly priority: number;
  readonly calledSeconds: number;
  readonly unit?: number;
  readonly unitsLost: number;
}

/** Where a unit can be sent from: between two crossings it first drives to the next one. */
export interface Start extends Spot {
  readonly aheadSeconds?: number;
}

export interface SeenUnit {
  readonly id: number;
  readonly doing: Doing;
  readonly call?: SeenCall;
  readonly home: number;
  /** Station it stands at or drives to. */
  readonly station?: number;
}

export interface Board {
  readonly nowSeconds: number;
  readonly city: BenchCity;
  readonly units: readonly SeenUnit[];
  /** Calls nobody has reached, first come first. */
  readonly open: readonly SeenCall[];
  readonly placeOf: (unit: SeenUnit) => Start;
  readonly secondsBetween: (from: Start, to: Spot, mode: Mode) => number;
  /** Driving time from where the unit is now. */
  readonly secondsTo: (unit: SeenUnit, target: Spot, mode: Mode) => number;
}

export type Order =
  | { readonly unit: number; readonly call: number }
  | { readonly unit: number; readonly station: number };

export interface Policy {
  readonly name: string;
  /** Asked again after its orders were carried out, until it has none. */
  readonly orders: (board: Board) => readonly Order[];
}

export interface Outcome {
  readonly priority: number;
  readonly calledSeconds: number;
  readonly responseSeconds: number;
  readonly unitsLost: number;
}

interface Route {
  readonly nodes: readonly number[];
  /** When it is at each node. */
  readonly atSeconds: readonly number[];
  readonly endSeconds: number;
}

interface Call extends BenchCall {
  unit?: number;
  unitsLost: number;
}

interface Unit {
  readonly id: number;
  readonly home: number;
  doing: Doing;
  call?: Call;
  station?: number;
  spot: Spot;
  route?: Route;
  /** Events planned before the last order are void. */
  turn: number;
}

type Happening = { readonly atSeconds: number; readonly order: number; readonly run: () => void };

export interface Day {
  readonly outcomes: readonly Outcome[];
  readonly diversions: number;
  readonly moveUps: number;
  readonly decisions: number;
}

export function play(city: BenchCity, calls: readonly BenchCall[], homes: readonly number[], policy: Policy): Day {
  let now = 0;
  let planned = 0;
  let [diversions, moveUps, decisions] = [0, 0, 0];
  const queue: Happening[] = [];
  const open = new Map<number, Call>();
  const outcomes: Outcome[] = [];
  const units: Unit[] = homes.map((home, id) => ({ id, home, doing: 'idle', station: home, spot: city.stations[home]!, turn: 0 }));

  const plan = (atSeconds: number, run: () => void): void => {
    planned += 1;
    push(queue, { atSeconds, order: planned, run });
  };
  const offRoad = (spot: Spot, mode: Mode): number => spot.offRoadMeters / city.offRoadMetersPerSecond[mode];

  /** A car between two crossings cannot turn on the spot. */
  const placeOf = ({ spot, route }: Unit): Start => {
    const index = route?.atSeconds.findIndex((at) => at >= now) ?? -1;
    if (!route || index < 0) return spot;
    const node = route.nodes[index]!;
    const { lon, lat } = city.roads.nodes[node]!;
    return { lon, lat, node, offRoadMeters: 0, aheadSeconds: route.atSeconds[index]! - now };
  };
  const secondsBetween = (from: Start, to: Spot, mode: Mode): number =>
    (from.aheadSeconds ?? 0) + offRoad(from, mode) + city.roads.secondsTo(to.node, mode)[from.node]! + offRoad(to, mode);
  const drive = (unit: Unit, target: Spot, mode: Mode, arrived: () => void): void => {
    const start = placeOf(unit);
    const road = city.roads.route(start.node, target.node, mode);
    const leaves = now + (start.aheadSeconds ?? 0) + offRoad(start, mode);
    const atSeconds = road.seconds.map((each) => leaves + each);
    unit.route = { nodes: road.nodes, atSeconds, endSeconds: atSeconds.at(-1)! + offRoad(target, mode) };
    unit.spot = target;
    unit.turn += 1;
    const { turn } = unit;
    plan(unit.route.endSeconds, () => {
      if (unit.turn !== turn) return;
      delete unit.route;
      arrived();
    });
  };

  const clear = (unit: Unit): void => {
    delete unit.call;
    unit.doing = 'cleared';
    decide();
  };
  const send = (unit: Unit, call: Call): void => {
    if (unit.doing === 'withPatient') throw new Error(`${policy.name} sends unit ${unit.id} away from its patient`);
    if (unit.call && unit.call !== call) {
      diversions += 1;
      delete unit.call.unit;
      if (call.priority < unit.call.priority) unit.call.unitsLost += 1;
    }
    const before = call.unit === undefined ? undefined : units[call.unit]!;
    if (before && before !== unit) {
      delete before.call;
      before.doing = 'cleared';
      before.turn += 1;
    }
    unit.doing = 'toCall';
    unit.call = call;
    call.unit = unit.id;
    delete unit.station;
    drive(unit, call, modeOf(call.priority), () => {
      open.delete(call.id);
      unit.doing = 'withPatient';
      outcomes.push({ priority: call.priority, calledSeconds: call.calledSeconds, responseSeconds: now - call.calledSeconds, unitsLost: call.unitsLost });
      plan(now + call.onSceneSeconds, () => {
        if (!call.transport) return clear(unit);
        const hospital = nearestOf(city.hospitals, (each) => secondsBetween(call, each, 1));
        drive(unit, hospital, 1, () => plan(now + call.handOverSeconds, () => clear(unit)));
      });
      decide();
    });
  };
  const moveTo = (unit: Unit, station: number): void => {
    if (unit.station === station && unit.doing !== 'cleared') return;
    if (unit.doing === 'idle') moveUps += 1;
    unit.doing = 'returning';
    unit.station = station;
    drive(unit, city.stations[station]!, 1, () => { unit.doing = 'idle'; decide(); });
  };

  const board = (): Board => ({
    nowSeconds: now, city, units, open: [...open.values()], secondsBetween,
    placeOf: ({ id }) => placeOf(units[id]!), secondsTo: ({ id }, target, mode) => secondsBetween(placeOf(units[id]!), target, mode),
  });
  function decide(): void {
    for (let round = 0; ; round += 1) {
      decisions += 1;
      const orders = policy.orders(board());
      for (const order of orders) {
        const unit = units[order.unit]!;
        if ('call' in order) send(unit, open.get(order.call)!);
        else moveTo(unit, order.station);
      }
      if (orders.length === 0) break;
      if (round > 10 * units.length + open.size) throw new Error(`${policy.name} never stops giving orders`);
    }
    for (const unit of units) if (unit.doing === 'cleared') moveTo(unit, unit.home);
  }

  for (const call of calls) {
    plan(call.calledSeconds + call.dispatchDelaySeconds, () => {
      open.set(call.id, { ...call, unitsLost: 0 });
      decide();
    });
  }
  for (let next = pop(queue); next; next = pop(queue)) {
    now = next.atSeconds;
    next.run();
  }
  if (outcomes.length !== calls.length) throw new Error(`${policy.name} left ${calls.length - outcomes.length} calls without a unit`);
  return { outcomes, diversions, moveUps, decisions };
}

function nearestOf(spots: readonly Spot[], seconds: (spot: Spot) => number): Spot {
  return spots.reduce((a, b) => (seconds(b) < seconds(a) ? b : a));
}

const before = (a: Happening, b: Happening): boolean => a.atSeconds < b.atSeconds || (a.atSeconds === b.atSeconds && a.order < b.order);

function push(heap: Happening[], item: Happening): void {
  let place = heap.push(item) - 1;
  for (let parent = (place - 1) >> 1; place > 0 && before(item, heap[parent]!); parent = (place - 1) >> 1) {
    heap[place] = heap[parent]!;
    place = parent;
  }
  heap[place] = item;
}

function pop(heap: Happening[]): Happening | undefined {
  const [top] = heap;
  const last = heap.pop();
  if (!top || !last || heap.length === 0) return top;
  let place = 0;
  for (let child = 1; child < heap.length; child = 2 * place + 1) {
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
    if (!before(heap[child]!, last)) break;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = last;
  return top;
}
