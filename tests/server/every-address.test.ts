import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, eventually, intake, startCity, TOWN, type RunningCity, type Visitor } from '../running-city.ts';

/** Every address that is published, so that one added tomorrow is asked as well. */
const OPEN_API = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../openapi.json'), 'utf8')) as { paths: Record<string, Record<string, unknown>> };
const addresses = (method: string): readonly string[] => Object.entries(OPEN_API.paths).filter(([, methods]) => method in methods).map(([address]) => address);

/** Whoever they are: nothing about a person, a post or a vehicle stands in these. */
const PUBLIC = new Set([
  '/health', '/api/sign-in/ways', '/api/demo/people', '/api/city', '/api/places', '/api/status', '/api/status/feed', '/api/status/published', '/api/appointments/free',
  '/api/appointments/free/days', '/.well-known/jwks.json', '/api/passes/trust', '/api/cloud/promise', '/api/counterparts', '/api/counterparts/history', '/api/counterparts/of', '/api/counterparts/export',
  '/api/refusals/record', '/api/restrictions', '/api/roads', '/api/policies', '/have', '/fhir/R4/metadata', '/fhir/R4/Location', '/fhir/R4/HealthcareService', '/api/travel', '/api/lines', '/api/formulary',
  '/api/roads/lines', '/api/restrictions/past',
]);

const SAID = { name: 'Wachposten Sentinel', phone: '13977770001', address: 'Sentinel Lane 7', complaint: 'sentinel complaint', proxy: 'Proxy Sentinel', proxyPhone: '13977770002' };
const HOUSE = 'ZZ-H-001';

let city: RunningCity;
let at: number;
/** By the word that stands for it in an address, or before it. */
const ids: Record<string, string> = { code: HOUSE, service: 'haemodialysis', version: '1', unit: '', car: '', shift: 'W1', slot: '' };
const done = async (asked: Promise<{ status: number; body: any }>): Promise<any> => {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};
const rows = async (text: string): Promise<any[]> => (await city.database.pool.query(text)).rows;

beforeAll(async () => {
  city = await startCity();
  at = (await city.visitor().get('/health')).body.at;
  const [ward, hotline] = await Promise.all([city.as(`ward@institution:${HOUSE}`), city.as('hotline@city')]);
  const person = (place: number): object => ({ name: `${SAID.name} ${place}`, phone: SAID.phone });
  const care = (place: number, more: object = {}): any => intake({ person: person(place), proxy: { name: SAID.proxy, phone: SAID.proxyPhone }, town: TOWN, address: SAID.address, complaint: SAID.complaint, patientKind: 'greenCode', test: 'valid', ageYears: 55, ...more });

  ids['journeys'] = (await done(hotline.post('/api/requests', care(1, { need: 'fever', findings: ['fever'] })))).journey.id;
  for (const kind of ['ServiceRequest', 'Encounter', 'Task', 'door']) ids[kind] = ids['journeys']!;
  const series = { care: care(2, { need: 'haemodialysis' }), service: 'haemodialysis', institution: HOUSE, pattern: { days: [1, 3, 5], startMinute: 420 }, cohort: 'other', lastStartAt: at - 20 * 3_600_000, safeGapHours: 72 };
  ids['series'] = (await done(ward.post('/api/series', series))).id;
  const free = (await done(city.visitor().get(`/api/appointments/free?service=specialist&institution=${HOUSE}&from=${at + 30 * 3_600_000}`))).seats[0];
  ids['slot'] = free.slot;
  ids['appointments'] = (await done(city.visitor().post('/api/appointments', { slot: free.slot, care: care(3, { need: 'specialist' }) }))).id;
  ids['waiting'] = (await done(city.visitor().post('/api/waiting', { service: 'specialist', institutions: [HOUSE], from: at, to: at + 10 * 86_400_000, care: care(4, { need: 'specialist' }) }))).id;
  ids['consults'] = (await done(ward.post('/api/consults', { specialty: 'cardiology', urgency: 'urgent', question: SAID.complaint }))).consult.id;
  ids['calls'] = (await done(hotline.post('/api/calls', { phone: SAID.phone }))).call.id;
  const emergency = await ask(city, care(5, { person: { name: `${SAID.name} 5`, phone: '13977775678' }, need: 'emergency', findings: ['chestPain'] }));
  const sent = await done((await city.as('dispatcher@city')).post(`/api/journeys/${emergency.id}/send-unit`));
  const crew = await city.as(`crew@unit:${sent.journey.mission.unit}`);
  for (const step of ['aboard', 'atDestination']) await done(crew.post(`/api/journeys/${emergency.id}/report-mission`, { step }));
  await done(crew.post(`/api/journeys/${emergency.id}/report-refusal`, { ground: 'noTestResult' }));
  ids['refusals'] = await eventually(async () => (await rows('select id from refusal_case'))[0]?.id);
  const [member] = await rows('select id from panel_member limit 1');
  ids['members'] = member?.id ?? 'PM-none';
  ids['unit'] = sent.journey.mission.unit;
  ids['car'] = [...city.server.city.cars.keys()][0]!;
}, 90_000);
afterAll(() => city.stop());

