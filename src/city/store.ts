import { sql, type QueryExecutorProvider } from 'kysely';
import type { ServiceStatus } from './city.ts';

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
