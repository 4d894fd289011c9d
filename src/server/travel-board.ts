import { HOUR_MS, within, type Instant, type Place } from '../base/index.ts';
import {
  driveMatrix, estimateSeconds, roadsMet, secondsOn, travelTables, travelTime,
  type City, type NoTravel, type Profile, type Restriction, type RoadTravel, type TravelEstimate, type TravelSeconds, type TravelTables,
} from '../city/index.ts';
import { openRoads, roadsFile, type OpenRoads } from '../city/load.ts';
import { listRestrictions, type DrawnRestriction } from '../city/store.ts';
import type { House } from './house.ts';

/** How far everything is at this moment, in memory of every server: decisions read it, and no request waits for a query. */
export interface TravelBoard {
  /** From every town to every institution; undefined without roads. */
  tables(): TravelTables | undefined;
  readonly seconds: TravelSeconds;
  /** With the line for the map. */
  travel(from: Place, to: Place, at: Instant, profile: Profile): RoadTravel | TravelEstimate | NoTravel;
  /** On how many pieces of road it stands; undefined without roads. */
  roadsMet(restriction: Restriction): number | undefined;
  /** In force or still to come. */
  restrictions(): readonly DrawnRestriction[];
  /** Somebody drew or ended one. When this resolves, it counts here. */
  reload(): Promise<void>;
  /** Lets those begin and end whose time has come, and follows the hour. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

type Given = Pick<House, 'city' | 'db' | 'clock' | 'incident' | 'log'>;

/** Without roads, or with a file that cannot be read, the city is served all the same: times are estimates and say so. */
export async function openTravelBoard({ city, db, clock, incident, log }: Given, dataDir: string): Promise<TravelBoard> {
  const roads = await roadsOf(city, dataDir, log);
  let drawn: readonly DrawnRestriction[] = [];
  let tables: TravelTables | undefined;
  let shown = '';
  let working: Promise<void> = Promise.resolve();

  const apply = async (): Promise<void> => {
    if (!roads) return;
    const at = clock.now();
    const inForce = drawn.filter((one) => within(periodOf(one), at)).map(({ restriction }) => restriction);
    // Speeds change with the hour.
    const wanted = [Math.floor(at / HOUR_MS), ...inForce.map(({ id }) => id)].join();
    if (wanted === shown) return;
    await roads.restrict(inForce, at);
    tables = await travelTables(city, roads.live.map, (profile, from, to) =>
      // A table that stays old hides a cordon: without its thread the server pauses and makes it itself.
      roads.matrix(profile, at, from, to).catch(() => driveMatrix(roads.live.times(profile, at), from, to)));
    shown = wanted;
  };
  /** One after the other: of two pictures the later one stays. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = working.then(work);
    working = done.catch(() => undefined);
    return done;
  };

  const board: TravelBoard = {
    tables: () => tables,
    seconds: roads ? secondsOn(roads.live) : estimateSeconds,
    travel: (from, to, at, profile) => travelTime(roads?.live, from, to, at, profile),
    roadsMet: (restriction) => roads && roadsMet(roads.live.map, restriction),
    restrictions: () => drawn.filter(({ until = Infinity }) => until > clock.now()),
    reload: () => inTurn(async () => {
      drawn = await listRestrictions(db, city.id, incident.id);
      await apply();
    }),
    tick: () => inTurn(apply),
    async stop() {
      await working;
      await roads?.close();
    },
  };
  await board.reload();
  return board;
}

const periodOf = ({ from, until }: DrawnRestriction): { from: Instant; to?: Instant } => ({ from, ...(until !== undefined && { to: until }) });

async function roadsOf(city: City, dataDir: string, log: (line: string) => void): Promise<OpenRoads | undefined> {
  const opened = await openRoads(roadsFile(dataDir, city.id));
  if (!('problem' in opened)) return opened;
  if (opened.problem === 'broken') log(`Travel times are estimates: ${opened.message}`);
  return undefined;
}
