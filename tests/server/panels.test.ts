import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../src/base/index.ts';
import type { DayListRow, DayListView, KnockView } from '../../src/panels/index.ts';
import { escalateLateKnocks } from '../../src/server/panels/knocks.ts';
import { escalateLateTransfers, hearOfMembers } from '../../src/server/panels/watch.ts';
import { ask, eventually, intake, newKey, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const TOWN = '990101001';

let city: RunningCity;
let team: Visitor;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  team = await city.as(`familyDoctor@town:${TOWN}`);
}, 60_000);
afterAll(() => city.stop());

const dayList = async (): Promise<DayListView> => (await team.get('/api/panels/day-list')).body;
/** A row nobody else of this file has touched. */
const used = new Set<string>();
async function somebody(which: (row: DayListRow) => boolean = () => true): Promise<DayListRow> {
  const row = (await dayList()).rows.find((each) => !used.has(each.member.id) && each.member.tries === 0 && !each.member.raised && which(each));
  if (!row) throw new Error('nobody is left on the list');
  used.add(row.member.id);
  return row;
}

/** The running server's house with another hour on its clock. */
async function later(milliseconds: number): Promise<any> {
  const { at } = await dayList();
  const { rows: [incident] } = await city.database.pool.query<{ id: string }>('select id from incident');
  return { db: new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) }), city: city.server.city, clock: { now: () => at + milliseconds }, incident: { id: incident!.id, startedAt: 0 } };
}

