import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCity, type RunningCity } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

describe('a caller\'s place', () => {
  it('given somebody at a desk types a part of it, then at most ten places, best first, the gate with its phone', async () => {
    const hotline = await city.as('hotline@city');
    const { status, body } = await hotline.get(`/api/places?q=${encodeURIComponent('家园')}`);
    expect(status).toBe(200);
    expect(body.places.length).toBeGreaterThan(0);
    expect(body.places.length).toBeLessThanOrEqual(10);
    expect(body.places[0]).toMatchObject({ kind: 'compound', gate: { phone: expect.stringMatching(/\d/) }, point: { lon: expect.any(Number) } });
    expect((await hotline.get('/api/places?q=')).status).toBe(400);
  });

  it('given nobody is signed in, then where people live is not told', async () => {
    const response = await fetch(`${(await city.as('hotline@city')).url}/api/places?q=a`);
    expect(response.status).toBe(401);
  });
});
