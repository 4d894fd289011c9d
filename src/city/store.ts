import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { ServiceStatus } from './city.ts';
import type { DrawnRestriction } from './roads/drawn.ts';

type Db = QueryExecutorProvider;

type Nullable<T> = { [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

/** Every service somebody has reported of, as it was last reported. */
export async function listStatus(db: Db, city: string): Promise<readonly ServiceStatus[]> {
  const { rows } = await sql<Nullable<ServiceStatus>>`
    select institution, service, state, since, until, reason, stand_in as "standIn", reported_by as "reportedBy",
      reported_at as "reportedAt"
    from service_status where city = ${city}`.execute(db);
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as ServiceStatus);
}

/** The later report stands, in whichever order two of them arrive. */
export async function storeStatus(db: Db, city: string, status: ServiceStatus): Promise<void> {
  const { institution, service, state, since, until, reason, standIn, reportedBy, reportedAt } = status;
  await sql`insert into service_status as s (city, institution, service, state, since, until, reason, stand_in, reported_by, reported_at)
    values (${city}, ${institution}, ${service}, ${state}, ${since}, ${until ?? null}, ${reason ?? null}, ${standIn ?? null},
      ${reportedBy}, ${reportedAt})
    on conflict (city, institution, service) do update set state = excluded.state, since = excluded.since, until = excluded.until,
      reason = excluded.reason, stand_in = excluded.stand_in, reported_by = excluded.reported_by, reported_at = excluded.reported_at
    where s.reported_at <= excluded.reported_at`.execute(db);
}

/** Everything an incident has drawn, also what is ended, over or still to come. In the order of their beginning. */
export async function listRestrictions(db: Db, city: string, incident: string): Promise<readonly DrawnRestriction[]> {
  const { rows } = await sql<Nullable<DrawnRestriction>>`select restriction, district, reason, drawn_at as "drawnAt", valid_from as "from",
      valid_to as until, daily, ended_at as "endedAt"
    from restriction where city = ${city} and incident = ${incident} order by valid_from, id`.execute(db);
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as DrawnRestriction);
}

export async function storeRestriction(db: Db, city: string, incident: string, drawn: DrawnRestriction): Promise<void> {
  const { restriction, district, reason, drawnAt, from, until, daily } = drawn;
  await sql`insert into restriction (city, id, incident, district, reason, drawn_at, valid_from, valid_to, daily, restriction)
    values (${city}, ${restriction.id}, ${incident}, ${district}, ${reason}, ${drawnAt}, ${from}, ${until ?? null},
      ${daily ? JSON.stringify(daily) : null}::jsonb, ${JSON.stringify(restriction)}::jsonb)`.execute(db);
}

/** @returns false when it has ended already */
export async function endRestriction(db: Db, city: string, id: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`update restriction set ended_at = ${at} where city = ${city} and id = ${id} and ended_at is null`.execute(db);
  return numAffectedRows === 1n;
}
