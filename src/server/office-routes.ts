import type { FastifyInstance } from 'fastify';
import { decide, readCase } from '../policy/index.ts';
import { codeIn, invalid, mustBe, notFound, readInput } from '../people/index.ts';
import { z } from 'zod';
import type { House } from './house.ts';
import { actorOf } from './sign-in/index.ts';
import { findBrokenPromises } from './watch.ts';

const Try = z.strictObject({ policy: z.string().min(1).max(100), case: z.record(z.string().max(50), z.unknown()) });

/** The command centre: promises broken now, the policies with their clauses, and a case tried against one of them. */
export function registerOfficeRoutes(app: FastifyInstance, house: House): void {
  const { city, clock, policies, board } = house;

  app.get('/api/promises', { schema: { tags: ['office'], summary: 'Promises that are broken at this moment' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city', 'district']);
    return { at: clock.now(), broken: await findBrokenPromises(house, codeIn(actor, 'district')) };
  });

  app.get('/api/policies', { schema: { tags: ['office'], summary: 'The announcements, each measure with its clause' } }, async () =>
    ({ at: clock.now(), policies: [...policies.documents.values()].map(({ coverage, ...document }) => ({ ...document, period: coverage.period, districts: [...coverage.districts] })) }));

  app.post('/api/policies/try', { schema: { tags: ['office'], summary: 'What would be decided; nothing is stored', body: Try } }, async (request) => {
    mustBe(actorOf(request), ['city', 'district', 'planner']);
    const { policy: id, case: given } = readInput(Try, request.body);
    const policy = policies.compiled.get(id);
    if (!policy) throw notFound();
    const read = readCase(given);
    if ('problems' in read) {
      const [first, ...rest] = read.problems.map(({ field, message }) => ({ code: 'fieldInvalid', field: `case.${field}`, facts: { problem: message } }));
      throw invalid([first ?? { code: 'fieldInvalid', field: 'case' }, ...rest]);
    }
    return { at: clock.now(), decision: decide(policy, read.care, { city, status: board.now() }) };
  });
}
