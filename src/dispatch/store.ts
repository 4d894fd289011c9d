import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant, Place } from '../base/index.ts';
import type { KnownUnit } from './unit.ts';

type Db = QueryExecutorProvider;

export interface UnitClaim {
  readonly unit: string;
  readonly mission: string;
}

/** Units that the city has had since its last change; those known already keep their state. */
export async function addUnits(db: Db, city: string, units: readonly string[], at: Instant): Promise<void> {
  await sql`insert into unit_state (city, unit, since) select ${city}, unit, ${at} from unnest(${units}::text[]) as unit
    on conflict do nothing`.execute(db);
}

interface UnitRow {
  readonly unit: string;
  readonly mission: string | null;
  readonly journey: string | null;
  readonly since: Instant;
  readonly place_lon: number | null;
  readonly place_lat: number | null;
  readonly place_at: Instant | null;
  readonly post: string | null;
  readonly shift_ends_at: Instant | null;
  readonly out_since: Instant | null;
  readonly out_reason: string | null;
  readonly out_until: Instant | null;
}

/** Every unit: free, or on one mission of one journey. The mission is unique, and so nobody's twice. */
export async function listUnits(db: Db, city: string): Promise<readonly KnownUnit[]> {
  const { rows } = await sql<UnitRow>`select unit, mission, journey, since, place_lon, place_lat, place_at, post, shift_ends_at, out_since, out_reason, out_until
    from unit_state where city = ${city} order by unit`.execute(db);
  return rows.map((row): KnownUnit => ({
    unit: row.unit, mission: row.mission, journey: row.journey, since: row.since,
    ...(row.place_at !== null && { place: { lon: row.place_lon!, lat: row.place_lat! }, placeAt: row.place_at }),
    ...(row.post !== null && { post: row.post }), ...(row.shift_ends_at !== null && { shiftEndsAt: row.shift_ends_at }),
    ...(row.out_since !== null && { outSince: row.out_since }), ...(row.out_reason !== null && { outReason: row.out_reason }),
    ...(row.out_until !== null && { outUntil: row.out_until }),
  }));
}

/** @returns false when something newer is known: reports arrive late and out of order */
export async function placeUnit(db: Db, city: string, unit: string, { lon, lat }: Place, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`update unit_state set place_lon = ${lon}, place_lat = ${lat}, place_at = ${at}
    where city = ${city} and unit = ${unit} and (place_at is null or place_at < ${at})`.execute(db);
  return numAffectedRows === 1n;
}

/** Where it stands by from now on; its crew sees it. @returns false when there is no such unit */
export async function postUnit(db: Db, city: string, unit: string, post: string | undefined): Promise<boolean> {
  const { numAffectedRows } = await sql`update unit_state set post = ${post ?? null} where city = ${city} and unit = ${unit}`.execute(db);
  return numAffectedRows === 1n;
}

export interface OutOfService {
  readonly reason: string;
  readonly until?: Instant;
}

/** `undefined`: in service again. A mission that runs is not touched by it. @returns false when there is no such unit */
export async function setService(db: Db, city: string, unit: string, out: OutOfService | undefined, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`update unit_state
    set out_since = ${out ? at : null}::bigint, out_reason = ${out?.reason ?? null}, out_until = ${out?.until ?? null}::bigint
    where city = ${city} and unit = ${unit}`.execute(db);
  return numAffectedRows === 1n;
}

/** In service: never left it, or the time it gave is over. */
const inService = (at: Instant) => sql`(out_since is null or out_until <= ${at})`;


/** @returns false when somebody else was faster, or it left service meanwhile */
export async function takeUnit(db: Db, city: string, { unit, mission }: UnitClaim, journey: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`update unit_state set mission = ${mission}, journey = ${journey}, since = ${at}
    where city = ${city} and unit = ${unit} and mission is null and ${inService(at)}`.execute(db);
  return numAffectedRows === 1n;
}

/** Only by the mission that holds it: a late press must not free a unit that is already with the next patient. */
export async function giveUnitBack(db: Db, city: string, { unit, mission }: UnitClaim, at: Instant): Promise<void> {
  await sql`update unit_state set mission = null, journey = null, since = ${at}
    where city = ${city} and unit = ${unit} and mission = ${mission}`.execute(db);
}
