import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DayListView, ImportView } from '../../src/panels/index.ts';
import { newKey, startCity, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

const [TOWN, OTHER] = ['990101001', '990102001'];
const [TEAM, OTHER_TEAM] = [`PT-${TOWN}`, `PT-${OTHER}`];
const HEADER = 'number,name,phone,town,address,conditions,medicines';

let city: RunningCity;
let team: Visitor;
let other: Visitor;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  [team, other] = [await city.as(`familyDoctor@town:${TOWN}`), await city.as(`familyDoctor@town:${OTHER}`)];
}, 60_000);
afterAll(() => city.stop());

const send = (by: Visitor, to: string, rows: readonly string[], { dryRun = false, key = newKey() } = {}): Promise<Answer> =>
  by.send('POST', `/api/panels/import?team=${to}&dryRun=${dryRun}`, [HEADER, ...rows].join('\r\n'), { 'content-type': 'text/csv', 'idempotency-key': key });
const rowOf = (index: number, conditions = 'diabetes'): string => `${index},Resident I-${index},137${String(index).padStart(8, '0')},${TOWN},"Building ${index}, left",${conditions},metformin|2022-11-01|20`;
const count = async (where: string): Promise<number> => Number((await city.database.pool.query(`select count(*) from panel_member where ${where}`)).rows[0].count);

describe('a list is imported', () => {
  it('given a dry run, then it says what would be and stores nothing; then it is done once, however often it is sent', async () => {
    const rows = [1, 2, 3].map((index) => rowOf(index));
    const dry = (await send(team, TEAM, rows, { dryRun: true })).body as ImportView;
    expect(dry).toMatchObject({ dryRun: true, rows: 3, added: 3, problems: [] });
    expect(dry.missingTotal).toBeGreaterThan(10);
    expect(await count(`member->>'name' like 'Resident I-%'`)).toBe(0);
    const key = newKey();
    const done = await Promise.all([1, 2, 3].map(() => send(team, TEAM, rows, { key })));
    expect(done.map(({ status, body }) => [status, body.added])).toEqual([[200, 3], [200, 3], [200, 3]]);
    expect(await count(`member->>'name' like 'Resident I-%'`)).toBe(3);
  });

  it('given one wrong row among good ones, then nothing is stored and every mistake is named with line and column', async () => {
    const answer = await send(team, TEAM, [rowOf(4), 'x,,abc,nowhere,Building 3,cold,', rowOf(4)]);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ code, line, column }: any) => [code, line, column])).toEqual([
      ['importEmpty', 3, 2], ['importNotAPhone', 3, 3], ['importTownUnknown', 3, 4], ['importNotOneOf', 3, 6], ['importTwice', 4, 1],
    ]);
    expect(await count(`member->>'name' = 'Resident I-4'`)).toBe(0);
    const gbk = await team.send('POST', `/api/panels/import?team=${TEAM}`, new Uint8Array([0x6e, 0xcd, 0xf5]) as never, { 'content-type': 'text/csv', 'idempotency-key': newKey() });
    expect(gbk.status).toBe(400);
  });

  it('given who is not in the file any more, then they stay on the list and are asked about until somebody says so by name', async () => {
    await send(team, TEAM, [rowOf(1), rowOf(2)]);
    const list = (await team.get('/api/panels/day-list')).body as DayListView;
    const asked = list.questions.find(({ name }) => name === 'Resident I-3')!;
    expect(asked).toMatchObject({ team: TEAM, question: { kind: 'notInImport' } });
    expect((await team.post(`/api/panels/members/${asked.id}/leave`, {})).status).toBe(400);
    expect((await team.post(`/api/panels/members/${asked.id}/keep`, { reason: 'still ours, the register is late' })).body.member.question).toBeUndefined();
    const left = (await team.post(`/api/panels/members/${asked.id}/leave`, { reason: 'moved to another city' })).body.member;
    expect(left.left).toMatchObject({ reason: 'moved to another city' });
    expect((await send(team, TEAM, [rowOf(1), rowOf(2), rowOf(3)])).body).toMatchObject({ cameBack: 1 });
  });

  it('given somebody another team answers for, then that team is asked and stays responsible until it says yes', async () => {
    const { body } = await send(other, OTHER_TEAM, [rowOf(1)]);
    expect(body).toMatchObject({ added: 0, transfersTotal: 1, transfers: [{ name: 'Resident I-1' }] });
    const { id } = body.transfers[0];
    expect((await team.get(`/api/panels/members/${id}`)).body.member).toMatchObject({ team: TEAM, transfer: { to: OTHER_TEAM } });
    expect((await other.post(`/api/panels/members/${id}/transfer-answer`, { answer: 'accept' })).body.code).toBe('transferOfOthers');
    expect((await team.post(`/api/panels/members/${id}/transfer-answer`, { answer: 'accept' })).body.member.team).toBe(OTHER_TEAM);
    expect((await team.get(`/api/panels/members/${id}`)).status).toBe(404);
    expect((await other.get(`/api/panels/members/${id}`)).status).toBe(200);
  });

  it('given somebody without a telephone, then the committee has to find out', async () => {
    expect((await send(team, TEAM, [`77,Resident without phone,,${TOWN},Building 77,hypertension,`])).body).toMatchObject({ added: 1, withoutPhone: 1 });
    const { knocks } = (await (await city.as(`committee@town:${TOWN}`)).get('/api/panels/knocks')).body;
    expect(knocks).toContainEqual(expect.objectContaining({ name: 'Resident without phone', why: 'noPhone' }));
  });

  it('given the team of others, or no table at all, then it is refused', async () => {
    expect((await send(other, TEAM, [rowOf(1)])).status).toBe(404);
    expect((await send(await city.as(`committee@town:${TOWN}`), TEAM, [rowOf(1)])).status).toBe(403);
    expect((await team.post(`/api/panels/import?team=${TEAM}`, {})).status).toBe(415);
  });

  it('given 5,000 people in one file, then they are there, and again, and nobody twice', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => rowOf(10_000 + index));
    expect((await send(team, TEAM, rows)).body).toMatchObject({ rows: 5_000, added: 5_000 });
    expect((await send(team, TEAM, rows)).body).toMatchObject({ added: 0, unchanged: 5_000 });
    expect(await count(`member->>'name' like 'Resident I-1____'`)).toBe(5_000);
  }, 30_000);

  it('given a district enters a team, then lists can be imported for it; given a town of others, then not', async () => {
    const district = await city.as('district@district:990101');
    expect((await district.post('/api/panels/teams/PT-NEW', { name: 'Second team', phone: '0371-2', towns: [TOWN] })).status).toBe(200);
    expect((await district.post('/api/panels/teams/PT-NEW', { name: 'Second team', phone: '0371-2', towns: [OTHER] })).status).toBe(403);
    expect((await team.get('/api/panels/teams')).body.teams.map(({ id }: { id: string }) => id)).toContain('PT-NEW');
  });
});
