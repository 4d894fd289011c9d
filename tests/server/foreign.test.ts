import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intake, startCity, submit, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

/** Every address of the published interface that names one thing: what is added tomorrow is tried as well. */
const { paths } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../openapi.json'), 'utf8')) as { paths: Record<string, { get?: object; post?: object }> };
const named = Object.entries(paths).filter(([address]) => address.includes('{id}') || address.includes('{code}'));
/** The city's own places, open to whoever is signed in. */
const OF_THE_CITY = /^\/fhir\/R4\/(Location|HealthcareService)\//;

const SECRET = 'Unseen-by-others';
let city: RunningCity;
let strangers: readonly (readonly [string, Visitor])[];
let journey: string;
let call: string;
let consult: string;
let member: string;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  journey = (await submit(city, intake({ person: { name: SECRET, phone: '13712349876' }, town: '990101001', address: SECRET, need: 'emergency', findings: ['chestPain'], complaint: SECRET }))).id;
  const ward = await city.as('ward@institution:T-H2');
  const created = ({ status, body }: Answer): any => {
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  };
  call = created(await (await city.as('hotline@city')).post('/api/calls', { line: 'T-H1', callerName: SECRET, phone: '13712349876', answered: true })).call.id;
  consult = created(await ward.post('/api/consults', { specialty: 'cardiology', urgency: 'soon', mode: 'remote', question: SECRET, askedOf: 'T-H1' })).consult.id;
  const { body: { rows } } = await (await city.as('familyDoctor@town:990101001')).get('/api/panels/day-list');
  member = rows[0]?.member?.id ?? (await city.database.pool.query<{ id: string }>(`select id from panel_member where town = '990101001' limit 1`)).rows[0]!.id;
  const posts = [
    'committee@town:990102001', 'familyDoctor@town:990102001', 'district@district:990102', 'ward@institution:T-H4', 'gate@institution:T-H4', 'cloudDoctor@institution:T-H3',
    'pharmacist@institution:T-H4', 'expert@institution:T-H3', 'crew@unit:T-A3', 'driver@car:T-V3', 'checkpoint@checkpoint:990102', 'passOfficer@issuer:demo-hospital', 'planner@city',
  ];
  const people: (readonly [string, Visitor])[] = [['nobody', city.visitor()]];
  for (const post of posts) people.push([post, await city.as(post)]);
  strangers = people;
}, 60_000);
afterAll(() => city.stop());

function idFor(address: string): string {
  if (address.startsWith('/api/calls')) return call;
  if (address.startsWith('/api/consults')) return consult;
  if (address.startsWith('/api/panels')) return member;
  return journey;
}

const snapshot = async (): Promise<string> => JSON.stringify((await city.database.pool.query(`
  select (select json_agg(j order by id) from journey j) as journeys, (select json_agg(c order by id) from call c) as calls,
    (select json_agg(q order by id) from consult q) as consults, (select json_agg(m order by id) from panel_member m) as members,
    (select json_agg(d order by id) from duty_shift d) as shifts, (select json_agg(s) from service_status s) as status, (select json_agg(t order by id) from staff t) as staff`)).rows);

describe('whoever has no business with it', () => {
  it.each(named)('%s: neither sees nor changes anything, and is not told that it exists', async (address, { get, post }) => {
    const before = await snapshot();
    for (const [post_, stranger] of strangers) {
      const to = (id: string): string => address.replace('{id}', id).replace('{code}', 'T-H1').replace('{service}', 'emergency');
      for (const [method, there] of [['GET', get], ['POST', post]] as const) {
        if (!there) continue;
        for (const id of [idFor(address), 'no-such-id', '%00', encodeURIComponent("' or 1=1 --")]) {
          const answer = method === 'GET' ? await stranger.get(to(id)) : await stranger.post(to(id), { state: 'open', reason: 'x', reached: true, text: 'x', need: 'fever', journey });
          const said = `${post_} ${method} ${to(id)} ${answer.status} ${JSON.stringify(answer.body)}`;
          expect(JSON.stringify(answer.body), said).not.toContain(SECRET);
          if (!OF_THE_CITY.test(address)) expect([400, 401, 403, 404], said).toContain(answer.status);
        }
      }
    }
    expect(await snapshot()).toBe(before);
  });

  it('an address nobody can read is a problem like every other', async () => {
    for (const address of ['/%', '/%ff', `/api/journeys/${'a'.repeat(5_000)}`, '/api/journeys/%00']) {
      const response = await fetch(city.url + address);
      expect(response.headers.get('content-type'), address).toContain('application/problem+json');
      expect(await response.json(), address).toMatchObject({ code: expect.stringMatching(/^(bodyUnreadable|bodyTooLarge|notFound)$/) });
    }
  });
});
