import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { ServiceStatus } from '../../city/index.ts';
import type { House } from '../house.ts';
import { displace } from './displace.ts';

const CLOSED_WITH_SERVICE = 'serviceClosed';

/**
 * A service that closes holds none of its sessions meanwhile: whoever booked one is placed again at once, and not when they would set out. What
 * its last report had closed is open again before. Requests whose way leads to a door that is shut now, and series, are asked about by the report
 * itself; of a closure that is announced ahead whoever is booked within it hears now, and not when it begins.
 */
export async function closeSessions(trx: Kysely<any>, house: House, { institution, service, state, since, until }: ServiceStatus, at: Instant): Promise<void> {
  const { city } = house;
  await sql`update slot set closed_at = null, closed_reason = null
    where city = ${city.id} and institution = ${institution} and service = ${service} and closed_reason = ${CLOSED_WITH_SERVICE} and starts_at > ${at}`.execute(trx);
  if (state !== 'closed') return;
  const { rows } = await sql<{ id: string }>`update slot set closed_at = ${at}, closed_reason = ${CLOSED_WITH_SERVICE}
    where city = ${city.id} and institution = ${institution} and service = ${service} and closed_at is null and starts_at > ${at} and starts_at >= ${since}
      and (${until ?? null}::bigint is null or starts_at < ${until ?? null}::bigint) returning id`.execute(trx);
  await displace(house, trx, { slots: rows.map(({ id }) => id), reason: CLOSED_WITH_SERVICE, ...(since <= at && { withoutRequests: true }), at });
}
