import type { Instant, Text } from '../base/index.ts';
import { isRevoked } from './revoked.ts';
import { claimsOf, faultOf, jwsIn, type PassClaims } from './signed-pass.ts';

/** One key that signs passes, and whose. A unit that is withdrawn takes all its passes with it. */
export interface TrustedKey {
  /** Thumbprint of the key (RFC 7638), as SMART Health Cards names keys. */
  readonly kid: string;
  /** Coordinates on P-256, base64url. */
  readonly x: string;
  readonly y: string;
  readonly issuer: string;
  readonly name: Text;
  readonly withdrawnAt?: Instant;
  /** Stolen, or lost: from now on nothing it signed counts by its signature alone. */
  readonly givenUpAt?: Instant;
}

/** What a checkpoint fetches while it has a network, and keeps: whose signatures count, and which passes do not any more. */
export interface Trust {
  readonly at: Instant;
  readonly keys: readonly TrustedKey[];
  /** @see packRevoked */
  readonly revoked: Uint8Array;
}

/**
 * What an officer is told, each in words of its own. `altered`: the signature is of a unit we know, and not of this text; `unknownIssuer`:
 * nobody we know signed it; `keyGivenUp`: signed with a key that somebody else may have, so its code is asked; of a text that holds no pass: @see faultOf
 */
export const PASS_READINGS = ['valid', 'notYetValid', 'expired', 'withdrawn', 'issuerWithdrawn', 'wrongArea', 'altered', 'unknownIssuer', 'keyGivenUp', 'unreadable', 'tooLong', 'notAPass'] as const;
export type PassAnswerOffline = (typeof PASS_READINGS)[number];

export interface PassReading {
  readonly answer: PassAnswerOffline;
  /** Whatever the answer is, once the signature is good: the officer can say what is wrong with it, and whom to call. */
  readonly claims?: PassClaims;
  readonly issuerName?: Text;
}

/** A phone's clock may be this much off: nobody is stopped for a minute. */
const SKEW_MS = 2 * 60_000;
/** What a pass may grow to when it is unpacked: a small code that fills a phone's memory is an attack. */
const PAYLOAD_BYTES_MAX = 4_000;
/** Two numbers of 32 bytes (RFC 7518, 3.4). */
const SIGNATURE_BYTES = 64;

/**
 * Reads and checks a pass without a network, in a browser as on the server.
 * @param text what was scanned or pasted
 * @throws where the device cannot check signatures
 * @param district where the checkpoint stands; absent: not asked
 */
export async function readPass(text: string, { keys, revoked }: Pick<Trust, 'keys' | 'revoked'>, at: Instant, district?: string): Promise<PassReading> {
  const jws = jwsIn(text);
  const [head, body, signature] = jws?.split('.') ?? [];
  const named = head === undefined ? undefined : headOf(head);
  if (!named || body === undefined || signature === undefined) return { answer: faultOf(text) };
  if (named.kid === undefined) return { answer: 'notAPass' };
  const bytes = decoded(signature);
  // Cut off, not changed: nobody is called a forger for a scan that went wrong.
  if (bytes?.length !== SIGNATURE_BYTES) return { answer: 'unreadable' };
  const key = keys.find(({ kid }) => kid === named.kid);
  if (!key) return { answer: 'unknownIssuer' };
  if (!(await isSigned(key, `${head}.${body}`, bytes))) return { answer: 'altered' };
  const claims = claimsOf((await unpacked(body)) ?? '');
  // A known unit signs for itself alone.
  if (!claims || claims.issuer !== key.issuer) return { answer: 'altered' };
  return { answer: answerFor(claims, key, revoked, at, district), claims, issuerName: key.name };
}

function answerFor(claims: PassClaims, key: TrustedKey, revoked: Uint8Array, at: Instant, district: string | undefined): PassAnswerOffline {
  if (key.withdrawnAt !== undefined) return 'issuerWithdrawn';
  if (key.givenUpAt !== undefined) return 'keyGivenUp';
  if (isRevoked(revoked, claims.code)) return 'withdrawn';
  if (at < claims.validFrom - SKEW_MS) return 'notYetValid';
  if (at > claims.validTo + SKEW_MS) return 'expired';
  return claims.areas && district !== undefined && !claims.areas.includes(district) ? 'wrongArea' : 'valid';
}

/** @returns without `kid`: a head of some other kind of signature; undefined: no head, or not all of it */
function headOf(head: string): { readonly kid: string | undefined } | undefined {
  try {
    const { alg, kid, zip } = JSON.parse(new TextDecoder().decode(bytesOf(head))) as { alg?: unknown; kid?: unknown; zip?: unknown };
    return { kid: alg === 'ES256' && zip === 'DEF' && typeof kid === 'string' ? kid : undefined };
  } catch {
    return undefined;
  }
}

/** Fails where there is no cryptography (a page without TLS): "altered" there would stop somebody whose pass is good. */
async function isSigned({ x, y }: TrustedKey, text: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, new TextEncoder().encode(text));
}

function decoded(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return bytesOf(text);
  } catch {
    return undefined;
  }
}

async function unpacked(body: string): Promise<string | undefined> {
  try {
    const reader = new Blob([bytesOf(body)]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const parts: Uint8Array[] = [];
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return new TextDecoder().decode(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
      size += value.byteLength;
      if (size > PAYLOAD_BYTES_MAX) return void (await reader.cancel());
      parts.push(value);
    }
  } catch {
    return undefined;
  }
}

/** @throws when it is not base64url */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bits = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bits, (character) => character.charCodeAt(0));
}
