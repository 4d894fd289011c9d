import type { Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import { contactDue } from './decide.ts';
import type { Member } from './member.ts';

export interface PanelTables {
  panel_member: { city: string; id: string; incident: string; version: number; town: string; due_at: number; member: Member };
}
type Db = Kysely<PanelTables>;

const projected = (member: Member) => ({ town: member.town, due_at: Math.min(contactDue(member).at, Number.MAX_SAFE_INTEGER), member: JSON.stringify(member) as unknown as Member });

/** @returns how many were new; those already known are left as they are */
export async function addMembers(db: Db, city: string, incident: string, members: readonly Member[]): Promise<number> {
  if (members.length === 0) return 0;
  const { numInsertedOrUpdatedRows } = await db.insertInto('panel_member')
    .values(members.map((member) => ({ city, id: member.id, incident, version: 1, ...projected(member) })))
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0);
}

export async function findMember(db: Db, city: string, towns: readonly string[], id: string): Promise<{ member: Member; version: number } | undefined> {
  if (towns.length === 0) return undefined;
  return db.selectFrom('panel_member').select(['member', 'version']).where('city', '=', city).where('id', '=', id).where('town', 'in', towns).executeTakeFirst();
}

/** @returns false when somebody else has spoken with them since they were read */
export async function saveMember(db: Db, city: string, version: number, member: Member): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('panel_member').set({ version: version + 1, ...projected(member) })
    .where('city', '=', city).where('id', '=', member.id).where('version', '=', version).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Members of the towns who are due before `until`, most overdue first. */
export async function listDue(db: Db, city: string, towns: readonly string[], until: Instant): Promise<readonly Member[]> {
  if (towns.length === 0) return [];
  const rows = await db.selectFrom('panel_member').select('member').where('city', '=', city).where('town', 'in', towns).where('due_at', '<', until)
    .orderBy('due_at').limit(1_000).execute();
  return rows.map(({ member }) => member);
}
