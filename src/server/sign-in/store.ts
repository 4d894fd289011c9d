import { sql, type Kysely } from 'kysely';
import type { Actor, Role, Scope } from '../../people/index.ts';
import { hashToken, newToken } from './proofs.ts';
import type { SignInTables } from './tables.ts';

type Db = Kysely<SignInTables>;

/** One shift, or one resident's look at their own request. Ends by itself, and at once when it is ended or the post is. */
export interface Session {
  readonly actor: Actor;
  /** The scope the person was posted with; `scope` narrows it to a vehicle chosen for today. */
  readonly post: Scope;
  readonly demo: boolean;
}

export interface NewSession {
  readonly actor: Actor;
  readonly hours: number;
  readonly demo?: boolean;
  readonly staff?: string;
  readonly incident?: string;
}

/** @returns the token for the cookie; only its hash is kept */
export async function beginSession(db: Db, city: string, { actor, hours, demo, staff, incident }: NewSession): Promise<string> {
  const token = newToken();
  await db.insertInto('session').values({
    city, token_hash: hashToken(token), incident: incident ?? null, staff: staff ?? null,
    actor_id: actor.id, actor_name: actor.name, role: actor.role, post: actor.scope, scope: actor.scope, demo: demo ?? false,
    ends_at: sql<Date>`now() + make_interval(hours => ${hours})`, ended_at: null,
  }).execute();
  // Those long over are nobody's business any more; a little work at each beginning keeps the table small.
  await db.deleteFrom('session').where('city', '=', city).where('ends_at', '<', sql<Date>`now() - interval '1 day'`).execute();
  return token;
}

/** Asked anew for every request, so that an ended session or a withdrawn post is over everywhere at once. */
export async function findSession(db: Db, city: string, token: string): Promise<Session | undefined> {
  const row = await db.selectFrom('session')
    .leftJoin('staff', (join) => join.onRef('staff.city', '=', 'session.city').onRef('staff.id', '=', 'session.staff'))
    .where('session.city', '=', city).where('session.token_hash', '=', hashToken(token))
    .where('session.ended_at', 'is', null).where('session.ends_at', '>', sql<Date>`now()`)
    .where((where) => where.or([where('session.staff', 'is', null), where('staff.active', '=', true)]))
    .select(['actor_id', 'actor_name', 'session.role', 'post', 'session.scope', 'demo'])
    .executeTakeFirst();
  return row && {
    actor: { id: row.actor_id, name: row.actor_name, role: row.role as Role, scope: row.scope },
    post: row.post,
    demo: row.demo,
  };
}

export async function endSession(db: Db, city: string, token: string): Promise<void> {
  await db.updateTable('session').set({ ended_at: sql<Date>`now()` })
    .where('city', '=', city).where('token_hash', '=', hashToken(token)).where('ended_at', 'is', null).execute();
}

/**
 * Every open look at one request, when the link has come into wrong hands.
 * @param except the session that asks for it, which goes on
 */
export async function endSessionsOf(db: Db, city: string, scope: Scope, except = ''): Promise<void> {
  await db.updateTable('session').set({ ended_at: sql<Date>`now()` })
    .where('city', '=', city).where('scope', '=', scope).where('token_hash', '<>', hashToken(except)).where('ended_at', 'is', null).execute();
}

export async function moveSession(db: Db, city: string, token: string, scope: Scope): Promise<void> {
  await db.updateTable('session').set({ scope })
    .where('city', '=', city).where('token_hash', '=', hashToken(token)).execute();
}

/** Made once for this installation, the same for every server of it. Never logged. */
export async function secretFor(db: Db, city: string, name: string): Promise<string> {
  await db.insertInto('secret').values({ city, name, value: newToken() }).onConflict((conflict) => conflict.doNothing()).execute();
  const row = await db.selectFrom('secret').select('value').where('city', '=', city).where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}
