import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../base/index.ts';

type Db = QueryExecutorProvider;

/** Where a unit stands: free, or on one mission of one journey. The mission is unique, and so nobody's twice. */
export interface UnitRow {
  readonly unit: string;
  readonly mission: string | null;
  readonly journey: string | null;
  readonly since: Instant;
}

export interface UnitClaim {
  readonly unit: string;
  readonly mission: string;
}

/** Units that the city has had since its last change; those known already keep their state. */
export async function addUnits(db: Db, city: string, units: readonly string[], at: Instant): Promise<void> {
  await sql`insert into unit_state (city, unit, since) select ${city}, unit, ${at} from unnest(${units}::text[]) as unit
    on conflict do nothing`.execute(db);
}

export async function listUnits(db: Db, city: string): Promise<readonly UnitRow[]> {
  return (await sql<UnitRow>`select unit, mission, journey, since from unit_state where city = ${city} order by unit`.execute(db)).rows;
}

export async function freeUnits(db: Db, city: string): Promise<readonly string[]> {
  const { rows } = await sql<{ unit: string }>`select unit from unit_state where city = ${city} and mission is null`.execute(db);
  return rows.map(({ unit }) => unit);
}

/** @returns false when somebody else was faster */
export async function takeUnit(db: Db, city: string, { unit, mission }: UnitClaim, journey: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`update unit_state set mission = ${mission}, journey = ${journey}, since = ${at}
    where city = ${city} and unit = ${unit} and mission is null`.execute(db);
  return numAffectedRows === 1n;
}

/** Only by the mission that holds it: a late press must not free a unit that is already with the next patient. */
export async function giveUnitBack(db: Db, city: string, { unit, mission }: UnitClaim, at: Instant): Promise<void> {
  await sql`update unit_state set mission = null, journey = null, since = ${at}
    where city = ${city} and unit = ${unit} and mission = ${mission}`.execute(db);
}
