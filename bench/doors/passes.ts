/**
 * What a roadblock waits for. A pass is read in Node and in a real browser whose processor is slowed six times, beside a bare verification of the same
 * signature; a hundred thousand withdrawn passes are packed and asked; a list of five thousand people is issued on a real server, beside as many
 * bare inserts of the same rows.
 */
import path from 'node:path';
import { compactVerify, importJWK } from 'jose';
import { build } from 'vite';
import { seededChance } from '../../src/base/index.ts';
import { CODE_LENGTH, isRevoked, packRevoked, readPass, type PassClaims, type TrustedKey } from '../../src/passes/index.ts';
import { keyPair } from '../../src/server/passes/signing.ts';
import { launchBrowser } from '../../tests/browser.ts';
import { newKey, startCity } from '../../tests/running-city.ts';
import { median, percentile } from '../figures.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 300);
const REVOKED = 100_000;
const UPLOADED = 5_000;
const SLOWER = 6;
const [NODE_MS_MAX, BROWSER_MS_MAX, REVOKED_BYTES_MAX] = [5, 50, 1_000_000];

const at = Date.UTC(2022, 10, 25, 4);
const pair = keyPair('bench');
const claims: PassClaims = { issuer: 'city', code: 'ABCD2345', kind: 'patient', name: 'Resident 0001', from: '410102001', to: 'ZZ-H-016', validFrom: at - 3_600_000, validTo: at + 3_600_000 };
const jws = await pair.sign(claims);
const key: TrustedKey = { kid: pair.kid, x: pair.x, y: pair.y, issuer: 'city', name: { zh: 'city', en: 'city' } };
const chance = seededChance(7);
const revoked = packRevoked(Array.from({ length: REVOKED }, () => chance.code(CODE_LENGTH)));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
async function rounds(work: () => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) took.push(await timed(work));
  return took;
}
const say = (name: string, took: readonly number[]): string => `${name} p50 ${median(took).toFixed(2)} ms, p99 ${percentile(took, 99).toFixed(2)} ms`;

const reading = await readPass(jws, { keys: [key], revoked }, at, undefined);
if (reading.answer !== 'valid') throw new Error(`the pass is ${reading.answer}`);
const ours = await rounds(() => readPass(jws, { keys: [key], revoked }, at, undefined));
const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: pair.x, y: pair.y }, 'ES256');
const bare = await rounds(() => compactVerify(jws, jwk));
console.log(`in Node, among ${REVOKED.toLocaleString('en')} withdrawn: ${say('ours', ours)}; ${say('bare verification', bare)} (wanted < ${NODE_MS_MAX} ms)`);
console.log(`withdrawn passes: ${REVOKED.toLocaleString('en')} in ${(revoked.byteLength / 1_000).toFixed(0)} kB, none taken for another: ${isRevoked(revoked, 'ABCD2345') ? 'NO' : 'yes'} (wanted < ${REVOKED_BYTES_MAX / 1_000} kB)`);

const inBrowser = await slowBrowser();
console.log(`in a browser ${SLOWER} × slower: ${say('ours', inBrowser.ours)}; ${say('bare verification', inBrowser.bare)} (wanted < ${BROWSER_MS_MAX} ms)`);

const upload = await uploaded();
console.log(`${UPLOADED.toLocaleString('en')} work passes issued from a list: ${upload.ours.toFixed(0)} ms over HTTP; as many bare inserts ${upload.bare.toFixed(0)} ms`);

const missed = [median(ours) >= NODE_MS_MAX && 'Node', median(inBrowser.ours) >= BROWSER_MS_MAX && 'browser', revoked.byteLength >= REVOKED_BYTES_MAX && 'size'].filter(Boolean);
console.log(missed.length === 0 ? 'all targets met' : `missed: ${missed.join(', ')}`);

/** The very program of the checkpoint page, bundled as it is there. */
async function slowBrowser(): Promise<{ readonly ours: readonly number[]; readonly bare: readonly number[] }> {
  const built = await build({
    logLevel: 'silent', configFile: false,
    build: { write: false, lib: { entry: path.resolve(import.meta.dirname, '../../src/passes/read-pass.ts'), formats: ['iife'], name: 'pass' } },
  });
  const [{ output: [{ code }] }] = built as unknown as [{ output: [{ code: string }] }];
  const city = await startCity({ city: 'toytown' });
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    await page.goto(`${city.url}/status`);
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    return await page.evaluate(async ({ program, jws: text, trusted, packed, now, times }) => {
      const { readPass: read } = new Function(`${program}; return pass;`)() as { readPass: typeof readPass };
      const [head, body, signature] = text.split('.') as [string, string, string];
      const bytes = (coded: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(coded.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
      const list = bytes(packed);
      const trust = { keys: [trusted], revoked: list };
      const own: number[] = [];
      const plain: number[] = [];
      const imported = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x: trusted.x, y: trusted.y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
      for (let round = 0; round < times; round++) {
        let began = performance.now();
        const { answer } = await read(text, trust, now, undefined);
        own.push(performance.now() - began);
        if (answer !== 'valid') throw new Error(answer);
        began = performance.now();
        await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, bytes(signature), new TextEncoder().encode(`${head}.${body}`));
        plain.push(performance.now() - began);
      }
      return { ours: own, bare: plain };
    }, { program: code, jws, trusted: key, packed: Buffer.from(revoked).toString('base64'), now: at, times: Math.min(ROUNDS, 100) });
  } finally {
    await browser.close();
    await city.stop();
  }
}

async function uploaded(): Promise<{ readonly ours: number; readonly bare: number }> {
  const city = await startCity({ city: 'toytown' });
  try {
    const officer = await city.as('passOfficer@issuer:demo-hospital');
    const { at: now } = (await city.visitor().get('/api/city')).body;
    const [from, until] = [new Date(now).toISOString(), new Date(now + 86_400_000).toISOString()];
    const text = ['name,duty,from,until', ...Array.from({ length: UPLOADED }, (_, index) => `Nurse ${index},ward,${from},${until}`)].join('\n');
    const took = await timed(async () => {
      const { status, body } = await officer.send('POST', '/api/passes/import?issuer=demo-hospital', text, { 'content-type': 'text/csv', 'idempotency-key': newKey() });
      if (status !== 200 || body.passes !== UPLOADED) throw new Error(JSON.stringify(body));
    });
    const inserts = await timed(() => city.database.pool.query(`insert into work_pass (city, code, incident, issuer, kind, name, valid_from, valid_to, issued_at, issued_by)
      select city, 'X' || row_number() over (), incident, issuer, kind, name, valid_from, valid_to, issued_at, issued_by from work_pass`));
    return { ours: took, bare: inserts };
  } finally {
    await city.stop();
  }
}
