import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid } from '../../people/index.ts';

/** Visible characters: a key is read from logs and typed into tools. */
const KEY = /^[\x21-\x7e]{8,100}$/;

const READS = 'Only reads, with a body because the question is long: it needs no `Idempotency-Key`.';
const SIGN_IN = 'Naturally idempotent, so it needs no `Idempotency-Key`: signing in again only begins another session of the same person.';
const SIGN_OUT = 'Naturally idempotent, so it needs no `Idempotency-Key`: what has ended stays ended.';
const WEBHOOK = 'Standard Webhooks 1.0: `webhook-id` says which message it is, so it needs no `Idempotency-Key`; `webhook-timestamp` and `webhook-signature` (HMAC-SHA256) say from whom and when.';
const NOT_OURS = 'Not part of the interface for programs.';

/** The only POSTs without a key, and why. Everything else, also what is added tomorrow, is refused without one. */
const WITHOUT_KEY: Readonly<Record<string, string>> = {
  '/api/interview': READS, '/api/policies/try': READS, '/api/calls/find': READS, '/api/cloud/preview': READS,
  '/api/my/sign-in': SIGN_IN, '/api/sign-in': SIGN_IN, '/api/demo/sign-in': SIGN_IN, '/api/sign-out': SIGN_OUT,
  '/api/calls/events': WEBHOOK, '/api/auth/*': NOT_OURS, '/demo/:role': NOT_OURS,
};

/** @returns why this POST needs no key; undefined when it does */
export function whyWithoutKey(address: string): string | undefined {
  return Object.hasOwn(WITHOUT_KEY, address) ? WITHOUT_KEY[address] : undefined;
}

/** Refuses every POST that changes something and names no key, before anything else of it is looked at. */
export function askForKeys(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    const { url } = request.routeOptions;
    if (request.method === 'POST' && url !== undefined && whyWithoutKey(url) === undefined) keyOf(request);
  });
}

/** @throws Refused 400 when a change is asked for without a key, because then nobody could send it again safely */
export function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw invalid([{ code: 'idempotencyKeyMissing', field: 'Idempotency-Key' }]);
  return key;
}
