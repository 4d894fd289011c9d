import { sql, type Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Consult } from './consult.ts';
import { keyOf, type ExpertLoad, type ExpertShift } from './expert.ts';

export interface ConsultTables {
  consult: {
    city: string; id: string; incident: string; version: number; asked_from: string; asked_of: string; due_at: number;
    answered_at: number | null; taken_by: string | null; taken_of: string | null; asked_expert: string | null; asked_at: number; journey: string | null; consult: Consult;
  };
}
type Db = Kysely<ConsultTables>;

const projected = (consult: Consult) => ({
  asked_from: consult.askedFrom, asked_of: consult.askedOf, due_at: consult.dueAt,
  // What was withdrawn is owed to nobody, and asks nobody again.
  answered_at: consult.answer?.at ?? consult.withdrawn?.at ?? null, taken_by: consult.taken?.by ?? null, taken_of: consult.taken?.of ?? null,
  asked_expert: consult.askedExpert ?? null, asked_at: consult.askedAt, journey: consult.journey ?? null, consult: JSON.stringify(consult) as unknown as Consult,
});

export async function addConsult(db: Db, city: string, incident: string, consult: Consult): Promise<void> {
  await db.insertInto('consult').values({ city, id: consult.id, incident, version: 1, ...projected(consult) }).execute();
}

/** @param institution who asks or is asked; undefined for whoever answers for the whole city */
export async function findConsult(db: Db, city: string, id: string, institution: string | undefined): Promise<{ consult: Consult; version: number } | undefined> {
  return db.selectFrom('consult').select(['consult', 'version']).where('city', '=', city).where('id', '=', id)
    .$if(institution !== undefined, (query) => query.where((where) => where.or([where('asked_from', '=', institution!), where('asked_of', '=', institution!), where('taken_of', '=', institution!)])))
    .executeTakeFirst();
}

/** One conditional write: of two experts who take it, one has it. @returns false when it has moved on since it was read */
export async function saveConsult(db: Db, city: string, version: number, consult: Consult): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('consult').set({ version: version + 1, ...projected(consult) })
    .where('city', '=', city).where('id', '=', consult.id).where('version', '=', version).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** All open ones, however old, and those answered since `since`. */
export async function listConsults(db: Db, city: string, institution: string | undefined, since: Instant): Promise<readonly Consult[]> {
  const rows = await db.selectFrom('consult').select('consult').where('city', '=', city)
    .where((where) => where.or([where('answered_at', 'is', null), where('answered_at', '>=', since)]))
    .$if(institution !== undefined, (query) => query.where((where) => where.or([where('asked_from', '=', institution!), where('asked_of', '=', institution!), where('taken_of', '=', institution!)])))
    // Three days of answers hide no question that waits.
    .orderBy(sql`answered_at is not null`).orderBy('due_at').limit(500).execute();
  return rows.map(({ consult }) => consult);
}

export async function listLate(db: Db, city: string, at: Instant): Promise<readonly { consult: Consult; version: number }[]> {
  return db.selectFrom('consult').select(['consult', 'version']).where('city', '=', city).where('answered_at', 'is', null)
    .where('due_at', '<=', at).orderBy('due_at').limit(100).execute();
}

/** Shifts that are not over at `from`, in the order of their beginning. */
export async function listShifts(db: Db, { city, incident }: Look, from: Instant): Promise<readonly ExpertShift[]> {
  const { rows } = await sql<ExpertShift>`select id, hospital, name, phone, specialties, starts_at as "from", ends_at as "to", on_site as "onSite"
    from expert_shift where city = ${city} and incident = ${incident} and ends_at > ${from} order by starts_at, hospital, name`.execute(db);
  return rows;
}

export interface Look {
  readonly city: string;
  readonly incident: string;
}

export async function addShifts(db: Db, { city, incident }: Look, shifts: readonly ExpertShift[], by: string): Promise<void> {
  await sql`insert into expert_shift (city, id, incident, hospital, name, phone, specialties, starts_at, ends_at, on_site, by_name)
    select ${city}, id, ${incident}, hospital, name, phone, array(select json_array_elements_text(specialties)), "from", "to", "onSite", ${by}
    from json_to_recordset(${JSON.stringify(shifts)}::json) as n(id text, hospital text, name text, phone text, specialties json, "from" bigint, "to" bigint, "onSite" boolean)`.execute(db);
}

/** What had begun ends now, what had not is taken off. @returns the shift as it was, or undefined */
export async function endShift(db: Db, { city, incident }: Look, id: string, hospital: string | undefined, at: Instant): Promise<ExpertShift | undefined> {
  const [found] = (await listShifts(db, { city, incident }, at)).filter((shift) => shift.id === id && (hospital === undefined || shift.hospital === hospital));
  if (!found) return undefined;
  const own = sql`city = ${city} and id = ${id}`;
  await (found.from < at ? sql`update expert_shift set ends_at = ${at} where ${own}` : sql`delete from expert_shift where ${own}`).execute(db);
  return found;
}

/** @param until undefined: they can be asked again */
export async function setRest(db: Db, { city, incident }: Look, { hospital, name }: Pick<ExpertShift, 'hospital' | 'name'>, until: Instant | undefined): Promise<void> {
  await (until === undefined
    ? sql`delete from expert_rest where city = ${city} and incident = ${incident} and hospital = ${hospital} and name = ${name}`
    : sql`insert into expert_rest (city, incident, hospital, name, until) values (${city}, ${incident}, ${hospital}, ${name}, ${until})
        on conflict (city, incident, hospital, name) do update set until = excluded.until`).execute(db);
}

/** How many open questions each expert has, when they were asked last, and until when they rest: of everybody who has any of it. */
export async function loadsOf(db: Db, { city, incident }: Look, at: Instant): Promise<ReadonlyMap<string, ExpertLoad>> {
  const { rows } = await sql<{ hospital: string; name: string; open: number; askedLastAt: Instant | null; restingUntil: Instant | null }>`
    with named as (
      select case when taken_of is not null and taken_of = asked_of then taken_of else asked_of end as hospital,
        case when taken_of is not null and taken_of = asked_of then consult -> 'taken' ->> 'name' else asked_expert end as name, answered_at, asked_at
      from consult where city = ${city} and incident = ${incident})
    select coalesce(n.hospital, r.hospital) as hospital, coalesce(n.name, r.name) as name, coalesce(n.open, 0)::int as open, n.last as "askedLastAt", r.until as "restingUntil"
    from (select hospital, name, count(*) filter (where answered_at is null) as open, max(asked_at) as last from named where name is not null group by hospital, name) n
    full join (select hospital, name, until from expert_rest where city = ${city} and incident = ${incident} and until > ${at}) r on r.hospital = n.hospital and r.name = n.name`.execute(db);
  return new Map(rows.map(({ hospital, name, open, askedLastAt, restingUntil }) => [keyOf({ hospital, name }), {
    open, ...(askedLastAt !== null && { askedLastAt }), ...(restingUntil !== null && { restingUntil }),
  }]));
}
