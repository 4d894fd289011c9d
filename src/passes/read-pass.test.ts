import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../base/index.ts';
import { AREAS_MAX, codeOf, isRevoked, JWS_LENGTH_MAX, jwsIn, packRevoked, PASS_KINDS, payloadOf, qrDigitsOf, QR_PREFIX, readPass, type PassClaims, type TrustedKey } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const CLAIMS: PassClaims = { issuer: 'city', code: 'ABCD2345', kind: 'patient', name: 'Resident 0001', from: '410102001', to: 'ZZ-H-016', validFrom: NOW - HOUR_MS, validTo: NOW + HOUR_MS };
const NONE = new Uint8Array();

interface Unit {
  readonly key: TrustedKey;
  sign(claims: PassClaims, head?: object, payload?: string): Promise<string>;
}
const base64url = (bytes: Uint8Array | ArrayBuffer): string => Buffer.from(bytes as Uint8Array).toString('base64url');

async function unit(issuer: string): Promise<Unit> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key: TrustedKey = { kid: `key of ${issuer}`, x: x!, y: y!, issuer, name: { en: issuer, zh: issuer } };
  return {
    key,
    async sign(claims, head = {}, payload = payloadOf(claims)) {
      const text = `${base64url(Buffer.from(JSON.stringify({ zip: 'DEF', alg: 'ES256', kid: key.kid, ...head })))}.${base64url(deflateRawSync(payload))}`;
      return `${text}.${base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.from(text)))}`;
    },
  };
}

let city: Unit;
let police: Unit;
let stranger: Unit;
beforeAll(async () => {
  [city, police, stranger] = await Promise.all([unit('city'), unit('police'), unit('stranger')]);
});
const read = (text: string, at = NOW, revoked: Uint8Array = NONE, district?: string) => readPass(text, { keys: [city.key, police.key], revoked }, at, district);
const answerTo = async (...given: Parameters<typeof read>): Promise<string> => (await read(...given)).answer;

