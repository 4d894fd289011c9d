import { sql } from 'kysely';
import { HOUR_MS, SECOND_MS } from '../../base/index.ts';
import { withHandOver, type HandOverSeconds, type TravelTables } from '../../city/index.ts';
import type { House } from '../house.ts';

/** How long ambulances stand at each door, in memory of every server: measured by what crews press. */
export interface HandOverBoard {
  /** Drives of this moment, with the hand-over at their end for ambulances. */
  over(tables: TravelTables | undefined): TravelTables | undefined;
  reload(): Promise<void>;
}

/** Older ones tell of another part of the day. */
const LOOK_BACK_HOURS = 4;
/** One crew that forgot to press must not close a hospital. */
const MEASURED_MIN = 3;
/** Longer than this is a press that was forgotten, not a queue at a door. */
const SECONDS_MAX = 3 * 3_600;

export function handOverBoard({ city, db, clock }: Pick<House, 'city' | 'db' | 'clock'>): HandOverBoard {
  let measured: HandOverSeconds = new Map();
  let made: { readonly from: TravelTables | undefined; readonly measured: HandOverSeconds; readonly tables: TravelTables | undefined } | undefined;
  return {
    over(tables) {
      // The same object as long as nothing changed: what is ranked by it is remembered with it.
      if (made?.from !== tables || made?.measured !== measured) made = { from: tables, measured, tables: withHandOver(city, tables, measured, clock.now()) };
      return made.tables;
    },
    async reload() {
      const { rows } = await sql<{ institution: string; seconds: number }>`
        select institution, percentile_cont(0.5) within group (order by seconds) as seconds from (
          select institution, ((story #>> '{mission,times,handedOver}')::bigint - (story #>> '{mission,times,atDestination}')::bigint) / ${SECOND_MS}::float as seconds
          from journey where city = ${city.id} and pathway = 'emergency' and institution is not null and received_at > ${clock.now() - LOOK_BACK_HOURS * HOUR_MS}
        ) as stood where seconds between 0 and ${SECONDS_MAX} group by institution having count(*) >= ${MEASURED_MIN}`.execute(db);
      const next = new Map(rows.map(({ institution, seconds }) => [institution, Math.round(Number(seconds) / 60) * 60]));
      if (JSON.stringify([...next].sort()) !== JSON.stringify([...measured].sort())) measured = next;
    },
  };
}
