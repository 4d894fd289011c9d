/** Reads a city of the JEMSS simulator (folders of CSV files) and call sets for it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { metersBetween, type Place } from '../src/base/index.ts';
import { Roads, type Mode } from './dispatch-roads.ts';

const DAY_SECONDS = 86_400;

/** A place beside the road: where it is, its nearest road node, and how far off the road it lies. */
export interface Spot extends Place {
  readonly node: number;
  readonly offRoadMeters: number;
}

export interface BenchCity {
  readonly roads: Roads;
  readonly stations: readonly Spot[];
  readonly hospitals: readonly Spot[];
  /** Home station of each unit of the city's own fleet. */
  readonly homes: readonly number[];
  readonly offRoadMetersPerSecond: readonly [number, number];
}

export interface BenchCall extends Spot {
  readonly id: number;
  /** 1 is the highest. */
  readonly priority: number;
  readonly calledSeconds: number;
  /** From the call until the dispatcher has it. */
  readonly dispatchDelaySeconds: number;
  readonly onSceneSeconds: number;
  readonly transport: boolean;
  readonly handOverSeconds: number;
}

/** Lights and siren for priorities 1 and 2, ordinary driving for the rest, as in the city's own travel table. */
export const modeOf = (priority: number): Mode => (priority <= 2 ? 0 : 1);

function table(folder: string, name: string, title: string): readonly Readonly<Record<string, string>>[] {
  const file = path.join(folder, name);
  const found = [file, `${file}.gz`].find((each) => existsSync(each));
  if (!found) throw new Error(`${file} is missing: the folder has to hold a city of the JEMSS simulator.`);
  const bytes = readFileSync(found);
  const rows = (found.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split(/\r?\n/).map(cells);
  const head = rows.findIndex(([first]) => first === title) + 1;
  if (head === 0) throw new Error(`${found} has no table called ${title}.`);
  const end = rows.findIndex((row, index) => index > head && row.every((cell) => cell === ''));
  return rows.slice(head + 1, end < 0 ? undefined : end).map((row) => Object.fromEntries(rows[head]!.map((name, i) => [name, row[i] ?? ''])));
}

const cells = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell!);

export function readCity(folder: string): BenchCity {
  const nodes = table(folder, 'travel/roads/nodes.csv', 'nodes').map(({ x, y, offRoadAccess }) => ({ lon: Number(x), lat: Number(y), access: Number(offRoadAccess) === 1 }));
  const arcs = table(folder, 'travel/roads/arcs.csv', 'arcs').map(({ fromNode, toNode, mode_1: siren, mode_2: ordinary }) => ({
    from: Number(fromNode) - 1, to: Number(toNode) - 1, seconds: [Number(siren) * DAY_SECONDS, Number(ordinary) * DAY_SECONDS] as const,
  }));
  const roads = new Roads(nodes, arcs);
  // Stations and hospitals have a drive to the road of their own: only calls are reached off the road.
  const spots = (name: string, title: string): readonly Spot[] =>
    table(folder, name, title).map(({ x, y }) => ({ ...nearestSpot(roads, { lon: Number(x), lat: Number(y) }), offRoadMeters: 0 }));
  const speeds = table(folder, 'travel/travel/travel_1.csv', 'travelModes').map(({ offRoadSpeed }) => (Number(offRoadSpeed) * 1_000) / DAY_SECONDS);
  return {
    roads,
    stations: spots('stations/stations_1.csv', 'stations'),
    hospitals: spots('hospitals/hospitals_1.csv', 'hospitals'),
    homes: table(folder, 'ambulances/ambulances_1.csv', 'ambulances').map(({ stationIndex }) => Number(stationIndex) - 1),
    offRoadMetersPerSecond: [speeds[0]!, speeds[1]!],
  };
}

function nearestSpot(roads: Roads, place: Place): Spot {
  let best: Spot | undefined;
  roads.nodes.forEach((each, node) => {
    const offRoadMeters = metersBetween(place, each);
    if (each.access && offRoadMeters < (best?.offRoadMeters ?? Infinity)) best = { ...place, node, offRoadMeters };
  });
  if (!best) throw new Error('no road node may be entered or left: check offRoadAccess in nodes.csv.');
  return best;
}

const CALL_COLUMNS = ['id', 't_s', 'priority', 'lon', 'lat', 'node', 'offroad_m', 'dispatch_delay_s', 'onscene_s', 'transport', 'handover_s'] as const;

export function readCalls(file: string, roads: Roads): readonly BenchCall[] {
  const [head = [], ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
  const missing = CALL_COLUMNS.filter((name) => !head.includes(name));
  if (missing.length > 0) throw new Error(`${file} lacks the columns ${missing.join(', ')}.`);
  return rows.map((row, index) => {
    const value = (name: (typeof CALL_COLUMNS)[number]): number => {
      const number = Number(row[head.indexOf(name)]?.trim() || NaN);
      if (!Number.isFinite(number)) throw new Error(`${file}:${index + 2} ${name} is not a number.`);
      return number;
    };
    const node = value('node') - 1;
    if (!roads.nodes[node]) throw new Error(`${file}:${index + 2} node ${node + 1} is not in the city's roads.`);
    return {
      id: value('id'), calledSeconds: value('t_s'), priority: value('priority'), lon: value('lon'), lat: value('lat'), node,
      offRoadMeters: value('offroad_m'), dispatchDelaySeconds: value('dispatch_delay_s'), onSceneSeconds: value('onscene_s'),
      transport: value('transport') === 1, handOverSeconds: value('handover_s'),
    };
  }).sort((a, b) => a.calledSeconds - b.calledSeconds);
}
