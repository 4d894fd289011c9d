import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../src/server/postgres/database.ts';
import { eventually, intake, OTHER_TOWN, startCity, submit, TOWN, type RunningCity, type Visitor } from '../running-city.ts';

let first: RunningCity;
let second: RunningCity;
let command: Visitor;
let db: Kysely<any>;
beforeAll(async () => {
  first = await startCity();
  second = await startCity({ on: first.database });
  command = await first.as('city@city');
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: openPool(first.database.url, () => undefined, 2) }) });
});
afterAll(async () => {
  await db?.destroy();
  await second?.stop();
  await first?.stop();
});

/** A town of another district, and who answers for it. */
const FAR_TOWN = '410103003';
const why = 'The nearest hospital is overloaded';
const versionNow = async (): Promise<number> => (await command.get('/api/counterparts')).body.version;
const save = async (changes: object[], given: Record<string, unknown> = {}, by = command) => by.post('/api/counterparts', { base: await versionNow(), why, changes, ...given });
const namedFor = async (town: string, who = command): Promise<readonly string[]> => {
  const { body } = await who.get(`/api/counterparts/of?towns=${town}`);
  return body.services.find(({ service }: { service: string }) => service === 'emergency').answering.map(({ institution }: { institution: string }) => institution);
};

/** Somebody who needs a specialist: their own hospital or, with none, the town's counterpart. */
const ask = (city: RunningCity, town: string) => submit(city, intake({ town, need: 'specialist', ageYears: 40 }));

