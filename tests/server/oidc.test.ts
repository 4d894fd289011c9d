import type { FastifyInstance } from 'fastify';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/server/app.ts';
import { registerSignIn } from '../../src/server/sign-in/index.ts';
import { startCity, type RunningCity } from '../running-city.ts';
import { openSignInService, type SignInService } from '../sign-in-service.ts';

const OURS = 'http://care.example';
const COMMAND = { email: 'Command@City.Example', verified: true };
let city: RunningCity;
let app: FastifyInstance;
let service: SignInService;

beforeAll(async () => {
  [city, service] = await Promise.all([startCity({ city: 'toytown' }), openSignInService(COMMAND.email)]);
  app = await openApp(() => undefined);
  await registerSignIn(app, {
    db: new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) }), city: city.server.city, incident: { id: 'test' }, at: () => 0,
    findResident: async () => undefined,
    settings: {
      demo: false, publicUrl: OURS, firstStaff: { email: 'command@city.example' },
      oidc: { discoveryUrl: service.discoveryUrl, clientId: 'greenlane', clientSecret: 'not a real secret' },
    },
  });
}, 60_000);
afterAll(async () => {
  await app.close();
  await service.stop();
  await city.stop();
});

const headers = { host: 'care.example', origin: OURS };
const cookiesOf = (answer: { headers: Record<string, unknown> }): string =>
  [answer.headers['set-cookie']].flat().map((each) => String(each).split(';')[0]).join('; ');
const takePost = (cookie: string) => app.inject({ method: 'POST', url: '/api/sign-in', headers: { ...headers, cookie }, payload: {} });

/** There and back, as a browser goes. @returns the cookie of whoever has proved who they are */
async function proveThroughService(): Promise<string> {
  const begun = await app.inject({ method: 'POST', url: '/api/auth/sign-in/social', headers, payload: { provider: 'staff', callbackURL: '/sign-in' } });
  const there = new URL(begun.json().url);
  expect(there.searchParams.get('code_challenge_method')).toBe('S256');
  const back = new URL((await fetch(there, { redirect: 'manual' })).headers.get('location')!);
  return cookiesOf(await app.inject({ url: back.pathname + back.search, headers: { host: 'care.example', cookie: cookiesOf(begun) } }));
}

describe("the city's own sign-in service", () => {
  it('given it has not verified the address, then anybody could have typed it: no post', async () => {
    service.person = { ...COMMAND, verified: false };
    expect((await takePost(await proveThroughService())).statusCode).toBe(403);
  });

  it('given it vouches for the address of somebody with a post, then that post is a session, and where to work', async () => {
    service.person = COMMAND;
    expect((await takePost(await proveThroughService())).json()).toMatchObject({ actor: { role: 'city', scope: 'city' }, screen: '/office' });
  });

  it('given somebody signs out, then the next person at the same screen has to prove who they are', async () => {
    const proved = await proveThroughService();
    const signedIn = await takePost(proved);
    const out = await app.inject({ method: 'POST', url: '/api/sign-out', headers: { ...headers, cookie: `${proved}; ${cookiesOf(signedIn)}` }, payload: {} });
    expect(out.statusCode).toBe(200);
    expect((await takePost(proved)).statusCode).toBe(401);
  });

  it('given forty people of one hospital begin their shift at once, then none of them is kept waiting', async () => {
    const begun = await Promise.all(Array.from({ length: 40 }, () =>
      app.inject({ method: 'POST', url: '/api/auth/sign-in/social', headers, payload: { provider: 'staff', callbackURL: '/sign-in' } })));
    expect(begun.map(({ statusCode }) => statusCode)).toEqual(begun.map(() => 200));
  });

  it('given it knows somebody without a post here, then they are nobody here', async () => {
    service.person = { email: 'stranger@city.example', verified: true };
    expect((await takePost(await proveThroughService())).statusCode).toBe(403);
  });
});
