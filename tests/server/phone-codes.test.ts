import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyPassedNotices } from '../../src/server/passing-notices.ts';
import { startCity, type Answer, type RunningCity, type Visitor } from '../running-city.ts';

const COMMAND = '+8613800000001';
const STRANGER = '+8613800000009';

let demo: RunningCity;
let city: RunningCity;
const logged: string[] = [];
beforeAll(async () => {
  demo = await startCity({ city: 'toytown' });
  city = await startCity({
    city: 'toytown', on: demo.database, settings: { demo: false, phoneCodes: true, firstStaff: { phone: COMMAND } }, log: (line) => logged.push(line),
  });
}, 60_000);
afterAll(async () => {
  await city.stop();
  await demo.stop();
});

const ask = (visitor: Visitor, phoneNumber: string): Promise<Answer> =>
  visitor.send('POST', '/api/auth/phone-number/send-otp', { phoneNumber }, { origin: city.url });
const waiting = async (phone: string): Promise<{ code: string; journey: string | null }[]> =>
  (await city.database.pool.query("select facts->>'code' as code, journey from outbox where audience = $1 order by id", [`phone:${phone}`])).rows;

describe('codes to phones of staff', () => {
  it('given nobody has said that a gateway takes them, or a demo, then there are none', async () => {
    expect((await demo.visitor().get('/api/sign-in/ways')).body).toEqual({ oidc: false, phone: false, demo: true });
    expect((await city.visitor().get('/api/sign-in/ways')).body).toEqual({ oidc: false, phone: true, demo: false });
  });

  it('given a phone of staff, then a code waits in the outbox for the gateway, belongs to no request, and opens the post', async () => {
    const command = city.visitor();
    const answer = await ask(command, COMMAND);
    const [notice] = await waiting(COMMAND);
    expect(notice).toEqual({ code: expect.stringMatching(/^\d{6}$/), journey: null });
    expect(JSON.stringify(answer.body)).not.toContain(notice!.code);

    await command.send('POST', '/api/auth/phone-number/verify', { phoneNumber: COMMAND, code: notice!.code }, { origin: city.url });
    expect((await command.send('POST', '/api/sign-in', {})).body).toMatchObject({ actor: { role: 'city' }, screen: '/office' });
    expect(logged.join('\n')).not.toContain(notice!.code);
  });

  it('given a stranger, then no code and no hint; given somebody who asks again and again, then a few codes and no hint either', async () => {
    const answers = [await ask(city.visitor(), STRANGER)];
    for (let times = 0; times < 6; times++) answers.push(await ask(city.visitor(), COMMAND));
    for (const { status, body } of answers) expect([status, body]).toEqual([answers[0]!.status, answers[0]!.body]);
    expect(await waiting(STRANGER)).toEqual([]);
    expect(await waiting(COMMAND)).toHaveLength(5);
  });

  it('given their time is over, then they are destroyed, and what belongs to a request stays', async () => {
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: city.database.pool }) });
    await city.database.pool.query("insert into outbox (city, journey, audience, code, facts, created_at) values ('toytown', 'R1', 'city', 'expected', '{}', 0)");
    await destroyPassedNotices(db, 'toytown');
    expect(await waiting(COMMAND)).toHaveLength(5);
    await city.database.pool.query("update outbox set expires_at = now() where audience like 'phone:%'");
    await destroyPassedNotices(db, 'toytown');
    expect(await waiting(COMMAND)).toEqual([]);
    expect((await city.database.pool.query("select 1 from outbox where journey = 'R1'")).rowCount).toBe(1);
  });

  it('given a notice that neither belongs to a request nor ends by itself, then it is not stored', async () => {
    const endless = city.database.pool.query("insert into outbox (city, audience, code, facts, created_at) values ('toytown', 'phone:1', 'x', '{}', 0)");
    await expect(endless).rejects.toThrow(/outbox_ends/);
  });
});
