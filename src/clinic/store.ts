import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Formulary } from './formulary.ts';
import { medicinesLeftOf } from './medicines-left.ts';
import type { DispensedItem } from './prescription.ts';
import type { CloudFigures } from './promise.ts';
import type { CloudService } from './service.ts';
import type { MedicineLeft } from './views.ts';
import type { VisitState } from './visit.ts';

type Db = Kysely<any>;

/** Where a visit lies, as its story says. */
export interface VisitRow {
  readonly journey: string;
  readonly visit: string;
  readonly institution: string;
  readonly service: CloudService;
  readonly state: VisitState;
  readonly acuity: string;
  readonly queuedAt: Instant;
  readonly promisedAt?: Instant;
  readonly doctor?: string;
  readonly takenAt?: Instant;
  readonly returnsAt?: Instant;
  readonly answeredAt?: Instant;
}

/**
 * One row a journey: its visit of today. A part of the one statement that stores the stories (a `with` list, ending in a comma): a visit that
 * no desk lists would be a person nobody calls.
 * @param stored the part of that statement that names the journeys stored by it (column `id`)
 */
export function visitParts(city: string, rows: readonly VisitRow[], stored: RawBuilder<unknown>): RawBuilder<unknown> {
  if (rows.length === 0) return sql``;
  return sql`visits as (
    insert into clinic_visit (city, journey, visit, institution, service, state, acuity, queued_at, promised_at, doctor, taken_at, returns_at, answered_at)
    select ${city}, * from json_to_recordset(${JSON.stringify(rows)}::json) as v(
      journey text, visit text, institution text, service text, state text, acuity text, "queuedAt" bigint, "promisedAt" bigint,
      doctor text, "takenAt" bigint, "returnsAt" bigint, "answeredAt" bigint)
    where journey in (select id from ${stored})
    on conflict (city, journey) do update set visit = excluded.visit, institution = excluded.institution, service = excluded.service,
      state = excluded.state, acuity = excluded.acuity, queued_at = excluded.queued_at, promised_at = excluded.promised_at,
      doctor = excluded.doctor, taken_at = excluded.taken_at, returns_at = excluded.returns_at, answered_at = excluded.answered_at),`;
}

/**
 * The next visit of this desk, most pressing first: by acuity, then what was promised, then who came first. Locked for the caller alone:
 * however many doctors press at once, each gets another one.
 * @param scope whose visits: a scope that covers the journey
 */
export async function lockNextVisit(db: Db, city: string, scope: string, service?: CloudService): Promise<string | undefined> {
  const { rows: [row] } = await sql<{ journey: string }>`select v.journey from clinic_visit v join journey j on j.city = v.city and j.id = v.journey
    where v.city = ${city} and v.state = 'waiting' and j.state = 'open' and j.scopes @> array[${scope}]::text[]
      and (${service ?? null}::text is null or v.service = ${service ?? null})
    order by v.acuity, v.promised_at nulls first, v.queued_at, v.journey limit 1 for update skip locked`.execute(db);
  return row?.journey;
}

/** The next visit as above, also where somebody else is writing to it at this moment: unlocked, so whoever takes it looks again. */
export async function findNextVisit(db: Db, city: string, scope: string, service?: CloudService): Promise<string | undefined> {
  const { rows: [row] } = await sql<{ journey: string }>`select v.journey from clinic_visit v join journey j on j.city = v.city and j.id = v.journey
    where v.city = ${city} and v.state = 'waiting' and j.state = 'open' and j.scopes @> array[${scope}]::text[]
      and (${service ?? null}::text is null or v.service = ${service ?? null})
    order by v.acuity, v.promised_at nulls first, v.queued_at, v.journey limit 1`.execute(db);
  return row?.journey;
}

export async function countHeld(db: Db, city: string, doctor: string): Promise<number> {
  const { rows: [row] } = await sql<{ held: number }>`select count(*)::int as held from clinic_visit where city = ${city} and state = 'taken' and doctor = ${doctor}`.execute(db);
  return row!.held;
}

/** Taken visits whose doctor has given no sign of life for too long. */
export async function listLeftAlone(db: Db, city: string, at: Instant): Promise<readonly { readonly journey: string; readonly returnsAt: Instant }[]> {
  const { rows } = await sql<{ journey: string; returnsAt: Instant }>`select journey, returns_at as "returnsAt" from clinic_visit
    where city = ${city} and state = 'taken' and returns_at <= ${at} order by returns_at limit 100`.execute(db);
  return rows;
}

