import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { PlanNeed, PlanOutcome, PlanState, PlanView } from '../../panels/index.ts';
import type { Ward } from '../../panels/store.ts';

export interface PlanRow {
  readonly lock: string;
  readonly member: string;
  readonly need: PlanNeed;
  readonly key: string;
  readonly state: PlanState;
  readonly outcome: PlanOutcome | null;
  readonly role: string;
  readonly scope: string;
  readonly dueAt: Instant;
  readonly journey: string | null;
  readonly facts: PlanView['facts'];
}

export const PLAN_COLUMNS = sql`p.lock, p.member, p.need, p.key, p.state, p.outcome, p.owner_role as role, p.owner_scope as scope, p.due_at as "dueAt", p.journey, p.facts`;

export function planView({ lock, member, need, state, outcome, role, scope, dueAt, journey, facts }: PlanRow, at: Instant): PlanView {
  return { lock, member, need, state, ...(outcome && { outcome }), owner: { role, scope }, dueAt, late: state !== 'done' && dueAt < at, ...(journey && { journey }), facts };
}

/** What area locks that stand owe these members and is not done. */
export async function plansOf(db: Kysely<any>, { city, incident }: Ward, members: readonly string[], at: Instant): Promise<ReadonlyMap<string, readonly PlanView[]>> {
  if (members.length === 0) return new Map();
  const { rows } = await sql<PlanRow>`select ${PLAN_COLUMNS} from area_plan p
    where p.city = ${city} and p.incident = ${incident} and p.member = any(${members}::text[]) and p.state <> 'done' order by p.due_at`.execute(db);
  return Map.groupBy(rows.map((row) => planView(row, at)), ({ member }) => member);
}
