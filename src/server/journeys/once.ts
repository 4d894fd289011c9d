import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { Refused, type Actor } from '../../people/index.ts';
import { withFreshLooks } from './play.ts';
import { keyOf } from './request-key.ts';

export interface OnceIn {
  readonly db: Kysely<any>;
  readonly city: { readonly id: string };
  /** An answer may name people: it is deleted with the incident. */
  readonly incident: { readonly id: string };
}

/**
 * Does the work of one request once, however often it is sent: in one transaction with the note of its answer, and again from the beginning when
 * PostgreSQL gave it up so that another could go on. The second of
 * two that arrive together waits for the first and gets its answer. Work that is refused leaves no note: it may be sent again.
 * @throws Refused 400 without an `Idempotency-Key`, 422 when the key was used for something else
 */
export async function once<T extends object>(
  { db, city, incident }: OnceIn, request: FastifyRequest, actor: Actor, work: (transaction: Kysely<any>) => Promise<T>,
): Promise<T> {
  const key = keyOf(request);
  const requestHash = createHash('sha256').update(JSON.stringify([request.method, request.url, request.body ?? null])).digest('hex');
  return withFreshLooks(() => db.transaction().execute(async (transaction): Promise<T> => {
    const { numAffectedRows } = await sql`
      insert into answer (city, key, actor, incident, request_hash)
      values (${city.id}, ${key}, ${actor.id}, ${incident.id}, ${requestHash})
      on conflict do nothing`.execute(transaction);
    if (numAffectedRows === 0n) {
      const { rows } = await sql<{ request_hash: string; answer: T | null }>`
        select request_hash, answer from answer where city = ${city.id} and key = ${key} and actor = ${actor.id}`.execute(transaction);
      const [given] = rows;
      if (!given?.answer || given.request_hash !== requestHash) throw new Refused(422, [{ code: 'idempotencyKeyReused', field: 'Idempotency-Key' }]);
      return given.answer;
    }
    const answer = await work(transaction);
    await sql`update answer set answer = ${JSON.stringify(answer)}::jsonb where city = ${city.id} and key = ${key} and actor = ${actor.id}`.execute(transaction);
    return answer;
  }));
}
