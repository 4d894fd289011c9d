import { sql, type Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import { intoOutbox } from '../people/store.ts';

export interface SignInCode {
  readonly phone: string;
  readonly code: string;
  /** On the city's clock, as all notices. */
  readonly at: Instant;
  /** How long the code opens anything. */
  readonly seconds: number;
}

/** Puts the code where the city's text-message gateway takes it from. It stands nowhere else of ours: not in a log, not in an answer. */
export async function sendSignInCode(db: Kysely<any>, city: string, { phone, code, at, seconds }: SignInCode): Promise<void> {
  await intoOutbox({ city, audience: `phone:${phone}`, code: 'signInCode', facts: { code }, at, expires: sql`now() + make_interval(secs => ${seconds})` }).execute(db);
}

/** Destroys what has had its time, sent or not: an old code helps nobody but whoever collects numbers. */
export async function destroyPassedNotices(db: Kysely<any>, city: string): Promise<void> {
  await sql`delete from outbox where city = ${city} and expires_at <= now()`.execute(db);
}
