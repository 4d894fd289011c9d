import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intake, OTHER_TOWN, startCity, submit, TOWN, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let second: RunningCity;

beforeAll(async () => {
  city = await startCity();
  second = await startCity({ on: city.database });
}, 60_000);
afterAll(async () => {
  await second.stop();
  await city.stop();
});

/** Everything an open screen hears until it is closed. */
async function listen(person: Visitor): Promise<{ readonly heard: string[]; close(): void }> {
  const abort = new AbortController();
  const response = await fetch(`${person.url}/api/stream`, { headers: { cookie: person.cookie }, signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const heard: string[] = [];
  void (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) heard.push(chunk);
  })().catch(() => undefined);
  return { heard, close: () => abort.abort() };
}

describe('an open screen', () => {
  it('hears within a second of what changed in its scope, on another server of the same database as well; others hear nothing', async () => {
    const [here, there, elsewhere] = await Promise.all([
      listen(await city.as(`committee@town:${TOWN}`)), listen(await second.as(`committee@town:${TOWN}`)), listen(await second.as(`committee@town:${OTHER_TOWN}`)),
    ]);

    const { id } = await submit(city, intake({ ageYears: 30, findings: ['fever'], patientKind: 'greenCode' }));

    await expect.poll(() => here!.heard.join(''), { timeout: 1_000, interval: 20 }).toContain(`"journey":"${id}"`);
    await expect.poll(() => there!.heard.join(''), { timeout: 1_000, interval: 20 }).toContain(`"journey":"${id}"`);
    expect(elsewhere!.heard.join('')).not.toContain(id);
    for (const screen of [here, there, elsewhere]) screen!.close();
  });

  it('is for those who have signed in', async () => {
    expect((await city.visitor().get('/api/stream')).status).toBe(401);
  });
});

describe('two servers of one database', () => {
  it('agree on the status of every service', async () => {
    const { at, institutions } = (await city.visitor().get('/api/city')).body as { at: number; institutions: { code: string; services: string[] }[] };
    const [own, standIn] = institutions.filter(({ services }) => services.includes('radiotherapy'));
    const ward = await city.as(`ward@institution:${own!.code}`);

    const answer = await ward.post(`/api/institutions/${own!.code}/services/radiotherapy/status`, { state: 'closed', until: at + 3_600_000, standIn: standIn!.code });

    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const seen = async (): Promise<string> => (await second.visitor().get('/api/status')).body.services
      .find(({ institution, service }: { institution: string; service: string }) => institution === own!.code && service === 'radiotherapy').state;
    await expect.poll(seen, { timeout: 2_000 }).toBe('closed');
  });
});

describe('the watch', () => {
  it('tells the next role of a missed deadline once, though two servers watch', async () => {
    const { id } = await submit(city, intake({ need: 'emergency', findings: ['unresponsive'] }));
    const db = city.database.pool;
    await db.query(`update journey set due_at = due_at - 600000,
      story = jsonb_set(story, '{links,0,dueAt}', to_jsonb((story #>> '{links,0,dueAt}')::bigint - 600000)) where id = $1`, [id]);

    const missed = async () => (await db.query(`select data from event where journey = $1 and type = 'DeadlineMissed'`, [id])).rows;
    await expect.poll(async () => (await missed()).length, { timeout: 5_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2_200));

    expect(await missed()).toMatchObject([{ data: { link: 'sendUnit', told: { role: 'city' } } }]);
    expect((await db.query('select missed_count from journey where id = $1', [id])).rows).toEqual([{ missed_count: 1 }]);
  });
});
