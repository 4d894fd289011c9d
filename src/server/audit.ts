import { sql, type Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';

export interface AuditEntry {
  readonly at: Instant;
  readonly by: { readonly id: string; readonly role: string };
  readonly what: string;
  readonly facts: object;
}

/** An act of office is on record with who did it, in the transaction that does it. */
export async function writeAudit(db: Kysely<any>, city: string, incident: string, { at, by, what, facts }: AuditEntry): Promise<void> {
  await sql`insert into audit (city, incident, at, actor_id, actor_role, what, facts)
    values (${city}, ${incident}, ${at}, ${by.id}, ${by.role}, ${what}, ${JSON.stringify(facts)}::jsonb)`.execute(db);
}
