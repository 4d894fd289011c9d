import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits: not to be guessed, so its hash needs no salt and no slow function. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored instead of a token: whoever reads the database can sign in as nobody. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What the resident gets once, and what is stored beside their journey instead. */
export interface ResidentLink {
  /** For the fragment of the link `/my#token`; never stored, never logged. */
  readonly token: string;
  readonly tokenHash: string;
  readonly phoneProof: string;
}

/**
 * @param phones of the person and of whoever speaks for them: either may open the link
 * @param token the same request sent twice gets the same link; otherwise a new one
 */
export function residentLink(phones: readonly string[], token: string = newToken()): ResidentLink {
  const phoneProof = phones.map((phone) => proofOf(token, lastFour(phone))).join('.');
  return { token, tokenHash: hashToken(token), phoneProof };
}

/**
 * Ten thousand possibilities would be tried in a moment by whoever reads the database; keyed with the token, which is not in
 * the database, they say nothing.
 */
function proofOf(token: string, phoneLast4: string): string {
  return createHmac('sha256', token).update(phoneLast4).digest('hex');
}

function lastFour(phone: string): string {
  return phone.replace(/\D/g, '').slice(-4);
}

/** Takes the same time whichever digit is wrong, and compares all proofs. */
export function provesPhone(token: string, phoneLast4: string, phoneProof: string): boolean {
  const given = Buffer.from(proofOf(token, phoneLast4), 'hex');
  let proved = false;
  for (const proof of phoneProof.split('.')) {
    const kept = Buffer.from(proof, 'hex');
    if (kept.length === given.length && timingSafeEqual(kept, given)) proved = true;
  }
  return proved;
}
