import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/base/index.ts';
import { readPass, type Trust } from '../../src/passes/index.ts';
import { ask, eventually, intake, newKey, startCity, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
let second: RunningCity;
let [office, police, officer]: Visitor[] = [];
let at: number;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
  second = await startCity({ city: 'toytown', on: city.database });
  [office, officer] = await Promise.all(['city@city', 'checkpoint@checkpoint:990101'].map((post) => city.as(post))) as [Visitor, Visitor];
  at = (await city.visitor().get('/api/city')).body.at;
  expect((await office!.post('/api/passes/issuers', unit('police-01', { areas: ['990101'] }))).status).toBe(201);
  police = await city.as('passOfficer@issuer:police-01');
}, 60_000);
afterAll(async () => {
  await second.stop();
  await city.stop();
});

const unit = (id: string, more: object = {}): object => ({ id, kind: 'police', name: { zh: '甲派出所', en: 'Police station A' }, passesMax: 50, until: at + 20 * DAY_MS, ...more });
const instant = (ms: number): string => new Date(ms).toISOString();
const list = (...rows: readonly string[]): string => ['name,duty,from,until', ...rows].join('\n');
const person = (name: string, until = at + DAY_MS): string => `${name},patrol,${instant(at - HOUR_MS)},${instant(until)}`;
const upload = (text: string, { by = police!, issuer = 'police-01', query = '', key = newKey() } = {}): Promise<{ status: number; body: any }> =>
  by.send('POST', `/api/passes/import?issuer=${issuer}${query}`, text, { 'content-type': 'text/csv', 'idempotency-key': key });
const trustOf = async (visitor = city.visitor()): Promise<Trust> => {
  const { body } = await visitor.get('/api/passes/trust');
  return { ...body, revoked: new Uint8Array(Buffer.from(body.revoked, 'base64')) };
};
const cards = async (batch: string, by = police!): Promise<any[]> => (await by.get(`/api/passes/cards?issuer=police-01&batch=${batch}`)).body.cards;
/** The signature a card's picture holds is asked of the server that made it. */
const read = async (jws: string, district?: string, visitor?: Visitor): Promise<string> => (await readPass(jws, await trustOf(visitor), at, district)).answer;
const jwsOf = (card: { code: string; jws: string }): string => card.jws;

