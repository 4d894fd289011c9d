import { sql, type Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { BookableService } from '../appointments/index.ts';
import type { House } from './house.ts';

/**
 * Sessions of standing series are placed again in one run over every unit of the city, not one by one: it is asked for here, in the transaction
 * that closed their chairs. One that runs already looks at them too.
 */
export async function closeSeriesSessions(
  trx: Kysely<any>, { city, incident }: House, units: readonly { readonly institution: string; readonly service: BookableService }[], at: Instant,
): Promise<void> {
  for (const { institution, service } of units) {
    await sql`insert into replacement (city, id, incident, institution, service, state, asked_at, asked_by, reason)
      values (${city.id}, ${`${institution}/${service}/${at}`}, ${incident.id}, ${institution}, ${service}, 'running', ${at}, 'system', 'sessionClosed')
      on conflict do nothing`.execute(trx);
  }
}
