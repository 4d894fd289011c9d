import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JourneyView } from '../../src/journey/index.ts';
import type { DayView } from '../../src/trips/index.ts';
import { ask, eventually, intake, newKey, OTHER_TOWN, startCity, submit, TOWN, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let db: pg.Pool;
const rows = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => (await db.query<T>(text, values)).rows;
const people = new Map<string, Promise<Visitor>>();
const as = (post: string): Promise<Visitor> => people.get(post) ?? people.set(post, city.as(post)).get(post)!;

beforeAll(async () => {
  city = await startCity();
  db = city.database.pool;
}, 60_000);
afterAll(() => city.stop());

/** More of them to see how far it goes: `COMMITTEES=200`. */
const COMMITTEES = Number(process.env['COMMITTEES'] ?? 24);
const FEVER = { ageYears: 30, findings: ['fever'], patientKind: 'greenCode', mobility: 'walks' };
const CONTACT = { ageYears: 50, need: 'generalOutpatient', patientKind: 'highRiskArea', mobility: 'walks' };

/** Released, with a pass, and waiting for the committee's yes. */
async function waiting(id: string, town = TOWN): Promise<JourneyView> {
  const committee = await as(`committee@town:${town}`);
  return eventually(async () => {
    const { journey } = (await committee.get(`/api/journeys/${id}`)).body as { journey: JourneyView };
    if (journey.step?.kind === 'release') await committee.post(`/api/journeys/${id}/release`);
    return journey.step?.kind === 'assignCar' ? journey : undefined;
  }, 20 + COMMITTEES / 4);
}

const approve = async (id: string, town = TOWN) => (await as(`committee@town:${town}`)).post(`/api/journeys/${id}/assign-car`, { leg: 'out' });
const dayOf = async (post: string): Promise<DayView> => (await (await as(post)).get('/api/day')).body;

/** What no plan and no row may ever show, asked of the rows themselves. */
async function expectNobodyEndangered(): Promise<void> {
  expect(await rows(`select a.ride, b.ride as other, a.car from ride a join ride b on a.city = b.city and a.car = b.car and a.ride < b.ride
    where a.cohort <> b.cohort and a.during && b.during`), 'two cohorts in one car').toEqual([]);
  const taken = await rows<{ car: string; seats: number; wheelchairs: number; stretchers: number }>(`select a.car, sum(b.seats)::int as seats, sum(b.wheelchairs)::int as wheelchairs, sum(b.stretchers)::int as stretchers
    from ride a join ride b on a.city = b.city and a.car = b.car and b.state <> 'over' and b.pick_up_at <= a.pick_up_at and b.arrive_at > a.pick_up_at
    where a.car is not null and a.state <> 'over' group by a.ride, a.car`);
  for (const { car, seats, wheelchairs, stretchers } of taken) {
    const known = city.server.city.cars.get(car)!;
    expect(seats, car).toBeLessThanOrEqual(known.seats);
    expect(wheelchairs, car).toBeLessThanOrEqual(Number(known.wheelchair));
    expect(stretchers, car).toBeLessThanOrEqual(Number(known.stretcher));
  }
  expect((await (await as('city@city')).get('/api/promises')).body.broken).toEqual([]);
}

describe('committees who approve at once', () => {
  it(`${COMMITTEES} of two towns and two cohorts: everybody has a place or waits with a yes, cohorts apart, no car over its seats; then the day is planned anew and some go home again`, async () => {
    const asked = await Promise.all(Array.from({ length: COMMITTEES }, (_, index) => {
      const town = index % 3 === 0 ? OTHER_TOWN : TOWN;
      return submit(city, intake({ town, ...(index % 2 ? FEVER : CONTACT) })).then(({ id }) => ({ id, town }));
    }));
    await Promise.all(asked.map(({ id, town }) => waiting(id, town)));

    const answers = await Promise.all(asked.map(({ id, town }) => approve(id, town)));

    expect(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim())).toEqual(Array(COMMITTEES).fill('200'));
    const placed = answers.filter(({ body }) => body.journey.out.car !== undefined);
    expect(placed.length).toBeGreaterThan(0);
    await expectNobodyEndangered();
    // Whoever has a car out has a way back: planned, or owed by name.
    for (const { body } of placed) expect(body.journey.back, body.journey.id).toMatchObject({ leg: 'back', expected: true });

    const district = await as('district@district:410102');
    const [planned] = await Promise.all([
      district.post('/api/day/replan'), ...asked.slice(0, 8).map(({ id }) => as('hotline@city').then((desk) => desk.post(`/api/journeys/${id}/withdraw-request`, { reason: 'better' }))),
    ]);
    expect([planned!.status, planned!.body.code]).toEqual([200, undefined]);
    await expectNobodyEndangered();
    const gone = asked.slice(0, 8).map(({ id }) => id);
    expect(await rows(`select ride from ride where journey = any($1)`, [gone])).toEqual([]);
    const day = await dayOf('district@district:410102');
    expect(day.planned).toMatchObject({ moved: expect.any(Number) });
    expect(day.cars.some(({ stops }) => stops.length > 0)).toBe(true);
  }, 120_000 + COMMITTEES * 1_000);

  it('the same yes sent five times is one, and the answer is the same', async () => {
    const { id } = await submit(city, intake(FEVER));
    await waiting(id);
    const committee = await as(`committee@town:${TOWN}`);
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => committee.post(`/api/journeys/${id}/assign-car`, { leg: 'out' }, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.journey?.version}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(200);
  }, 30_000);

  it('a committee reads the names of its own town; the district and the next town read numbers', async () => {
    const { id } = await submit(city, intake(FEVER));
    await waiting(id);
    const seenBy = async (post: string): Promise<string | undefined> => (await dayOf(post)).unplanned.find(({ journey }) => journey === id)?.name;
    expect(await seenBy(`committee@town:${TOWN}`)).toBe('Resident 0001');
    expect(await seenBy(`committee@town:${OTHER_TOWN}`)).toBe(id);
    expect(await seenBy('district@district:410102')).toBe(id);
  }, 30_000);

  it('handed on, then the district owes the car, with a deadline of its own', async () => {
    const { id } = await submit(city, intake(FEVER));
    const { step } = await waiting(id);
    const handed = await (await as(`committee@town:${TOWN}`)).post(`/api/journeys/${id}/hand-on-ride`, { leg: 'out', reason: 'both cars are away' });
    expect(handed.body.journey.step).toMatchObject({ kind: 'assignCar', owner: { role: 'district' } });
    expect(handed.body.journey.step.dueAt).not.toBe(step!.dueAt);
    const district = await as('district@district:410102');
    expect((await district.post(`/api/journeys/${id}/assign-car`, { leg: 'out' })).status).toBe(200);
  }, 30_000);

  it('somebody with a place who gets worse leaves the plan at once, and 120 is asked', async () => {
    const { id } = await submit(city, intake(FEVER));
    await waiting(id);
    await approve(id);
    const worse = await (await as('hotline@city')).post(`/api/journeys/${id}/report-worse`, { findings: ['unresponsive'] });
    expect(worse.body.journey).toMatchObject({ transport: 'ambulance', step: { kind: 'sendUnit' } });
    expect(await rows('select ride from ride where journey = $1', [id])).toEqual([]);
  }, 30_000);
});

