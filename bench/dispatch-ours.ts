/** The product's own `assign`, told what a dispatcher knows. */
import { metersBetween, SECOND_MS } from '../src/base/index.ts';
import { assign, type BoardUnit, type OpenCall, type UnitState } from '../src/dispatch/index.ts';
import type { Acuity } from '../src/triage/index.ts';
import type { BenchCity, Spot } from './dispatch-city.ts';
import type { Board, Order, Policy, SeenCall, SeenUnit, Start } from './dispatch-world.ts';

/** Neighbourhoods: road nodes gathered in squares of this size. */
const SQUARE_METERS = 1_000;
/** Before the first call: half an emergency per unit and hour, spread like the roads, counting as much as this many hours seen. */
const EXPECTED_PER_UNIT_HOUR = 0.5;
const EXPECTED_HOURS = 6;

const ACUITY: Readonly<Record<number, Acuity>> = { 1: 'I', 2: 'II', 3: 'III' };
const STATE: Readonly<Record<SeenUnit['doing'], UnitState>> = {
  idle: 'idle', returning: 'returning', cleared: 'returning', toCall: 'toPatient', withPatient: 'withPatient',
};

interface Square {
  readonly spot: Spot;
  readonly share: number;
  seen: number;
}

export function ours(city: BenchCity, fleet: number): Policy {
  const squares = squaresOf(city);
  const squareOf = new Map<number, Square>();
  const counted = new Set<number>();
  const rides = new Map<number, number>();
  const near = (spot: Spot): Square => {
    let square = squareOf.get(spot.node);
    if (!square) squareOf.set(spot.node, (square = squares.reduce((a, b) => (metersBetween(spot, b.spot) < metersBetween(spot, a.spot) ? b : a))));
    return square;
  };
  const rideSeconds = ({ node }: Spot): number => {
    if (!rides.has(node)) rides.set(node, Math.min(...city.hospitals.map((hospital) => city.roads.secondsTo(hospital.node, 1)[node]!)));
    return rides.get(node)!;
  };

  return {
    name: 'Greenlane',
    orders: (board) => {
      for (const call of board.open) {
        if (call.priority === 1 && !counted.has(call.id)) near(call).seen += 1;
        counted.add(call.id);
      }
      const hours = board.nowSeconds / 3_600;
      const perHour = ({ share, seen }: Square): number => (share * fleet * EXPECTED_PER_UNIT_HOUR * EXPECTED_HOURS + seen) / (EXPECTED_HOURS + hours);
      const { answers, moves } = assign<Start>({
        now: board.nowSeconds * SECOND_MS,
        calls: board.open.map((call) => openCall(call, rideSeconds(call))),
        units: board.units.map((unit) => boardUnit(board, unit)),
        travel: (from, to, urgent) => board.secondsBetween(from, to, urgent ? 0 : 1),
        demand: squares.map((square) => ({ place: square.spot, perHour: perHour(square) })),
        posts: city.stations.map((place, station) => ({ code: String(station), place })),
      });
      const sent = answers.flatMap(({ mission, unit }): Order[] =>
        unit !== undefined && board.units[Number(unit)]!.call?.id !== Number(mission) ? [{ unit: Number(unit), call: Number(mission) }] : []);
      return sent.length > 0 ? sent : moves.filter(({ unit, post }) => board.units[Number(unit)]!.station !== Number(post))
        .map(({ unit, post }) => ({ unit: Number(unit), station: Number(post) }));
    },
  };
}

function openCall(call: SeenCall, rideSeconds: number): OpenCall<Start> {
  return {
    mission: String(call.id), acuity: ACUITY[call.priority] ?? 'IV', place: call, askedAt: call.calledSeconds * SECOND_MS,
    unitsLost: call.unitsLost, rideSeconds, ...(call.unit !== undefined && { unit: String(call.unit) }),
  };
}

function boardUnit(board: Board, unit: SeenUnit): BoardUnit<Start> {
  return {
    unit: String(unit.id), state: STATE[unit.doing], place: board.placeOf(unit), placeAt: board.nowSeconds * SECOND_MS,
    equipment: 'advanced', negativePressure: false, ...(unit.station !== undefined && { post: String(unit.station) }),
  };
}

function squaresOf({ roads }: BenchCity): Square[] {
  const nodes = roads.nodes.map((node, index) => ({ ...node, index })).filter(({ access }) => access);
  const south = Math.min(...nodes.map(({ lat }) => lat));
  const west = Math.min(...nodes.map(({ lon }) => lon));
  const squares = Map.groupBy(nodes, ({ lon, lat }) =>
    `${Math.floor(metersBetween({ lon: west, lat }, { lon, lat }) / SQUARE_METERS)} ${Math.floor(metersBetween({ lon, lat: south }, { lon, lat }) / SQUARE_METERS)}`);
  return [...squares.values()].map((members) => {
    const middle = { lon: members.reduce((sum, { lon }) => sum + lon, 0) / members.length, lat: members.reduce((sum, { lat }) => sum + lat, 0) / members.length };
    const nearest = members.reduce((a, b) => (metersBetween(middle, b) < metersBetween(middle, a) ? b : a));
    return { spot: { lon: nearest.lon, lat: nearest.lat, node: nearest.index, offRoadMeters: 0 }, share: members.length / nodes.length, seen: 0 };
  });
}
