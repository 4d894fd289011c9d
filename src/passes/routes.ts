import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { invalid, mustBe, type Actor } from '../people/index.ts';
import { checkPass } from './decide.ts';
import { findPass, logCheck } from './store.ts';

/** Bodies of the commands this room answers. */
export const passBodies = {
  release: z.strictObject({}),
  revokePass: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
};

const Check = z.strictObject({ code: z.string().trim().max(20).optional(), jws: z.string().max(2_000).optional() })
  .refine(({ code, jws }) => (code === undefined) !== (jws === undefined), { message: 'give either code or jws', path: ['code'] });

export interface PassDeps {
  readonly city: City;
  readonly incident: string;
  readonly at: () => Instant;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Parameters<typeof findPass>[0]) => Promise<T>) => Promise<T>;
  /** The code inside a signed pass; undefined when we did not sign it. */
  readonly codeIn: (jws: string) => Promise<string | undefined>;
}

/** The roadblock: is this pass good, and if not, whom to call. Never a dead end, and each look is kept. */
export function registerPassRoutes(app: FastifyInstance, { city, incident, at, actorOf, once, codeIn }: PassDeps): void {
  app.post('/api/passes/check', { schema: { tags: ['passes'], summary: 'Check a pass at a roadblock or gate', body: Check } }, async (request) => {
    const actor = mustBe(actorOf(request), ['checkpoint', 'gate']);
    const given = request.body as z.output<typeof Check>;
    const code = (given.code ?? (await codeIn(given.jws!)))?.toUpperCase();
    if (given.code === '') throw invalid([{ code: 'fieldInvalid', field: 'code', facts: { problem: 'empty' } }]);
    return once(request, actor, async (db) => {
      const pass = code === undefined ? undefined : await findPass(db, city.id, code);
      const now = at();
      const answer = checkPass(pass, now);
      await logCheck(db, city.id, { incident, pass: pass?.id, code: code ?? '(not ours)', answer, at: now, by: actor.id });
      return {
        at: now, answer, whomToCall: city.phones.medicalLine,
        ...(pass && {
          validFrom: pass.validFrom, validTo: pass.validTo,
          fromTown: city.towns.get(pass.fromTown)?.name, toInstitution: city.institutions.get(pass.toInstitution)?.name,
        }),
      };
    });
  });
}
