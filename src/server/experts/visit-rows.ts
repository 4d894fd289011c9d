import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { ExpertVisit } from '../../consults/index.ts';
import type { Look } from '../../consults/store.ts';

type Db = Kysely<any>;

export interface Owed {
  readonly role: string;
  readonly scope: string;
  readonly dueAt: Instant;
}
export type StoredVisit = ExpertVisit & { readonly owner?: Owed };

const COLUMNS = sql`id, consult, hospital, institution, district, name, phone, expert, asked_at as "askedAt", leaves_at as "leavesAt", own_way as "ownWay", car, pass,
  left_at as "leftAt", arrived_at as "arrivedAt", returned_at as "returnedAt", called_off as "calledOff", owner_role as "ownerRole", owner_scope as "ownerScope", due_at as "dueAt"`;

type Row = Readonly<Record<string, unknown>> & { readonly ownerRole: string | null; readonly ownerScope: string | null; readonly dueAt: Instant | null };

function visitOf({ ownerRole, ownerScope, dueAt, ...row }: Row): StoredVisit {
  const visit = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as ExpertVisit;
  return dueAt === null ? visit : { ...visit, owner: { role: ownerRole!, scope: ownerScope!, dueAt } };
}

/** What is not over, and what ended since then. */
export async function listVisits(db: Db, { city, incident }: Look, since: Instant): Promise<readonly StoredVisit[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from expert_visit where city = ${city} and incident = ${incident}
    and ((returned_at is null and called_off is null) or coalesce(returned_at, asked_at) > ${since}) order by leaves_at, id limit 500`.execute(db);
  return rows.map(visitOf);
}

/** Locked: whoever else gives a car or says a step waits, and sees it. */
export async function lockVisit(trx: Db, { city, incident }: Look, id: string): Promise<ExpertVisit | undefined> {
  const { rows: [row] } = await sql<Row>`select ${COLUMNS} from expert_visit where city = ${city} and incident = ${incident} and id = ${id} for update`.execute(trx);
  if (!row) return undefined;
  const { owner: _owed, ...visit } = visitOf(row);
  return visit;
}

/** @returns false when that question has a visit already, or that car is lent */
export async function saveVisit(trx: Db, { city, incident }: Look, visit: ExpertVisit, owner: Owed | undefined): Promise<boolean> {
  const { id, consult, hospital, institution, district, name, phone, expert, askedAt, leavesAt, ownWay, car, pass, leftAt, arrivedAt, returnedAt, calledOff } = visit;
  const owed = { owner_role: owner?.role ?? null, owner_scope: owner?.scope ?? null, due_at: owner?.dueAt ?? null };
  const moved = { own_way: ownWay, car: car ?? null, left_at: leftAt ?? null, arrived_at: arrivedAt ?? null, returned_at: returnedAt ?? null, called_off: calledOff ?? null, ...owed };
  const { numInsertedOrUpdatedRows } = await trx.insertInto('expert_visit')
    .values({ city, id, incident, consult, hospital, institution, district, name, phone, expert, asked_at: askedAt, leaves_at: leavesAt, pass, ...moved })
    .onConflict((conflict) => conflict.columns(['city', 'id']).doUpdateSet(moved)).executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
