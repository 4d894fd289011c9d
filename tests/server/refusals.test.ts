import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JourneyView } from '../../src/journey/index.ts';
import type { RefusalCaseView, RefusalsAnswer } from '../../src/reception/index.ts';
import { ask, confirmClosings, eventually, intake, openTemporaryDatabase, playToTheEnd, startCity, submit, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
/** A second server of the same city: what one sees, both see, and it happens once. */
let beside: RunningCity;
beforeAll(async () => {
  const database = await openTemporaryDatabase();
  city = await startCity({ on: database });
  beside = await startCity({ on: database });
}, 60_000);
afterAll(async () => {
  await beside.stop();
  await city.stop();
  await city.database.stop();
});

const EMERGENCY = { need: 'emergency', findings: ['chestPain'], patientKind: 'greenCode', mobility: 'walks', ageYears: 61 };

/** Brought by ambulance to the door of the hospital that expects them. */
async function atTheDoor(given = EMERGENCY): Promise<{ id: string; house: string; crew: Visitor; resident: Visitor }> {
  const { id, resident } = await ask(city, intake(given));
  const dispatcher = await city.as('dispatcher@city');
  const sent = await dispatcher.post(`/api/journeys/${id}/send-unit`);
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.body));
  const { unit } = sent.body.journey.mission;
  const crew = await city.as(`crew@unit:${unit}`);
  for (const step of ['aboard', 'atDestination']) await crew.post(`/api/journeys/${id}/report-mission`, { step });
  const { journey } = (await crew.get(`/api/journeys/${id}`)).body;
  return { id, house: journey.institution.code, crew, resident };
}

async function caseOf(officer: Visitor, id: string): Promise<RefusalCaseView | undefined> {
  const { body } = await officer.get('/api/refusals?state=all');
  return (body as RefusalsAnswer).refusals.find(({ journey }) => journey === id);
}

async function districtOf(house: string): Promise<string> {
  const { body } = await city.visitor().get('/api/city');
  return body.institutions.find(({ code }: { code: string }) => code === house).district;
}

const query = (text: string, values: readonly unknown[]) => city.database.pool.query(text, [...values]);
/** As if so long had passed since they came. */
const cameEarlier = (id: string, minutes: number) =>
  query(`update journey set story = jsonb_set(story, '{arrival,arrivedAt}', to_jsonb((story #>> '{arrival,arrivedAt}')::bigint - $2)) where id = $1`, [id, minutes * 60_000]);

