import { Kysely, PostgresDialect } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/server/app.ts';
import { registerSignIn, residentLink, type SignInDeps } from '../../src/server/sign-in/index.ts';
import { ask, intake, newKey, startCity, type RunningCity } from '../running-city.ts';

let city: RunningCity;
let db: Kysely<any>;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
}, 60_000);
afterAll(() => city.stop());

const newRequest = async (): Promise<string> => (await city.visitor().post('/api/requests', intake({ town: '990101001' }))).body.token;

describe('a resident opens their request', () => {
  it('given the link and the last four digits, then this request alone, for the person or for whoever speaks for them', async () => {
    const { id, resident } = await ask(city, intake({ town: '990101001' }));
    expect((await resident.get('/api/my')).body.journey.id).toBe(id);
    expect((await resident.get('/api/me')).body.actor).toMatchObject({ role: 'resident', scope: `journey:${id}` });

    const { body } = await city.visitor().post('/api/requests', intake({ town: '990101001', proxy: { name: 'Daughter', phone: '13700009999' } }));
    const daughter = city.visitor();
    expect((await daughter.post('/api/my/sign-in', { token: body.token, phoneLast4: '9999' })).status).toBe(200);
    expect((await daughter.get(`/api/journeys/${id}`)).status).toBe(404);
  });

  it('given a wrong number or a link nobody has, then the same answer: neither is confirmed', async () => {
    const wrongNumber = await city.visitor().post('/api/my/sign-in', { token: await newRequest(), phoneLast4: '0000' });
    const noSuchLink = await city.visitor().post('/api/my/sign-in', { token: 'nobody-has-this-link', phoneLast4: '5678' });
    expect(wrongNumber).toMatchObject({ status: 401, body: { code: 'linkOrPhoneWrong' } });
    expect(noSuchLink.body).toEqual(wrongNumber.body);
  });

  it('given many tries at once, then five are looked at and the right number no longer helps until the pause is over', async () => {
    const token = await newRequest();
    const tries = await Promise.all(Array.from({ length: 30 }, (_, index) =>
      city.visitor().post('/api/my/sign-in', { token, phoneLast4: String(1_000 + index) })));
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(await city.visitor().post('/api/my/sign-in', { token, phoneLast4: '5678' })).toMatchObject({ status: 429, body: { code: 'tooManyTries' } });
  });

  it('neither the link nor the digits can be read from the database', async () => {
    const token = await newRequest();
    const { rows } = await city.database.pool.query('select token_hash, phone_proof from journey');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toMatch(/"5678"/);
  });
});

describe('a session', () => {
  it('given it is ended, then its cookie opens nothing more', async () => {
    const ward = await city.as('ward@institution:T-H1');
    const { cookie } = ward;
    expect((await ward.get('/api/me')).status).toBe(200);
    await ward.post('/api/sign-out');
    ward.cookie = cookie;
    expect(await ward.get('/api/me')).toMatchObject({ status: 401, body: { code: 'notSignedIn' } });
  });

  it('given a change comes from a page of another site, then it is refused, whoever is signed in', async () => {
    const ward = await city.as('ward@institution:T-H1');
    expect(await ward.send('POST', '/api/sign-out', {}, { origin: 'https://elsewhere.example' })).toMatchObject({ status: 403, body: { code: 'foreignOrigin' } });
    expect((await ward.get('/api/me')).status).toBe(200);
  });

  it('given a crew chooses its unit of today, then that is what it sees; a ward chooses none', async () => {
    const crew = await city.as('crew@unit:T-A1');
    expect((await crew.post('/api/my-vehicle', { id: 'T-A2' })).body.actor.scope).toBe('unit:T-A2');
    expect((await crew.get('/api/me')).body.actor.scope).toBe('unit:T-A2');
    expect((await crew.post('/api/my-vehicle', { id: 'T-V1' })).status).toBe(409);
    expect((await (await city.as('ward@institution:T-H1')).post('/api/my-vehicle', { id: 'T-A2' })).status).toBe(403);
  });
});

