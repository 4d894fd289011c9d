import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNOUNCED, checked, draft, explained } from '../changed-policy.ts';
import { intake, newKey, openTemporaryDatabase, startCity, submit, type RunningCity, type Visitor } from '../running-city.ts';

/** Another announcement, for later: it overlaps with nothing. */
const later = (id: string, change: (text: string) => string = (text) => text): string =>
  change(ANNOUNCED.replace('id: zhengzhou-2022-11-25', `id: ${id}`).replace(/period: .*/, `period: { from: '2023-01-01 00:00', to: '2023-01-05 24:00' }`));

let city: RunningCity;
let planner: Visitor;
let first: Visitor;
let second: Visitor;
beforeAll(async () => {
  city = await startCity();
  [planner, first, second] = await Promise.all([city.as('planner@city'), city.as('city@city'), city.as('city@city#B')]);
}, 60_000);
afterAll(() => city.stop());

describe('a fresh installation', () => {
  it('has the announcement of its city in force, and everybody can read it with its clauses', async () => {
    const { status, body } = await city.visitor().get('/api/policies');
    expect(status).toBe(200);
    expect(body.policies).toMatchObject([{ id: 'zhengzhou-2022-11-25', state: 'inForce', adoptedAt: expect.any(Number) }]);
    expect(body.policies[0].measures[0]).toMatchObject({ id: expect.any(String), clause: expect.any(String), text: { zh: expect.any(String), en: expect.any(String) } });
    expect(body).not.toHaveProperty('unreadable');
    expect(body.policies[0]).not.toHaveProperty('author');
  });
});

describe('a draft', () => {
  it('given text that cannot be read, then every problem is answered with its line and column, and nothing is stored', async () => {
    const text = later('broken-one', (whole) => whole.replace('closedLoop: true', 'closedLopp: true').replace('need: [visits]', 'need: [coffee]'));
    const { status, body } = await planner.post('/api/policies', { text });
    expect([status, body.code]).toEqual([400, 'policyProblem']);
    expect(body.errors).toMatchObject([{ field: 'text', line: expect.any(Number), column: expect.any(Number) }, { line: expect.any(Number) }]);
    for (const { detail } of body.errors) expect(detail).toMatch(/^Line \d+, column \d+: /);
    const inChinese = await planner.send('POST', '/api/policies', { text }, { 'idempotency-key': newKey(), 'accept-language': 'zh-CN' });
    expect(inChinese.body.errors.map(({ line, column }: { line: number; column: number }) => [line, column])).toEqual(body.errors.map(({ line, column }: { line: number; column: number }) => [line, column]));
    for (const { detail } of inChinese.body.errors) expect(detail).toMatch(/^第 \d+ 行第 \d+ 列：[^ ]*\p{Script=Han}/u);
    expect((await planner.get('/api/policies')).body.policies.filter(({ id }: { id: string }) => id === 'broken-one')).toEqual([]);
  });

  it('given one, then it is checked by itself, its text is kept as written, and a stranger does not see it', async () => {
    const { address, id } = await draft(planner, later('quiet-draft'));
    const policy = await checked(planner, address);
    expect(policy).toMatchObject({ state: 'checked', author: { id: 'planner@city' }, walked: expect.any(Number), combinations: expect.any(Number) });
    expect((await planner.get(address)).body.text).toBe(later('quiet-draft'));
    for (const stranger of [city.visitor(), await city.as('committee@town:410102001')]) {
      expect((await stranger.get('/api/policies')).body.policies.map((one: { id: string }) => one.id)).not.toContain(id);
      expect([401, 403]).toContain((await stranger.get(address)).status);
    }
  });

  it('given the same key again, then it is drafted once; given the same text under another, then it is said that it is there', async () => {
    const [key, body] = [newKey(), { text: later('said-once') }];
    const [one, two] = [await planner.post('/api/policies', body, key), await planner.post('/api/policies', body, key)];
    expect(two.body).toEqual(one.body);
    expect(await planner.post('/api/policies', body)).toMatchObject({ status: 409, body: { code: 'policyVersionExists' } });
  });

  it('given noise that a parser is slow to read, several at once, then it is refused with its line and column, and a good one is drafted', async () => {
    const noise = ['[]'.repeat(74_000), ']'.repeat(149_000), `a: [${'- ,'.repeat(40_000)}]`].map((text) => planner.post('/api/policies', { text }));
    const good = draft(planner, later('beside-noise'));
    for (const { status, body } of await Promise.all(noise)) {
      expect([status, body.code]).toEqual([400, 'policyProblem']);
      expect(body.errors[0]).toMatchObject({ field: 'text', line: 1, column: expect.any(Number) });
    }
    expect(await checked(planner, (await good).address)).toMatchObject({ state: 'checked' });
  }, 60_000);

  it.each([
    ['of another city', (text: string) => text.replace('city: zhengzhou', 'city: shanghai'), 'policyOfOtherCity'],
    ['under the name of the standing rules', (text: string) => text.replace(/^id: .*/m, 'id: standing-rules'), 'policyIdReserved'],
  ])('given one %s, then it is refused', async (_, change, code) => {
    const { status, body } = await planner.post('/api/policies', { text: later('elsewhere', change) });
    expect(status).toBe(400);
    expect(['unknownDistrict', 'policyProblem', code]).toContain(body.code);
    expect(body.code).toBe(code);
  });

  it('given a role that has no part in it, then it can neither write nor adopt', async () => {
    const { address } = await draft(planner, later('not-theirs'));
    await checked(planner, address);
    for (const post of ['district@district:410102', 'ward@institution:ZZ-H-001', 'dispatcher@city']) {
      const other = await city.as(post);
      expect(await other.post('/api/policies', { text: later('foreign') }), post).toMatchObject({ status: 403 });
      expect(await other.post(`${address}/adopt`, { why: {} }), post).toMatchObject({ status: 403 });
    }
    expect((await planner.post(`${address}/adopt`, { why: {} })).status).toBe(403);
  });
});