/** In a car, planned for this journey alone. */
async function onTheRoad(): Promise<{ id: string; resident: Visitor; driver: Visitor; car: string }> {
  const { id, resident } = await ask(city, intake(FEVER));
  await waiting(id);
  let { body } = await approve(id);
  // All cars may be busy with what the tests before have planned: then the first that comes free is waited for.
  if (body.journey.out.car === undefined) {
    await rows(`delete from ride where journey <> $1`, [id]);
    body = { journey: await eventually(async () => {
      const { journey } = (await resident.get('/api/my')).body;
      return journey.out.car === undefined ? undefined : journey;
    }, 25) };
  }
  const car = body.journey.out.car as string;
  return { id, resident, car, driver: await as(`driver@car:${car}`) };
}

const now = async (): Promise<number> => (await city.visitor().get('/api/city')).body.at;

describe('a driver without a network', () => {
  it('three presses, sent out of order and twice, stand in the record once, in their true order, with their true times', async () => {
    const { id, driver, car } = await onTheRoad();
    const stops = (await driver.get('/api/my-rides')).body.stops.filter(({ journey }: { journey: string }) => journey === id);
    expect(stops).toMatchObject([{ kind: 'pickUp', address: 'Building 3', person: { name: 'Resident 0001' } }, { kind: 'dropOff' }, ...(stops.length > 2 ? [{}, {}] : [])]);
    await rows(`update journey set story = jsonb_set(story, '{out,orderedAt}', to_jsonb((story #>> '{out,orderedAt}')::bigint - 3600000)) where id = $1`, [id]);
    const at = await now();
    const entry = (step: string, minutesAgo: number, rest = {}) => ({ key: `press-${id}-${step}`, journey: id, leg: 'out', step, at: at - minutesAgo * 60_000, ...rest });
    const entries = [entry('arrived', 5, { who: 'Nurse at the fever clinic' }), entry('atDoor', 40), entry('aboard', 35)];

    const [first, again] = [await driver.post('/api/my-rides/sync', { entries }), await driver.post('/api/my-rides/sync', { entries })];

    for (const { status, body } of [first, again]) expect([status, body.entries]).toEqual([200, entries.map(({ key }) => ({ key, ok: true }))]);
    const { journey } = (await (await as(`committee@town:${TOWN}`)).get(`/api/journeys/${id}`)).body as { journey: JourneyView };
    expect(journey.out!.times).toMatchObject({ atDoor: at - 40 * 60_000, aboard: at - 35 * 60_000, arrived: at - 5 * 60_000 });
    expect(journey.out!.stamps!.arrived).toMatchObject({ at: at - 5 * 60_000, recordedAt: expect.any(Number), to: 'Nurse at the fever clinic' });
    expect(journey.out!.stamps!.arrived!.recordedAt).toBeGreaterThanOrEqual(at);
    expect(journey.custody.at(-1)).toEqual({ holder: `car:${car}`, since: at - 35 * 60_000 });
    expect(await rows(`select 1 from event where journey = $1 and type = 'RideReported'`, [id])).toHaveLength(3);
  }, 60_000);

  it('fetched by a driver who could not know that they had withdrawn: the phone is told, and the district has to ask where they are', async () => {
    const { id, resident, driver, car } = await onTheRoad();
    expect((await resident.post(`/api/journeys/${id}/withdraw-request`, { reason: 'feeling better' })).status).toBe(200);
    const at = await now();
    const entries = ['atDoor', 'aboard'].map((step) => ({ key: `press-${id}-${step}-late`, journey: id, leg: 'out', step, at, point: { lon: 113.62, lat: 34.75 } }));
    for (let time = 0; time < 2; time++) {
      const { body } = await driver.post('/api/my-rides/sync', { entries });
      expect(body.entries.map(({ refusal }: { refusal: { code: string } }) => refusal.code)).toEqual(['alreadyClosed', 'alreadyClosed']);
    }
    const found = (await dayOf('district@district:410102')).incidents.filter(({ journey }) => journey === id);
    expect(found).toMatchObject([{ fault: 'contradicted', car, at, place: { lon: 113.62, lat: 34.75 }, owner: 'district@district:410102' }]);
  }, 60_000);

  it('a fever said on the way: nobody else gets in or follows until the driver says that the car is clean', async () => {
    const { id } = await ask(city, intake(CONTACT));
    await waiting(id);
    await rows(`delete from ride where journey <> $1`, [id]);
    const { car } = (await approve(id)).body.journey.out;
    const driver = await as(`driver@car:${car}`);
    for (const step of ['atDoor', 'aboard']) await driver.post(`/api/journeys/${id}/report-ride`, { leg: 'out', step });
    expect((await driver.get('/api/my-rides')).body.state).toBe('ready');

    expect((await driver.post(`/api/journeys/${id}/report-worse`, { findings: ['fever'] })).status).toBe(200);

    expect((await driver.get('/api/my-rides')).body.state).toBe('off');
    const other = await ask(city, intake(CONTACT));
    await waiting(other.id);
    expect((await approve(other.id)).body.journey.out.car).not.toBe(car);
    // Every round looks after those whose car cannot come; whoever is in this one is brought to the end.
    const [planned] = await rows<{ ride: string }>(`select ride from ride where journey = $1 and leg = 'out'`, [other.id]);
    await rows(`update ride set car = $1 where ride = $2`, [car, planned!.ride]);
    await rows(`update journey set story = jsonb_set(story, '{out,car}', to_jsonb($1::text)) where id = $2`, [car, other.id]);
    await rows(`update ride set day_ride = jsonb_set(day_ride, '{planned,car}', to_jsonb($1::text)) where ride = $2`, [car, planned!.ride]);
    await driver.post(`/api/cars/${car}/state`, { state: 'off' });
    await eventually(async () => ((await (await as(`committee@town:${TOWN}`)).get(`/api/journeys/${other.id}`)).body.journey.out.car === car ? undefined : true), 20);
    expect((await (await as(`committee@town:${TOWN}`)).get(`/api/journeys/${id}`)).body.journey).toMatchObject({ holder: `car:${car}`, out: { car } });
    expect(await rows(`select facts from audit where what = 'planRejected' and facts::text like '%notAboard%'`), 'nobody was to be fetched out of it').toEqual([]);
    expect((await driver.post(`/api/cars/${car}/state`, { state: 'ready' })).status).toBe(200);
    expect((await driver.get('/api/my-rides')).body.state).toBe('ready');
  }, 60_000);

  it('two presses under one key are refused together: an answer for one would hide the other', async () => {
    const { id, driver } = await onTheRoad();
    const press = { key: `press-${id}-twin`, journey: id, leg: 'out', at: await now() };
    expect((await driver.post('/api/my-rides/sync', { entries: [{ ...press, step: 'atDoor' }, { ...press, step: 'aboard' }] })).status).toBe(400);
  }, 60_000);

  it('a time that has not come, somebody else\'s ride and an arrival of nobody are each refused by name, and the rest is written down', async () => {
    const { id, driver } = await onTheRoad();
    const at = await now();
    const press = (name: string, rest: object) => ({ key: `press-${id}-${name}`, journey: id, leg: 'out', step: 'atDoor', at, ...rest });
    const { body } = await driver.post('/api/my-rides/sync', { entries: [
      press('early', { at: at + 3_600_000 }), press('nobody', { step: 'arrived' }), press('wrong', { leg: 'back', journey: 'R000000000' }), press('door', {}),
    ] });
    expect(body.entries.map(({ ok, refusal }: { ok?: true; refusal?: { code: string } }) => ok ?? refusal?.code)).toEqual(['timeInFuture', 'nobodyAboard', 'notYourRide', true]);
  }, 60_000);

  it('somebody else at the door: nobody is aboard, and the district has it, with a deadline, until it is settled', async () => {
    const { id, driver } = await onTheRoad();
    await driver.post('/api/my-rides/sync', { entries: [{ key: `press-${id}-wrong`, journey: id, leg: 'out', step: 'aboard', at: await now(), wrongPerson: true }] });
    const district = await as('district@district:410102');
    const found = await eventually(async () => (await dayOf('district@district:410102')).incidents.find(({ journey }) => journey === id), 20);
    expect(found).toMatchObject({ fault: 'wrongPerson', owner: 'district@district:410102', dueAt: expect.any(Number) });
    expect((await (await as(`committee@town:${TOWN}`)).get(`/api/journeys/${id}`)).body.journey.holder).toBe('home');
    const settled = await district.post(`/api/incidents/${found.id}/settle`, { what: 'the right person was fetched' });
    expect(settled.status).toBe(200);
    expect((await dayOf('district@district:410102')).incidents.some(({ id: each }) => each === found.id)).toBe(false);
    expect((await district.post(`/api/incidents/${found.id}/settle`, { what: 'again' })).body.code).toBe('incidentSettled');
  }, 60_000);
});