describe('somebody is not taken in at a door', () => {
  it('given the crew says so, then there is a case with the next place before anybody is told, and it ends when somebody has them by name and the officer has decided', async () => {
    const { id, house, crew } = await atTheDoor();
    const before = await query('select count(*)::int as count from refusal_case where journey = $1', [id]);
    expect(before.rows).toEqual([{ count: 0 }]);
    const { journey } = (await crew.post(`/api/journeys/${id}/report-refusal`, { ground: 'noTestResult' })).body as { journey: JourneyView };
    expect(journey.institution?.code).not.toBe(house);
    expect(journey.step).toMatchObject({ kind: 'bring', owner: { role: 'crew' }, dueAt: expect.any(Number) });

    const scope = `district:${await districtOf(house)}`;
    const officer = await city.as(`district@${scope}#A`);
    const opened = (await caseOf(officer, id))!;
    expect(opened).toMatchObject({
      about: `institution:${house}`, source: 'report', ground: 'noTestResult', neverBlock: true, next: { institution: journey.institution!.code, state: 'onTheWay' },
      owner: { role: 'district', scope }, dueAt: opened.openedAt + 15 * 60_000, may: ['take'], reports: [{ role: 'crew', name: expect.any(String) }],
      person: { holder: `unit:${journey.mission!.unit}`, closed: false },
    });
    expect(opened.person!.desks.map(({ step, done }) => [step, done])).toEqual(expect.arrayContaining([['receive', false], ['bring', true]]));
    const { rows: told } = await query(`select audience from outbox where code = 'refusalOpened' and facts ->> 'refusal' = $1 order by audience`, [opened.id]);
    expect(told.map(({ audience }) => audience)).toEqual(['city', scope, `institution:${house}`].sort());

    const decide = { upheld: true, ground: 'noTestResult', reason: 'The crew and the family say the same.' };
    expect((await officer.post(`/api/refusals/${opened.id}/decide`, decide)).body.code).toBe('refusalNotTaken');
    expect((await officer.post(`/api/refusals/${opened.id}/take`)).status).toBe(200);
    expect((await officer.post(`/api/refusals/${opened.id}/decide`, { upheld: true, reason: 'x' })).body).toMatchObject({ code: 'groundMissing', errors: [{ field: 'ground' }] });
    expect((await officer.post(`/api/refusals/${opened.id}/decide`, decide)).status).toBe(200);
    const decided = (await caseOf(officer, id))!;
    // Decided, and the person is still on the road: the case is owed.
    expect(decided.closedAt).toBeUndefined();
    expect(decided.dueAt).toBeGreaterThan(0);

    await crew.post(`/api/journeys/${id}/report-mission`, { step: 'atDestination' });
    const next = await city.as(`ward@institution:${journey.institution!.code}`);
    expect((await next.post(`/api/journeys/${id}/receive-patient`)).status).toBe(200);
    const closed = (await caseOf(officer, id))!;
    expect(closed).toMatchObject({ over: { how: 'received', institution: journey.institution!.code, by: expect.any(String) }, closedAt: expect.any(Number), may: [] });
    expect(closed.dueAt).toBeUndefined();
    expect((await officer.post(`/api/refusals/${opened.id}/take`)).body.code).toBe('refusalClosed');
  });

  it('given it is said by the crew, the family and the hotline at once, then it is one case, with all who said it', async () => {
    const { id, house, crew, resident } = await atTheDoor();
    const hotline = await city.as('hotline@city');
    const answers = await Promise.all([crew, resident, hotline].map((visitor) => visitor.post(`/api/journeys/${id}/report-refusal`, { ground: 'disinfection' })));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    const { rows } = await query(`select refusal from refusal_case where journey = $1 and about = $2`, [id, `institution:${house}`]);
    expect(rows).toHaveLength(1);
    const { rows: [{ owner_role: role, due_at: due }] } = await query('select owner_role, due_at from journey where id = $1', [id]);
    expect([role, due]).toEqual([expect.any(String), expect.anything()]);
  });

  it('given a house, then it reads what is said of itself and of whoever said it their role alone; its word is kept, and it decides nothing', async () => {
    const { id, house, crew } = await atTheDoor();
    await crew.post(`/api/journeys/${id}/report-refusal`, { ground: 'positiveAntigen' });
    const ward = await city.as(`ward@institution:${house}`);
    const own = (await caseOf(ward, id))!;
    expect(own.reports).toEqual([{ at: expect.any(Number), role: 'crew', ground: 'positiveAntigen' }]);
    expect(own.person).toBeUndefined();
    expect(own.may).toEqual(['state']);
    expect((await ward.post(`/api/refusals/${own.id}/decide`, { upheld: false, reason: 'no' })).status).toBe(403);
    expect((await ward.post(`/api/refusals/${own.id}/state`, { text: 'The buffer room was full.' })).status).toBe(200);
    const officer = await city.as(`district@district:${await districtOf(house)}`);
    expect((await caseOf(officer, id))!.statement).toMatchObject({ text: 'The buffer room was full.' });

    const stranger = await city.as('ward@institution:ZZ-H-009');
    expect(await caseOf(stranger, id)).toBeUndefined();
    if (house !== 'ZZ-H-009') expect((await stranger.post(`/api/refusals/${own.id}/state`, { text: 'x' })).status).toBe(404);
    expect((await city.visitor().get('/api/refusals')).status).toBe(401);
  });
});