describe('a unit that issues passes to its own people', () => {
  it('given a list, then each has one that is read offline in its own area alone, on every server, and holds nothing but name, duty, area and time', async () => {
    const key = newKey();
    const [first, again] = [await upload(list(person('陈警官'), person('李警官')), { key }), await upload(list(person('陈警官'), person('李警官')), { key })];
    expect([first.status, first.body.passes, again.body.batch]).toEqual([200, 2, first.body.batch]);
    const [card] = await cards(first.body.batch);
    const jws = jwsOf(card);
    await eventually(async () => ((await read(jws, '990101', second.visitor())) === 'valid' ? true : undefined));
    expect([await read(jws, '990101'), await read(jws, '990102')]).toEqual(['valid', 'wrongArea']);
    const answer = (await officer!.post('/api/passes/check', { code: card.code })).body;
    expect(answer).toMatchObject({ answer: 'valid', kind: 'work', name: card.name });
    const { claims } = await readPass(jws, await trustOf(), at);
    expect(Object.keys(claims!).sort()).toEqual(['areas', 'code', 'issuer', 'kind', 'name', 'validFrom', 'validTo']);
  });

  it('given faults, then all are named by line and column, and nothing is issued', async () => {
    const bad = list(',patrol,soon,later', `张三 410105199001011234,patrol,${instant(at)},${instant(at + HOUR_MS)}`, person('王警官', at + 40 * DAY_MS), person('赵警官'), person('赵警官'));
    const dry = (await upload(bad, { query: '&dryRun=true' })).body;
    expect(dry.problems.map(({ line, column, code }: any) => [line, column, code])).toEqual([
      [2, 1, 'passNameMissing'], [2, 3, 'instantInvalid'], [2, 4, 'instantInvalid'], [3, 1, 'passHoldsNumber'], [4, 4, 'passBeyondUnit'], [6, 1, 'passTwice'],
    ]);
    const before = (await police!.get('/api/passes/issued?issuer=police-01')).body.passes.length;
    expect((await upload(bad)).status).toBe(400);
    expect((await upload(list(...Array.from({ length: 60 }, (_, index) => person(`警员${index}`))))).body.errors[0].code).toBe('passesMaxReached');
    expect((await police!.get('/api/passes/issued?issuer=police-01')).body.passes.length).toBe(before);
  });

  it('given two uploads at once that together are too many, then one is refused', async () => {
    const forty = (name: string): string => list(...Array.from({ length: 30 }, (_, index) => person(`${name}${index}`)));
    const answers = await Promise.all([upload(forty('甲')), upload(forty('乙'))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('given a stranger, then there is no such unit', async () => {
    const stranger = await city.as('passOfficer@issuer:demo-hospital');
    for (const address of ['/api/passes/issued?issuer=police-01', '/api/passes/cards?issuer=police-01']) expect((await stranger.get(address)).status).toBe(404);
    expect((await upload(list(person('x')), { by: stranger })).status).toBe(404);
    expect((await stranger.post('/api/passes/issued/revoke', { issuer: 'police-01', all: true, reason: 'x' })).status).toBe(404);
    expect((await stranger.post('/api/passes/issuers', unit('mine'))).status).toBe(403);
    expect((await stranger.get('/api/passes/record')).status).toBe(403);
    const district = await city.as('district@district:990102');
    expect((await district.post('/api/passes/issuers', unit('other', { areas: ['990101'] }))).status).toBe(403);
    expect((await district.post('/api/passes/issuers/police-01/withdraw', { reason: 'x' })).status).toBe(404);
  });

  it('given one is withdrawn, then it is told apart offline; given the unit is, then all of its passes are, and it issues no more', async () => {
    const { body: { batch } } = await upload(list(person('赵警官'), person('钱警官')));
    const [one, other] = await cards(batch);
    expect((await police!.post('/api/passes/issued/revoke', { issuer: 'police-01', codes: [one.code], reason: 'left' })).body.passes).toBe(1);
    expect([await read(jwsOf(one), '990101'), await read(jwsOf(other), '990101')]).toEqual(['withdrawn', 'valid']);
    expect((await office!.post('/api/passes/issuers/police-01/withdraw', { reason: 'cards sold' })).status).toBe(200);
    await eventually(async () => ((await read(jwsOf(other), '990101', second.visitor())) === 'issuerWithdrawn' ? true : undefined));
    expect((await upload(list(person('孙警官')))).body.code).toBe('issuerIsWithdrawn');
    const { acts } = (await office!.get('/api/passes/record')).body;
    expect(acts.map(({ what }: { what: string }) => what)).toEqual(expect.arrayContaining(['enrolIssuer', 'issuePasses', 'revokePasses', 'withdrawIssuer']));
  });
});

describe('what may stand on a pass', () => {
  let by: Visitor;
  beforeAll(async () => {
    await office!.post('/api/passes/issuers', unit('police-06'));
    by = await city.as('passOfficer@issuer:police-06');
  });
  const mine = (text: string): ReturnType<typeof upload> => upload(text, { by, issuer: 'police-06' });

  it('given signs, numbers written apart or what somebody was tested for, then each cell is named, in no other way than any fault', async () => {
    const rows = ['+86 1', '@SUM(A1)', '陈\u202E警', '陈\u0000', '<b>x</b>', '张三 1 3 8 1 2 3 4 5', '４１０１０５', '陈警官 阳性', 'Zhao positive'];
    const { status, body } = await mine(list(...rows.map((name) => person(name)), `王一,=1+1,${instant(at)},${instant(at + HOUR_MS)}`, `王二,新冠确诊,${instant(at)},${instant(at + HOUR_MS)}`));
    expect(status).toBe(400);
    expect(body.errors.map(({ code }: { code: string }) => code)).toEqual([...Array(5).fill('passHoldsSign'), ...Array(2).fill('passHoldsNumber'), ...Array(2).fill('passHoldsIllness'), 'passHoldsSign', 'passHoldsIllness']);
    expect((await mine(list(person('核酸采样员'), person("D'Arcy-Smith"), person('买买提·艾力')))).status).toBe(200);
  });

  it('given the same list is uploaded again, then nobody has two: whoever is withdrawn once would go on passing', async () => {
    const rows = list(person('冯警官'), person('褚警官'));
    expect((await mine(rows)).status).toBe(200);
    const again = await mine(rows);
    expect(again.body.errors.map(({ code }: { code: string }) => code)).toEqual(['passHeldAlready', 'passHeldAlready']);
    const { passes } = (await by.get(`/api/passes/issued?issuer=police-06&text=${encodeURIComponent('冯警官')}`)).body;
    await by.post('/api/passes/issued/revoke', { issuer: 'police-06', codes: passes.map(({ code }: { code: string }) => code), reason: 'lost it' });
    expect((await mine(list(person('冯警官')))).status).toBe(200);
  });
});

describe('keys', () => {
  it('given the city\'s key is turned by two servers at once, then once; what the old one signed is read on, and the new one signs', async () => {
    const { id } = await ask(city, intake({ town: '990101001', findings: ['fever'], patientKind: 'highRiskArea', companion: '她的女儿' }));
    const committee = await city.as('committee@town:990101001');
    const before = await eventually(async () => {
      const { journey } = (await committee.get(`/api/journeys/${id}`)).body;
      if (journey.step?.kind === 'release') await committee.post(`/api/journeys/${id}/release`);
      const shown = await committee.get(`/api/journeys/${id}/pass`);
      return shown.status === 200 ? shown.body : undefined;
    }, 20);
    const { keys } = (await office!.get('/api/passes/issuers')).body;
    const { kid } = keys.find(({ issuer, retiredAt }: any) => issuer === 'city' && retiredAt === null);
    const other = await second.as('city@city');
    const turned = await Promise.all([office!.post('/api/passes/keys/rotate', { issuer: 'city', kid }), other.post('/api/passes/keys/rotate', { issuer: 'city', kid })]);
    expect(turned.map(({ status }) => status).sort()).toEqual([200, 409]);
    const after = (await committee.get(`/api/journeys/${id}/pass`)).body;
    expect(after.jws.split('.')[0]).not.toBe(before.jws.split('.')[0]);
    await eventually(async () => ((await read(after.jws, undefined, second.visitor())) === 'valid' ? true : undefined));
    expect([await read(before.jws), await read(after.jws), await read(after.companion.jws)]).toEqual(['valid', 'valid', 'valid']);
    const companion = (await readPass(after.companion.jws, await trustOf(), at)).claims;
    expect(companion).toMatchObject({ kind: 'companion', name: '她的女儿', code: after.code, from: '990101001' });
  });

  it('given somebody who is very ill and has no pass, then they are let through, and it is on record', async () => {
    const answer = (await officer!.post('/api/passes/check', { emergency: true })).body;
    expect(answer).toMatchObject({ answer: 'emergency', whomToCall: { number: '120' } });
    const { hours } = (await office!.get('/api/passes/record')).body;
    expect(hours.some(({ answer: said }: { answer: string }) => said === 'emergency')).toBe(true);
    expect((await officer!.post('/api/passes/check', { emergency: true, code: 'ABCD2345' })).status).toBe(400);
  });
});

describe('a key that somebody else may have', () => {
  it('given it is given up by two at once, then once: nothing counts by its signature, each pass is good by its code and without the name that was signed, and a new key signs', async () => {
    await office!.post('/api/passes/issuers', unit('police-05'));
    const by = await city.as('passOfficer@issuer:police-05');
    const { body: { batch } } = await upload(list(person('郑警官')), { by, issuer: 'police-05' });
    const cardOf = async (): Promise<any> => (await by.get(`/api/passes/cards?issuer=police-05&batch=${batch}`)).body.cards[0];
    const card = await cardOf();
    const before = (await city.visitor().get('/api/passes/trust')).body;
    expect((await city.visitor().get(`/api/passes/trust?have=${before.version}`)).body).toEqual({ at: expect.any(Number), version: before.version, same: true });

    const { kid } = (await office!.get('/api/passes/issuers')).body.keys.find(({ issuer, retiredAt }: any) => issuer === 'police-05' && retiredAt === null);
    expect((await by.post('/api/passes/keys/give-up', { issuer: 'police-05', kid, reason: 'mine' })).status).toBe(403);
    expect((await office!.post('/api/passes/keys/give-up', { issuer: 'police-05', kid })).status).toBe(400);
    const other = await second.as('city@city');
    const given = await Promise.all([office!, other].map((one) => one.post('/api/passes/keys/give-up', { issuer: 'police-05', kid, reason: 'a laptop was stolen' })));
    expect(given.map(({ status, body }) => [status, body.code]).sort()).toEqual([[200, undefined], [409, 'keyGivenUpAlready']]);

    const after = (await city.visitor().get(`/api/passes/trust?have=${before.version}`)).body;
    expect(after.keys.find((key: any) => key.kid === kid).givenUpAt).toEqual(expect.any(Number));
    await eventually(async () => ((await read(card.jws, undefined, second.visitor())) === 'keyGivenUp' ? true : undefined));
    expect(JSON.stringify((await city.visitor().get('/.well-known/jwks.json')).body)).not.toContain(kid);
    const looked = (await officer!.post('/api/passes/check', { jws: card.jws })).body;
    expect(looked).toMatchObject({ answer: 'valid', name: '郑警官' });
    expect(await read((await cardOf()).jws)).toBe('valid');
    expect((await officer!.post('/api/passes/check', { code: ` ${card.code.slice(0, 4).toLowerCase()}-${card.code.slice(4)} ` })).body.answer).toBe('valid');
  });

  it('given a pass is withdrawn, then a phone that has the list before it is sent the new one', async () => {
    const { body: { version } } = await city.visitor().get('/api/passes/trust');
    const by = await city.as('passOfficer@issuer:police-05');
    await by.post('/api/passes/issued/revoke', { issuer: 'police-05', all: true, reason: 'over' });
    expect((await city.visitor().get(`/api/passes/trust?have=${version}`)).body.revoked).toEqual(expect.any(String));
  });

  it('given what is scanned is no pass, too long for one or half of one, then each is told apart and written down, and no length is refused', async () => {
    const answers = await Promise.all(['https://example.org/', `glp:/${'1'.repeat(4_000)}`, 'glp:/5676'].map(async (jws) => (await officer!.post('/api/passes/check', { jws })).body.answer));
    expect(answers).toEqual(['notAPass', 'tooLong', 'unreadable']);
  });
});

describe('a pass at a roadblock that has a network', () => {
  const issue = async (id: string, more: object): Promise<any> => {
    await office!.post('/api/passes/issuers', unit(id, more));
    const by = await city.as(`passOfficer@issuer:${id}`);
    const { body: { batch } } = await upload(list(person('周警官')), { by, issuer: id });
    return (await by.get(`/api/passes/cards?issuer=${id}&batch=${batch}`)).body.cards[0];
  };

  it('given it is good in another area, then a line says the same as none, of its picture as of its code', async () => {
    const card = await issue('police-02', { areas: ['990101'] });
    const away = await city.as('checkpoint@checkpoint:990102');
    const point = { lon: 113.6, lat: 34.7 };
    for (const shown of [{ jws: card.jws, point }, { code: card.code, point }]) {
      expect((await away.post('/api/passes/check', shown)).body.answer).toBe('wrongArea');
      expect((await officer!.post('/api/passes/check', shown)).body.answer).toBe('valid');
    }
  });

  it('given a unit names one area again and again, then its passes name it once, and are read', async () => {
    const card = await issue('police-03', { areas: Array.from({ length: 40 }, () => '990101') });
    expect(await read(card.jws, '990101')).toBe('valid');
  });

  it('given two looks far apart in a moment and one is sent on later, then the office sees both: what the officer was told, and that there are two of it', async () => {
    const card = await issue('police-04', {});
    const away = await city.as('checkpoint@checkpoint:990102');
    const look = { code: card.code, at, point: { lon: 113.6, lat: 34.7 } };
    expect((await officer!.post('/api/passes/check', look)).body.answer).toBe('valid');
    await away.post('/api/passes/check', { ...look, jws: card.jws, code: undefined, told: 'valid', point: { lon: 114.3, lat: 34.8 } });
    const { twice, hours } = (await office!.get('/api/passes/record')).body;
    expect(twice).toContainEqual(expect.objectContaining({ code: card.code }));
    expect(hours.some(({ answer }: { answer: string }) => answer === 'seenElsewhere')).toBe(false);
  });
});
