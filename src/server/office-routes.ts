import type { FastifyInstance } from 'fastify';
import { codeIn, mustBe } from '../people/index.ts';
import type { House } from './house.ts';
import { actorOf } from './sign-in/index.ts';
import { findBrokenPromises } from './journeys/watch.ts';

/** The command centre: promises broken now. */
export function registerOfficeRoutes(app: FastifyInstance, house: House): void {
  const { clock } = house;

  app.get('/api/promises', { schema: { tags: ['office'], summary: 'Promises that are broken at this moment' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city', 'district']);
    return { at: clock.now(), broken: await findBrokenPromises(house, codeIn(actor, 'district')) };
  });
}