/** Treated and in the car on the way home. */
async function onTheWayHome(): Promise<Awaited<ReturnType<typeof onTheRoad>>> {
  const road = await onTheRoad();
  const { id, resident } = road;
  for (let step = 0; step < 20; step++) {
    const { journey } = (await resident.get('/api/my')).body as { journey: JourneyView };
    if (journey.step?.kind === 'returnTravel') return { ...road, car: journey.back!.car!, driver: await as(`driver@car:${journey.back!.car!}`) };
    const { owner } = journey.step!;
    const person = await as(`${owner.role}@${owner.scope}`);
    const [action] = (await person.get(`/api/journeys/${id}`)).body.journey.actions;
    const { type, ...body } = action;
    const { status, body: answer } = await person.post(`/api/journeys/${id}/${type.replace(/[A-Z]/g, (letter: string) => `-${letter.toLowerCase()}`)}`, body);
    if (status !== 200) throw new Error(`${type}: ${JSON.stringify(answer)}`);
    if (type === 'finishTreatment') expect(answer.journey.back, 'the way back is confirmed, not ordered anew').toMatchObject({ ride: journey.back!.ride, readyAt: expect.any(Number) });
  }
  throw new Error('never on the way home');
}

describe('the way home', () => {
  it('refused at their own gate: the car keeps them, the district is told at once and owes an answer, and they come home in the end', async () => {
    const { id, driver, car, resident } = await onTheWayHome();
    const refused = await driver.post(`/api/journeys/${id}/report-gate-refusal`, { ground: 'cameFromHospital' });
    expect(refused.status, JSON.stringify(refused.body)).toBe(200);
    const { journey } = refused.body as { journey: JourneyView };
    expect(journey.holder).toBe(`car:${car}`);
    expect(journey.step).toMatchObject({ kind: 'returnTravel', owner: { role: 'driver' }, missed: [{ told: { role: 'district' } }] });
    expect(journey.step!.dueAt! - (await now())).toBeLessThanOrEqual(15 * 60_000);
    expect(await rows(`select audience from outbox where journey = $1 and code = 'refusedAtGate'`, [id])).toEqual([{ audience: 'district:410102' }]);
    expect(await eventually(async () => (await dayOf('district@district:410102')).incidents.find((each) => each.journey === id), 20)).toMatchObject({ fault: 'refusedAtGate', car });

    expect((await driver.post(`/api/journeys/${id}/report-ride`, { leg: 'back', step: 'arrived' })).status).toBe(200);
    expect((await resident.get('/api/my')).body.journey.holder).toBe('home');
    expect((await driver.post(`/api/journeys/${id}/report-gate-refusal`, { ground: 'other' })).body.code).toBe('notOnTheWayHome');
  }, 60_000);

  it('the family sees where the car is and how old that is, and nothing more, until the ride is over', async () => {
    const { resident, driver, car, id } = await onTheWayHome();
    const { status, body } = await resident.post(`/api/journeys/${id}/share-ride`, { leg: 'back' });
    expect(status, JSON.stringify(body)).toBe(200);
    const token = body.url.split('#')[1] as string;
    const at = await now();
    expect((await driver.post(`/api/cars/${car}/position`, { lon: 113.62, lat: 34.75, at })).status).toBe(202);
    expect((await driver.post(`/api/cars/${car}/position`, { lon: 113, lat: 34.5, at: at - 60_000 })).status).toBe(202);
    const family = city.visitor();
    const seen = await family.post('/api/shared-ride', { token });
    expect(seen.body).toEqual({ at: expect.any(Number), state: 'aboard', leg: 'back', car, carPlace: { lon: 113.62, lat: 34.75 }, placeAt: at, pickUpAt: expect.any(Number), arriveAt: expect.any(Number), phone: expect.any(String), from: expect.anything(), to: expect.anything() });
    // Nearly: a hundred metres tell how far it still is, and no door.
    for (const degrees of [seen.body.from, seen.body.to].flatMap(({ lon, lat }: { lon: number; lat: number }) => [lon, lat])) expect(degrees).toBe(Math.round(degrees * 1_000) / 1_000);
    expect(JSON.stringify(await rows('select * from shared_ride'))).not.toContain(token);
    expect((await family.post('/api/shared-ride', { token: 'x'.repeat(43) })).status).toBe(404);
    expect((await family.post('/api/my/sign-in', { token, phoneLast4: '5678' })).status, 'it opens nothing else').not.toBe(200);

    await driver.post(`/api/journeys/${id}/report-ride`, { leg: 'back', step: 'arrived' });
    expect((await family.post('/api/shared-ride', { token })).body).toMatchObject({ status: 410, code: 'rideOver' });
  }, 60_000);
});

