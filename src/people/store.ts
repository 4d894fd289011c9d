import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Notice, NoticeCode } from './notice.ts';

/** A value, or the column of `from` it stands in. */
type Given<T> = T | RawBuilder<unknown>;

export interface OutboxRows {
  readonly city: string;
  /** The request it is about, or the incident, or the moment it is destroyed: one of them, so that nothing told of a person stays for ever. */
  readonly journey?: RawBuilder<unknown>;
  readonly incident?: Given<string>;
  readonly expires?: RawBuilder<unknown>;
  readonly audience: Given<string>;
  readonly code: Given<NoticeCode>;
  readonly facts: Given<Notice['facts']>;
  readonly at: Given<Instant>;
  /** One notice for each row of this, or one. */
  readonly from?: RawBuilder<unknown>;
}

/** The only way into the outbox, also as a part of a larger statement: whoever takes from it finds no code without words. */
export function intoOutbox({ city, journey, incident, expires, audience, code, facts, at, from }: OutboxRows): RawBuilder<unknown> {
  return sql`insert into outbox (city, journey, incident, audience, code, facts, created_at, expires_at)
    select ${city}, ${journey ?? sql`null`}, ${incident ?? sql`null`}, ${audience}, ${code}, ${isColumn(facts) ? facts : sql`${JSON.stringify(facts)}::jsonb`}, ${at}::bigint, ${expires ?? sql`null::timestamptz`}
    ${from === undefined ? sql`` : sql`from ${from}`}`;
}

function isColumn(facts: OutboxRows['facts']): facts is RawBuilder<unknown> {
  return 'compile' in facts;
}

/** Something to be told of what has no request yet; destroyed with its incident. */
export async function notice(db: QueryExecutorProvider, city: string, incident: string, told: Notice, at: Instant): Promise<void> {
  await intoOutbox({ city, incident, ...told, at }).execute(db);
}
