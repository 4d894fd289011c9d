import { z } from 'zod';
import type { Instant } from '../base/index.ts';

/** `patient` and `companion` are made by a journey and name both legs; `work` by a unit for its people; `delivery` for one parcel's way. */
export const PASS_KINDS = ['patient', 'companion', 'work', 'delivery'] as const;
export type PassKind = (typeof PASS_KINDS)[number];

/** What stands on a pass: as much as an officer at a roadblock has to know. No illness, no address, no number of a document. */
export interface PassClaims {
  /** Who answers for it: the city's own, or a unit that was enrolled. */
  readonly issuer: string;
  /** Eight letters that can be read over the telephone. */
  readonly code: string;
  readonly kind: PassKind;
  /** Whose it is: the officer looks at the person. */
  readonly name: string;
  /** A journey: from this town to this institution, and back. */
  readonly from?: string;
  readonly to?: string;
  /** Districts it is good in; absent: the whole city. */
  readonly areas?: readonly string[];
  readonly validFrom: Instant;
  readonly validTo: Instant;
}

const SECOND_MS = 1_000;
/** With as many areas and the longest name, a pass still fits one QR code. */
export const AREAS_MAX = 40;
const Wire = z.strictObject({
  iss: z.string().min(1).max(60), rid: z.string().min(1).max(24), k: z.enum(PASS_KINDS), n: z.string().min(1).max(60),
  f: z.string().max(40).optional(), t: z.string().max(40).optional(), a: z.array(z.string().max(20)).max(AREAS_MAX).optional(), nbf: z.int(), exp: z.int(),
});

/** As SMART Health Cards has it: minified, short names, whole seconds. */
export function payloadOf({ issuer, code, kind, name, from, to, areas, validFrom, validTo }: PassClaims): string {
  return JSON.stringify({
    iss: issuer, rid: code, k: kind, n: name, ...(from !== undefined && { f: from }), ...(to !== undefined && { t: to }), ...(areas && { a: areas }),
    nbf: Math.floor(validFrom / SECOND_MS), exp: Math.ceil(validTo / SECOND_MS),
  });
}

/** @returns undefined when it is not a pass of this form */
export function claimsOf(payload: string): PassClaims | undefined {
  let read: unknown;
  try {
    read = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const wire = Wire.safeParse(read);
  if (!wire.success || wire.data.exp <= wire.data.nbf) return undefined;
  const { iss, rid, k, n, f, t, a, nbf, exp } = wire.data;
  return {
    issuer: iss, code: rid, kind: k, name: n, ...(f !== undefined && { from: f }), ...(t !== undefined && { to: t }), ...(a && { areas: a }),
    validFrom: nbf * SECOND_MS, validTo: exp * SECOND_MS,
  };
}

/** In front of the digits, so that a phone that knows nothing of it says at least whose it is. */
export const QR_PREFIX = 'glp:/';
/** Longer than any pass: one QR code of version 22 holds 1,195 characters of a signature (SMART Health Cards). */
export const JWS_LENGTH_MAX = 1_195;
/** As much of a scanned text as is sent on: more than any pass holds, so that what is too long to be one is answered as that, and written down. */
export const SCANNED_MAX = 4_096;
const LEAST_CHARACTER = 45;

/** Each character of the signature as two digits: a QR code holds digits in a little over three bits each. */
export function qrDigitsOf(jws: string): string {
  return Array.from(jws, (character) => String(character.charCodeAt(0) - LEAST_CHARACTER).padStart(2, '0')).join('');
}

/** What was scanned or pasted: the digits of a QR code, or the signature itself. @returns undefined when it is neither */
export function jwsIn(text: string): string | undefined {
  const given = text.trim();
  if (given.length > QR_PREFIX.length + 2 * JWS_LENGTH_MAX) return undefined;
  const jws = given.startsWith(QR_PREFIX) ? fromDigits(given.slice(QR_PREFIX.length)) : given;
  return jws !== undefined && jws.length <= JWS_LENGTH_MAX && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws) ? jws : undefined;
}

/**
 * What the officer can do about a text that holds no whole signature: `unreadable`: it began as a pass, so scan it again; `tooLong`: it looks like one and holds more
 * than one can; `notAPass`: some other code, there is nothing to scan again.
 */
export function faultOf(text: string): 'unreadable' | 'tooLong' | 'notAPass' {
  const given = text.trim();
  const asDigits = given.startsWith(QR_PREFIX);
  // The first letters of a head in base64url: `{"`.
  if (!asDigits && !given.startsWith('eyJ')) return 'notAPass';
  return given.length > (asDigits ? QR_PREFIX.length + 2 * JWS_LENGTH_MAX : JWS_LENGTH_MAX) ? 'tooLong' : 'unreadable';
}

function fromDigits(digits: string): string | undefined {
  if (digits.length % 2 !== 0 || !/^\d+$/.test(digits)) return undefined;
  return Array.from({ length: digits.length / 2 }, (_, index) => String.fromCharCode(Number(digits.slice(2 * index, 2 * index + 2)) + LEAST_CHARACTER)).join('');
}
