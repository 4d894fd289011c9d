import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { PolicyVersion } from '../../policy/index.ts';

type Db = QueryExecutorProvider;

/** One version as it is kept: its life, and the text that people wrote. */
export interface KeptPolicy {
  readonly life: PolicyVersion;
  readonly text: string;
}

export interface KeptRules {
  readonly edition: number;
  readonly version: string;
  readonly text: string;
}

/** Whoever changes what policies there are queues here, on every server: each sees what the one before has done. */
export async function lockPolicies(db: Db, city: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${city} policies`}, 0))`.execute(db);
}

/** In the order in which they were drafted; all of them when no states are named. */
export async function listKept(db: Db, city: string, states?: readonly PolicyVersion['state'][]): Promise<readonly KeptPolicy[]> {
  const { rows } = await sql<KeptPolicy>`select life, text from policy
    where city = ${city} and (${states ?? null}::text[] is null or state = any(${states ?? null}::text[]))
    order by (life ->> 'draftedAt')::bigint, id, version`.execute(db);
  return rows;
}

export async function findKept(db: Db, city: string, id: string, version: string): Promise<KeptPolicy | undefined> {
  const { rows: [row] } = await sql<KeptPolicy>`select life, text from policy
    where city = ${city} and id = ${id} and version = ${version}`.execute(db);
  return row;
}

/** How often something was adopted in this city; grows by one each time. */
export async function readEdition(db: Db, city: string): Promise<number> {
  const { rows: [row] } = await sql<{ edition: number }>`select greatest(
      (select coalesce(max(edition), 0) from policy where city = ${city}),
      (select coalesce(max(edition), 0) from standing_rules where city = ${city})) as edition`.execute(db);
  return row!.edition;
}

/** @param edition of an adoption, the next one, taken behind the lock; what was adopted before keeps its own */
export async function storePolicy(db: Db, city: string, { life, text }: KeptPolicy, edition?: number): Promise<void> {
  const { id, version, state } = life;
  await sql`insert into policy (city, id, version, state, edition, text, life)
    values (${city}, ${id}, ${version}, ${state},
      coalesce(${edition ?? null}::bigint, (select edition from policy where city = ${city} and id = ${id} and version = ${version})), ${text}, ${JSON.stringify(life)}::jsonb)
    on conflict (city, id, version) do update set state = excluded.state, edition = excluded.edition, life = excluded.life`.execute(db);
}

/** The last standing rules that could be read; those of a version, when one is named. */
export async function findRules(db: Db, city: string, version?: string): Promise<KeptRules | undefined> {
  const { rows: [row] } = await sql<KeptRules>`select edition, version, text from standing_rules
    where city = ${city} and (${version ?? null}::text is null or version = ${version ?? null})
    order by edition desc limit 1`.execute(db);
  return row;
}

export async function storeRules(db: Db, city: string, rules: KeptRules, at: Instant): Promise<void> {
  await sql`insert into standing_rules (city, edition, version, text, kept_at)
    values (${city}, ${rules.edition}, ${rules.version}, ${rules.text}, ${at})`.execute(db);
}
