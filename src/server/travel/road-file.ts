import { stat } from 'node:fs/promises';
import { openRoads, roadsFile, type OpenRoads } from '../../city/load.ts';

/** Which roads a server answers from. `refused`: a newer file is there and cannot be used; the roads before it go on being used. */
export type RoadsShown =
  | { readonly travel: 'roads'; readonly extract: string; readonly importedAt: string; readonly points: number; readonly pieces: number; readonly refused?: RoadsProblem }
  | { readonly travel: 'estimate'; readonly because: RoadsProblem };
export type RoadsProblem = 'missing' | 'broken';

export interface RoadFile {
  /** The roads in use. Whoever leaves them for newer ones closes them. */
  now(): OpenRoads | undefined;
  shown(): RoadsShown;
  /** Opens what was imported since; a file that cannot be used never takes away the roads that are there. */
  look(): Promise<void>;
}

/** An import replaces the file whole, so a file that looks different is another one. */
export async function watchRoads(city: string, dataDir: string, log: (line: string) => void): Promise<RoadFile> {
  const path = roadsFile(dataDir, city);
  let roads: OpenRoads | undefined;
  let problem: RoadsProblem | undefined;
  let seen = '';

  const look = async (): Promise<void> => {
    const looks = await stat(path, { bigint: true }).then(({ ino, size, mtimeNs }) => `${ino} ${size} ${mtimeNs}`, () => 'missing');
    if (looks === seen) return;
    seen = looks;
    const opened = await openRoads(path);
    if ('problem' in opened) {
      problem = opened.problem;
      if (roads) log(`The roads in use stay: ${opened.message}`);
      else if (problem === 'broken') log(`Travel times are estimates: ${opened.message}`);
      return;
    }
    if (roads) log(`Roads imported at ${opened.origin.madeAt} are used from now on`);
    roads = opened;
    problem = undefined;
  };
  await look();
  return {
    now: () => roads,
    shown() {
      if (!roads) return { travel: 'estimate', because: problem ?? 'missing' };
      const { origin, live: { map: { network } } } = roads;
      return {
        travel: 'roads', extract: origin.file, importedAt: origin.madeAt, points: network.lon7.length, pieces: network.head.length, ...(problem && { refused: problem }),
      };
    },
    look,
  };
}
