import type { FastifyInstance } from 'fastify';
import { mustBe } from '../people/index.ts';
import type { House } from './house.ts';
import { listReplacements, listSeries } from './series-read.ts';
import { actorOf } from './sign-in/index.ts';

/** Care that comes again and again: who is in a series, how near the safe gap they are, and what was done when a unit closed. */
export function registerSeriesRoutes(app: FastifyInstance, house: House): void {
  const { db, city, clock, incident } = house;
  const tags = ['series'];

  app.get('/api/series', { schema: { tags, summary: 'Standing series, worst first: without a seat, beyond the safe gap, near it' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    const at = clock.now();
    return { at, series: await listSeries(db, city, incident.id, actor, at) };
  });

  app.get('/api/replacements', { schema: { tags, summary: 'Runs that placed the sessions of a closed unit again, and who still has no seat, by name' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    return { at: clock.now(), replacements: await listReplacements(db, city, incident.id, actor) };
  });
}
