import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../base/index.ts';

type Db = QueryExecutorProvider;

export interface BookedWindow {
  readonly car: string;
  readonly ride: string;
  readonly journey: string;
  readonly from: Instant;
  readonly to: Instant;
}

export interface CarClaim {
  readonly car: string;
  readonly ride: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** Cars that are taken at some moment of the window. */
export async function busyCars(db: Db, city: string, from: Instant, to: Instant): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ car: string }>`select distinct car from car_booking
    where city = ${city} and during && int8range(${from}, ${to})`.execute(db);
  return new Set(rows.map(({ car }) => car));
}

/** Windows that have not ended at `at`, in their order. */
export async function windowsFrom(db: Db, city: string, at: Instant): Promise<readonly BookedWindow[]> {
  const { rows } = await sql<BookedWindow>`select car, ride, journey, lower(during) as "from", upper(during) as "to" from car_booking
    where city = ${city} and upper(during) > ${at} order by lower(during)`.execute(db);
  return rows;
}

/** The exclusion constraint decides. @returns false when the car is somebody else's at some moment of the window */
export async function takeCar(db: Db, city: string, { car, ride, from, to }: CarClaim, journey: string): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into car_booking (city, car, ride, journey, during)
    values (${city}, ${car}, ${ride}, ${journey}, int8range(${from}, ${to})) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** What is left of the window from `freeFrom` on belongs to others; a window that has not begun disappears. */
export async function giveCarBack(db: Db, city: string, ride: string, freeFrom: Instant): Promise<void> {
  await sql`delete from car_booking where city = ${city} and ride = ${ride} and lower(during) >= ${freeFrom}`.execute(db);
  await sql`update car_booking set during = int8range(lower(during), ${freeFrom})
    where city = ${city} and ride = ${ride} and upper(during) > ${freeFrom}`.execute(db);
}
