import type { Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import { callState, type Call } from './call.ts';
import type { Shift } from './roster.ts';

export interface HotlineTables {
  call: { city: string; id: string; incident: string; version: number; line: string; district: string | null; state: string; due_at: number | null; rang_at: number; journey: string | null; call: Call };
  duty_shift: { city: string; id: string; institution: string; starts_at: number; ends_at: number; duty_person: string; phone: string; second_person: string | null };
}
type Db = Kysely<HotlineTables>;

/** Whose calls: all of the city, those of a district's lines, or those of one institution's line. */
export type CallScope = { readonly district?: string; readonly line?: string };

const projected = (call: Call) =>
  ({ state: callState(call), due_at: call.callBackDueAt ?? null, journey: call.journey ?? null, call: JSON.stringify(call) as unknown as Call });

export async function addCall(db: Db, city: string, incident: string, district: string | undefined, call: Call): Promise<void> {
  await db.insertInto('call')
    .values({ city, id: call.id, incident, version: 1, line: call.line, district: district ?? null, rang_at: call.ringingAt, ...projected(call) })
    .execute();
}

export async function findCall(db: Db, city: string, id: string, scope: CallScope): Promise<{ call: Call; version: number } | undefined> {
  return db.selectFrom('call').select(['call', 'version']).where('city', '=', city).where('id', '=', id)
    .$if(scope.district !== undefined, (query) => query.where('district', '=', scope.district!))
    .$if(scope.line !== undefined, (query) => query.where('line', '=', scope.line!))
    .executeTakeFirst();
}

/** One conditional write: of two who pick up, one has the call. @returns false when it has moved on since it was read */
export async function saveCall(db: Db, city: string, version: number, call: Call): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('call').set({ version: version + 1, ...projected(call) })
    .where('city', '=', city).where('id', '=', call.id).where('version', '=', version).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Whatever is not over, however old, and what ended since `since`. */
export async function listCalls(db: Db, city: string, scope: CallScope, since: Instant): Promise<readonly Call[]> {
  const rows = await db.selectFrom('call').select('call').where('city', '=', city)
    .where((where) => where.or([where('state', '<>', 'ended'), where('rang_at', '>=', since)]))
    .$if(scope.district !== undefined, (query) => query.where('district', '=', scope.district!))
    .$if(scope.line !== undefined, (query) => query.where('line', '=', scope.line!))
    .orderBy('rang_at', 'desc').limit(500).execute();
  return rows.map(({ call }) => call);
}

export async function listRinging(db: Db, city: string, before: Instant): Promise<readonly { call: Call; version: number }[]> {
  return db.selectFrom('call').select(['call', 'version']).where('city', '=', city).where('state', '=', 'ringing').where('rang_at', '<', before).limit(100).execute();
}

export async function addShift(db: Db, city: string, id: string, shift: Shift): Promise<void> {
  await db.insertInto('duty_shift').values({
    city, id, institution: shift.institution, starts_at: shift.from, ends_at: shift.to,
    duty_person: shift.dutyPerson, phone: shift.phone, second_person: shift.secondPerson ?? null,
  }).execute();
}

export async function listShifts(db: Db, city: string, institution: string, from: Instant, to: Instant): Promise<readonly Shift[]> {
  const rows = await db.selectFrom('duty_shift').selectAll().where('city', '=', city).where('institution', '=', institution)
    .where('ends_at', '>', from).where('starts_at', '<', to).orderBy('starts_at').execute();
  return rows.map((row) => ({
    institution: row.institution, from: Number(row.starts_at), to: Number(row.ends_at), dutyPerson: row.duty_person, phone: row.phone,
    ...(row.second_person && { secondPerson: row.second_person }),
  }));
}
