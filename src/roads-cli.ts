/** The command body of `greenlane city roads`: an extract in, prepared roads in the data folder out. */
import type { Writable } from 'node:stream';
import { snap, type City, type RoadMap } from './city/index.ts';
import { importRoads, roadsFile } from './city/load.ts';
import { InputProblem, openCity } from './inputs.ts';

export interface RoadsCommand {
  /** An OpenStreetMap extract in PBF format. */
  readonly extract: string;
  /** A name in `cities/`, or a folder. */
  readonly city: string;
  readonly dataDir: string;
}

/** Lines about progress, at most this often. */
const TELL_EVERY_MS = 1_000;
const NAMED_MAX = 10;

/** @returns 0 when the roads are stored; 1 when the extract or the city is refused, and what was stored before stays. */
export async function runCityRoads({ extract, city: named, dataDir }: RoadsCommand, stdout: Writable): Promise<number> {
  const say = (line: string): void => void stdout.write(`${line}\n`);
  let city: City;
  try {
    city = openCity(named);
  } catch (problem) {
    if (!(problem instanceof InputProblem)) throw problem;
    say(problem.message);
    return 1;
  }
  const started = performance.now();
  const tell = teller(say, started);

  const madeAt = new Date().toISOString();
  const made = await importRoads({ extract, city: city.id, bounds: city.bounds, dataDir, madeAt }, (step, share) => tell(`${step} ${percent(share)}`));
  if ('problem' in made) {
    say(`${made.problem.message}. The roads stored before, if any, are kept.`);
    return 1;
  }
  const { map } = made;
  for (const line of summary(map)) say(line);
  for (const line of withoutRoads(map, city)) say(line);
  say(`Stored in ${roadsFile(dataDir, city.id)}, ${((performance.now() - started) / 1_000).toFixed(1)} s.`);
  return 0;
}

function teller(say: (line: string) => void, started: number): (line: string) => void {
  let last = started;
  return (line) => {
    const now = performance.now();
    if (now - last < TELL_EVERY_MS) return;
    last = now;
    say(line);
  };
}

function summary({ network, hierarchy }: RoadMap): string[] {
  const kilometers = network.decimeters.reduce((sum, one) => sum + one, 0) / 10_000;
  const onMain = network.main.reduce((sum, one) => sum + one, 0);
  const deepest = hierarchy.depth.reduce((a, b) => Math.max(a, b), 0);
  return [
    `${network.lon7.length} points, ${network.head.length} pieces of road, ${Math.round(kilometers)} km counted by direction.`,
    `${percent(onMain / network.lon7.length)} of the points are connected in both directions; the rest is not used to enter or leave the roads.`,
    `Prepared: ${hierarchy.upHead.length} edges, ${deepest + 1} levels.`,
  ];
}

/** Places that will go on being estimated: the planner should know before the day, not the dispatcher on it. */
function withoutRoads(map: RoadMap, city: City): string[] {
  const places = [
    ...[...city.institutions.values()].map(({ name, place }) => ({ name, place })),
    ...[...city.stations.values()].map(({ name, place }) => ({ name, place })),
    ...[...city.towns.values()].map(({ name, centre }) => ({ name, place: centre })),
  ];
  const off = places.filter(({ place }) => typeof snap(map, place) === 'string');
  if (off.length === 0) return [`All ${places.length} institutions, stations and town centres lie on roads.`];
  const named = off.slice(0, NAMED_MAX).map(({ name }) => name.en).join(', ');
  const more = off.length > NAMED_MAX ? ` and ${off.length - NAMED_MAX} more` : '';
  return [`${off.length} of ${places.length} institutions, stations and town centres are far from any road of the extract; times there stay estimates: ${named}${more}.`];
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;
