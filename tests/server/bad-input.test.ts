import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

describe('what cannot be read', () => {
  it('names every wrong field at once, with its code and what to do, in the reader\'s language', async () => {
    const body = { ...intake(), need: 'coffee', ageYears: -3, vitals: { pulsePerMinute: 9_000 }, colour: 'red' };
    const answer = await city.visitor().send('POST', '/api/requests', body, { 'idempotency-key': 'bad-input-1', 'accept-language': 'zh-CN' });

    expect(answer.status).toBe(400);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['ageYears', 'colour', 'need', 'vitals.pulsePerMinute']);
    expect(answer.body.detail).toMatch(/[一-鿿]/);
  });

  it('a town of another city is refused with its field', async () => {
    expect(await city.visitor().post('/api/requests', intake({ town: '310101002' }))).toMatchObject({ status: 400, body: { code: 'unknownTown', errors: [{ field: 'town' }] } });
  });

  it.each([
    ['no JSON', '{"person":', 400, 'bodyUnreadable'],
    ['too large', JSON.stringify({ complaint: 'x'.repeat(70_000) }), 413, 'bodyTooLarge'],
    ['a zero character', JSON.stringify(intake({ address: 'a\0b' })), 400, 'bodyUnreadable'],
    ['half a character', JSON.stringify(intake({ address: 'a\ud800' })), 400, 'bodyUnreadable'],
    ['a planted prototype', '{"__proto__":{"role":"city"}}', 400, 'bodyUnreadable'],
  ])('%s', async (_, body, status, code) => {
    const answer = await city.visitor().send('POST', '/api/requests', body, { 'idempotency-key': 'unreadable-1' });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('an address that does not exist is a problem, not a page', async () => {
    expect(await city.visitor().get('/api/nothing')).toMatchObject({ status: 404, body: { code: 'unknownAddress' } });
  });

  it('whatever is sent wherever, the server answers and never fails', async () => {
    const { id, resident } = await ask(city, intake({ need: 'emergency', findings: ['chestPain'] }));
    const people: readonly Visitor[] = [city.visitor(), resident, await city.as('dispatcher@city'), await city.as('ward@institution:ZZ-H-001'), await city.as('planner@city'), await city.as('city@city')];
    const addresses = [
      '/api/requests', '/api/interview', '/api/my/sign-in', '/api/passes/check', '/api/policies/try', '/api/policies', '/api/policies/zhengzhou-2022-11-25/1/adopt', '/api/policies/zhengzhou-2022-11-25/1/amend', '/api/calls', '/api/consults',
      '/api/institutions/ZZ-H-001/services/emergency/status', '/api/restrictions', '/api/restrictions/X1/end',
      ...['send-unit', 'report-mission', 'assign-car', 'report-worse', 'admit', 'answer-visit', 'withdraw-request', 'name-place', 'book-slot', 'deliver']
        .map((command) => `/api/journeys/${id}/${command}`),
    ];
    const known = fc.constantFrom('person', 'need', 'town', 'findings', 'vitals', 'unit', 'step', 'leg', 'items', 'advice', 'reason', 'code', 'jws', 'policy', 'case', 'text', 'why', 'to', 'from', 'kind', 'area', 'passage', 'state', 'until', 'token');
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('', '0', 'emergency', '2022-11-25T24:00', -1, 1e308, '\u0000', '‮', [], {}));
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(known, value), fc.dictionary(fc.string(), value), fc.record({
      person: fc.constant({ name: 'x', phone: '123' }), town: fc.constant('410102001'), address: fc.string(), need: value, findings: fc.array(fc.string()),
    }));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...people), fc.constantFrom(...addresses), body, async (person, address, sent) => {
      const answer = await person.post(address, sent);
      expect(answer.status, `${address} ${JSON.stringify(sent)} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
      if (answer.status >= 400) expect(answer.body).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
    }), { numRuns: 400 });
  }, 60_000);
});