describe('the demo', () => {
  it('given the link of a role, then opening it signs nobody in; sending its form does', async () => {
    const visitor = city.visitor();
    const page = await visitor.get('/demo/ward');
    expect(page.body).toContain('method="post"');
    expect(visitor.cookie).toBe('');
    const sent = await fetch(`${city.url}/demo/ward`, { method: 'POST', body: new URLSearchParams({ id: 'ward@institution:T-H1' }), redirect: 'manual' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/ward']);
    expect(sent.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  });

  it('given a post this city does not have, or a role with a scope that is not its own, then there is nobody', async () => {
    for (const id of ['ward@institution:T-H9', 'ward@city', 'resident@city', 'system@city', 'driver@town:990101001', 'city']) {
      expect((await city.visitor().post('/api/demo/sign-in', { id })).status).toBe(404);
    }
  });
});

describe('without demo mode, on the same database', () => {
  const codes = new Map<string, string>();
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await openApp(() => undefined);
    const deps: SignInDeps = {
      db, city: city.server.city, incident: { id: 'test' }, at: () => 0, findResident: async () => undefined,
      settings: { demo: false, publicUrl: 'https://care.example', firstStaff: { phone: '+8613800000001' } },
      sendCode: async (phone, code) => void codes.set(phone, code),
    };
    await registerSignIn(app, deps);
  });
  afterAll(() => app.close());
  const post = (url: string, payload: object, cookie = '') =>
    app.inject({ method: 'POST', url, payload, headers: { cookie, host: 'care.example', origin: 'https://care.example', 'idempotency-key': newKey() } });
  const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
    [answer.headers['set-cookie']].flat().map((each) => String(each).split(';')[0]).join('; ');

  it('there is no demo sign-in, and a demo session that was begun before opens nothing', async () => {
    expect((await post('/api/demo/sign-in', { id: 'city@city' })).statusCode).toBe(404);
    expect((await app.inject('/demo/city')).statusCode).toBe(404);
    const { cookie } = await city.as('city@city');
    const secure = cookie.replace('greenlane=', '__Host-greenlane=');
    expect((await app.inject({ url: '/api/me', headers: { cookie: secure } })).statusCode).toBe(401);
  });

  it('given a code to a phone of staff, then their post is a session; a stranger gets no code and no hint', async () => {
    const stranger = await post('/api/auth/phone-number/send-otp', { phoneNumber: '+8613800000002' });
    const staff = await post('/api/auth/phone-number/send-otp', { phoneNumber: '+8613800000001' });
    expect([stranger.statusCode, stranger.body]).toEqual([staff.statusCode, staff.body]);
    expect([...codes.keys()]).toEqual(['+8613800000001']);

    const proved = await post('/api/auth/phone-number/verify', { phoneNumber: '+8613800000001', code: codes.get('+8613800000001') });
    const signedIn = await post('/api/sign-in', {}, cookieOf(proved));
    expect(signedIn.json().actor).toMatchObject({ role: 'city', scope: 'city' });
    expect(signedIn.headers['set-cookie']).toMatch(/^__Host-greenlane=.*; Secure$/);

    const cookie = cookieOf(signedIn);
    const added = await post('/api/staff', { name: 'Duty desk', role: 'ward', scope: 'institution:T-H1', email: 'desk@example.org' }, cookie);
    expect(added.statusCode).toBe(201);
    expect((await post('/api/staff', { name: 'X', role: 'ward', scope: 'city', email: 'x@example.org' }, cookie)).statusCode).toBe(400);
    await post(`/api/staff/${signedIn.json().actor.id}/dismiss`, {}, cookie);
    expect((await app.inject({ url: '/api/me', headers: { cookie } })).statusCode).toBe(401);
  });
});

describe('what is kept of a link', () => {
  it('is different for every link, also to the same phone', () => {
    const [one, two] = [residentLink(['13700005678']), residentLink(['13700005678'])];
    expect(one.token).not.toBe(two.token);
    expect(one.phoneProof).not.toBe(two.phoneProof);
  });
});