describe('counterparts changed while the city runs', () => {
  it('change who answers, on every server, and the people still at home are asked again once', async () => {
    const before = await ask(second, TOWN);
    const was = before.institution!.code;
    const to = ['ZZ-H-030', 'ZZ-H-016', 'ZZ-H-035'].find((code) => code !== was)!;
    expect(was, JSON.stringify(before)).toMatch(/^ZZ-H-/);

    const { status, body } = await save([{ towns: [TOWN], institutions: [to, was] }]);
    expect([status, body.towns, body.stored], JSON.stringify(body)).toEqual([200, [TOWN], true]);
    expect(body.openRequests).toBeGreaterThanOrEqual(1);

    const elsewhere = await second.as('city@city');
    await eventually(async () => ((await namedFor(TOWN, elsewhere))[0] === to ? true : undefined));
    expect((await ask(second, TOWN)).institution?.code).toBe(to);
    const events = await eventually(async () => {
      const { rows } = await sql<{ because: string }>`select data ->> 'because' as because from event where journey = ${before.id} and type = 'RequestDecided'`.execute(db);
      return rows.some(({ because }) => because === 'counterpartsChanged') ? rows : undefined;
    });
    expect(events.filter(({ because }) => because === 'counterpartsChanged')).toHaveLength(1);
  });

  it('begin by themselves when their time comes: whoever is at home is asked again then, and not before', async () => {
    const person = await ask(first, OTHER_TOWN);
    const was = person.institution!.code;
    const to = ['ZZ-H-016', 'ZZ-H-035', 'ZZ-H-030'].find((code) => code !== was)!;
    const at: number = (await command.get('/api/counterparts')).body.at;
    const { status, body } = await save([{ towns: [OTHER_TOWN], institutions: [to, was], from: at + 3_000 }]);
    expect(status, JSON.stringify(body)).toBe(200);
    const asked = await eventually(async () => {
      const { rows } = await sql<{ at: number }>`select happened_at as at from event where journey = ${person.id} and data ->> 'because' = 'counterpartsChanged'`.execute(db);
      return rows.length > 0 ? rows : undefined;
    });
    expect(asked).toHaveLength(1);
    expect(Number(asked[0]!.at)).toBeGreaterThanOrEqual(at + 2_000);
  });

  it('tell the second of two editors what the first has changed', async () => {
    const base = await versionNow();
    const answers = await Promise.all([TOWN, OTHER_TOWN].map((town) => save([{ towns: [town], service: 'pharmacy', institutions: ['ZZ-H-016'] }], { base })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = answers.find(({ status }) => status === 409)!;
    expect(body).toMatchObject({ code: 'counterpartsMovedOn' });
    expect(body.detail).toMatch(/towns: 1, .*The nearest hospital is overloaded/);
    expect(await versionNow()).toBe(base + 1);
  });

  it('say everything that is wrong at once and keep what held', async () => {
    const base = await versionNow();
    const { status, body } = await save([
      { towns: [TOWN], institutions: ['ZZ-H-999'] }, { towns: [OTHER_TOWN], institutions: [] }, { towns: [FAR_TOWN], institutions: ['ZZ-H-052'] },
    ]);
    expect(status).toBe(400);
    expect(body.errors.map(({ code, field }: { code: string; field: string }) => `${field} ${code}`)).toEqual(expect.arrayContaining([
      'changes.0.institutions counterpartInstitutionUnknown', 'changes.1.institutions noEmergencyCounterpart', 'changes.2.institutions counterpartGap',
    ]));
    expect(await versionNow()).toBe(base);
    const looked = await command.post('/api/counterparts/preview', { changes: [{ towns: [OTHER_TOWN], institutions: [] }] });
    expect(looked.body).toMatchObject({ stored: false, towns: [OTHER_TOWN] });
    expect(looked.body.problems[0].detail).toMatch(/nobody/i);
  });

  it('are a district’s own towns and nobody else’s', async () => {
    const district = await first.as('district@district:410102');
    const change = { towns: [OTHER_TOWN], service: 'feverClinic', institutions: ['ZZ-H-016'] };
    expect((await save([change], {}, district)).status).toBe(200);
    expect((await save([{ ...change, towns: [FAR_TOWN] }], {}, district)).body).toMatchObject({ status: 403, code: 'counterpartTownsNotYours' });
    expect((await district.get('/api/counterparts')).body.editable).not.toContain(FAR_TOWN);
    for (const post of ['ward@institution:ZZ-H-016', 'committee@town:410102001', 'hotline@city']) {
      const other = await first.as(post);
      expect([post, (await save([change], { base: 0 }, other)).status]).toEqual([post, 403]);
      expect((await other.get('/api/counterparts')).body.editable).toEqual([]);
    }
    expect((await first.visitor().get('/api/counterparts')).status).toBe(401);
  });

  it('are gone back from, as a version of their own that says who and why', async () => {
    const base = await versionNow();
    const { rows } = (await command.get('/api/counterparts')).body;
    await save([{ towns: [FAR_TOWN], institutions: ['ZZ-H-016', 'ZZ-H-001'] }]);
    const undone = await command.post('/api/counterparts/undo', { base: base + 1, to: base, why: 'It was a mistake' });
    expect(undone.body, JSON.stringify(undone.body)).toMatchObject({ version: base + 2, towns: [FAR_TOWN] });
    const sorted = (all: readonly object[]): readonly string[] => all.map((row) => JSON.stringify(row)).sort();
    expect(sorted((await command.get('/api/counterparts')).body.rows)).toEqual(sorted(rows));
    expect((await command.get('/api/counterparts/history')).body.versions[0]).toMatchObject({ version: base + 2, undoneTo: base, why: 'It was a mistake', towns: [FAR_TOWN], by: { role: 'city' } });
    const audit = await sql<{ facts: { version: number } }>`select facts from audit where what = 'changeCounterparts' order by at`.execute(db);
    expect(audit.rows.at(-1)!.facts.version).toBe(base + 2);
  });

  it('go out as a table and come back unchanged; what is wrong in it has line and column', async () => {
    const table: string = (await command.get('/api/counterparts/export')).body;
    const send = (text: string, query: string) => command.send('POST', `/api/counterparts/import?${query}`, text, { 'content-type': 'text/csv', 'idempotency-key': `csv-${Math.random()}` });
    expect((await send(table, 'dryRun=true')).body).toMatchObject({ towns: [], problems: [] });
    const wrong = await send(`town,service,institutions,from,to\n${TOWN},,ZZ-H-016,,\n${TOWN},dentist,ZZ-H-016,soon,\n${OTHER_TOWN},,ZZ-H-999,,\n`, 'dryRun=true');
    expect(wrong.body.problems.map(({ line, column, code }: Record<string, unknown>) => `${line}:${column} ${code}`)).toEqual(expect.arrayContaining(['3:2 serviceUnknown', '3:4 instantUnreadable', '4:3 counterpartInstitutionUnknown']));
    const base = await versionNow();
    const good = await send(`town,institutions\n${FAR_TOWN},ZZ-H-016 ZZ-H-005\n`, `base=${base}&why=by+table`);
    expect([good.status, good.body.towns], JSON.stringify(good.body)).toEqual([200, [FAR_TOWN]]);
    expect((await namedFor(FAR_TOWN))[0]).toBe('ZZ-H-016');
  });

  it('keep areas by name, across district lines, in the hands of those whose towns they are', async () => {
    const area = { name: 'North of the river', towns: [TOWN, FAR_TOWN] };
    expect((await command.post('/api/counterparts/areas', area)).status).toBe(200);
    const district = await first.as('district@district:410102');
    expect((await district.post('/api/counterparts/areas/remove', { name: area.name })).status).toBe(403);
    expect((await command.get('/api/counterparts')).body.areas).toContainEqual(area);
    expect((await command.post('/api/counterparts/areas/remove', { name: area.name })).status).toBe(200);
    expect((await command.get('/api/counterparts')).body.areas).toEqual([]);
  });
});

describe('a hole that a closure makes', () => {
  it('is found, filled, shown on every server and told once', async () => {
    await save([{ towns: [FAR_TOWN], service: 'haemodialysis', institutions: ['ZZ-H-001'] }]);
    const at: number = (await command.get('/api/status')).body.at;
    await sql`insert into service_status (city, institution, service, state, since, until, reason, stand_in, reported_by, reported_at)
      values ('zhengzhou', 'ZZ-H-001', 'haemodialysis', 'closed', ${at - 1_000}, ${at + 36_000_000}, 'disinfection', 'ZZ-H-005', 'test', ${at - 1_000})
      on conflict (city, institution, service) do update set state = 'closed', since = excluded.since, until = excluded.until, stand_in = excluded.stand_in`.execute(db);
    await sql`select pg_notify('greenlane', ${JSON.stringify({ city: 'zhengzhou', kind: 'status' })})`.execute(db);
    for (const city of [first, second]) {
      const who = await city.as('city@city');
      const hole = await eventually(async () => (await who.get('/api/counterparts/holes')).body.holes.find((each: { town: string; service: string }) => each.town === FAR_TOWN && each.service === 'haemodialysis'));
      expect(hole).toMatchObject({ closed: ['ZZ-H-001'], fill: { institution: 'ZZ-H-005', how: 'standIn' }, until: at + 36_000_000 });
    }
    const notices = await eventually(async () => {
      const { rows } = await sql<{ facts: object }>`select facts from outbox where code = 'counterpartHole' and audience = 'city' and facts ->> 'institution' = 'ZZ-H-001'`.execute(db);
      return rows.length > 0 ? rows : undefined;
    });
    expect(notices).toHaveLength(1);
    expect(notices[0]!.facts).toMatchObject({ service: 'haemodialysis', next: 'ZZ-H-005' });
    // Another look of every server tells nothing again.
    await sql`select pg_notify('greenlane', ${JSON.stringify({ city: 'zhengzhou', kind: 'status' })})`.execute(db);
    await save([{ towns: [FAR_TOWN], service: 'haemodialysis', institutions: ['ZZ-H-005'] }]);
    await eventually(async () => ((await command.get('/api/counterparts/holes')).body.holes.every(({ town }: { town: string }) => town !== FAR_TOWN) ? true : undefined));
    const { rows } = await sql`select from outbox where code = 'counterpartHole' and facts ->> 'institution' = 'ZZ-H-001'`.execute(db);
    expect(rows).toHaveLength(1);
  });
});
