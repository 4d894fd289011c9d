import { createECDH, createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { CompactSign } from 'jose';
import QRCode from 'qrcode';
import { payloadOf, QR_PREFIX, qrDigitsOf, type PassClaims, type TrustedKey } from '../passes/index.ts';

/** Who answers for the passes that journeys make. */
export const CITY_ISSUER = 'city';

/** Signs passes so that a roadblock can check them without a network: JWS with ES256, packed as SMART Health Cards are, so that one QR code holds it. */
export interface PassSigner {
  readonly key: TrustedKey;
  sign(claims: Omit<PassClaims, 'issuer'>): Promise<string>;
}

/** @param secret 32 bytes, base64url: the same on every server of the installation */
export function passSigner(secret: string, name: TrustedKey['name']): PassSigner {
  const pair = createECDH('prime256v1');
  // Hashed, so that the secret of an earlier kind of key is no key of this one.
  const d = createHash('sha256').update(`ES256 ${secret}`).digest();
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const key: TrustedKey = { kid: thumbprint(x, y), x, y, issuer: CITY_ISSUER, name };
  const signing: KeyObject = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: d.toString('base64url') }, format: 'jwk' });
  return {
    key,
    sign: (claims) => new CompactSign(deflateRawSync(payloadOf({ ...claims, issuer: CITY_ISSUER }), { level: 9 }))
      .setProtectedHeader({ zip: 'DEF', alg: 'ES256', kid: key.kid }).sign(signing),
  };
}

/** RFC 7638, over the members in the order that it asks for. */
function thumbprint(x: string, y: string): string {
  return createHash('sha256').update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })).digest('base64url');
}

/** One QR code as a picture: the prefix as bytes, the signature as digits, as SMART Health Cards packs it. */
export function passQr(jws: string): Promise<string> {
  return QRCode.toString([{ data: Buffer.from(QR_PREFIX), mode: 'byte' }, { data: qrDigitsOf(jws), mode: 'numeric' }], { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}
