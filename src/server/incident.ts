import { sql, type Kysely, type QueryExecutorProvider } from 'kysely';
import { clockTime, formatInstant, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { exerciseOffset } from './clock.ts';

/** One period of restrictions, or one exercise of it. What was collected for it is deleted with it. */
export interface Incident {
  readonly id: string;
  readonly name: string;
  readonly policy: string | null;
  readonly clockOffsetMs: number;
  readonly startedAt: Instant;
}

/** The incident that runs in this city; the first start begins one. Two servers that start at once begin the same one. */
export async function currentIncident(db: QueryExecutorProvider, city: City, policy: string | null, demo: boolean): Promise<Incident> {
  const clockOffsetMs = demo ? exerciseOffset(Date.now()) : 0;
  const startedAt = Date.now() + clockOffsetMs;
  const id = `${city.id}-${formatInstant(startedAt).slice(0, 10)}-${clockTime(startedAt).replace(':', '')}`;
  await sql`insert into incident (city, id, name, policy, clock_offset_ms, started_at)
    values (${city.id}, ${id}, ${demo ? 'Exercise' : 'Incident'}, ${policy}, ${clockOffsetMs}, ${startedAt})
    on conflict do nothing`.execute(db);
  const { rows: [incident] } = await sql<Incident>`
    select id, name, policy, clock_offset_ms as "clockOffsetMs", started_at as "startedAt"
    from incident where city = ${city.id} and ended_at is null`.execute(db);
  if (!incident) throw new Error(`no incident runs in ${city.id}`);
  return incident;
}

/** Tables that name the journey they belong to. */
const OF_JOURNEY = ['event', 'errand', 'idempotency', 'outbox', 'car_booking', 'booking', 'pass'] as const;
/** Tables that name the incident itself; `journey` last, because the others are found through it. */
const OF_INCIDENT = ['pass_check', 'audit', 'session', 'call', 'panel_member', 'consult', 'answer', 'journey'] as const;

/**
 * Deletes everything that was collected about people during one incident, and ends it. Nothing that could name a person is
 * left; what stays is that there was an incident, and the city's own things (units, slots), free again.
 */
export async function destroyIncident(db: Kysely<any>, city: string, incident: string, at: Instant): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const journeys = sql`select id from journey where city = ${city} and incident = ${incident}`;
    // What is being played at this moment ends first: whatever it wrote after we looked would stay for ever.
    await sql`${journeys} for update`.execute(trx);
    await sql`update slot set taken = taken - given.seats from (
        select slot as id, count(*)::int as seats from booking
        where city = ${city} and cancelled_at is null and journey in (${journeys}) group by slot) as given
      where slot.city = ${city} and slot.id = given.id`.execute(trx);
    await sql`update unit_state set mission = null, journey = null, since = ${at}
      where city = ${city} and journey in (${journeys})`.execute(trx);
    for (const table of OF_JOURNEY) {
      await sql`delete from ${sql.table(table)} where city = ${city} and journey in (${journeys})`.execute(trx);
    }
    for (const table of OF_INCIDENT) {
      await sql`delete from ${sql.table(table)} where city = ${city} and incident = ${incident}`.execute(trx);
    }
    await sql`update incident set ended_at = ${at} where city = ${city} and id = ${incident} and ended_at is null`.execute(trx);
  });
}
