import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReplay } from '../../src/replay-cli.ts';
import { CHANGED, checked, draft } from '../changed-policy.ts';
import { ask, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';
import { tooComplex } from '../too-complex.ts';

let city: RunningCity;
let planner: Visitor;
let commander: Visitor;
let touched: string;
let version: string;
beforeAll(async () => {
  city = await startCity();
  [planner, commander] = [await city.as('planner@city'), await city.as('city@city')];
  touched = (await ask(city, intake({ need: 'specialist', patientKind: 'highRiskArea', ageYears: 40 }))).id;
  await ask(city, intake({ need: 'emergency', findings: ['chestPain'], ageYears: 61 }));
  ({ version } = await draft(planner, CHANGED));
}, 60_000);
afterAll(() => city.stop());

const drafted = (): string => `zhengzhou-2022-11-25@${version}`;

describe('before it is adopted', () => {
  it('a planner reads who would be treated differently, as classes in both languages, with the number of requests of each', async () => {
    const { status, body } = await planner.get(`/api/policies/diff?to=${encodeURIComponent(drafted())}`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ first: { id: 'zhengzhou-2022-11-25' }, openRequests: 1, openTotal: 2, recordedRequests: 1, recordedTotal: 2 });
    expect(body.classes.length).toBeGreaterThan(0);
    for (const { who, was, now } of body.classes) for (const text of [who, was, now]) expect(text).toEqual({ zh: expect.any(String), en: expect.any(String) });
    const [counted] = body.classes.filter(({ openRequests }: { openRequests: number }) => openRequests > 0);
    expect(counted).toMatchObject({ openRequests: 1, recordedRequests: 1, now: { en: expect.stringContaining('25 min') } });
    expect(JSON.stringify(body)).not.toContain('Resident 0001');
  }, 60_000);

  it('an end that comes earlier touches whoever is open then, although nothing is different now', async () => {
    const [inForce] = (await planner.get('/api/policies')).body.policies;
    const { body: { policy } } = await planner.post(`/api/policies/${inForce.id}/${inForce.version}/amend`, { to: inForce.period.to - 24 * 3_600_000 });
    const { body } = await planner.get(`/api/policies/diff?to=${encodeURIComponent(`${policy.id}@${policy.version}`)}`);
    expect(body.openRequests).toBeGreaterThan(0);
    expect(body.coverage).toMatchObject([{ where: 'onlyFirst', text: { en: expect.stringContaining('from 2022-11-29 00:00 to 2022-11-30 00:00 in ') } }]);
  }, 60_000);

  it('a case is tried against the draft, the version in force and the rules without any', async () => {
    const care = { need: 'specialist', town: '410102001', patientKind: 'highRiskArea', instant: '2022-11-26T10:00' };
    const due = async (policy: string): Promise<number | undefined> => {
      const { body } = await planner.post('/api/policies/try', { policy, case: care });
      return body.decision.links.find(({ kind }: { kind: string }) => kind === 'release')?.dueSeconds;
    };
    expect(await due(drafted())).toBe(25 * 60);
    expect(await due('zhengzhou-2022-11-25')).not.toBe(25 * 60);
    expect((await planner.post('/api/policies/try', { policy: 'standing-rules', case: care })).body.decision).toMatchObject({ policyInForce: false });
    expect((await planner.post('/api/policies/try', { policy: 'zhengzhou-2022-11-25@0', case: care })).status).toBe(404);
  });

  it('given a draft that tells too many cases apart, then trying and comparing it answer that it cannot be proven, and nobody adopts it', async () => {
    const { id, version: hostile, address } = await draft(planner, tooComplex(150));
    const policy = `${id}@${hostile}`;
    const refused = { status: 409, body: { code: 'policyTooComplex', detail: expect.stringContaining('ZZ-9-no-test') } };
    expect(await planner.post('/api/policies/try', { policy, case: { need: 'fever' } })).toMatchObject(refused);
    expect(await planner.get(`/api/policies/diff?to=${encodeURIComponent(policy)}`)).toMatchObject(refused);
    expect((await checked(planner, address)).findings).toMatchObject([{ code: 'tooComplex' }]);
    expect(await commander.post(`${address}/adopt`, { why: { 'tooComplex': 'The city has decided so.' } })).toMatchObject(refused);
    expect((await ask(city, intake({ need: 'specialist', ageYears: 40 }))).id).toBeTruthy();
  }, 120_000);

  it('what would have happened to a journey is for the city and the district it is in, never for a planner', async () => {
    const address = `/api/journeys/${touched}/replay?policy=zhengzhou-2022-11-25&version=${version}`;
    const { status, body } = await commander.get(address);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.decisions).toMatchObject([{ because: 'received', differences: ['deadlines'], was: { policy: { id: 'zhengzhou-2022-11-25' } }, would: { policy: { version: expect.stringContaining(version) } } }]);
    expect((await (await city.as('district@district:410102')).get(address)).status).toBe(200);
    expect((await (await city.as('district@district:410105')).get(address)).status).toBe(404);
    expect((await planner.get(address)).status).toBe(403);
    expect((await city.visitor().get(address)).status).toBe(401);
  });

  it('greenlane replay says the same on a terminal, also under tomorrow\'s rule of another city, and names what is not there', async () => {
    const run = async (journey: string, policy: string): Promise<{ code: number; out: string; err: string }> => {
      const said = { out: '', err: '' };
      const into = (name: 'out' | 'err'): Writable => new Writable({ write(chunk: Buffer, _, done) { said[name] += String(chunk); done(); } });
      const code = await runReplay({ databaseUrl: city.database.url, dataDir: '' }, { journey, policy, lang: 'en' }, into('out'), into('err'));
      return { code, ...said };
    };
    expect(await run(touched, 'zhengzhou-2022-11-25')).toMatchObject({ code: 0, out: expect.stringMatching(/received: the same under zhengzhou-2022-11-25/) });
    expect(await run(touched, 'standing-rules')).toMatchObject({ code: 0, out: expect.stringMatching(/received: other .*\n {2}was .*\n {2}would /) });
    expect(await run(touched, drafted())).toMatchObject({ code: 0, out: expect.stringMatching(/received: other deadlines\n/) });
    expect(await run(touched, 'zhengzhou-2022-11-25@0')).toMatchObject({ code: 2, err: expect.stringContaining('zhengzhou-2022-11-25') });
    expect((await run(touched, 'shanghai-2022-03-28')).code).toBe(0);
    expect(await run('Rnosuch', 'standing-rules')).toMatchObject({ code: 2, err: expect.stringContaining('Rnosuch') });
    expect(await run(touched, 'no-such')).toMatchObject({ code: 2, err: expect.stringContaining('no-such') });
  });
});