/** How long an answer counts for what is promised next, and how many of them. */
const ANSWERS_MS = 4 * 3_600_000;
const ANSWERS_MAX = 50;
const AT_WORK_MS = 3_600_000;

/** What a promise is reckoned from, by institution. */
export async function readFigures(db: Db, city: string, at: Instant): Promise<ReadonlyMap<string, CloudFigures>> {
  const { rows } = await sql<{ institution: string; waiting: Record<string, number> | null; doctors: number; minutes: number[] | null }>`
    select i.institution,
      (select json_object_agg(service, waiting) from (select service, count(*)::int as waiting from clinic_visit w
        where w.city = ${city} and w.institution = i.institution and w.state = 'waiting' group by service) as s) as waiting,
      (select count(distinct doctor)::int from clinic_visit d where d.city = ${city} and d.institution = i.institution
        and d.doctor is not null and greatest(d.taken_at, d.answered_at) > ${at - AT_WORK_MS}) as doctors,
      (select json_agg((answered_at - taken_at) / 60000.0) from (select answered_at, taken_at from clinic_visit a
        where a.city = ${city} and a.institution = i.institution and a.answered_at > ${at - ANSWERS_MS} and a.taken_at is not null
        order by answered_at desc limit ${ANSWERS_MAX}) as answers) as minutes
    from (select distinct institution from clinic_visit where city = ${city}) as i`.execute(db);
  return new Map(rows.map(({ institution, waiting, doctors, minutes }) => [institution, {
    at, doctors, waiting: new Map(Object.entries(waiting ?? {}) as [CloudService, number][]), answerMinutes: minutes ?? [],
  }]));
}

/** What left the shelf, for the person it is for. */
export interface DispensedRow extends DispensedItem {
  readonly incident: string;
  readonly journey: string;
  readonly visit: string;
  readonly place: number;
  readonly personKey: string;
}

/** The dispensed medicines of these visits are exactly these: what was spoilt on its way is gone again. */
export async function saveDispensed(db: Db, city: string, visits: readonly string[], rows: readonly DispensedRow[]): Promise<void> {
  await sql`delete from dispensed_medicine where city = ${city} and visit = any(${visits as string[]}::text[])`.execute(db);
  if (rows.length === 0) return;
  await sql`insert into dispensed_medicine (city, incident, journey, visit, place, person_key, medicine, days, quantity, dispensed_at)
    select ${city}, * from json_to_recordset(${JSON.stringify(rows)}::json) as d(
      incident text, journey text, visit text, place integer, "personKey" text, medicine text, days integer, quantity integer, "dispensedAt" bigint)`.execute(db);
}

export async function listDispensed(db: Db, city: string, incident: string, personKeys: readonly string[]): Promise<ReadonlyMap<string, readonly (DispensedItem & { readonly visit: string })[]>> {
  const { rows } = await sql<DispensedItem & { personKey: string; visit: string; quantity: number | null }>`
    select person_key as "personKey", visit, medicine, days, quantity, dispensed_at as "dispensedAt" from dispensed_medicine
    where city = ${city} and incident = ${incident} and person_key = any(${personKeys as string[]}::text[]) order by dispensed_at, place`.execute(db);
  const byPerson = new Map<string, (DispensedItem & { visit: string })[]>();
  for (const { personKey, visit, medicine, days, quantity, dispensedAt } of rows) {
    const item = { visit, medicine, days, dispensedAt, ...(quantity !== null && { quantity }) };
    byPerson.set(personKey, [...(byPerson.get(personKey) ?? []), item]);
  }
  return byPerson;
}

/**
 * Days left of everything that was dispensed to these people during this incident, soonest to end first; a person without a row was
 * dispensed nothing.
 * @param personKeys as `personKey` of the server makes them
 */
export async function medicinesLeft(
  db: Db, { city, incident, formulary }: { readonly city: string; readonly incident: string; readonly formulary: Formulary }, personKeys: readonly string[], at: Instant,
): Promise<ReadonlyMap<string, readonly MedicineLeft[]>> {
  const dispensed = await listDispensed(db, city, incident, personKeys);
  return new Map([...dispensed].map(([person, items]) => [person, medicinesLeftOf(items, formulary, at)]));
}
