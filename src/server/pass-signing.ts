import { createPrivateKey, createPublicKey } from 'node:crypto';
import { compactVerify, CompactSign } from 'jose';
import type { Pass } from '../passes/index.ts';

/** Signed so that a roadblock can check a pass without a network; Ed25519, because the signature has to fit a small code. */
export interface PassSigner {
  sign(pass: Pass): Promise<string>;
  /** @returns the pass's code; undefined when we did not sign it */
  codeIn(jws: string): Promise<string | undefined>;
}

/** PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param secret 32 bytes, base64url: the same on every server of the installation */
export function passSigner(secret: string): PassSigner {
  const seed = Buffer.from(secret, 'base64url');
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key);
  return {
    sign: ({ code, validFrom, validTo, fromTown, toInstitution }) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify({ code, nbf: Math.floor(validFrom / 1_000), exp: Math.floor(validTo / 1_000), from: fromTown, to: toInstitution })))
        .setProtectedHeader({ alg: 'EdDSA' }).sign(key),
    async codeIn(jws) {
      try {
        const { payload } = await compactVerify(jws, publicKey, { algorithms: ['EdDSA'] });
        const { code } = JSON.parse(new TextDecoder().decode(payload)) as { code?: unknown };
        return typeof code === 'string' ? code : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
