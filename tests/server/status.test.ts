import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, confirmClosings, eventually, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const HOUR_MS = 3_600_000;
const TOY_TOWN = '990101001';
/** About as far from the one house as from the other. */
const BETWEEN = '990101100';
/** In toytown: two houses with an emergency department, one beside the other's dialysis. */
const HOUSE = 'T-H1';
const OTHER = 'T-H2';

let city: RunningCity;
let ward: Visitor;
let district: string;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  ward = await city.as(`ward@institution:${HOUSE}`);
  const { institutions } = (await ward.get('/api/city')).body as { institutions: { code: string; district: string }[] };
  district = institutions.find(({ code }) => code === HOUSE)!.district;
}, 60_000);
afterAll(() => city?.stop());

const now = async (): Promise<number> => (await ward.get('/api/status')).body.at;
const standing = async (service: string, house = HOUSE): Promise<any> => ((await city.visitor().get('/api/status')).body.services as any[]).find((one) => one.institution === house && one.service === service);
const close = async (service: string, by = ward, house = HOUSE, standIn = OTHER) => by.post(`/api/institutions/${house}/services/${service}/status`, { state: 'closed', reason: 'disinfection', until: (await now()) + HOUR_MS, standIn });
const closings = async (): Promise<any[]> => ((await (await city.as('city@city')).get('/api/status/matters')).body.matters as any[]).filter(({ kind }) => kind === 'closing');