describe('a check', () => {
  it('of what is withdrawn meanwhile holds up nobody, and changes nothing of it', async () => {
    const taken = await draft(planner, later('taken-back'));
    expect((await planner.post(`${taken.address}/withdraw`)).status).toBe(200);
    const { address } = await draft(planner, later('after-it'));
    expect(await checked(planner, address)).toMatchObject({ state: 'checked' });
    expect((await planner.get(taken.address)).body.policy).toMatchObject({ state: 'withdrawn' });
  });

  it('that was interrupted with its server is begun again by the next', async () => {
    const database = await openTemporaryDatabase();
    const before = await startCity({ on: database });
    const { address } = await draft(await before.as('planner@city'), later('interrupted'));
    await before.stop();
    const after = await startCity({ on: database });
    expect(await checked(await after.as('planner@city'), address)).toMatchObject({ state: 'checked' });
    await after.stop();
    await database.stop();
  }, 120_000);

  it('that comes to no end is said, and nothing can be adopted on it', async () => {
    const { id, address } = await draft(planner, later('endless'));
    await checked(planner, address);
    // As the thread leaves it when it ran out of memory or time.
    await city.database.pool.query(`update policy set state = 'draft', life = jsonb_set(jsonb_set(life, '{state}', '"draft"'), '{check,failed}', '"policyProofTooLarge"') where id = $1`, [id]);
    expect((await planner.get(address)).body.policy).toMatchObject({ state: 'draft', checkFailed: expect.stringMatching(/^This takes more memory .* Split or simplify/) });
    const inChinese = await planner.send('GET', address, undefined, { 'accept-language': 'zh-CN' });
    expect(inChinese.body.policy.checkFailed).toMatch(/^读取或核验所需内存过多.*请拆分或简化/);
    expect(await first.post(`${address}/adopt`, { why: {} })).toMatchObject({ status: 409, body: { code: 'policyCheckFailed' } });
  });
});

describe('given announcements that would take each other\'s place', () => {
  const during = (id: string, supersedes: string) => later(id, (text) => text.replace(/^source:/m, `${supersedes}\nsource:`).replaceAll('2023-01', '2023-06'));
  it('when the last of the ring is adopted, then it is refused with the ring in words, and who was in force goes on', async () => {
    for (const [id, supersedes] of [['ring-a', ''], ['ring-b', 'supersedes: [ring-a]'], ['ring-c', 'supersedes: [ring-b]']] as const) {
      const { address } = await draft(planner, during(id, supersedes));
      expect(await first.post(`${address}/adopt`, { why: explained(await checked(planner, address)) })).toMatchObject({ status: 200 });
    }
    const { address } = await draft(planner, during('ring-a', 'supersedes: [ring-c]').replace("version: '1'", "version: '2'"));
    const { status, body } = await first.post(`${address}/adopt`, { why: explained(await checked(planner, address)) });
    expect([status, body.code]).toEqual([409, 'policyRing']);
    expect(body.detail).toContain('ring-a → ring-c → ring-b → ring-a');
    expect((await planner.get(address)).body.policy.state).toBe('checked');
  }, 90_000);
});