describe('a car that breaks down', () => {
  it('with somebody in it: another one fetches them from where it stopped, and whoever it was to drive has another or is looked after', async () => {
    const { id, driver, car } = await onTheRoad();
    for (const step of ['atDoor', 'aboard']) await driver.post(`/api/journeys/${id}/report-ride`, { leg: 'out', step });
    const broken = await driver.post(`/api/cars/${car}/state`, { state: 'broken', reason: 'gearbox', lon: 113.62, lat: 34.75 });
    expect(broken.status, JSON.stringify(broken.body)).toBe(200);
    const committee = await as(`committee@town:${TOWN}`);
    const journey = await eventually(async () => {
      const { journey: seen } = (await committee.get(`/api/journeys/${id}`)).body as { journey: JourneyView };
      return seen.out!.car === car ? undefined : seen;
    }, 20);
    expect(journey.out).toMatchObject({ stoppedAt: { lon: 113.62, lat: 34.75 }, planned: { car: journey.out!.car } });
    expect(journey.holder, 'until the next car has them, the first one does').toBe(`car:${car}`);
    const other = await as(`driver@car:${journey.out!.car}`);
    expect((await other.post(`/api/journeys/${id}/report-ride`, { leg: 'out', step: 'aboard' })).body.journey.holder).toBe(`car:${journey.out!.car}`);
    await expectNobodyEndangered();
    await (await as('district@district:410102')).post(`/api/cars/${car}/state`, { state: 'ready' });
  }, 60_000);
});
