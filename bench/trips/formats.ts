import { readFileSync } from 'node:fs';
import type { Plan, PlanCar, PlanProblem, PlanRide } from '../../src/trips/index.ts';

/** The published benchmark families, each as a day for the planner: their units stand for seconds and metres alike. */
export const FORMATS = ['pdptw', 'sb', 'darp'] as const;
export type Format = (typeof FORMATS)[number];

/** A problem, and the node number in the file of each ride's two stops. */
export interface Instance {
  readonly problem: PlanProblem;
  readonly pickUps: readonly number[];
  readonly dropOffs: readonly number[];
}

interface Node { readonly x: number; readonly y: number; readonly service: number; readonly load: number; readonly from: number; readonly to: number; readonly partner: number }
type Numbers = readonly number[];

export function readInstance(format: Format, file: string): Instance {
  const text = readFileSync(file, 'utf8');
  if (format === 'sb') return readSartoriBuriol(text);
  const rows = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => line.split(/\s+/).map(Number));
  return format === 'pdptw' ? readLiLim(rows) : readCordeau(rows);
}

/** A plan in the node numbers of the file, depots left out. */
export function routesOf({ problem, pickUps, dropOffs }: Instance, { routes }: Plan): readonly (readonly number[])[] {
  const index = new Map(problem.rides.map(({ ride }, r) => [ride, r]));
  return routes.map(({ stops }) => stops.map(({ ride, kind }) => (kind === 'pickUp' ? pickUps : dropOffs)[index.get(ride)!]!));
}

/** Li & Lim: vehicles first; id x y demand ready due service pickup delivery. */
function readLiLim([header, ...rows]: readonly Numbers[]): Instance {
  const nodes = rows.map(([, x, y, load, from, to, service, , delivery]) => ({ x: x!, y: y!, load: load!, from: from!, to: to!, service: service!, partner: delivery! }));
  const [cars, capacity] = header!;
  return build({ nodes, seconds: euclidean(nodes), cars: cars!, capacity: capacity!, longestRide: Infinity, longestDuty: Infinity, fewestCars: true });
}

/** Sartori & Buriol: travel times in whole minutes on real roads. */
function readSartoriBuriol(text: string): Instance {
  const header = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(text)![1]);
  const [, nodeRows, matrixRows] = /NODES\n([\s\S]*?)\nEDGES\n([\s\S]*?)(?:\nEOF|\s*$)/.exec(text)!;
  const numbers = (rows: string): readonly Numbers[] => rows.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const until = header('ROUTE-TIME');
  const nodes = numbers(nodeRows!).map(([, x, y, load, from, to, service, , delivery]) => ({ x: x!, y: y!, load: load!, from: from!, to: Math.min(to!, until), service: service!, partner: delivery! }));
  const seconds = Float64Array.from(numbers(matrixRows!).flat());
  return build({ nodes, seconds, cars: (nodes.length - 1) / 2, capacity: header('CAPACITY'), longestRide: Infinity, longestDuty: Infinity, fewestCars: true });
}

/** Cordeau and Cordeau & Laporte: distance; fleet, route duration and ride time are limits. */
function readCordeau([header, ...rows]: readonly Numbers[]): Instance {
  const [cars, , longestDuty, capacity, longestRide] = header!;
  const rides = Math.floor((rows.length - 1) / 2);
  const nodes = rows.slice(0, 2 * rides + 1).map(([id, x, y, service, load, from, to]) => ({ x: x!, y: y!, load: load!, from: from!, to: to!, service: service!, partner: id! >= 1 && id! <= rides ? id! + rides : 0 }));
  return build({ nodes, seconds: euclidean(nodes), cars: cars!, capacity: capacity!, longestRide: longestRide!, longestDuty: longestDuty!, fewestCars: false });
}

function euclidean(nodes: readonly Node[]): Float64Array {
  return Float64Array.from(nodes.flatMap((a) => nodes.map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
}

interface Parts { readonly nodes: readonly Node[]; readonly seconds: Float64Array; readonly cars: number; readonly capacity: number; readonly longestRide: number; readonly longestDuty: number; readonly fewestCars: boolean }

function build({ nodes, seconds, cars, capacity, longestRide, longestDuty, fewestCars }: Parts): Instance {
  const [depot] = nodes;
  const pickUps = nodes.flatMap(({ partner }, node) => (node > 0 && partner > 0 ? [node] : []));
  const stop = (place: number): PlanRide['pickUp'] => {
    const { from, to, service } = nodes[place]!;
    return { place, earliestSeconds: from, latestSeconds: to, serviceSeconds: service };
  };
  const seats = (count: number) => ({ seats: count, wheelchairs: 0, stretchers: 0 });
  const car = (index: number): PlanCar => ({
    car: `car ${index + 1}`, startPlace: 0, endPlace: 0, fromSeconds: depot!.from, untilSeconds: depot!.to, capacity: seats(capacity), longestDutySeconds: longestDuty,
  });
  return {
    problem: {
      rides: pickUps.map((node) => ({
        ride: String(node), cohort: 'other', load: seats(nodes[node]!.load), pickUp: stop(node), dropOff: stop(nodes[node]!.partner), longestRideSeconds: longestRide,
      })),
      cars: Array.from({ length: cars }, (_, index) => car(index)),
      travel: { places: nodes.length, seconds },
      decontaminationSeconds: 0, longestLatenessSeconds: 0, fewestCars,
    },
    pickUps,
    dropOffs: pickUps.map((node) => nodes[node]!.partner),
  };
}