describe('nobody says a word', () => {
  it('given somebody stands at the door beyond the limit of their acuity, then there is a case, the next place is kept ready, and they stay where they are until somebody sends them', async () => {
    const { id, house } = await atTheDoor();
    const officer = await city.as(`district@district:${await districtOf(house)}`);
    await cameEarlier(id, 11);
    const opened = await eventually(() => caseOf(officer, id), 20);
    expect(opened).toMatchObject({ source: 'notReceived', neverBlock: false, next: { state: 'held', institution: expect.any(String) }, may: ['take', 'sendOn'], reports: [{ role: 'system' }] });
    expect(opened.next!.institution).not.toBe(house);
    const { rows: told } = await query(`select audience from outbox where code = 'refusalOpened' and facts ->> 'refusal' = $1`, [opened.id]);
    expect(told).toHaveLength(3);
    const { body: { journey: still } } = await (await city.as(`ward@institution:${house}`)).get(`/api/journeys/${id}`);
    expect(still).toMatchObject({ institution: { code: house }, step: { kind: 'receive', owner: { role: 'ward' } } });

    const sent = await officer.post(`/api/refusals/${opened.id}/send-on`, { ground: 'noPlace' });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    expect(sent.body.institution).toBe(opened.next!.institution);
    expect(await caseOf(officer, id)).toMatchObject({ id: opened.id, source: 'report', ground: 'noPlace', next: { state: 'onTheWay' }, reports: [{ role: 'system' }, { role: 'district' }] });
    expect((await officer.post(`/api/refusals/${opened.id}/send-on`)).body.code).toBe('cannotSendOn');
  });

  it('given they are received after all, then the wait is over and the case still has to be decided', async () => {
    const { id, house } = await atTheDoor();
    const officer = await city.as(`district@district:${await districtOf(house)}`);
    await cameEarlier(id, 30);
    await eventually(() => caseOf(officer, id), 20);
    await (await city.as(`ward@institution:${house}`)).post(`/api/journeys/${id}/receive-patient`);
    expect(await caseOf(officer, id)).toMatchObject({ over: { how: 'received', institution: house }, dueAt: expect.any(Number) });
  });

  it('given nobody takes the case in its time, then the command centre is told, again and again, and the owner stays', async () => {
    const { id, house, crew } = await atTheDoor();
    await crew.post(`/api/journeys/${id}/report-refusal`, { ground: 'other' });
    const chief = await city.as('city@city');
    const opened = (await caseOf(chief, id))!;
    for (const times of [1, 2]) {
      await query(`update refusal_case set refusal = jsonb_set(refusal, '{dueAt}', to_jsonb($2::bigint)) where id = $1`, [opened.id, opened.openedAt]);
      const late = await eventually(async () => {
        const now = await caseOf(chief, id);
        return now!.missed.length === times ? now : undefined;
      }, 20);
      expect(late).toMatchObject({ owner: { role: 'district' }, missed: expect.arrayContaining([{ at: expect.any(Number), told: { role: 'city', scope: 'city' } }]) });
    }
    const { rows } = await query(`select audience from outbox where code = 'refusalLate' and facts ->> 'refusal' = $1`, [opened.id]);
    expect(rows).toEqual([{ audience: 'city' }, { audience: 'city' }]);
    // The command centre may take it by name; what it has, the district does not take back.
    expect((await chief.post(`/api/refusals/${opened.id}/take`)).status).toBe(200);
    const officer = await city.as(`district@district:${await districtOf(house)}`);
    expect((await officer.post(`/api/refusals/${opened.id}/take`)).body.code).toBe('refusalTaken');
  });

  it('given one door after the other says no, then the whole way is a case of its own, with everybody who had them', async () => {
    const { id, crew } = await atTheDoor();
    const doors: string[] = [];
    for (let door = 0; door < 3; door++) {
      const { journey } = (await crew.get(`/api/journeys/${id}`)).body as { journey: JourneyView };
      doors.push(journey.institution!.code);
      await crew.post(`/api/journeys/${id}/report-mission`, { step: 'atDestination' });
      await crew.post(`/api/journeys/${id}/report-refusal`, { ground: 'noPlace' });
    }
    expect(new Set(doors).size).toBe(3);
    const { refusals } = (await (await city.as('city@city')).get('/api/refusals?state=all')).body as RefusalsAnswer;
    const own = refusals.filter(({ journey }) => journey === id);
    expect(own.map(({ source }) => source).sort()).toEqual(['bounced', 'report', 'report', 'report']);
    const bounced = own.find(({ source }) => source === 'bounced')!;
    expect(bounced).toMatchObject({ about: `journey:${id}`, owner: { role: 'district', scope: 'district:410102' }, next: { state: 'onTheWay' }, reports: [{ role: 'system' }] });
    expect(bounced.person!.desks.filter(({ step, done }) => step === 'receive' && !done)).toHaveLength(3);
  });

  it('given somebody was checked in for an hour that has passed, and no request runs for it, then that is a case; seen after all, the wait is over', async () => {
    const { rows: [slot] } = await query(`select id, institution, service from slot where city = 'zhengzhou' and service <> 'haemodialysis' order by starts_at limit 1`, []);
    const { rows: [{ incident }] } = await query('select id as incident from incident', []);
    const { body: { at } } = await city.visitor().get('/api/city');
    await query('update slot set starts_at = $2, ends_at = $3 where id = $1', [slot.id, at - 90 * 60_000, at - 60 * 60_000]);
    await query(`insert into booking (city, id, slot, incident, state, institution, service, booked_at) values ('zhengzhou', 'B-waits', $1, $2, 'checkedIn', $3, $4, $5)`, [slot.id, incident, slot.institution, slot.service, at]);
    const state = async () => (await query(`select refusal from refusal_case where booking = 'B-waits'`, [])).rows[0]?.refusal;
    expect(await eventually(async () => (await state()) ?? undefined, 20)).toMatchObject({ about: `institution:${slot.institution}`, source: 'appointmentPassed' });
    await query(`update booking set state = 'fulfilled' where id = 'B-waits'`, []);
    await eventually(async () => ((await state()).over?.how === 'received' ? true : undefined), 20);
  });

  it('given the place that was kept ready closes meanwhile, then another is kept ready: no officer sends somebody to a door that has shut', async () => {
    const { id, house } = await atTheDoor();
    const officer = await city.as(`district@district:${await districtOf(house)}`);
    await cameEarlier(id, 11);
    const shut = (await eventually(() => caseOf(officer, id), 20)).next!.institution!;
    const ward = await city.as(`ward@institution:${shut}`);
    const { at } = (await ward.get('/api/status')).body as { at: number };
    expect((await ward.post(`/api/institutions/${shut}/services/emergency/status`, { state: 'closed', reason: 'works', until: at + 3_600_000, standIn: house })).status).toBe(200);
    await confirmClosings(city.url);

    const next = await eventually(async () => {
      const now = (await caseOf(officer, id))!.next!;
      return now.institution === shut ? undefined : now;
    }, 20);
    expect(next).toMatchObject({ state: 'held', institution: expect.any(String) });
    expect(next.institution).not.toBe(house);
    await ward.post(`/api/institutions/${shut}/services/emergency/status`, { state: 'open' });
  }, 60_000);
});