describe('adopting', () => {
  it('given the author, then a second person is asked for', async () => {
    const { address } = await draft(first, later('by-the-city'));
    const policy = await checked(planner, address);
    expect(await first.post(`${address}/adopt`, { why: explained(policy) })).toMatchObject({ status: 409, body: { code: 'authorCannotAdopt' } });
    expect(await second.post(`${address}/adopt`, { why: explained(policy) })).toMatchObject({ status: 200, body: { policy: { state: 'adopted', adoptedBy: { id: 'city@city#B' } } } });
  });

  it('given findings, then each is named until the adopter has written why; given a key that is none, then it is refused', async () => {
    // A measure that applies and is never heard is a finding of every check.
    const hole = later('with-a-hole', (text) => text.replace("period: { from: '2023-01-01 00:00', to: '2023-01-05 24:00' }", "period: { from: '2023-02-01 00:00', to: '2023-02-05 24:00' }")
      .replace(/\nnotEncoded:/, `
  - id: ZZ-again
    clause: '7: once more'
    text: { zh: 再说一遍, en: Said again }
    rooms: [passes]
    when: { acuity: [others], need: [visits], patientKind: [highRiskArea] }
    then: { transport: own }

notEncoded:`));
    const { address } = await draft(planner, hole);
    const policy = await checked(planner, address);
    expect(policy.findings.length).toBeGreaterThan(0);
    const silent = await first.post(`${address}/adopt`, {});
    expect([silent.status, silent.body.code]).toEqual([409, 'findingUnexplained']);
    expect(silent.body.errors.map(({ field }: { field: string }) => field)).toEqual(policy.findings.map(({ key }: { key: string }) => `why.${key}`));
    expect(await first.post(`${address}/adopt`, { why: { ...explained(policy), 'no such finding': 'x' } })).toMatchObject({ status: 400, body: { code: 'findingUnknown' } });
    const adopted = await first.post(`${address}/adopt`, { why: explained(policy) });
    expect(adopted).toMatchObject({ status: 200, body: { policy: { state: 'adopted', why: explained(policy) } } });
  });

  it('given two who adopt at once, and one who withdraws, then one of them wins and the others are told so', async () => {
    const { address } = await draft(planner, later('a-race', (text) => text.replaceAll('2023-01', '2023-03')));
    const policy = await checked(planner, address);
    const why = explained(policy);
    const answers = await Promise.all([
      first.post(`${address}/adopt`, { why }), second.post(`${address}/adopt`, { why }), planner.post(`${address}/withdraw`),
      first.post(`${address}/adopt`, { why }), second.post(`${address}/adopt`, { why }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const won = answers.find(({ status }) => status === 200)!.body.policy.state;
    const told = answers.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.code}`);
    expect(new Set(told)).toEqual(new Set([won === 'adopted' ? '409 policyAlreadyAdopted' : '409 policyWithdrawn']));
  });

  it('given another announcement for the same districts and days that neither supersedes, then it is refused by name', async () => {
    const { address } = await draft(planner, later('at-the-same-time', (text) => text.replaceAll('2023-01-01', '2022-11-28').replaceAll('2023-01-05', '2022-12-02')));
    const policy = await checked(planner, address);
    const { status, body } = await first.post(`${address}/adopt`, { why: explained(policy) });
    expect([status, body.code]).toEqual([409, 'policyOverlaps']);
    expect(body.detail).toContain('zhengzhou-2022-11-25');
  });

  it('given a version drafted before another was adopted, then it is not adopted over that one unseen', async () => {
    const base = later('moves-on', (text) => text.replaceAll('2023-01', '2023-04'));
    const [one, two] = [await draft(planner, base), await draft(planner, base.replace("version: '1'", "version: '2'"))];
    const why = explained(await checked(planner, one.address));
    await checked(planner, two.address);
    expect((await first.post(`${one.address}/adopt`, { why })).status).toBe(200);
    expect(await first.post(`${two.address}/adopt`, { why })).toMatchObject({ status: 409, body: { code: 'policyMovedOn' } });
  });

  it('is on record: who drafted, what was found, who adopted and why', async () => {
    const { rows } = await city.database.pool.query(`select what, actor_id, facts from audit where facts ->> 'id' = 'with-a-hole' order by id`);
    expect(rows.map(({ what, actor_id: by }) => `${what} ${by}`)).toEqual(['draftPolicy planner@city', 'checkPolicy system', 'adoptPolicy city@city']);
    expect(Object.values(rows[2].facts.why)).toContain('The city has decided so.');
  });
});

describe('what is in force', () => {
  it('given an end that is moved, then it is the same announcement with its comments, adopted by a second person, and the earlier version has ended', async () => {
    const [inForce] = (await planner.get('/api/policies')).body.policies.filter(({ state }: { state: string }) => state === 'inForce');
    const to = inForce.period.to - 24 * 3_600_000;
    const amended = await planner.post(`/api/policies/${inForce.id}/${inForce.version}/amend`, { to });
    expect(amended).toMatchObject({ status: 200, body: { policy: { id: inForce.id, state: 'draft', basedOn: inForce.version, period: { to } } } });
    const { version } = amended.body.policy;
    const address = `/api/policies/${inForce.id}/${version}`;
    const { text } = (await planner.get(address)).body;
    expect(text).toContain('# "the main urban area (eight districts in the city)"');
    expect(text.split('\n').filter((line: string, at: number) => line !== ANNOUNCED.split('\n')[at])).toEqual([`version: '2'`, `period: { from: '2022-11-25 00:00', to: '2022-11-28 24:00' }`]);

    const policy = await checked(planner, address);
    expect((await first.post(`${address}/adopt`, { why: explained(policy) })).status).toBe(200);

    const all = (await planner.get('/api/policies')).body.policies.filter(({ id }: { id: string }) => id === inForce.id);
    expect(all).toMatchObject([{ state: 'ended', replacedBy: version }, { state: 'inForce', version }]);
    const journey = await submit(city, intake({ patientKind: 'highRiskArea' }));
    expect(journey.policy.version).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}\\+`));
  });

  it('given the same new end twice, also at once, then it is one draft; given the end it has, then the version that is there', async () => {
    const [inForce] = (await planner.get('/api/policies')).body.policies.filter(({ state }: { state: string }) => state === 'inForce');
    const amend = (to: number | null) => planner.post(`/api/policies/${inForce.id}/${inForce.version}/amend`, { to });
    const other = await amend(inForce.period.to + 3_600_000);
    const [one, two] = await Promise.all([amend(null), amend(null)]);
    const again = await amend(inForce.period.to + 3_600_000);
    expect([other.status, one.status, two.status, again.status]).toEqual([200, 200, 200, 200]);
    expect(one.body.policy.version).toBe(two.body.policy.version);
    expect(again.body.policy.version).toBe(other.body.policy.version);
    expect(one.body.policy.version).not.toBe(other.body.policy.version);
    expect((await amend(inForce.period.to)).body.policy).toMatchObject({ version: inForce.version, state: 'inForce' });
    const withdrawn = await planner.post(`/api/policies/${inForce.id}/${one.body.policy.version}/withdraw`);
    expect(withdrawn.status).toBe(200);
    const anew = await amend(null);
    expect(anew.body.policy).toMatchObject({ state: 'draft' });
    expect(anew.body.policy.version).not.toBe(one.body.policy.version);
  });

  it('given something adopted, then it cannot be withdrawn; given a new end before its beginning, then it is refused with its field', async () => {
    const [inForce] = (await planner.get('/api/policies')).body.policies.filter(({ state }: { state: string }) => state === 'inForce');
    const address = `/api/policies/${inForce.id}/${inForce.version}`;
    expect(await first.post(`${address}/withdraw`)).toMatchObject({ status: 409, body: { code: 'policyAlreadyAdopted' } });
    expect(await planner.post(`${address}/amend`, { to: inForce.period.from })).toMatchObject({ status: 400, body: { errors: [{ field: 'to' }] } });
  });
});
