import { sql, type Kysely } from 'kysely';
import { evolveSeries, gapOf, type Series, type SeriesEvent } from '../../appointments/index.ts';
import type { Instant } from '../../base/index.ts';
import type { Owner } from '../../people/index.ts';

type Db = Kysely<any>;

/** A series with what stands beside it: where its person lives and how far the watch has come. */
export interface StoredSeries {
  readonly series: Series;
  readonly incident: string;
  readonly town: string;
  readonly district: string;
  readonly personKey: string;
  readonly gap: 'safe' | 'alarm' | 'red';
  readonly person: object;
  readonly care: object;
}

export async function readSeries(db: Db, city: string, id: string, lock = false): Promise<StoredSeries | undefined> {
  const { rows: [row] } = await sql<StoredSeries>`select series, incident, town, district, person_key as "personKey", gap, person, care from series
    where city = ${city} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(db);
  return row;
}

export interface NewSeries extends Omit<StoredSeries, 'gap'> {
  readonly tokenHash: string;
  readonly phoneProof: string;
  readonly madeBy: string;
}

/** @returns false when this person has a live series of this service already */
export async function addSeries(db: Db, city: string, made: NewSeries, at: Instant): Promise<boolean> {
  const { series, incident, town, district, personKey, person, care, tokenHash, phoneProof, madeBy } = made;
  const { alarmAt, redAt } = gapOf(series, at);
  const { numAffectedRows } = await sql`insert into series (city, id, incident, state, service, institution, cohort, town, district, person_key, last_start_at, alarm_at, red_at,
      series, person, care, token_hash, phone_proof, made_at, made_by)
    values (${city}, ${series.id}, ${incident}, 'active', ${series.service}, ${series.institution}, ${series.cohort}, ${town}, ${district}, ${personKey},
      ${series.lastStartAt ?? null}, ${alarmAt}, ${redAt}, ${JSON.stringify(series)}::jsonb, ${JSON.stringify(person)}::jsonb, ${JSON.stringify(care)}::jsonb,
      ${tokenHash}, ${phoneProof}, ${at}, ${madeBy}) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** What has happened to a series, behind its lock. Back within the safe gap, nobody owes it anything any more. */
export async function tellSeries(db: Db, city: string, before: Series, events: readonly SeriesEvent[], at: Instant): Promise<Series> {
  const series = events.reduce((now: Series, event) => evolveSeries(now, event, at)!, before);
  const { state: gap, alarmAt, redAt } = gapOf(series, at);
  const state = series.ended ? 'ended' : series.paused && series.paused.until > at ? 'paused' : 'active';
  const settled = gap === 'safe' || state !== 'active';
  await sql`update series set version = version + 1, state = ${state}, institution = ${series.institution}, cohort = ${series.cohort}, last_start_at = ${series.lastStartAt ?? null},
      alarm_at = ${alarmAt}, red_at = ${redAt}, series = ${JSON.stringify(series)}::jsonb
      ${settled ? sql`, gap = 'safe', red_journey = null, owner_role = null, owner_scope = null, due_at = null, missed_count = 0` : sql``}
    where city = ${city} and id = ${series.id}`.execute(db);
  return series;
}

/** Nearer the end than anybody has said so far: it has an owner from now on. */
export async function raiseGap(db: Db, city: string, id: string, gap: 'alarm' | 'red', owner: Owner, dueAt: Instant, redJourney?: string): Promise<void> {
  await sql`update series set gap = ${gap}, owner_role = ${owner.role}, owner_scope = ${owner.scope}, due_at = ${dueAt}, red_journey = coalesce(${redJourney ?? null}, red_journey)
    where city = ${city} and id = ${id}`.execute(db);
}

export interface SessionRow {
  readonly series: string;
  readonly startsAt: Instant;
  readonly state: 'booked' | 'notPlaced' | 'begun' | 'over' | 'dropped';
  readonly booking: string | null;
  readonly journey: string | null;
}

export async function listSessions(db: Db, city: string, series: string, from: Instant): Promise<readonly SessionRow[]> {
  const { rows } = await sql<SessionRow>`select series, starts_at as "startsAt", state, booking, journey from series_session
    where city = ${city} and series = ${series} and starts_at >= ${from} order by starts_at for update`.execute(db);
  return rows;
}

/** A session that has its seat. */
export interface SeatedSession {
  readonly series: string;
  readonly startsAt: Instant;
  readonly booking: string;
}

export async function writeSeated(db: Db, city: string, incident: string, sessions: readonly SeatedSession[]): Promise<void> {
  if (sessions.length === 0) return;
  await sql`insert into series_session (city, series, starts_at, incident, state, booking)
    select ${city}, series, "startsAt", ${incident}, 'booked', booking from json_to_recordset(${JSON.stringify(sessions)}::json) as r(series text, "startsAt" bigint, booking text)
    on conflict (city, series, starts_at) do update set state = 'booked', booking = excluded.booking, missing = null, owner_role = null, owner_scope = null, due_at = null, missed_count = 0`.execute(db);
}

/** A session without a seat: by name on somebody's list, with an hour by which it has one. */
export interface UnseatedSession {
  readonly series: string;
  readonly startsAt: Instant;
  readonly missing: string;
  readonly ownerRole: string;
  readonly ownerScope: string;
  readonly dueAt: Instant;
}

export async function writeUnseated(db: Db, city: string, incident: string, sessions: readonly UnseatedSession[]): Promise<void> {
  if (sessions.length === 0) return;
  await sql`insert into series_session (city, series, starts_at, incident, state, missing, owner_role, owner_scope, due_at)
    select ${city}, series, "startsAt", ${incident}, 'notPlaced', missing, "ownerRole", "ownerScope", "dueAt" from json_to_recordset(${JSON.stringify(sessions)}::json)
      as r(series text, "startsAt" bigint, missing text, "ownerRole" text, "ownerScope" text, "dueAt" bigint)
    on conflict (city, series, starts_at) do update set state = 'notPlaced', booking = null, missing = excluded.missing,
      owner_role = case when series_session.state = 'notPlaced' and series_session.owner_role = 'city' then 'city' else excluded.owner_role end,
      owner_scope = case when series_session.state = 'notPlaced' and series_session.owner_role = 'city' then 'city' else excluded.owner_scope end,
      due_at = case when series_session.state = 'notPlaced' then least(series_session.due_at, excluded.due_at) else excluded.due_at end`.execute(db);
}

/** A clinician's word has taken it out of the series. */
export async function dropSessions(db: Db, city: string, series: string, starts: readonly Instant[]): Promise<void> {
  await sql`update series_session set state = 'dropped', missing = null, owner_role = null, owner_scope = null, due_at = null
    where city = ${city} and series = ${series} and starts_at = any(${starts}::bigint[])`.execute(db);
}
