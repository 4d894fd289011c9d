/** The smallest sign-in service there is (OpenID Connect): one person, who always agrees. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SignInService {
  /** For `GREENLANE_OIDC_URL`. */
  readonly discoveryUrl: string;
  /** Who sits there, and whether the service has checked that the address is theirs. */
  person: { email: string; verified: boolean };
  stop(): Promise<void>;
}

export async function openSignInService(email: string): Promise<SignInService> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  let issuer = '';
  let nonce = '';
  const claims = (): object => ({ sub: `person-${service.person.email}`, name: 'Command desk', email: service.person.email, email_verified: service.person.verified });
  const answers: Readonly<Record<string, () => Promise<object> | object>> = {
    '/.well-known/openid-configuration': () => ({
      issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/me`, jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': () => ({ keys: [key] }),
    '/me': claims,
    '/token': async () => ({
      access_token: 'a', token_type: 'Bearer', expires_in: 300,
      id_token: await new SignJWT({ ...claims(), nonce }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).setIssuer(issuer).setAudience('greenlane')
        .setIssuedAt().setExpirationTime('5m').sign(privateKey),
    }),
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    if (pathname === '/authorize') {
      nonce = searchParams.get('nonce') ?? '';
      const back = new URL(searchParams.get('redirect_uri')!);
      back.search = new URLSearchParams({ code: 'c', state: searchParams.get('state')! }).toString();
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ? await answer() : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: SignInService = {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    person: { email, verified: true },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
