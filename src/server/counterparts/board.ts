import type { Instant } from '../../base/index.ts';
import { counterpartEpoch, counterpartsAt, withCounterparts, type City, type Counterpart } from '../../city/index.ts';
import type { House } from '../house.ts';
import { findSet, latestVersion, type SetsOf } from './store.ts';

/** Who answers for whom at this moment, in memory of every server: the city as everybody here reads it. */
export interface CounterpartBoard {
  readonly of: SetsOf;
  /** The city with the counterparts of now; one object as long as they do not change. */
  city(): City;
  /** 0 while the files hold. */
  version(): number;
  /** Counts every change of who answers until this instant, also where a period begins or ends. Never goes back. */
  turn(at: Instant): number;
  /** The city as its counterparts were at that moment under the version a decision has recorded; undefined when nobody has them any more. */
  cityThen(recorded: string | undefined, at: Instant): Promise<City | undefined>;
  reload(): Promise<void>;
  /** Reads again when another server is ahead. */
  catchUp(): Promise<void>;
}

/** More beginnings and ends of periods than this between two changes no city has. */
const EDGES_MAX = 1_000_000;

export async function openCounterpartBoard(files: City, db: House['db'], incident: string): Promise<CounterpartBoard> {
  const of: SetsOf = { city: files.id, incident };
  let version = 0;
  let city = files;
  const board: CounterpartBoard = {
    of,
    city: () => city,
    version: () => version,
    turn: (at) => version * EDGES_MAX + counterpartEpoch(city, at) + 1,
    async cityThen(recorded, at) {
      const number = versionIn(recorded);
      const rows: readonly Counterpart[] | undefined = number === 0 ? files.counterparts : number === version ? city.counterparts : (await findSet(db, of, number))?.rows;
      return rows && withCounterparts(files, counterpartsAt(rows, at), markOf(number));
    },
    async reload() {
      const next = await findSet(db, of);
      // Two that read at once may come back in the other order.
      if (!next || next.version <= version) return;
      [city, version] = [withCounterparts(files, next.rows, markOf(next.version)), next.version];
    },
    async catchUp() {
      if ((await latestVersion(db, of)) !== version) await board.reload();
    },
  };
  await board.reload();
  return board;
}

/** In the version of a city that a decision has recorded: behind the fingerprint of the files. */
const markOf = (version: number): string => `counterparts-${version}`;

const versionIn = (recorded: string | undefined): number => Number(/\+counterparts-(\d+)$/.exec(recorded ?? '')?.[1] ?? 0);
