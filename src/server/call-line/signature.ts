import { createHmac, timingSafeEqual } from 'node:crypto';

/** Minutes a message may be under way, and clocks may differ: a copy that is sent later is refused. */
export const TOLERANCE_SECONDS = 5 * 60;
const ID = /^[\x21-\x7e]{1,200}$/;

export interface SignedHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

export type SignatureProblem = 'webhookHeaderMissing' | 'webhookTimeWrong' | 'webhookSignatureWrong';

/**
 * Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, base64, as `v1,…`; several stand side by side while a secret is
 * exchanged, and so may our secrets.
 *
 * @param secrets the keys that count now, as bytes
 * @param nowSeconds Unix time of this machine, not of an exercise
 * @returns what is wrong; undefined when it comes from whoever holds a secret, unchanged and just now
 */
export function checkSignature({ id, timestamp, signature }: SignedHeaders, body: Uint8Array, secrets: readonly Uint8Array[], nowSeconds: number): SignatureProblem | undefined {
  if (id === undefined || timestamp === undefined || signature === undefined || !ID.test(id)) return 'webhookHeaderMissing';
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return 'webhookTimeWrong';
  const given = signature.split(' ').slice(0, 10).flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []));
  const right = secrets.map((secret) => createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest());
  // Every pair is compared: how long it takes says nothing of which one fits.
  const fits = right.flatMap((mac) => given.map((one) => one.length === mac.length && timingSafeEqual(one, mac)));
  return fits.includes(true) ? undefined : 'webhookSignatureWrong';
}

/** Whoever signs: the header for one message and one secret. */
export function signMessage(id: string, timestamp: number, body: string, secret: Uint8Array): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

const SECRET_BYTES = { least: 24, most: 64 };

/** `whsec_` and base64, two of them with a space between while one replaces the other. @returns undefined when it is none */
export function readSecrets(text: string): readonly Uint8Array[] | undefined {
  const secrets = text.split(/\s+/).filter(Boolean).map((each) => (/^whsec_[A-Za-z0-9+/]+=*$/.test(each) ? Buffer.from(each.slice('whsec_'.length), 'base64') : Buffer.alloc(0)));
  return secrets.length > 0 && secrets.length <= 3 && secrets.every(({ length }) => length >= SECRET_BYTES.least && length <= SECRET_BYTES.most) ? secrets : undefined;
}
