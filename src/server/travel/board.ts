import { HOUR_MS, type Instant, type Place } from '../../base/index.ts';
import {
  driveMatrix, estimateSeconds, isLiveOrComing, lastTurn, NO_DRIVE, roadLines, roadsMet, secondsOn, snap, standsAt, travelTables, travelTime,
  type City, type DrawnRestriction, type NoTravel, type Profile, type Restriction, type RoadTravel, type TravelEstimate, type TravelSeconds, type TravelTables,
} from '../../city/index.ts';
import type { OpenRoads } from '../../city/load.ts';
import { listRestrictions } from '../../city/store.ts';
import type { House } from '../house.ts';
import { watchRoads, type RoadsShown } from './road-file.ts';
import { previewOf, type TravelPreview } from './preview.ts';

/** How far everything is at this moment, in memory of every server: decisions read it, and no request waits for a query. */
export interface TravelBoard {
  /** From every town to every institution; undefined without roads. */
  tables(): TravelTables | undefined;
  /** How far everything was at that hour, with what stood on the roads then, on the roads of now; undefined without roads. */
  tablesAt(at: Instant): Promise<TravelTables | undefined>;
  readonly seconds: TravelSeconds;
  /** With the line for the map. */
  travel(from: Place, to: Place, at: Instant, profile: Profile): RoadTravel | TravelEstimate | NoTravel;
  /** Seconds from each to each as an ambulance drives, by rows of `from`; Infinity where every road is closed. */
  ambulanceMatrix(from: readonly Place[], to: readonly Place[], at: Instant): Promise<Float64Array>;
  permitCarMatrix(from: readonly Place[], to: readonly Place[], at: Instant): Promise<Float64Array>;
  /** On how many pieces of road it stands; undefined without roads. */
  roadsMet(restriction: Restriction): number | undefined;
  /** The roads themselves, for the map; undefined without roads. */
  lines(bounds: City['bounds'], max: number): ReturnType<typeof roadLines> | undefined;
  /** What it would change if it stood there now; undefined without roads. */
  preview(restriction: Restriction): Promise<TravelPreview | undefined>;
  /** In force or still to come. */
  restrictions(): readonly DrawnRestriction[];
  /** Ended or over, the latest first. */
  past(): readonly DrawnRestriction[];
  /** When what holds on the roads changed last, of the picture that is being answered from; 0 when it never did, or without roads. */
  turn(): Instant;
  /** Which roads these are, or why there are none. */
  roads(): RoadsShown;
  /** Somebody drew or ended one. When this resolves, it counts here. */
  reload(): Promise<void>;
  /** Lets those begin and end whose time has come, follows the hour, and takes roads that were imported meanwhile. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

type Given = Pick<House, 'city' | 'db' | 'clock' | 'log'> & { readonly incident: Pick<House['incident'], 'id'> };

/** One answer to "how far?", whole: a question never sees the roads of one moment and the tables of another. */
interface Picture {
  readonly roads: OpenRoads;
  readonly tables: TravelTables;
  readonly turn: Instant;
  /** What it was made from, to know when it is old. */
  readonly madeFrom: string;
}

/** Without roads, or with a file that cannot be read, the city is served all the same: times are estimates and say so. */
export async function openTravelBoard({ city, db, clock, incident, log }: Given, dataDir: string): Promise<TravelBoard> {
  const file = await watchRoads(city.id, dataDir, log);
  let drawn: readonly DrawnRestriction[] = [];
  let picture: Picture | undefined;
  let working: Promise<void> = Promise.resolve();

  const renew = async (): Promise<void> => {
    const roads = file.now();
    if (!roads) return;
    const at = clock.now();
    const inForce = drawn.filter((one) => standsAt(one, at)).map(({ restriction }) => restriction);
    const turn = lastTurn(drawn, at);
    // Speeds change with the hour.
    const madeFrom = [Math.floor(at / HOUR_MS), ...inForce.map(({ id }) => id)].join();
    if (picture?.roads === roads && picture.madeFrom === madeFrom) {
      picture = { ...picture, turn };
      return;
    }
    await roads.restrict(inForce, at);
    const tables = await travelTables(city, roads.live.map, (profile, from, to) =>
      // A table that stays old hides a cordon: without its thread the server pauses and makes it itself.
      roads.matrix(profile, at, from, to).catch(() => driveMatrix(roads.live.times(profile, at), from, to)));
    const before = picture?.roads;
    picture = { roads, tables, turn, madeFrom };
    if (before && before !== roads) await before.close();
  };
  /** One after the other: of two pictures the later one stays. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = working.then(work);
    working = done.catch(() => undefined);
    return done;
  };

  const secondsNow = (): TravelSeconds => (picture ? secondsOn(picture.roads.live) : estimateSeconds);

  const board: TravelBoard = {
    tables: () => picture?.tables,
    tablesAt: async (at) => {
      const roads = picture?.roads;
      const stood = drawn.filter((one) => standsAt(one, at)).map(({ restriction }) => restriction);
      return roads && travelTables(city, roads.live.map, (profile, from, to) => roads.matrix(profile, at, from, to, stood));
    },
    seconds: Object.assign(((from, to, at, kind) => secondsNow()(from, to, at, kind)) satisfies TravelSeconds, { estimates: (from: Place, to: Place) => secondsNow().estimates?.(from, to) ?? false }),
    travel: (from, to, at, profile) => travelTime(picture?.roads.live, from, to, at, profile),
    ambulanceMatrix: (from, to, at) => matrixOf(picture?.roads, 'ambulance', from, to, at),
    permitCarMatrix: (from, to, at) => matrixOf(picture?.roads, 'permitCar', from, to, at),
    roadsMet: (restriction) => picture && roadsMet(picture.roads.live.map, restriction),
    lines: (bounds, max) => picture && roadLines(picture.roads.live.map, bounds, max),
    preview: async (restriction) => picture && previewOf(city, picture.roads, picture.tables, restriction, clock.now()),
    restrictions: () => drawn.filter((one) => isLiveOrComing(one, clock.now())),
    past: () => drawn.filter((one) => !isLiveOrComing(one, clock.now())).reverse(),
    turn: () => picture?.turn ?? 0,
    roads: () => file.shown(),
    reload: () => inTurn(async () => {
      drawn = await listRestrictions(db, city.id, incident.id);
      await renew();
    }),
    tick: () => inTurn(async () => {
      await file.look();
      await renew();
    }),
    async stop() {
      await working;
      await picture?.roads.close();
      await file.now()?.close();
    },
  };
  await board.reload();
  return board;
}

/** Where the roads do not reach, and without them, estimated. */
async function matrixOf(roads: OpenRoads | undefined, kind: 'ambulance' | 'permitCar', from: readonly Place[], to: readonly Place[], at: Instant): Promise<Float64Array> {
  const estimate = (row: number, column: number): number => estimateSeconds(from[row]!, to[column]!, at, kind);
  const rows = new Float64Array(from.length * to.length);
  const driven = roads && await roads.matrix(kind, at, from, to).catch(() => driveMatrix(roads.live.times(kind, at), from, to));
  const onRoads = (places: readonly Place[]): readonly boolean[] => (roads ? places.map((place) => typeof snap(roads.live.map, place) !== 'string') : []);
  const [fromOn, toOn] = [onRoads(from), onRoads(to)];
  for (let row = 0; row < from.length; row += 1) {
    for (let column = 0; column < to.length; column += 1) {
      const index = row * to.length + column;
      const seconds = driven?.[index] ?? NO_DRIVE;
      rows[index] = seconds !== NO_DRIVE ? seconds : fromOn[row] && toOn[column] ? Infinity : estimate(row, column);
    }
  }
  return rows;
}