describe('the way home', () => {
  it('given their own gate stays shut, then that is a case about the gate, and it ends when they are in', async () => {
    const { id, resident } = await ask(city, intake({ need: 'generalOutpatient', ageYears: 40, patientKind: 'greenCode', mobility: 'walks' }));
    let refused = false;
    await playToTheEnd(city, id, resident, async (journey) => {
      const onTheWay = journey.step?.kind === 'returnTravel' || (journey.step?.kind === 'returnHome' && journey.holder === 'self');
      if (refused || !onTheWay) return;
      const said = await resident.post(`/api/journeys/${id}/report-gate-refusal`, { ground: 'cameFromHospital' });
      expect(said.status, JSON.stringify(said.body)).toBe(200);
      refused = true;
    });
    expect(refused).toBe(true);
    expect(await caseOf(await city.as('city@city'), id)).toMatchObject({ about: 'town:410102001', source: 'gate', ground: 'cameFromHospital', over: { how: 'home' } });
  });
});

describe('the published record', () => {
  it('is read without signing in, counts every refusal and shows nobody', async () => {
    const { id, house, crew } = await atTheDoor({ ...EMERGENCY, findings: ['strokeSigns'] });
    await crew.post(`/api/journeys/${id}/report-refusal`, { ground: 'positiveAntigen' });
    const reader = city.visitor();
    const { status, body } = await reader.get('/api/refusals/record');
    expect(status).toBe(200);
    const { rows } = await query(`select refusal ->> 'about' as about, count(*)::int as count from refusal_case where refusal ->> 'about' like 'institution:%' group by 1`, []);
    expect(body.institutions.length).toBeGreaterThan(0);
    expect(rows.some(({ about }) => about === `institution:${house}`)).toBe(true);
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/positiveAntigen|"journey"|Resident 0001|"acuity"/);
    const page = await reader.get('/refusals?lang=en');
    expect(page.type).toContain('text/html');
    expect(page.body).toContain(body.institutions[0].name.en);
    expect(page.body).not.toMatch(/<script|Resident 0001/);
    expect((await reader.get('/refusals?lang=zh-CN')).body).toContain('拒收记录');
  });

  it('given the institution answers the public, then its words stand there once the district has read them, and not before', async () => {
    const ward = await city.as('ward@institution:ZZ-H-001');
    expect((await ward.post('/api/refusals/statement', { text: '<b>We have opened a second buffer room.</b>' })).status).toBe(200);
    const officer = await city.as(`district@district:${await districtOf('ZZ-H-001')}`);
    const { statements: [statement] } = (await officer.get('/api/refusals')).body as RefusalsAnswer;
    expect(statement).toMatchObject({ institution: 'ZZ-H-001', text: '<b>We have opened a second buffer room.</b>' });
    expect(statement!.publishedAt).toBeUndefined();
    expect((await officer.post('/api/refusals/statement/publish', { institution: 'ZZ-H-001', writtenAt: statement!.at - 1 })).body.code).toBe('statementChanged');
    expect((await officer.post('/api/refusals/statement/publish', { institution: 'ZZ-H-001', writtenAt: statement!.at })).status).toBe(200);
    expect((await ward.post('/api/refusals/statement/publish', { institution: 'ZZ-H-001', writtenAt: statement!.at })).status).toBe(403);
  });
});

it('given somebody who is not refused, then no case is opened about anybody', async () => {
  const { id } = await submit(city, intake(EMERGENCY));
  expect(await caseOf(await city.as('city@city'), id)).toBeUndefined();
});
