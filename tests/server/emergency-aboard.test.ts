import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, eventually, intake, startCity, TOWN, type RunningCity } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

it('given somebody no longer answers in a special car, then 120 sees them and the driver hears it, with the deadline of an emergency', async () => {
  const { id } = await ask(city, intake({ ageYears: 30, findings: ['fever'], patientKind: 'greenCode', mobility: 'walks' }));
  const committee = await city.as(`committee@town:${TOWN}`);
  await eventually(async () => {
    const { journey } = (await committee.get(`/api/journeys/${id}`)).body;
    if (journey.step?.kind === 'release') await committee.post(`/api/journeys/${id}/release`);
    return journey.step?.kind === 'assignCar' ? journey : undefined;
  }, 20);
  const { car } = (await committee.post(`/api/journeys/${id}/assign-car`, { leg: 'out' })).body.journey.out;
  const driver = await city.as(`driver@car:${car}`);
  for (const step of ['atDoor', 'aboard']) await driver.post(`/api/journeys/${id}/report-ride`, { leg: 'out', step });
  const dispatcher = await city.as('dispatcher@city');
  const watched = async (): Promise<Record<string, any> | undefined> =>
    (await dispatcher.get('/api/board')).body.watched.find(({ journey }: { journey: string }) => journey === id);
  expect(await watched()).toBeUndefined();

  const answer = await driver.post(`/api/journeys/${id}/report-worse`, { findings: ['unresponsive'] });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const seen = await eventually(watched, 20);
  expect(seen).toMatchObject({ acuity: 'I', aboard: { car }, owner: { role: 'driver' } });
  expect(seen!['aboard'].place).toBeUndefined();
  const { rows: [{ story }] } = await city.database.pool.query('select story from journey where id = $1', [id]);
  const open = story.links.find(({ state }: { state: string }) => state === 'open');
  expect(open.dueAt - open.openedAt).toBe(open.dueSeconds * 1_000);
  const { rows } = await city.database.pool.query(`select audience from outbox where journey = $1 and code = 'emergencyAboard' order by audience`, [id]);
  expect(rows).toEqual([{ audience: `car:${car}` }, { audience: 'city' }]);
  const { stops } = (await driver.get('/api/my-rides')).body;
  const institution = (await driver.get(`/api/journeys/${id}`)).body.journey.institution;
  expect(stops.find(({ journey, leg, kind }: Record<string, string>) => journey === id && leg === 'out' && kind === 'dropOff'))
    .toMatchObject({ emergency: institution.name, placeName: institution.name });

  const at = (await city.visitor().get('/api/city')).body.at - 1_000;
  expect((await driver.post(`/api/cars/${car}/position`, { lon: 113.62, lat: 34.75, at })).status).toBe(202);
  const placed = await eventually(async () => {
    const call = await watched();
    return call?.['aboard'].place ? call : undefined;
  }, 20);
  expect(placed).toMatchObject({ aboard: { place: { lon: 113.62, lat: 34.75 }, placeAt: at } });

  // A unit drives towards the car, and whoever is with them first has them.
  expect((await dispatcher.post(`/api/journeys/${id}/send-unit`)).body.code).toBe('noUnitAsked');
  expect((await dispatcher.get(`/api/journeys/${id}`)).body.journey.actions).toContainEqual({ type: 'meetCar' });
  expect((await dispatcher.post(`/api/journeys/${id}/meet-car`)).status).toBe(200);
  expect((await dispatcher.post(`/api/journeys/${id}/meet-car`)).body.code).toBe('unitAlreadyAsked');
  const call = await eventually(async () => (await dispatcher.get('/api/board')).body.calls.find(({ journey }: { journey: string }) => journey === id), 20);
  expect(call).toMatchObject({ acuity: 'I', place: { lon: 113.62, lat: 34.75 } });
  const { journey: { mission } } = (await dispatcher.post('/api/board/send', { journey: id, unit: call.answer.unit })).body;
  expect(mission).toMatchObject({ unit: call.answer.unit, meets: car });
  const crew = await city.as(`crew@unit:${mission.unit}`);
  for (const step of ['acknowledged', 'enRoute', 'atPatient', 'aboard']) {
    expect((await crew.post(`/api/journeys/${id}/report-mission`, { step })).status, step).toBe(200);
  }
  const met = (await crew.get(`/api/journeys/${id}`)).body.journey;
  expect(met).toMatchObject({ holder: `unit:${mission.unit}`, step: { kind: 'bring', owner: { role: 'crew' } }, out: { times: { arrived: expect.any(Number) } } });
  expect(await eventually(async () => ((await watched()) === undefined ? true : undefined), 20)).toBe(true);
  for (const step of ['atDestination', 'handedOver']) expect((await crew.post(`/api/journeys/${id}/report-mission`, { step })).status, step).toBe(200);
  const ward = await city.as(`ward@institution:${met.institution.code}`);
  expect((await ward.post(`/api/journeys/${id}/receive-patient`)).status).toBe(200);
  const { rows: incidents } = await city.database.pool.query('select fault from custody_incident where journey = $1', [id]);
  expect(incidents).toEqual([]);
});