/** The id of what the word before it names; where this city has none, one that nobody has. */
function filled(address: string): string {
  const parts = address.split('/');
  return parts.map((part, place) => (/^\{.*\}$/.test(part) ? encodeURIComponent(ids[part.slice(1, -1) === 'id' ? parts[place - 1]! : part.slice(1, -1)] ?? 'nobody-has-this') : part)).join('/');
}

const WEEK = 7 * 86_400_000;
/** What some of them have to be told, as somebody would try it who knows what there is. */
const QUERY = (): string => `?institution=${HOUSE}&service=specialist&town=${TOWN}&from=${at}&to=${at + WEEK}&date=2022-11-25&district=410102&issuer=demo-hospital&state=all`;

/** The least that this address takes, so that it is not refused for its form before anybody asks who sends it. */
function least(schema: any): any {
  if (schema === undefined) return {};
  if (schema.$ref) return least(schema.$ref.split('/').slice(1).reduce((found: any, part: string) => found?.[part], OPEN_API));
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return least(first);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': return Object.fromEntries((schema.required ?? []).map((name: string) => [name, least(schema.properties?.[name])]));
    case 'array': return Array.from({ length: schema.minItems ?? 0 }, () => least(schema.items));
    case 'integer': case 'number': return Math.max(schema.minimum ?? 0, Math.min(at, schema.maximum ?? at));
    case 'boolean': return true;
    default: return 'not theirs'.slice(0, schema.maxLength ?? 100);
  }
}
const bodyOf = (address: string): unknown => least((OPEN_API.paths[address] as any).post.requestBody?.content?.['application/json']?.schema);

const everything = (body: unknown): string => JSON.stringify(body);
const personal = (text: string): readonly string[] => Object.values(SAID).filter((word) => text.includes(word));

