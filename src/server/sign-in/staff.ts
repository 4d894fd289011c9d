import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Actor, Role, Scope } from '../../people/index.ts';
import type { Proved } from './identity.ts';
import type { SignInTables } from './tables.ts';

type Db = Kysely<SignInTables>;

export interface StaffMember extends Actor {
  readonly email?: string;
  readonly phone?: string;
}

export interface NewStaff {
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

const COLUMNS = ['id', 'name', 'role', 'scope', 'email', 'phone'] as const;

export async function addStaff(db: Db, city: string, staff: NewStaff): Promise<StaffMember> {
  const row = await db.insertInto('staff')
    .values({ city, id: `S${randomUUID()}`, name: staff.name, role: staff.role, scope: staff.scope, email: staff.email ?? null, phone: staff.phone ?? null })
    .returning(COLUMNS).executeTakeFirstOrThrow();
  return memberOf(row);
}

export async function listStaff(db: Db, city: string): Promise<readonly StaffMember[]> {
  const rows = await db.selectFrom('staff').select(COLUMNS).where('city', '=', city).where('active', '=', true).orderBy('name').orderBy('id').execute();
  return rows.map(memberOf);
}

/** Ends the post; sessions begun for it are over with the next request. */
export async function dismissStaff(db: Db, city: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('staff').set({ active: false }).where('city', '=', city).where('id', '=', id).where('active', '=', true).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** All posts of somebody: a doctor may be a family doctor by day and an expert by night, one of them at a time. */
export async function postsOf(db: Db, city: string, { email, phone }: Proved): Promise<readonly StaffMember[]> {
  if (!email && !phone) return [];
  const rows = await db.selectFrom('staff').select(COLUMNS).where('city', '=', city).where('active', '=', true)
    .where((where) => where.or([
      ...(email ? [where(where.fn<string>('lower', ['email']), '=', email.toLowerCase())] : []),
      ...(phone ? [where('phone', '=', phone)] : []),
    ]))
    .orderBy('role').orderBy('id').execute();
  return rows.map(memberOf);
}

/** The first person who may sign in to a new installation, named by whoever starts it; adds all others. */
export async function addFirstStaff(db: Db, city: string, first: Pick<NewStaff, 'email' | 'phone'>): Promise<void> {
  const any = await db.selectFrom('staff').select('id').where('city', '=', city).limit(1).executeTakeFirst();
  if (!any) await addStaff(db, city, { name: 'City command centre', role: 'city', scope: 'city', ...first });
}

function memberOf(row: { id: string; name: string; role: string; scope: string; email: string | null; phone: string | null }): StaffMember {
  const { id, name, role, scope, email, phone } = row;
  return { id, name, role: role as Role, scope, ...(email && { email }), ...(phone && { phone }) };
}
