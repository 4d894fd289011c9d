import { sql, type Kysely } from 'kysely';
import { conflict } from '../../people/index.ts';
import { decideRefusal, evolveRefusal, type RefusalCase, type RefusalCaseCommand } from '../../reception/index.ts';
import type { Actor } from '../../people/index.ts';
import type { Instant } from '../../base/index.ts';

type Db = Kysely<any>;

/** Everybody who said that it happened: role, and the name for those who look after the case. */
export interface RefusalReport {
  readonly at: Instant;
  readonly role: string;
  readonly name?: string;
  readonly source: RefusalCase['source'];
  readonly ground?: string;
}

export interface StoredRefusal {
  readonly refusal: RefusalCase;
  readonly district: string;
  readonly incident: string;
  readonly reports: readonly RefusalReport[];
}

export const COLUMNS = sql`refusal, district, incident, reports`;

export async function readRefusal(db: Db, city: string, id: string, lock = false): Promise<StoredRefusal | undefined> {
  const { rows: [row] } = await sql<StoredRefusal>`select ${COLUMNS} from refusal_case where city = ${city} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(db);
  return row;
}

/** Behind its lock. @returns the case after the command */
export async function actOnRefusal(trx: Db, city: string, { refusal }: StoredRefusal, command: RefusalCaseCommand, actor: Actor, at: Instant): Promise<RefusalCase> {
  const decided = decideRefusal(refusal, command, actor, at);
  if (!decided.ok) throw conflict(decided.refusal);
  const after = evolveRefusal(refusal, decided.value, at);
  await sql`update refusal_case set refusal = ${JSON.stringify(after)}::jsonb where city = ${city} and id = ${refusal.id}`.execute(trx);
  return after;
}
