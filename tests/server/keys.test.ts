import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, startCity, type RunningCity } from '../running-city.ts';

interface Operation {
  readonly description?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
}

const published = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../openapi.json'), 'utf8')) as { paths: Record<string, { post?: Operation }> };
const posts = Object.entries(published.paths).flatMap(([address, { post }]) => (post ? [{ address, ...post }] : []));
const asksForKey = ({ parameters = [] }: Operation): boolean => parameters.some(({ name, required }) => name === 'Idempotency-Key' && required);

/** Each says in its description why doing it twice does no harm. A new one is added here by hand, after thinking about it. */
const WITHOUT_KEY = ['/api/calls/events', '/api/calls/find', '/api/cloud/preview', '/api/demo/sign-in', '/api/interview', '/api/my/sign-in', '/api/policies/try', '/api/sign-in', '/api/sign-out'];

let city: RunningCity;
beforeAll(async () => {
  city = await startCity({ city: 'toytown' });
}, 60_000);
afterAll(() => city.stop());

describe('a POST that changes something', () => {
  it.each(posts.filter(asksForKey))('$address is refused without a key, in words that help', async ({ address }) => {
    const { status, body } = await city.visitor().send('POST', address.replaceAll(/\{\w+\}/g, 'x'), {}, { 'accept-language': 'en' });
    expect([status, body.code]).toEqual([400, 'idempotencyKeyMissing']);
    expect(body.errors).toEqual([{ field: 'Idempotency-Key', code: body.code, detail: body.detail }]);
    expect(body.detail).toMatch(/Send the header Idempotency-Key/);
  });

  it('given a key nobody could keep, then it is refused as well', async () => {
    for (const key of ['short', 'x'.repeat(101), 'with space']) {
      expect((await city.visitor().send('POST', '/api/requests', {}, { 'idempotency-key': key })).body.code).toBe('idempotencyKeyMissing');
    }
  });
});

describe('a POST without a key', () => {
  it('is one of few, and says why', () => {
    const without = posts.filter((post) => !asksForKey(post));
    expect(without.map(({ address }) => address).sort()).toEqual(WITHOUT_KEY);
    for (const { description } of without) expect(description).toMatch(/needs no `Idempotency-Key`/);
  });

  it('is not asked for one', async () => {
    for (const address of WITHOUT_KEY) {
      expect((await city.visitor().send('POST', address, {})).body.code).not.toBe('idempotencyKeyMissing');
    }
  });
});

describe('the same key sent again', () => {
  it('given a check of a pass, then it is looked at and written down once', async () => {
    const checkpoint = await city.as('checkpoint@checkpoint:990101');
    const key = newKey();
    const [first, second] = [await checkpoint.post('/api/passes/check', { code: 'TWICE' }, key), await checkpoint.post('/api/passes/check', { code: 'TWICE' }, key)];
    expect([first.status, second.body]).toEqual([200, first.body]);
    expect((await city.database.pool.query("select 1 from pass_check where code = 'TWICE'")).rowCount).toBe(1);
    expect((await checkpoint.post('/api/passes/check', { code: 'OTHER' }, key)).body.code).toBe('idempotencyKeyReused');
  });

  it('given a new post for somebody, then there is one post', async () => {
    const command = await city.as('city@city');
    const key = newKey();
    const staff = { name: 'Duty desk twice', role: 'ward', scope: 'institution:T-H1', email: 'twice@example.org' };
    const [first, second] = [await command.post('/api/staff', staff, key), await command.post('/api/staff', staff, key)];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect((await command.get('/api/staff')).body.staff.filter(({ name }: { name: string }) => name === staff.name)).toHaveLength(1);
  });

  it('given a vehicle of today, then the later choice is not undone by a late repetition', async () => {
    const crew = await city.as('crew@unit:T-A1');
    const key = newKey();
    await crew.post('/api/my-vehicle', { id: 'T-A2' }, key);
    await crew.post('/api/my-vehicle', { id: 'T-A1' });
    await crew.post('/api/my-vehicle', { id: 'T-A2' }, key);
    expect((await crew.get('/api/me')).body.actor.scope).toBe('unit:T-A1');
  });
});
