import type { Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Consult } from './consult.ts';

export interface ConsultTables {
  consult: {
    city: string; id: string; incident: string; version: number; asked_from: string; asked_of: string; due_at: number;
    answered_at: number | null; taken_by: string | null; journey: string | null; consult: Consult;
  };
}
type Db = Kysely<ConsultTables>;

const projected = (consult: Consult) => ({
  asked_from: consult.askedFrom, asked_of: consult.askedOf, due_at: consult.dueAt, answered_at: consult.answer?.at ?? null,
  taken_by: consult.taken?.by ?? null, journey: consult.journey ?? null, consult: JSON.stringify(consult) as unknown as Consult,
});

export async function addConsult(db: Db, city: string, incident: string, consult: Consult): Promise<void> {
  await db.insertInto('consult').values({ city, id: consult.id, incident, version: 1, ...projected(consult) }).execute();
}

/** @param institution who asks or is asked; undefined for whoever answers for the whole city */
export async function findConsult(db: Db, city: string, id: string, institution: string | undefined): Promise<{ consult: Consult; version: number } | undefined> {
  return db.selectFrom('consult').select(['consult', 'version']).where('city', '=', city).where('id', '=', id)
    .$if(institution !== undefined, (query) => query.where((where) => where.or([where('asked_from', '=', institution!), where('asked_of', '=', institution!)])))
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
    .$if(institution !== undefined, (query) => query.where((where) => where.or([where('asked_from', '=', institution!), where('asked_of', '=', institution!)])))
    .orderBy('due_at').limit(500).execute();
  return rows.map(({ consult }) => consult);
}

export async function listLate(db: Db, city: string, at: Instant): Promise<readonly { consult: Consult; version: number }[]> {
  return db.selectFrom('consult').select(['consult', 'version']).where('city', '=', city).where('answered_at', 'is', null)
    .where('due_at', '<=', at).orderBy('due_at').limit(100).execute();
}