describe('an emergency department is closed by two people', () => {
  it('given its ward asks, then it is still open and shows what was asked for, and the district has a deadline', async () => {
    const answer = await close('emergency');

    expect(answer.body).toMatchObject({ waits: true, askedAgain: 0 });
    expect(await standing('emergency')).toMatchObject({ state: 'open', closingAsked: { until: expect.any(Number) } });
    const [asked] = await closings();
    expect(asked).toMatchObject({ kind: 'closing', institution: HOUSE, district, owner: { role: 'district', scope: `district:${district}` } });
    expect(asked.dueAt - asked.openedAt).toBeLessThanOrEqual(15 * 60_000);
  });

  it('given the ward itself, or somebody of another district, then they cannot confirm it', async () => {
    const [{ id }] = (await closings()) as [{ id: string }];
    expect((await ward.post(`/api/closings/${id}/confirm`)).status).toBe(403);
    const { districts } = (await ward.get('/api/city')).body as { districts: { code: string }[] };
    const elsewhere = districts.find(({ code }) => code !== district);
    if (elsewhere) expect((await (await city.as(`district@district:${elsewhere.code}`)).post(`/api/closings/${id}/confirm`)).status).toBe(404);
    expect((await standing('emergency')).state).toBe('open');
  });

  it('given a second person declines with a reason, then it stays open and nothing waits', async () => {
    const [{ id }] = (await closings()) as [{ id: string }];
    const second = await city.as(`district@district:${district}`);
    expect((await second.post(`/api/closings/${id}/decline`, {})).status).toBe(400);
    expect((await second.post(`/api/closings/${id}/decline`, { reason: 'Half of it can stay open.' })).status).toBe(200);
    expect(await closings()).toEqual([]);
    expect((await standing('emergency')).closingAsked).toBeUndefined();
  });

  it('given one person with two posts, under a name written otherwise, then they are no second person', async () => {
    await close('emergency');
    const [{ id }] = (await closings()) as [{ id: string }];
    const query = (text: string, values: readonly unknown[]) => city.database.pool.query(text, [...values]);
    const { rows: [{ by }] } = await query(`select asked ->> 'reportedBy' as by from status_matter where id = $1`, [id]);
    const district2 = await city.as(`district@district:${district}`);
    const { rows: [{ actor }] } = await query(`select actor_id as actor from session where role = 'district' order by began_at desc limit 1`, []);
    for (const [post, role, name] of [[by, 'ward', 'Ward'], [actor, 'district', 'Duty']] as const) await query(`insert into staff (city, id, name, role, scope, phone, active) values ('toytown', $1, $2, $3, 'city', '13900000001', false)`, [post, name, role]);

    expect((await district2.post(`/api/closings/${id}/confirm`)).body).toMatchObject({ code: 'secondPersonIsFirst' });

    await query(`delete from staff where phone = '13900000001'`, []);
    await (await city.as('city@city')).post(`/api/closings/${id}/decline`, { reason: 'Not now.' });
  });

  it('given two confirm it at once, then it is closed once, published without a name, and the one who came second hears that nothing waits', async () => {
    await close('emergency');
    const [{ id }] = (await closings()) as [{ id: string }];
    const [one, two] = await Promise.all([city.as(`district@district:${district}`), city.as('city@city')]);

    const answers = await Promise.all([one, two].map((second) => second.post(`/api/closings/${id}/confirm`)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await standing('emergency')).state).toBe('closed');
    const { published } = (await city.visitor().get('/api/status/published')).body as { published: Record<string, unknown>[] };
    expect(published[0]).toMatchObject({ institution: HOUSE, service: 'emergency', state: 'closed', standIn: OTHER, reason: 'disinfection' });
    expect(Object.keys(published[0]!).some((field) => field.endsWith('By'))).toBe(false);
  });

  it('given its stand-in asks to close and names it, then that is refused: two shut doors would send people to each other', async () => {
    const other = await city.as(`ward@institution:${OTHER}`);
    expect((await close('emergency', other, OTHER, HOUSE)).body).toMatchObject({ code: 'standInCannot' });
  });

  it('given somebody is on the way there when it closes, then they are sent to the nearest open one, with the owner and the deadline of a next step', async () => {
    await ward.post(`/api/institutions/${HOUSE}/services/emergency/status`, { state: 'open' });
    const { id, resident } = await ask(city, intake({ town: TOY_TOWN, need: 'emergency', findings: ['chestPain'] }));
    const away = (await resident.get(`/api/journeys/${id}`)).body.journey.institution.code as string;
    const there = away === HOUSE ? OTHER : HOUSE;
    await close('emergency', await city.as(`ward@institution:${away}`), away, there);
    await confirmClosings(city.url);

    const after = await eventually(async () => {
      const { journey } = (await resident.get(`/api/journeys/${id}`)).body;
      return journey.institution?.code === there ? journey : undefined;
    });
    expect(after.step).toMatchObject({ owner: expect.anything(), dueAt: expect.any(Number) });
    await (await city.as(`ward@institution:${away}`)).post(`/api/institutions/${away}/services/emergency/status`, { state: 'open' });
  });

  it('given an appointment after its end whose request has begun, then they keep their hour; given one within it, then they are led elsewhere', async () => {
    const at = await now();
    const { body: { seats } } = await city.visitor().get(`/api/appointments/free?service=specialist&institution=${HOUSE}&from=${at + HOUR_MS / 2}`);
    const [within, after] = [seats.find(({ startsAt }: any) => startsAt > at + HOUR_MS / 2), seats.find(({ startsAt }: any) => startsAt > at + 26 * HOUR_MS)];
    const begun = await Promise.all([within, after].map(async (seat, place) => {
      const care = intake({ person: { name: `Booked ${place}`, phone: `1376000111${place}` }, town: TOY_TOWN, need: 'specialist', ageYears: 50, patientKind: 'greenCode', test: 'valid' });
      const { body } = await city.visitor().post('/api/appointments', { slot: seat.slot, care });
      await city.database.pool.query('update booking set call_up_at = 1 where id = $1', [body.id]);
      return eventually(async () => (await city.database.pool.query('select journey, slot from booking where id = $1 and journey is not null', [body.id])).rows[0]);
    }));
    expect((await ward.post(`/api/institutions/${HOUSE}/services/specialist/status`, { state: 'closed', reason: 'disinfection', until: Math.max(within.startsAt, at) + HOUR_MS, standIn: OTHER })).status).toBe(200);
    await eventually(async () => ((await city.database.pool.query(`select from journey where id = $1 and institution = $2`, [begun[0]!.journey, HOUSE])).rows.length === 0 ? true : undefined));
    const { rows } = await city.database.pool.query(`select j.institution, b.state, b.slot from journey j join booking b on b.journey = j.id and b.state = 'booked' where j.id = $1`, [begun[1]!.journey]);
    expect(rows).toEqual([{ institution: HOUSE, state: 'booked', slot: after.slot }]);
    await ward.post(`/api/institutions/${HOUSE}/services/specialist/status`, { state: 'open' });
  });
});