describe('every address that is published', () => {
  it('given nobody is signed in, then only what is for everybody is answered, and nothing in it is about anybody', async () => {
    const stranger = city.visitor();
    const open: string[] = [];
    for (const address of addresses('get').filter((each) => each !== '/api/stream')) {
      for (const query of ['', QUERY()]) {
        const answer = await stranger.get(filled(address) + query);
        expect(answer.status, address).toBeLessThan(500);
        expect(personal(everything(answer.body)), address).toEqual([]);
        if (answer.status < 300 && !PUBLIC.has(address)) open.push(address);
      }
    }
    expect([...new Set(open)]).toEqual([]);
  }, 60_000);

  it('given whoever has another town, house, district, vehicle or task, then nobody of this one is in any answer', async () => {
    const cars = [...city.server.city.cars.keys()];
    const theirDistricts = new Set(['410102', city.server.city.institutions.get(HOUSE)!.district]);
    const towns = [...city.server.city.towns.values()].filter(({ district }) => !theirDistricts.has(district));
    const houses = [...city.server.city.institutions.values()].filter(({ code, district }) => code !== HOUSE && !theirDistricts.has(district));
    const taken = new Set((await rows(`select institution from journey union select institution from booking union select jsonb_array_elements_text(to_jsonb(institutions)) from waiting union select story #>> '{decision,institution}' from journey
      union select about from refusal_case`)).map(({ institution }) => String(institution).replace('institution:', '')));
    const elsewhere = houses.findLast(({ code }) => !taken.has(code))!;
    const unit = [...city.server.city.units.keys()].findLast((each) => each !== ids['unit'])!;
    const other = await ask(city, intake({ person: { name: 'Somebody', phone: '13955555678' }, town: towns[0]!.code }));
    const people: readonly [string, Visitor][] = [
      ['nobody', city.visitor()], ['resident', other.resident],
      ...await Promise.all([
        `committee@town:${towns[0]!.code}`, `familyDoctor@town:${towns[0]!.code}`, `district@district:${towns[0]!.district}`, `ward@institution:${elsewhere.code}`, `gate@institution:${elsewhere.code}`,
        `expert@institution:${elsewhere.code}`, `checkpoint@checkpoint:${towns[0]!.district}`, `driver@car:${cars.at(-1)}`, `crew@unit:${unit}`, 'planner@city', 'passOfficer@issuer:demo-hospital',
      ].map(async (post): Promise<[string, Visitor]> => [post, await city.as(post)])),
    ];
    const seen: string[] = [];
    for (const address of addresses('get').filter((each) => each !== '/api/stream')) {
      await Promise.all(people.map(async ([post, visitor]) => {
        for (const query of ['', QUERY()]) {
          const answer = await visitor.get(filled(address) + query);
          if (answer.status >= 500) seen.push(`${post} ${address} fails: ${answer.status}`);
          const words = personal(everything(answer.body));
          if (words.length > 0) seen.push(`${post} ${address} reads ${words.join()}`);
        }
      }));
    }
    expect(seen).toEqual([]);
    // The same addresses, by those whom it concerns: the search above would find something.
    const theirs = await Promise.all([`ward@institution:${HOUSE}`, `committee@town:${TOWN}`, 'district@district:410102', 'hotline@city'].map((post) => city.as(post)));
    const found = new Set<string>();
    for (const address of addresses('get').filter((each) => each !== '/api/stream')) {
      for (const visitor of theirs) for (const query of ['', QUERY()]) if (personal(everything((await visitor.get(filled(address) + query)).body)).length > 0) found.add(address);
    }
    expect([...found]).toEqual(expect.arrayContaining(['/api/journeys', '/api/journeys/{id}', '/api/series', '/api/appointments/{id}', '/api/waiting', '/api/consults', '/api/calls', '/fhir/R4/Task', '/fhir/R4/Appointment']));

    // Journeys go on by themselves; what a person does to one is an event by their name.
    const state = async (): Promise<unknown> => rows(`select 'j' || e.journey as id, e.actor_id as by from event e join journey j on j.id = e.journey where j.story #>> '{request,person,name}' like '${SAID.name}%' and e.actor_id <> 'system'
      union all select 'b' || id, state from booking where series is not null or id = '${ids['appointments']}' union all select 's' || id, version::text from series union all select 'r' || id, md5(r::text) from refusal_case r
      union all select 'c' || id, md5(c::text) from consult c union all select 'w' || id, state from waiting order by 1, 2`);
    const before = await state();
    const changed: string[] = [];
    const malformed = new Set<string>();
    for (const address of addresses('post').filter((each) => each.includes('{') && !/sign-out|staff/.test(each))) {
      for (const [post, visitor] of people) {
        const answer = await visitor.post(filled(address), bodyOf(address));
        if (answer.status === 400) malformed.add(address);
        if (answer.status >= 500) changed.push(`${post} ${address} fails: ${answer.status}`);
        if (personal(everything(answer.body)).length > 0) changed.push(`${post} ${address} reads`);
        if (answer.status < 300) changed.push(`${post} ${address} is let in`);
      }
    }
    expect(changed).toEqual([]);
    // Refused for whose they are, and not for how they were written.
    expect(malformed.size).toBeLessThan(12);
    expect(await state()).toEqual(before);
  }, 120_000);
});
