import { sql, type Kysely } from 'kysely';
import { DAY_MS, type Instant } from '../../base/index.ts';
import type { DutyMatter, HandOver, Shift } from '../../hotline/index.ts';

type Db = Kysely<any>;
export interface LineOf {
  readonly city: string;
  readonly incident: string;
}

/** Who took over when is read so far back: a line whose last signature is older has long been its roster's. */
const BEFORE_MS = 7 * DAY_MS;

/** Shifts of one institution, or of all, from a week before `at` to `to`. */
export async function readShifts(db: Db, { city, incident }: LineOf, at: Instant, to: Instant, institution?: string): Promise<readonly Shift[]> {
  const { rows } = await sql<Record<string, string | null>>`
    select id, institution, starts_at, answers_from, ends_at, duty_person, phone, second_person, second_phone, takes_over_from from duty_shift
    where city = ${city} and incident = ${incident} and ends_at > ${at - BEFORE_MS} and starts_at < ${to} and (${institution ?? null}::text is null or institution = ${institution ?? null})
    order by institution, answers_from`.execute(db);
  return rows.map((row) => ({
    id: row['id']!, institution: row['institution']!, from: Number(row['starts_at']), answersFrom: Number(row['answers_from']), to: Number(row['ends_at']), dutyPerson: row['duty_person']!, phone: row['phone']!,
    ...(row['second_person'] && { secondPerson: row['second_person'] }), ...(row['second_phone'] && { secondPhone: row['second_phone'] }), ...(row['takes_over_from'] && { takesOverFrom: row['takes_over_from'] }),
  }));
}

export async function addShifts(db: Db, { city, incident }: LineOf, shifts: readonly Shift[]): Promise<void> {
  if (shifts.length === 0) return;
  const rows = shifts.map((shift) => ({
    city, incident, id: shift.id, institution: shift.institution, starts_at: shift.from, answers_from: shift.answersFrom, ends_at: shift.to, duty_person: shift.dutyPerson, phone: shift.phone,
    second_person: shift.secondPerson ?? null, second_phone: shift.secondPhone ?? null, takes_over_from: shift.takesOverFrom ?? null,
  }));
  await db.insertInto('duty_shift').values(rows).execute();
}

export async function moveAnswersFrom(db: Db, { city }: LineOf, id: string, answersFrom: Instant): Promise<void> {
  await sql`update duty_shift set answers_from = ${answersFrom} where city = ${city} and id = ${id}`.execute(db);
}

/** Nobody is taken from a shift that has begun: who answered when stays true. @returns false when there is none of that id to come */
export async function removeShift(db: Db, { city, incident }: LineOf, institution: string, id: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from duty_shift where city = ${city} and incident = ${incident} and institution = ${institution} and id = ${id} and starts_at > ${at}
    and not exists (select from duty_hand_over h where h.city = duty_shift.city and h.comes = duty_shift.id and h.done_at is not null)`.execute(db);
  return numAffectedRows === 1n;
}

export async function readHandOvers(db: Db, { city, incident }: LineOf, since: Instant, institution?: string): Promise<readonly (HandOver & { readonly institution: string })[]> {
  const { rows } = await sql<{ goes: string; comes: string; signed: HandOver['signed']; done_at: string | null; institution: string }>`
    select institution, goes, comes, signed, done_at from duty_hand_over where city = ${city} and incident = ${incident} and (done_at is null or done_at > ${since - BEFORE_MS})
      and (${institution ?? null}::text is null or institution = ${institution ?? null}) order by done_at nulls last, goes`.execute(db);
  return rows.map(({ goes, comes, signed, done_at, institution: of }) => ({ institution: of, goes, comes, signed, ...(done_at !== null && { doneAt: Number(done_at) }) }));
}

export async function saveHandOver(db: Db, { city, incident }: LineOf, institution: string, { goes, comes, signed, doneAt }: HandOver): Promise<void> {
  await sql`insert into duty_hand_over (city, incident, institution, goes, comes, signed, done_at)
    values (${city}, ${incident}, ${institution}, ${goes}, ${comes}, ${JSON.stringify(signed)}::jsonb, ${doneAt ?? null})
    on conflict (city, goes, comes) do update set signed = excluded.signed, done_at = excluded.done_at`.execute(db);
}

export async function readMatters(db: Db, { city, incident }: LineOf, institution?: string): Promise<readonly (DutyMatter & { readonly institution: string })[]> {
  const { rows } = await sql<Record<string, string>>`
    select id, institution, kind, starts_at, ends_at, owner_role, owner_scope, due_at, missed_count from duty_matter
    where city = ${city} and incident = ${incident} and (${institution ?? null}::text is null or institution = ${institution ?? null}) order by starts_at`.execute(db);
  return rows.map((row) => ({
    id: row['id']!, institution: row['institution']!, kind: row['kind'] as DutyMatter['kind'], from: Number(row['starts_at']), to: Number(row['ends_at']),
    owner: { role: row['owner_role'] as DutyMatter['owner']['role'], scope: row['owner_scope']! }, dueAt: Number(row['due_at']), missed: Number(row['missed_count']),
  }));
}

export async function readNumbers(db: Db, { city, incident }: LineOf): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ institution: string; public_number: string }>`select institution, public_number from duty_line where city = ${city} and incident = ${incident}`.execute(db);
  return new Map(rows.map(({ institution, public_number }) => [institution, public_number]));
}

/** The line that is reached under a number as it is dialled: spaces, dashes and the country's own code say nothing. */
export async function lineOfNumber(db: Db, { city, incident }: LineOf, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ institution: string }>`select institution from duty_line where city = ${city} and incident = ${incident} and number_digits = ${digitsOf(number)}`.execute(db);
  return rows[0]?.institution;
}

/** @returns false when another line has that number */
export async function nameNumber(db: Db, { city, incident }: LineOf, institution: string, number: string, by: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into duty_line (city, institution, incident, public_number, number_digits, named_at, named_by)
    select ${city}, ${institution}, ${incident}, ${number}, ${digitsOf(number)}, ${at}, ${by}
    where not exists (select from duty_line where city = ${city} and number_digits = ${digitsOf(number)} and institution <> ${institution})
    on conflict (city, institution) do update set incident = excluded.incident, public_number = excluded.public_number, number_digits = excluded.number_digits, named_at = excluded.named_at, named_by = excluded.named_by`.execute(db);
  return numAffectedRows === 1n;
}

/** One roster is changed by one at a time. */
export async function lockRoster(db: Db, { city }: LineOf, institution: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`roster ${city} ${institution}`}, 0))`.execute(db);
}

const digitsOf = (number: string): string => number.replace(/\D/g, '').replace(/^86(?=\d{9,})/, '');
