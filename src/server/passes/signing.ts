import { createECDH, createHash, createPrivateKey } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { CompactSign } from 'jose';
import QRCode from 'qrcode';
import { payloadOf, QR_PREFIX, qrDigitsOf, type PassClaims } from '../../passes/index.ts';

/** Who answers for the passes that journeys make. */
export const CITY_ISSUER = 'city';

/** One key of one unit: what is public of it, and how it signs. */
export interface KeyPair {
  /** Thumbprint of the key (RFC 7638), as SMART Health Cards names keys. */
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  sign(claims: PassClaims): Promise<string>;
}

/**
 * Signs passes so that a roadblock can check them without a network: JWS with ES256, packed as SMART Health Cards are, so that one QR code holds it.
 * @param secret 32 bytes, base64url: the same on every server of the installation
 */
export function keyPair(secret: string): KeyPair {
  const pair = createECDH('prime256v1');
  // Hashed, so that the secret of an earlier kind of key is no key of this one.
  const d = createHash('sha256').update(`ES256 ${secret}`).digest();
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const kid = createHash('sha256').update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })).digest('base64url');
  const signing = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: d.toString('base64url') }, format: 'jwk' });
  return {
    kid, x, y,
    sign: (claims) => new CompactSign(deflateRawSync(payloadOf(claims), { level: 9 })).setProtectedHeader({ zip: 'DEF', alg: 'ES256', kid }).sign(signing),
  };
}

/** One QR code as a picture: the prefix as bytes, the signature as digits, as SMART Health Cards packs it. */
export function passQr(jws: string): Promise<string> {
  return QRCode.toString([{ data: Buffer.from(QR_PREFIX), mode: 'byte' }, { data: qrDigitsOf(jws), mode: 'numeric' }], { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}
