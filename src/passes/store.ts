import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Pass, PassEvent } from './pass.ts';

type Db = QueryExecutorProvider;

/** A pass as the roadblock finds it: by its code, without the story of its bearer. */
export interface PassRow extends Pass {
  readonly journey: string;
}

/** Keeps the checkable copy of what the story says, in the transaction that stores the story. */
export async function storePassEvents(
  db: Db, city: string, journey: string, events: readonly PassEvent[], at: Instant,
): Promise<void> {
  for (const event of events) {
    if (event.type === 'PassIssued') {
      const { id, code, fromTown, toInstitution, validFrom, validTo } = event.pass;
      await sql`insert into pass (city, id, code, journey, valid_from, valid_to, to_institution, from_town, issued_at)
        values (${city}, ${id}, ${code}, ${journey}, ${validFrom}, ${validTo}, ${toInstitution}, ${fromTown}, ${at})`.execute(db);
    } else if (event.type === 'PassRevoked') {
      await sql`update pass set revoked_at = ${at} where city = ${city} and id = ${event.pass} and revoked_at is null`.execute(db);
    }
  }
}

export async function findPass(db: Db, city: string, code: string): Promise<PassRow | undefined> {
  const { rows: [row] } = await sql<Omit<PassRow, 'revoked'> & { revokedAt: Instant | null }>`
    select id, code, journey, from_town as "fromTown", to_institution as "toInstitution", valid_from as "validFrom",
      valid_to as "validTo", issued_at as "issuedAt", revoked_at as "revokedAt"
    from pass where city = ${city} and code = ${code}`.execute(db);
  if (!row) return undefined;
  const { revokedAt, ...pass } = row;
  return revokedAt === null ? pass : { ...pass, revoked: { at: revokedAt, reason: 'revoked' } };
}

export interface PassCheck {
  readonly incident: string;
  readonly pass: string | undefined;
  readonly code: string;
  readonly answer: string;
  readonly at: Instant;
  readonly by: string;
}

/** Each look at a pass is kept: who was stopped, where, and what the officer was told. */
export async function logCheck(db: Db, city: string, { incident, pass, code, answer, at, by }: PassCheck): Promise<void> {
  await sql`insert into pass_check (city, incident, pass, code, answer, at, checked_by)
    values (${city}, ${incident}, ${pass ?? null}, ${code}, ${answer}, ${at}, ${by})`.execute(db);
}