describe('the family-doctor team', () => {
  it('given a member needs care, then they are a journey, once, and another town does not know them', async () => {
    const { member: { id } } = await somebody();
    const key = newKey();
    const raised = await Promise.all(Array.from({ length: 5 }, () => team.post(`/api/panels/members/${id}/raise`, { need: 'chronicFollowUp' }, key)));
    expect(new Set(raised.map(({ body }) => body.journey)).size).toBe(1);
    expect((await team.get(`/api/journeys/${raised[0]!.body.journey}`)).body.journey).toMatchObject({ channel: 'panel', need: 'chronicFollowUp' });
    expect((await team.post(`/api/panels/members/${id}/raise`, { need: 'chronicFollowUp' })).body.code).toBe('alreadyRaised');
    expect((await (await city.as('familyDoctor@town:990101002')).post(`/api/panels/members/${id}/contact`, { result: 'reached' })).status).toBe(404);
  });

  it('given one of the team is calling, then another is told who, and hears no sooner than the call is over', async () => {
    const { member: { id } } = await somebody();
    const other = await city.as(`committee@town:${TOWN}`);
    const answers = await Promise.all([team, other, other, team].map((each) => each.post(`/api/panels/members/${id}/call`)));
    expect(new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.calling.by)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 409).length).toBe(2);
    expect((await dayList()).rows.find((row) => row.member.id === id)?.calling).toBeDefined();
    const [caller, waits] = answers[0]!.status === 200 ? [team, other] : [other, team];
    await caller.post(`/api/panels/members/${id}/contact`, { result: 'notReached' });
    expect((await waits.post(`/api/panels/members/${id}/call`)).status).toBe(200);
  });

  it('given three calls reach nobody, then the committee knocks, says what it found, and one of two writes it down', async () => {
    const { member: { id, name } } = await somebody();
    const committee = await city.as(`committee@town:${TOWN}`);
    for (let tries = 0; tries < 2; tries++) expect((await team.post(`/api/panels/members/${id}/contact`, { result: 'notReached' })).body.knock).toBeUndefined();
    const third = (await team.post(`/api/panels/members/${id}/contact`, { result: 'notReached', note: 'the bell of the phone only' })).body;
    expect([HOUR_MS, 4 * HOUR_MS]).toContain(third.knock.dueAt - third.at);
    const { knocks } = (await committee.get('/api/panels/knocks')).body as { knocks: KnockView[] };
    const knock = knocks.find((each) => each.member === id)!;
    expect(knock).toMatchObject({ name, town: TOWN, why: 'notReached', late: false, team: { id: `PT-${TOWN}` } });
    expect((await (await city.as('committee@town:990101002')).post(`/api/panels/knocks/${knock.id}/done`, { found: 'well' })).status).toBe(404);
    const done = await Promise.all([1, 2].map(() => committee.post(`/api/panels/knocks/${knock.id}/done`, { found: 'needsCare', note: 'cannot stand up', findings: ['fever'] })));
    expect(done.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { journey } = done.find(({ status }) => status === 200)!.body;
    expect((await committee.get(`/api/journeys/${journey}`)).body.journey).toMatchObject({ channel: 'panel', need: 'generalOutpatient' });
    expect((await team.get(`/api/panels/members/${id}`)).body.member).toMatchObject({ tries: 0, raised: { journey } });
  });

  it('given a member asks for themselves with a fever, and then says that it got worse, then they stand first on the list, once', async () => {
    const { member: { id, name, phone } } = await somebody();
    const own = await ask(city, intake({ town: TOWN, person: { name, phone: `${phone}` }, proxy: { name: 'a neighbour', phone: '13700005678' }, need: 'fever' }));
    const first = () => eventually(async () => (await hearOfMembers(await later(0)), await dayList()).rows.find((row) => row.member.id === id && ['feverReported', 'gotWorse'].includes(row.why[0]!.why)));
    expect((await first()).why[0]).toMatchObject({ why: 'feverReported', urgency: 'now', facts: { journey: own.id } });
    await own.resident.post(`/api/journeys/${own.id}/report-worse`, { findings: ['seizure'] });
    await eventually(async () => ((await first()).why[0]!.why === 'gotWorse' ? true : undefined));
    await team.post(`/api/panels/members/${id}/contact`, { result: 'reached', note: 'the ambulance is there', found: ['seizure'] });
    await hearOfMembers(await later(0));
    expect((await team.get(`/api/panels/members/${id}`)).body.member).not.toHaveProperty('alert');
  });

  it('given nobody goes to the door, then the district hears of it once an hour; given nobody answers for a transfer, then both districts do', async () => {
    const { member: { id } } = await somebody();
    const { at, knock: { dueAt } } = (await team.post(`/api/panels/members/${id}/contact`, { result: 'wrongNumber' })).body;
    await team.post(`/api/panels/members/${id}/transfer`, { team: 'PT-990102001', reason: 'lives with her daughter now' });
    const state = async () => (await city.database.pool.query(`select told, missed_count as missed from panel_knock where member = $1`, [id])).rows[0];
    await Promise.all([1, 2, 3].map(async () => escalateLateKnocks(await later(dueAt - at + 60_000))));
    expect((await state()).told).toBe('district:990101');
    await escalateLateKnocks(await later(dueAt - at + HOUR_MS + 60_000));
    expect((await state()).told).toBe('city');
    const { rows: told } = await city.database.pool.query(`select audience, incident from outbox where code = 'knockLate' order by id`);
    expect(told).toEqual([{ audience: 'district:990101', incident: expect.any(String) }, { audience: 'city', incident: expect.any(String) }]);
    const moved = await Promise.all([1, 2, 3].map(async () => escalateLateTransfers(await later(25 * HOUR_MS))));
    expect(moved.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect((await team.get(`/api/panels/members/${id}`)).body.member).toMatchObject({ team: `PT-${TOWN}`, transfer: { lateAt: expect.any(Number) } });
    const { rows } = await city.database.pool.query(`select audience from outbox where code = 'transferLate'`);
    expect(rows.map(({ audience }) => audience).sort()).toEqual(['district:990101', 'district:990102']);
    expect((await (await city.as('district@district:990101')).post(`/api/panels/members/${id}/transfer-answer`, { answer: 'decline', reason: 'stays' })).body.member.transfer).toBeUndefined();
  });
});
