import { sql, type Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import { Refused } from '../../people/index.ts';
import type { SignInTables } from './tables.ts';

type Db = Kysely<SignInTables>;

/** Free tries before the pauses begin. An address may be a whole hospital or a caller's desk, a link is one family, a phone one person. */
const FREE_TRIES = { link: 5, address: 100, phone: 5 } as const;
const FIRST_PAUSE_SECONDS = 30;
/** Long enough that ten thousand numbers take months; short enough that a worried daughter is not locked out for the night. */
const PAUSE_SECONDS_MAX = 900;

export type Tried = keyof typeof FREE_TRIES;

/** Neither links nor addresses are kept in the clear. */
function keyOf(kind: Tried, value: string): string {
  return `${kind}:${createHash('sha256').update(value).digest('hex')}`;
}

/**
 * Counts a try before it is looked at: ten thousand at once are ten thousand tries, not one. An hour of quiet forgets them.
 * @throws Refused 429 during a pause; such a try is not counted, so that waiting is enough
 */
export async function takeTry(db: Db, city: string, kind: Tried, value: string): Promise<void> {
  const free = FREE_TRIES[kind];
  const what = keyOf(kind, value);
  const { rows } = await sql<{ failures: number }>`
    insert into sign_in_try as t (city, what, failures, next_at) values (${city}, ${what}, 1, now())
    on conflict (city, what) do update set
      failures = case when t.next_at < now() - interval '1 hour' then 1 else t.failures + 1 end,
      next_at = case when t.failures + 1 < ${free}::int or t.next_at < now() - interval '1 hour' then now() else
        now() + make_interval(secs => least(${PAUSE_SECONDS_MAX}::float8, ${FIRST_PAUSE_SECONDS}::float8 * 2 ^ least(t.failures + 1 - ${free}::int, 10))) end
    where t.next_at <= now()
    returning failures`.execute(db);
  if (rows.length > 0) return;
  const { rows: paused } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from next_at - now()))::int as seconds from sign_in_try where city = ${city} and what = ${what}`.execute(db);
  const seconds = Math.max(1, paused[0]?.seconds ?? 1);
  throw new Refused(429, [{ code: 'tooManyTries', facts: { seconds } }], seconds);
}

/** The same, for whoever must not be told. */
export async function mayTry(db: Db, city: string, kind: Tried, value: string): Promise<boolean> {
  try {
    await takeTry(db, city, kind, value);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** It was them: what they mistyped before does not count against them. */
export async function forgetTries(db: Db, city: string, kind: Tried, value: string): Promise<void> {
  await db.deleteFrom('sign_in_try').where('city', '=', city).where('what', '=', keyOf(kind, value)).execute();
}
