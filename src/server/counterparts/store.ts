import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { Counterpart, CounterpartArea, CounterpartVersion } from '../../city/index.ts';

type Db = QueryExecutorProvider;

/** Whose sets these are. */
export interface SetsOf {
  readonly city: string;
  readonly incident: string;
}

/** A version with all it says. */
export interface StoredSet extends CounterpartVersion {
  readonly rows: readonly Counterpart[];
}

const ABOUT = sql`version, at, json_build_object('name', by_name, 'role', by_role) as by, why, towns, undone_to as "undoneTo"`;

/** The latest, or a named one; undefined while nobody has changed what the city's files say. */
export async function findSet(db: Db, { city, incident }: SetsOf, version?: number): Promise<StoredSet | undefined> {
  const { rows: [row] } = await sql<StoredSet & { undoneTo: number | null }>`select ${ABOUT}, rows from counterpart_version
    where city = ${city} and incident = ${incident} and (${version ?? null}::int is null or version = ${version ?? null})
    order by version desc limit 1`.execute(db);
  return row && withoutNull(row);
}

export async function latestVersion(db: Db, { city, incident }: SetsOf): Promise<number> {
  const { rows: [row] } = await sql<{ version: number }>`select coalesce(max(version), 0) as version from counterpart_version where city = ${city} and incident = ${incident}`.execute(db);
  return row!.version;
}

/** The latest first. */
export async function listVersions(db: Db, { city, incident }: SetsOf, max: number): Promise<readonly CounterpartVersion[]> {
  const { rows } = await sql<CounterpartVersion & { undoneTo: number | null }>`select ${ABOUT} from counterpart_version
    where city = ${city} and incident = ${incident} order by version desc limit ${max}`.execute(db);
  return rows.map(withoutNull);
}

/** @returns false when somebody else has made this version: whoever wrote it looked at the same one */
export async function addSet(db: Db, { city, incident }: SetsOf, { version, rows, towns, why, by, at, undoneTo }: StoredSet & { readonly by: { readonly id: string } }): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into counterpart_version (city, incident, version, rows, towns, why, by_id, by_name, by_role, at, undone_to)
    values (${city}, ${incident}, ${version}, ${JSON.stringify(rows)}::jsonb, ${[...towns]}::text[], ${why}, ${by.id}, ${by.name}, ${by.role}, ${at}, ${undoneTo ?? null})
    on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export async function listAreas(db: Db, { city, incident }: SetsOf): Promise<readonly CounterpartArea[]> {
  const { rows } = await sql<CounterpartArea>`select name, towns from counterpart_area where city = ${city} and incident = ${incident} order by name`.execute(db);
  return rows;
}

export async function saveArea(db: Db, { city, incident }: SetsOf, { name, towns }: CounterpartArea, by: string): Promise<void> {
  await sql`insert into counterpart_area (city, incident, name, towns, by_name) values (${city}, ${incident}, ${name}, ${[...towns]}::text[], ${by})
    on conflict (city, incident, name) do update set towns = excluded.towns, by_name = excluded.by_name`.execute(db);
}

export async function removeArea(db: Db, { city, incident }: SetsOf, name: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from counterpart_area where city = ${city} and incident = ${incident} and name = ${name}`.execute(db);
  return numAffectedRows === 1n;
}

/** Open requests of people who are still at home in these towns. */
export async function countAskedAgain(db: Db, city: string, towns: readonly string[]): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from journey
    where city = ${city} and state = 'open' and town = any(${[...towns]}::text[]) and institution is not null and story #>> '{custody,-1,holder}' = 'home'`.execute(db);
  return row!.count;
}

export interface HoleName {
  readonly town: string;
  readonly service: string;
}

export async function openHoles(db: Db, { city, incident }: SetsOf): Promise<readonly HoleName[]> {
  const { rows } = await sql<HoleName>`select town, service from counterpart_hole where city = ${city} and incident = ${incident} and ended_at is null`.execute(db);
  return rows;
}

/** @returns those nobody knew of yet */
export async function addHoles(db: Db, { city, incident }: SetsOf, holes: readonly HoleName[], at: Instant): Promise<readonly HoleName[]> {
  const { rows } = await sql<HoleName>`insert into counterpart_hole (city, incident, town, service, found_at)
    select ${city}, ${incident}, town, service, ${at}::bigint from jsonb_to_recordset(${JSON.stringify(holes)}::jsonb) as hole(town text, service text)
    on conflict do nothing returning town, service`.execute(db);
  return rows;
}

export async function endHoles(db: Db, { city, incident }: SetsOf, holes: readonly HoleName[], at: Instant): Promise<void> {
  await sql`update counterpart_hole as known set ended_at = ${at} from jsonb_to_recordset(${JSON.stringify(holes)}::jsonb) as hole(town text, service text)
    where known.city = ${city} and known.incident = ${incident} and known.ended_at is null and known.town = hole.town and known.service = hole.service`.execute(db);
}

function withoutNull<T extends { undoneTo?: number | null }>(row: T): T & { undoneTo?: number } {
  const { undoneTo, ...rest } = row;
  return { ...rest, ...(undoneTo !== null && undoneTo !== undefined && { undoneTo }) } as T & { undoneTo?: number };
}
