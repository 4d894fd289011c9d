import { sql, type Kysely, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { DESIGNATED_SERVICE } from '../appointments/index.ts';
import { clockTime, formatInstant, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { SYSTEM } from '../people/index.ts';
import { writeAudit } from './audit.ts';
import { exerciseOffset } from './clock.ts';
import { LIVE_LINE } from './live.ts';
import { keepRecord } from './refusals/history.ts';

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
  const day = `${city.id}-${formatInstant(startedAt).slice(0, 10)}-${clockTime(startedAt).replace(':', '')}`;
  // An exercise has the same day each time: one that began at this minute before, and is over, keeps its name.
  await sql`insert into incident (city, id, name, policy, clock_offset_ms, started_at)
    select ${city.id}, ${day}::text || case when before = 0 then '' else '-' || before + 1 end,
      ${demo ? 'Exercise' : 'Incident'}, ${policy}, ${clockOffsetMs}::bigint, ${startedAt}::bigint
    from (select count(*) as before from incident where city = ${city.id} and starts_with(id, ${day})) as named
    on conflict do nothing`.execute(db);
  const { rows: [incident] } = await sql<Incident>`
    select id, name, policy, clock_offset_ms as "clockOffsetMs", started_at as "startedAt"
    from incident where city = ${city.id} and ended_at is null`.execute(db);
  if (!incident) throw new Error(`no incident runs in ${city.id}`);
  return incident;
}

export interface IncidentSummary extends Incident {
  readonly city: string;
  readonly endedAt: Instant | null;
  /** Rows about people that are still kept. */
  readonly rows: number;
}

/** Every incident of every city in this database, latest first. */
export async function listIncidents(db: Kysely<any>): Promise<readonly IncidentSummary[]> {
  const { rows } = await sql<Omit<IncidentSummary, 'rows'>>`
    select city, id, name, policy, clock_offset_ms as "clockOffsetMs", started_at as "startedAt", ended_at as "endedAt"
    from incident order by started_at desc`.execute(db);
  return Promise.all(rows.map(async (incident) => {
    const counts = Object.values(await countRows(db, incident.city, incident.id));
    return { ...incident, rows: counts.reduce((sum, count) => sum + count, 0) };
  }));
}

/** How many rows each table keeps of one incident. */
export async function countRows(db: Kysely<any>, city: string, incident: string): Promise<Readonly<Record<string, number>>> {
  const journeys = sql`select id from journey where city = ${city} and incident = ${incident}`;
  const counts: [string, number][] = [];
  const count = async (table: string, of: RawBuilder<unknown>): Promise<void> => {
    const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} where city = ${city} and ${of}`.execute(db);
    counts.push([table, row!.count]);
  };
  for (const table of OF_JOURNEY) await count(table, ofJourney(table, journeys, incident));
  for (const table of OF_INCIDENT) await count(table, collected(table, incident));
  return Object.fromEntries(counts);
}

/** What was deleted, when and how much, is kept: it names nobody. */
function collected(table: (typeof OF_INCIDENT)[number], incident: string): RawBuilder<unknown> {
  return table === 'audit' ? sql`incident = ${incident} and what <> 'destroyIncident'` : sql`incident = ${incident}`;
}

/** A notice of an appointment has no journey yet, and names the incident itself. */
function ofJourney(table: (typeof OF_JOURNEY)[number], journeys: RawBuilder<unknown>, incident: string): RawBuilder<unknown> {
  return table === 'outbox' ? sql`(journey in (${journeys}) or incident = ${incident})` : sql`journey in (${journeys})`;
}

/** True while a server of any machine is connected to this database: each keeps a line open for live updates. */
export async function isServed(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity
    where datname = current_database() and application_name = ${LIVE_LINE}`.execute(db);
  return rows.length > 0;
}

/** Tables that name the journey they belong to. */
const OF_JOURNEY = ['event', 'errand', 'idempotency', 'outbox', 'custody_incident', 'shared_ride', 'ride', 'pass', 'clinic_visit'] as const;
/** Tables that name the incident itself; `journey` last, because the others are found through it. */
const OF_INCIDENT = [
  'status_matter',
  'counterpart_version',
  'counterpart_area',
  'counterpart_hole',
  'refusal_case',
  'refusal_statement',
  'booking',
  'series',
  'series_session',
  'replacement',
  'pass_check',
  'audit',
  'session',
  'call',
  'call_news',
  'duty_hand_over',
  'duty_matter',
  'duty_line',
  'duty_shift',
  'area_plan',
  'area_lock',
  'panel_knock',
  'panel_member',
  'panel_team',
  'panel_watched',
  'hand_over',
  'consult',
  'answer',
  'restriction',
  'dispatch_mode',
  'car_state',
  'car_position',
  'day_plan',
  'dispensed_medicine',
  'displaced',
  'waiting',
  'expert_shift',
  'expert_rest',
  'expert_visit',
  'pass_issuer',
  'work_pass',
  'journey',
] as const;

/** Every table that is emptied of an incident; a test compares them with the database. */
export const DESTROYED_TABLES: readonly string[] = [...OF_JOURNEY, ...OF_INCIDENT];

/**
 * Deletes everything that was collected about people during one incident, and ends it. Nothing that could name a person is
 * left; what stays is that there was an incident, how much of it was deleted and when, and the city's own things (units,
 * slots), free again.
 * @returns how many rows of each table were deleted
 */
export async function destroyIncident(db: Kysely<any>, city: string, incident: string, at: Instant): Promise<Readonly<Record<string, number>>> {
  return db.transaction().execute(async (trx) => {
    const journeys = sql`select id from journey where city = ${city} and incident = ${incident}`;
    // What is being played at this moment ends first: whatever it wrote after we looked would stay for ever.
    await sql`${journeys} for update`.execute(trx);
    const counts = await countRows(trx, city, incident);
    await sql`update slot set taken = taken - given.seats, taken_kept = taken_kept - given.kept from (
        select slot as id, count(*)::int as seats, (count(*) filter (where kept))::int as kept from booking
        where city = ${city} and incident = ${incident} and state <> 'cancelled' group by slot) as given
      where slot.city = ${city} and slot.id = given.id`.execute(trx);
    // Whom a smaller session had too many of is gone with it.
    await sql`update slot set seats = greatest(taken, seats_to), kept = greatest(taken_kept, least(kept, seats_to)), seats_to = null where city = ${city} and seats_to is not null`.execute(trx);
    // Why a session was closed may be somebody's sentence, where it is no code; and chairs that were given to a cohort are nobody's again.
    await sql`update slot set closed_reason = case when closed_reason ~ '^[A-Za-z]+$' then closed_reason end, cohort = case when schedule is null and service = ${DESIGNATED_SERVICE} and taken = 0 then null else cohort end
      where city = ${city} and (closed_reason is not null or (schedule is null and cohort is not null))`.execute(trx);
    await sql`update unit_state set mission = null, journey = null, since = ${at}
      where city = ${city} and journey in (${journeys})`.execute(trx);
    // Where a crew has been says where people were fetched.
    await sql`update unit_state set place_lon = null, place_lat = null, place_at = null, post = null, shift_ends_at = null,
      out_since = null, out_reason = null, out_until = null where city = ${city}`.execute(trx);
    await keepRecord(trx, city, incident, at);
    for (const table of OF_JOURNEY) {
      await sql`delete from ${sql.table(table)} where city = ${city} and ${ofJourney(table, journeys, incident)}`.execute(trx);
    }
    for (const table of OF_INCIDENT) {
      await sql`delete from ${sql.table(table)} where city = ${city} and ${collected(table, incident)}`.execute(trx);
    }
    await sql`update incident set ended_at = ${at} where city = ${city} and id = ${incident} and ended_at is null`.execute(trx);
    await writeAudit(trx, city, incident, { at, by: SYSTEM, what: 'destroyIncident', facts: counts });
    return counts;
  });
}
