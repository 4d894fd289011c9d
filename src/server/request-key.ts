import type { FastifyRequest } from 'fastify';
import { invalid } from '../people/index.ts';

/** Visible characters: a key is read from logs and typed into tools. */
const KEY = /^[\x21-\x7e]{8,100}$/;

/** @throws Refused 400 when a change is asked for without a key, because then nobody could send it again safely */
export function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw invalid([{ code: 'idempotencyKeyMissing', field: 'Idempotency-Key' }]);
  return key;
}
