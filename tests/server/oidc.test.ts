import type { FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Kysely, PostgresDialect } from 'kysely';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/server/app.ts';
import { registerSignIn } from '../../src/server/sign-in/index.ts';
import { startCity, type RunningCity } from '../running-city.ts';

const OURS = 'http://care.example';
let city: RunningCity;
let app: FastifyInstance;
let idp: Server;
let verified = true;
let email = 'Command@City.Example';
let nonce = '';

/** The smallest sign-in service there is: one person, who always agrees. */
async function openIdp(): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  idp = createServer(async (request, response) => {
    const issuer = `http://127.0.0.1:${(idp.address() as AddressInfo).port}`;
    const claims = { sub: `person-${email}`, name: 'Command desk', email, email_verified: verified };
    const answers: Record<string, () => Promise<object> | object> = {
      '/.well-known/openid-configuration': () => ({
        issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/me`, jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
      }),
      '/jwks': () => ({ keys: [key] }),
      '/me': () => claims,
      '/token': async () => ({
        access_token: 'a', token_type: 'Bearer', expires_in: 300,
        id_token: await new SignJWT({ ...claims, nonce }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).setIssuer(issuer).setAudience('greenlane').setIssuedAt().setExpirationTime('5m').sign(privateKey),
      }),
    };
    const answer = answers[new URL(request.url ?? '/', issuer).pathname];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ? await answer() : {}));
  });
  await new Promise<void>((resolve) => idp.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(idp.address() as AddressInfo).port}/.well-known/openid-configuration`;
}

beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  app = await openApp(() => undefined);
  await registerSignIn(app, {
    db: new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) }), city: city.server.city, incident: { id: 'test' }, at: () => 0,
    findResident: async () => undefined,
    settings: {
      demo: false, publicUrl: OURS, firstStaff: { email: 'command@city.example' },
      oidc: { discoveryUrl: await openIdp(), clientId: 'greenlane', clientSecret: 'not a real secret' },
    },
  });
}, 60_000);
afterAll(async () => {
  await app.close();
  await new Promise((resolve) => idp.close(resolve));
  await city.stop();
});

const headers = { host: 'care.example', origin: OURS };
const cookiesOf = (answer: { headers: Record<string, unknown> }): string =>
  [answer.headers['set-cookie']].flat().map((each) => String(each).split(';')[0]).join('; ');

/** There and back, as a browser goes. @returns what signing in here answers then */
async function signInThroughIdp(): Promise<{ statusCode: number; json(): any }> {
  const begun = await app.inject({ method: 'POST', url: '/api/auth/sign-in/social', headers, payload: { provider: 'staff', callbackURL: '/' } });
  const there = new URL(begun.json().url);
  expect(there.searchParams.get('code_challenge_method')).toBe('S256');
  nonce = there.searchParams.get('nonce') ?? '';
  const back = new URL(there.searchParams.get('redirect_uri')!);
  back.search = new URLSearchParams({ code: 'c', state: there.searchParams.get('state')! }).toString();
  const proved = await app.inject({ url: back.pathname + back.search, headers: { host: 'care.example', cookie: cookiesOf(begun) } });
  return app.inject({ method: 'POST', url: '/api/sign-in', headers: { ...headers, cookie: cookiesOf(proved) }, payload: {} });
}

describe("the city's own sign-in service", () => {
  it('given it has not verified the address, then anybody could have typed it: no post', async () => {
    verified = false;
    expect((await signInThroughIdp()).statusCode).toBe(403);
    verified = true;
  });

  it('given it vouches for the address of somebody with a post, then that post is a session', async () => {
    const answer = await signInThroughIdp();
    expect(answer.json().actor).toMatchObject({ role: 'city', scope: 'city' });
  });

  it('given it knows somebody without a post here, then they are nobody here', async () => {
    email = 'stranger@city.example';
    expect((await signInThroughIdp()).statusCode).toBe(403);
  });
});