describe('how old a word is', () => {
  it('given nobody has said anything for longer than its limit, then it is unknown, its ward is asked once, and is told on; one tap makes it known', async () => {
    await city.server.stop();
    await city.database.pool.query('update incident set started_at = started_at - 20 * 3600000');
    await city.database.pool.query('delete from service_status');
    city = { ...city, ...(await startCity({ city: 'toytown', on: city.database })) };
    ward = await city.as(`ward@institution:${HOUSE}`);
    expect(await standing('emergency')).toMatchObject({ state: 'unknown', lastSaid: 'open', saidBy: 'files' });
    // Asked for, and its second person let the time pass.
    await close('obstetrics');
    await city.database.pool.query("update status_matter set due_at = 0 where kind = 'closing'");
    const asked = await eventually(async () => ((await ward.get('/api/status/matters')).body.matters as any[]).find(({ kind }) => kind === 'unknown'), 25);
    expect(asked).toMatchObject({ institution: HOUSE, service: '', owner: { role: 'ward' } });
    expect((await closings())[0]).toMatchObject({ service: 'obstetrics', owner: { role: 'city', scope: 'city' }, missedCount: 1 });
    expect((await standing('obstetrics')).state, 'not closed by waiting').not.toBe('closed');
    expect((await ward.post(`/api/institutions/${HOUSE}/services/obstetrics/status`, { state: 'open' })).status).toBe(200);
    expect(await closings(), 'taken back by who asked').toEqual([]);

    expect((await ward.post(`/api/institutions/${HOUSE}/as-before`)).status).toBe(200);

    expect(await standing('emergency')).toMatchObject({ state: 'open', saidBy: 'institution' });
    expect((await ward.get('/api/status/matters')).body.matters).toEqual([]);
  }, 60_000);

  it('given a house says so of another, then there is no such address', async () => {
    expect((await ward.post(`/api/institutions/${OTHER}/as-before`)).status).toBe(404);
    expect((await city.visitor().post(`/api/institutions/${HOUSE}/as-before`)).status).toBe(401);
    expect((await ward.post(`/api/institutions/${OTHER}/services/emergency/status`, { state: 'open' })).status).toBe(404);
  });

  it('given it is unknown, then an emergency is decided all the same', async () => {
    const { id, resident } = await ask(city, intake({ town: TOY_TOWN, need: 'emergency', findings: ['chestPain'] }));
    expect((await resident.get(`/api/journeys/${id}`)).body.journey).toMatchObject({ pathway: 'emergency', institution: expect.anything() });
  });
});

describe('places', () => {
  const places = (of: object) => ward.post(`/api/institutions/${HOUSE}/services/inpatient/places`, of);

  it('given more free than there are, then that is refused; given a number, then it is shown', async () => {
    expect((await places({ capacity: 3, free: 4 })).body).toMatchObject({ code: 'moreFreeThanPlaces' });
    expect((await places({ capacity: 3, free: 1 })).body.places).toMatchObject({ capacity: 3, free: 1, beyond: 0 });
    expect((await standing('inpatient')).places).toMatchObject({ free: 1 });
  });

  it('given the next number differs from the count, then both are shown and it has an owner, until the house says which', async () => {
    expect((await places({ capacity: 3, free: 3 })).body.places).toMatchObject({ free: 1, said: 3 });
    expect(((await ward.get('/api/status/matters')).body.matters as any[])).toMatchObject([{ kind: 'difference', service: 'inpatient', owner: { scope: `institution:${HOUSE}` } }]);

    const settled = await ward.post(`/api/institutions/${HOUSE}/services/inpatient/places/settle`, { which: 'said' });

    expect(settled.body.places).toMatchObject({ free: 3 });
    expect((await ward.get('/api/status/matters')).body.matters).toEqual([]);
    expect((await ward.post(`/api/institutions/${HOUSE}/services/inpatient/places/settle`, { which: 'said' })).body).toMatchObject({ code: 'placesAgree' });
  });
});