describe('a pass is read without a network', () => {
  it('given it was signed by a unit we know, then what stands on it is read, from its QR code as from its text', async () => {
    const jws = await city.sign(CLAIMS);
    const qr = QR_PREFIX + qrDigitsOf(jws);
    expect(jwsIn(qr)).toBe(jws);
    for (const text of [jws, qr, ` ${qr}\n`]) expect(await read(text)).toEqual({ answer: 'valid', claims: CLAIMS, issuerName: city.key.name });
  });

  it('given its window, then early and late are told apart, and nobody is stopped for a minute of a phone\'s clock', async () => {
    const jws = await city.sign(CLAIMS);
    const minutes = (from: number, by: number): Promise<string> => answerTo(jws, from + by * 60_000);
    expect(await Promise.all([minutes(CLAIMS.validFrom, -3), minutes(CLAIMS.validFrom, -1), minutes(CLAIMS.validTo, 1), minutes(CLAIMS.validTo, 3)]))
      .toEqual(['notYetValid', 'valid', 'valid', 'expired']);
  });

  it('given it or its unit was withdrawn, it is for another area, or nobody we know signed it, then each is said in its own word', async () => {
    const jws = await city.sign({ ...CLAIMS, areas: ['410102'] });
    expect(await answerTo(jws, NOW, packRevoked(['ABCD2345']))).toBe('withdrawn');
    expect((await readPass(jws, { keys: [{ ...city.key, withdrawnAt: NOW }], revoked: NONE }, NOW)).answer).toBe('issuerWithdrawn');
    expect(await answerTo(jws, NOW, NONE, '410103')).toBe('wrongArea');
    expect(await answerTo(jws, NOW, NONE, '410102')).toBe('valid');
    expect(await answerTo(await stranger.sign(CLAIMS))).toBe('unknownIssuer');
  });

  it('given a unit signs in the name of another, or the text is another than was signed, then it is altered', async () => {
    expect(await answerTo(await police.sign(CLAIMS))).toBe('altered');
    expect(await answerTo(await stranger.sign(CLAIMS, { kid: city.key.kid }))).toBe('altered');
    const [mine, other] = [(await city.sign(CLAIMS)).split('.'), (await city.sign({ ...CLAIMS, validTo: NOW + 99 * HOUR_MS })).split('.')];
    expect(await answerTo([mine[0], other[1], mine[2]].join('.'))).toBe('altered');
  });

  it('given a small code that unpacks to very much, another kind of signature, or no signature at all, then it is no pass', async () => {
    expect(await answerTo(await city.sign(CLAIMS, {}, JSON.stringify({ n: 'x'.repeat(400_000) })))).toBe('altered');
    for (const head of [{ alg: 'none' }, { alg: 'HS256' }, { kid: undefined }, { zip: undefined }]) expect(await answerTo(await city.sign(CLAIMS, head))).toBe('notAPass');
    // A key that is brought along is no key of ours.
    expect(await answerTo(await stranger.sign(CLAIMS, { jwk: { kty: 'EC', crv: 'P-256', x: stranger.key.x, y: stranger.key.y } }))).toBe('unknownIssuer');
  });

  it('given what was scanned is half of a pass, too much for one, or some other code, then each is said so that the officer knows what to do next', async () => {
    const jws = await city.sign(CLAIMS);
    const qr = QR_PREFIX + qrDigitsOf(jws);
    for (const half of [QR_PREFIX, `${QR_PREFIX}123`, qr.slice(0, -1), qr.slice(0, 100), jws.slice(0, 60), jws.slice(0, -1), jws.slice(0, jws.lastIndexOf('.'))]) expect(await answerTo(half)).toBe('unreadable');
    for (const much of [QR_PREFIX + '1'.repeat(2_391), `${jws}${'A'.repeat(JWS_LENGTH_MAX)}`]) expect(await answerTo(much)).toBe('tooLong');
    for (const other of ['', '..', 'a.b', 'https://example.org/a.b.c', 'WIFI:S:x;;', 'shc:/5676', '9'.repeat(100_000)]) expect(await answerTo(other)).toBe('notAPass');
  });

  it('given its key was given up, then its signature counts no more, also where its window is open', async () => {
    const { answer } = await readPass(await city.sign(CLAIMS), { keys: [{ ...city.key, givenUpAt: NOW }], revoked: NONE }, NOW);
    expect(answer).toBe('keyGivenUp');
  });

  it('given a code is said in groups, in small letters or typed on a Chinese keyboard, then it is the same code', () => {
    for (const said of ['abcd 2345', 'ABCD-2345', ' ab cd–23 45 ', 'ＡＢＣＤ２３４５', 'ABCD·2345']) expect(codeOf(said)).toBe('ABCD2345');
  });

  it('whatever is changed in it, cut off it or made up, then it is never valid, and nothing fails', async () => {
    const jws = await city.sign(CLAIMS);
    const qr = QR_PREFIX + qrDigitsOf(jws);
    const broken = fc.oneof(
      fc.tuple(fc.constantFrom(jws, qr), fc.nat(), fc.string({ minLength: 1, maxLength: 3 })).map(([text, at, by]) => text.slice(0, at % text.length) + by + text.slice((at % text.length) + by.length)),
      fc.tuple(fc.constantFrom(jws, qr), fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
      fc.string({ maxLength: 3_000, unit: 'binary' }), fc.stringMatching(/^glp:\/\d{0,500}$/),
    );
    await fc.assert(fc.asyncProperty(broken, async (text) => {
      // The last letter of base64 carries bits that mean nothing: the same pass in another spelling.
      const same = jwsIn(text) !== undefined && Buffer.from(jwsIn(text)!.split('.')[2]!, 'base64url').equals(Buffer.from(jws.split('.')[2]!, 'base64url')) && jwsIn(text)!.startsWith(jws.slice(0, jws.lastIndexOf('.')));
      const { answer } = await read(text);
      if (!same) expect(answer).not.toBe('valid');
    }), { numRuns: 300 });
  });
});

describe('a pass fits one QR code', () => {
  const text = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', minLength: 1, maxLength }).map((given) => given.slice(0, maxLength)).filter((given) => given.isWellFormed());
  // Letters that nothing packs: the worst name there is.
  const hanzi = fc.array(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 60, maxLength: 60 }).map((codes) => String.fromCodePoint(...codes));
  const district = fc.integer({ min: 110_000, max: 659_999 }).map(String);
  const optional = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(each, { nil: undefined });
  const anyClaims: fc.Arbitrary<PassClaims> = fc.record({
    code: fc.stringMatching(/^[2-9ABCDEFGHJKMNPQRSTVWXYZ]{8}$/), kind: fc.constantFrom(...PASS_KINDS), name: fc.oneof(hanzi, text(60)),
    from: optional(fc.stringMatching(/^[A-Z0-9-]{12}$/)), to: optional(fc.stringMatching(/^[A-Z0-9-]{12}$/)), areas: optional(fc.oneof(fc.uniqueArray(district, { maxLength: AREAS_MAX }), fc.uniqueArray(district, { minLength: AREAS_MAX, maxLength: AREAS_MAX }))),
    hours: fc.integer({ min: 1, max: 24 * 400 }),
  }).map(({ hours, from, to, areas, ...claims }) => ({ issuer: 'city', ...claims, ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(areas && { areas }), validFrom: NOW, validTo: NOW + hours * HOUR_MS }));

  it('whatever stands on it, then its digits give the same back, unaltered', async () => {
    await fc.assert(fc.asyncProperty(anyClaims, async (claims) => {
      const jws = await city.sign(claims);
      expect(jws.length).toBeLessThanOrEqual(JWS_LENGTH_MAX);
      expect(await read(QR_PREFIX + qrDigitsOf(jws))).toEqual({ answer: 'valid', claims, issuerName: city.key.name });
    }), { numRuns: 200 });
  });

  it('given one bit of it is turned, then it is never valid', async () => {
    const jws = await city.sign(CLAIMS);
    const [head, body, signature] = jws.split('.').map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer];
    await fc.assert(fc.asyncProperty(fc.constantFrom(0, 1, 2), fc.nat(), async (which, bit) => {
      const parts = [head, body, signature].map((part) => Buffer.from(part));
      const turned = parts[which]!;
      const at = bit % (turned.length * 8);
      turned[at >> 3]! ^= 1 << (at & 7);
      expect(await answerTo(parts.map((part) => part.toString('base64url')).join('.'))).not.toBe('valid');
    }), { numRuns: 300 });
  });
});

describe('withdrawn passes on a phone', () => {
  const code = fc.stringMatching(/^[2-9ABCDEFGHJKMNPQRSTVWXYZ]{8}$/);
  it('whichever were withdrawn, then exactly those are found', () => {
    fc.assert(fc.property(fc.array(code, { maxLength: 200 }), fc.array(code, { maxLength: 50 }), (withdrawn, others) => {
      const packed = packRevoked(withdrawn);
      const wanted = new Set(withdrawn);
      for (const each of [...withdrawn, ...others]) expect(isRevoked(packed, each)).toBe(wanted.has(each));
    }));
  });

  it('given a hundred thousand, then they are half a megabyte', () => {
    const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
    const codes = Array.from({ length: 100_000 }, (_, index) => Array.from({ length: 8 }, (__, place) => letters[Math.floor(index / 30 ** place) % 30]).join(''));
    expect(packRevoked(codes).byteLength).toBe(500_000);
  });
});
