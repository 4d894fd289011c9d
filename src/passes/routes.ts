import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant, Place } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeIn, instantField, invalid, mustBe, type Actor } from '../people/index.ts';
import { checkPass } from './decide.ts';
import { PASS_READINGS, readPass, type TrustedKey } from './read-pass.ts';
import { codeOf, packRevoked } from './revoked.ts';
import { isShownTwice, LOOKED_BACK_MS } from './seen.ts';
import { SCANNED_MAX } from './signed-pass.ts';
import { countRevoked, findPass, findWorkPass, listChecks, listRevoked, logCheck } from './store.ts';

/** Bodies of the commands this room answers. */
export const passBodies = {
  release: z.strictObject({}),
  revokePass: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
};

const Check = z.strictObject({
  code: z.string().trim().max(20).optional(), jws: z.string().max(SCANNED_MAX).optional(),
  /** When, and what the officer was told, where there was no network. */
  at: instantField.optional(), told: z.enum([...PASS_READINGS, 'noNetwork', 'emergency']).optional(),
  /** Somebody who is very ill is let through without one: it is written down, and nothing is asked. */
  emergency: z.literal(true).optional(),
  point: z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).optional(),
})
  .refine(({ code, jws, emergency }) => [code, jws, emergency].filter((given) => given !== undefined).length === 1, { message: 'give either code or jws', path: ['code'] });

const Have = z.strictObject({ have: z.string().min(1).max(40).optional() });

/** Half an hour without news is the least a list can be worth; a phone that is told to ask sooner asks for nothing else. */
const TRUST_SECONDS = 60;

export interface PassDeps {
  readonly city: City;
  readonly incident: string;
  readonly at: () => Instant;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Parameters<typeof findPass>[0]) => Promise<T>) => Promise<T>;
  /** Whose signatures count. */
  readonly keys: () => readonly TrustedKey[];
  readonly db: Parameters<typeof findPass>[0];
}

/** The roadblock: is this pass good, and if not, whom to call. Never a dead end, and each look is kept. */
export function registerPassRoutes(app: FastifyInstance, { city, incident, at, actorOf, once, keys, db }: PassDeps): void {
  app.post('/api/passes/check', { schema: { tags: ['passes'], summary: 'Check a pass at a roadblock or gate', body: Check } }, async (request) => {
    const actor = mustBe(actorOf(request), ['checkpoint', 'gate']);
    const given = request.body as z.output<typeof Check>;
    if (given.code === '') throw invalid([{ code: 'fieldInvalid', field: 'code', facts: { problem: 'empty' } }]);
    if (given.emergency) {
      return once(request, actor, async (trx) => {
        const now = at();
        await logCheck(trx, city.id, { incident, pass: undefined, code: '(emergency)', answer: 'emergency', at: Math.min(given.at ?? now, now), receivedAt: now, by: actor.id, scope: actor.scope, ...(given.point && { place: given.point }) });
        return { at: now, answer: 'emergency' as const, whomToCall: city.phones.emergency };
      });
    }
    const reading = given.jws === undefined ? undefined : await readPass(given.jws, { keys: keys(), revoked: NONE }, at());
    // With a key that was given up anybody may have signed: of such a pass its code is asked, as if it had been typed.
    const claims = reading?.answer === 'keyGivenUp' ? undefined : reading?.claims;
    const said = given.code ?? reading?.claims?.code;
    const code = said === undefined ? undefined : codeOf(said);
    const district = codeIn(actor, 'checkpoint') ?? city.institutions.get(codeIn(actor, 'institution') ?? '')?.district;
    const place = given.point ?? centreOf(city, district);
    return once(request, actor, async (trx) => {
      const own = code === undefined ? undefined : await findPass(trx, city.id, code);
      const work = own || code === undefined ? undefined : await findWorkPass(trx, city.id, code);
      const pass = own ?? (work && { ...work, id: work.code, ...(work.revokedAt !== undefined && { revoked: true }) });
      const now = at();
      const shownAt = Math.min(given.at ?? now, now);
      const found = reading && reading.answer !== 'valid' && reading.answer !== 'keyGivenUp' ? reading.answer : checkPass(pass, now, codeIn(actor, 'checkpoint'));
      const others = pass && place ? await listChecks(trx, city.id, pass.id, shownAt - LOOKED_BACK_MS, actor.scope) : [];
      const elsewhere = place && others.find((other) => isShownTwice({ place, at: shownAt }, other));
      const answer = found === 'valid' && elsewhere ? 'seenElsewhere' : found;
      await logCheck(trx, city.id, { incident, pass: pass?.id, code: code ?? '(not ours)', answer: given.told ?? answer, at: shownAt, receivedAt: now, by: actor.id, scope: actor.scope, ...(place && { place }) });
      return {
        at: now, answer, whomToCall: city.phones.medicalLine,
        ...(answer === 'seenElsewhere' && { elsewhere: { at: elsewhere!.at, scope: elsewhere!.scope } }),
        ...((claims ?? work) && { name: (claims ?? work)!.name, kind: (claims ?? work)!.kind }),
        ...(pass && {
          validFrom: pass.validFrom, validTo: pass.validTo,
          fromTown: own ? city.towns.get(own.fromTown)?.name : city.institutions.get(work?.from ?? '')?.name, toInstitution: city.institutions.get(own?.toInstitution ?? work?.to ?? '')?.name,
        }),
      };
    });
  });

  // Public, as SMART Health Cards has it: a key that only some may fetch makes a signature that only some can check.
  app.get('/.well-known/jwks.json', { schema: { tags: ['passes'], summary: 'Keys that sign passes (JWK set)' } }, async (_request, reply) => {
    reply.header('cache-control', `public, max-age=${TRUST_SECONDS}`);
    return { keys: keys().filter(({ withdrawnAt, givenUpAt }) => withdrawnAt === undefined && givenUpAt === undefined).map(({ kid, x, y }) => ({ kty: 'EC', use: 'sig', alg: 'ES256', crv: 'P-256', kid, x, y })) };
  });

  let packed: { readonly version: string; readonly revoked: string } | undefined;
  app.get('/api/passes/trust', { schema: { tags: ['passes'], summary: 'What a checkpoint keeps to check passes without a network: keys and withdrawn codes; to a phone that has this version already, that it is the newest', querystring: Have } }, async (request, reply) => {
    // Never from a phone's own store: how old the list is, and what time it is, would be of another minute.
    reply.header('cache-control', 'no-cache');
    const now = at();
    const trusted = keys();
    const version = createHash('sha256').update(JSON.stringify([trusted, await countRevoked(db, city.id, now)])).digest('base64url').slice(0, 22);
    if ((request.query as z.output<typeof Have>).have === version) return { at: now, version, same: true as const };
    if (packed?.version !== version) packed = { version, revoked: Buffer.from(packRevoked(await listRevoked(db, city.id, now))).toString('base64') };
    return { at: now, version, keys: trusted, revoked: packed.revoked };
  });
}

/** Where a checkpoint stands when its phone does not say. */
function centreOf({ towns }: City, district: string | undefined): Place | undefined {
  const centres = [...towns.values()].filter((town) => town.district === district).map(({ centre }) => centre);
  if (centres.length === 0) return undefined;
  const mean = (of: (place: Place) => number): number => centres.reduce((sum, place) => sum + of(place), 0) / centres.length;
  return { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) };
}

/** With a network each pass is looked up itself. */
const NONE = new Uint8Array();