describe('a house that is full', () => {
  it('given another is hardly farther, then people are sent there and read why; a house that has none is none the worse', async () => {
    const where = async () => (await ask(city, intake({ town: BETWEEN, need: 'emergency', findings: ['chestPain'] }))).journey;
    const { institution: near } = await where();
    const of = await city.as(`ward@institution:${near!.code}`);
    const places = (free: number) => of.post(`/api/institutions/${near!.code}/services/emergency/places`, { capacity: 4, free });
    await places(0);

    const sent = await where();

    expect(sent.institution!.code).not.toBe(near!.code);
    expect(JSON.stringify(sent)).toContain('city-full');
    await places(2);
    await of.post(`/api/institutions/${near!.code}/services/emergency/places/settle`, { which: 'said' });
    expect((await where()).institution!.code).toBe(near!.code);
  });
});

describe('the page and the feed for everybody', () => {
  const raw = (address: string, headers: Record<string, string> = {}) => fetch(city.url + address, { headers });

  it('given nobody is signed in, then the page is small text in the reader’s language, finds by district and service, and says how to call', async () => {
    for (const [lang, word] of [['zh-CN', '科室开诊情况'], ['en', 'Which departments are open']] as const) {
      const page = await raw(`/status?lang=${lang}`);
      const text = await page.text();
      expect([page.status, text.includes(word), text.includes('href="tel:120"'), /<script/i.test(text)]).toEqual([200, true, true, false]);
      expect(Buffer.byteLength(text)).toBeLessThan(50_000);
    }
    const found = await (await raw(`/status?lang=en&district=${district}&service=obstetrics`)).text();
    expect(found).toContain('Toytown Central Hospital');
    expect(found).not.toContain('Orchard Town Health Centre');
  });

  it('given a closure, then page and feed show it within a second, with its end and who takes its patients, and nobody’s name', async () => {
    await close('paediatrics');
    const { published } = (await city.visitor().get('/api/status/published')).body;
    expect(published[0]).toMatchObject({ service: 'paediatrics', state: 'closed' });
    const feed = await eventually(async () => {
      const one = ((await (await raw('/api/status/feed')).json()) as any).institutions.find(({ code }: { code: string }) => code === HOUSE);
      return one.notOpen.length > 0 ? one : undefined;
    });
    expect(feed.notOpen).toMatchObject([{ service: 'paediatrics', state: 'closed', standIn: OTHER, until: expect.any(Number) }]);
    expect(JSON.stringify(feed)).not.toContain('ward');
    expect(await (await raw('/status?lang=en')).text()).toContain('Its patients are seen at Toytown Second Hospital');
  });

  it('given whoever has it already asks again, then they are sent nothing', async () => {
    await expect.poll(async () => {
      const etag = (await raw('/api/status/feed')).headers.get('etag')!;
      return (await raw('/api/status/feed', { 'if-none-match': etag })).status;
    }).toBe(304);
  });

  it('given the database is away, then it still answers, also to whoever is signed in', async () => {
    await city.database.pool.query('alter table session rename to session_away');
    try {
      const page = await fetch(`${city.url}/status`, { headers: { cookie: ward.cookie } });
      expect(page.status).toBe(200);
      expect((await fetch(`${city.url}/api/status`, { headers: { cookie: ward.cookie } })).status).toBeGreaterThanOrEqual(500);
    } finally {
      await city.database.pool.query('alter table session_away rename to session');
    }
  });

  it('given made-up addresses, then they are the whole page and fill nothing', async () => {
    expect((await raw('/status?district=%3Cscript%3E&service=nothing&lang=xx')).status).toBe(200);
    expect((await fetch(`${city.url}/status`, { method: 'POST' })).status).toBeGreaterThanOrEqual(400);
  });
});
