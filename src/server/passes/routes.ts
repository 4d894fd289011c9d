import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { csvText, DAY_MS, readCsv, type Instant, type Refusal } from '../../base/index.ts';
import { AREAS_MAX, CODE_LENGTH, ISSUER_KINDS, mayIssue, PASS_COLUMNS, readPasses, type IssuedPass, type Issuer, type IssuerCounted, type WorkPass } from '../../passes/index.ts';
import { addIssuer, addWorkPasses, checkFigures, listHolders, listIssuers, listWorkPasses, lockIssuer, revokeIssued, withdrawIssuer } from '../../passes/store.ts';
import { codeField, codeIn, conflict, instantField, invalid, mustBe, notFound, readInput, Refused, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import { trueChance } from '../chance.ts';
import { acceptCsv } from '../csv-body.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { notify } from '../journeys/store.ts';
import { languageOf, sentence } from '../problems.ts';
import { actorOf } from '../sign-in/index.ts';
import { giveUpKey, makeKey, rotateKey, type PassKeys } from './keys.ts';
import { CITY_ISSUER, passQr } from './signing.ts';

const FILE_BYTES_MAX = 2 * 1_024 * 1_024;
const PROBLEMS_MAX = 500;
/** Four sheets of eight: a printer gets them while the next are made. */
const CARDS_AT_ONCE = 32;
const LISTED_MAX = 200;
const FIGURES_MS = DAY_MS;
const AUDIT_MAX = 200;

const name = z.string().trim().min(1).max(60);
const NewIssuer = z.strictObject({
  id: z.string().regex(/^[A-Za-z][\w-]{1,39}$/, 'write a code of letters, digits, - and _'), kind: z.enum(ISSUER_KINDS), name: z.strictObject({ zh: name, en: name }),
  areas: z.array(codeField).min(1).max(AREAS_MAX).optional(), passesMax: z.int().min(1).max(100_000), until: instantField,
});
const Reason = z.strictObject({ reason: z.string().trim().min(1).max(300) });
const Rotate = z.strictObject({ issuer: codeField, kid: z.string().min(1).max(60) });
const GiveUp = Rotate.extend(Reason.shape);
const Import = z.strictObject({ issuer: codeField, dryRun: z.enum(['true', 'false']).default('false') });
const Listing = z.strictObject({ issuer: codeField, batch: codeField.optional(), text: z.string().trim().min(1).max(60).optional(), from: z.coerce.number().int().min(0).max(100_000).default(0) });
const Revoke = z.strictObject({ issuer: codeField, codes: z.array(z.string().min(1).max(20)).min(1).max(5_000).optional(), batch: codeField.optional(), all: z.literal(true).optional(), reason: z.string().trim().min(1).max(300) })
  .refine(({ codes, batch, all }) => [codes, batch, all].filter((given) => given !== undefined).length === 1, { message: 'name codes, a batch, or all', path: ['codes'] });

/** What is written of passes: who issued and withdrew what, and turned which key. */
const AUDITED = ['enrolIssuer', 'withdrawIssuer', 'issuePasses', 'revokePasses', 'rotatePassKey', 'giveUpPassKey'];

export interface PassesImportView {
  readonly at: Instant;
  readonly dryRun: boolean;
  readonly passes: number;
  readonly batch?: string;
  readonly problems: readonly { readonly line: number; readonly column: number; readonly code: string; readonly detail: string }[];
}

/** Units that give passes to their own people: enrolled and withdrawn by name, every list checked by line, every key turned on record. */
export function registerIssuerRoutes(app: FastifyInstance, house: House, keys: PassKeys): void {
  const { db, city, clock, incident } = house;
  const look = { city: city.id, incident: incident.id };
  const tags = ['passes'];
  acceptCsv(app);
  const OFFICES = ['district', 'city'] as const;
  const written = async (trx: Kysely<any>, by: Actor, what: string, facts: object): Promise<void> => {
    await writeAudit(trx, city.id, incident.id, { at: clock.now(), by, what, facts });
    await notify(trx, { city: city.id, kind: 'passes' });
  };
  /** An office sees the units that are good in its own area only; a unit sees itself. */
  const mine = (actor: Actor, issuer: Issuer): boolean => {
    if (actor.role === 'passOfficer') return codeIn(actor, 'issuer') === issuer.id;
    const district = codeIn(actor, 'district');
    return actor.scope === 'city' || (district !== undefined && issuer.areas !== undefined && issuer.areas.every((area) => area === district));
  };
  const issuerFor = async (request: FastifyRequest, id: string, of: Kysely<any> = db): Promise<{ actor: Actor; issuer: IssuerCounted }> => {
    const actor = mustBe(actorOf(request), ['passOfficer', ...OFFICES]);
    const [issuer] = await listIssuers(of, look, clock.now(), id);
    if (!issuer || !mine(actor, issuer)) throw notFound();
    return { actor, issuer };
  };

  app.get('/api/passes/issuers', { schema: { tags, summary: 'Units that issue passes, how many of each are in force, and the keys that sign' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['passOfficer', ...OFFICES]);
    const at = clock.now();
    const issuers = (await listIssuers(db, look, at)).filter((issuer) => mine(actor, issuer));
    const { rows } = await sql<{ kid: string; issuer: string; madeAt: Instant; retiredAt: Instant | null; givenUpAt: Instant | null }>`select kid, issuer, made_at as "madeAt", retired_at as "retiredAt", given_up_at as "givenUpAt" from pass_key where city = ${city.id} order by made_at`.execute(db);
    return { at, issuers, keys: actor.scope === 'city' ? rows : rows.filter(({ issuer }) => issuers.some(({ id }) => id === issuer)) };
  });

  app.post('/api/passes/issuers', { schema: { tags, summary: 'A unit may issue passes to its own people', body: NewIssuer } }, async (request, reply) => {
    const actor = mustBe(actorOf(request), OFFICES);
    const { areas, ...given } = readInput(NewIssuer, request.body);
    const issuer: Issuer = { ...given, enrolledAt: clock.now(), ...(areas && { areas: [...new Set(areas)] }) };
    const wrong: Refusal[] = (areas ?? []).flatMap((area, index): Refusal[] => (city.districts.has(area) ? [] : [{ code: 'districtUnknown', field: `areas.${index}`, facts: { district: area } }]));
    if (given.id === CITY_ISSUER) wrong.push({ code: 'issuerTaken', field: 'id' });
    if (given.until <= clock.now()) wrong.push({ code: 'passOver', field: 'until' });
    const [first, ...others] = wrong;
    if (first) throw invalid([first, ...others]);
    if (!mine(actor, issuer)) throw new Refused(403, [{ code: 'areaNotYours', field: 'areas', facts: { district: areas?.join(', ') ?? city.name.zh } }]);
    const answer = await once(house, request, actor, async (trx) => {
      if (!(await addIssuer(trx, look, issuer, actor.name))) throw conflict({ code: 'issuerTaken', field: 'id' });
      await makeKey(trx, city.id, issuer.id, `passes/${issuer.id}/${incident.id}`, clock.now());
      await written(trx, actor, 'enrolIssuer', { issuer: issuer.id, kind: issuer.kind });
      return { at: clock.now(), issuer };
    });
    await keys.reload();
    reply.status(201);
    return answer;
  });

  app.post<{ Params: { id: string } }>('/api/passes/issuers/:id/withdraw', { schema: { tags, summary: 'A unit may not issue any more; with it all its passes are withdrawn', body: Reason } }, async (request) => {
    mustBe(actorOf(request), OFFICES);
    const { actor } = await issuerFor(request, request.params.id);
    const { reason } = readInput(Reason, request.body);
    const answer = await once(house, request, actor, async (trx) => {
      const at = clock.now();
      if (!(await withdrawIssuer(trx, look, request.params.id, { by: actor.name, reason, at }))) throw conflict({ code: 'issuerIsWithdrawn' });
      const passes = await revokeIssued(trx, look, request.params.id, { all: true }, { by: actor.name, reason, at });
      await written(trx, actor, 'withdrawIssuer', { issuer: request.params.id, reason, passes });
      return { at, passes };
    });
    await keys.reload();
    return answer;
  });

  app.post('/api/passes/keys/rotate', { schema: { tags, summary: 'A new key signs from now on; what the old one signed is read until it ends', body: Rotate } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city']);
    const { issuer, kid } = readInput(Rotate, request.body);
    const answer = await once(house, request, actor, async (trx) => {
      if (!(await rotateKey(trx, city.id, issuer, kid, clock.now()))) throw conflict({ code: 'keyTurnedAlready', field: 'kid' });
      await written(trx, actor, 'rotatePassKey', { issuer, kid });
      return { at: clock.now(), issuer };
    });
    await keys.reload();
    return answer;
  });

  app.post('/api/passes/keys/give-up', { schema: { tags, summary: 'A key that somebody else may have: nothing it signed counts by its signature any more; each pass is still good by its code', body: GiveUp } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city']);
    const { issuer, kid, reason } = readInput(GiveUp, request.body);
    const answer = await once(house, request, actor, async (trx) => {
      if (!(await giveUpKey(trx, city.id, issuer, kid, clock.now()))) throw conflict({ code: 'keyGivenUpAlready', field: 'kid' });
      await written(trx, actor, 'giveUpPassKey', { issuer, kid, reason });
      return { at: clock.now(), issuer };
    });
    await keys.reload();
    return answer;
  });

  app.post('/api/passes/import', {
    bodyLimit: FILE_BYTES_MAX, schema: { tags, summary: 'Work passes for a whole list of people (text/csv); all of it or nothing, with every problem by line and column', querystring: Import, consumes: ['text/csv'] },
  }, async (request): Promise<PassesImportView> => {
    const { issuer: id, dryRun } = request.query as z.output<typeof Import>;
    const { actor } = await issuerFor(request, id);
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, [{ code: 'csvExpected' }]);
    const file = csvText(request.body);
    request.body = 'text' in file ? file.text : '';
    const work = async (trx: Kysely<any>): Promise<PassesImportView> => {
      const at = clock.now();
      await lockIssuer(trx, look, id);
      const [issuer] = await listIssuers(trx, look, at, id);
      const closed = mayIssue(issuer, at);
      if (!issuer || closed) throw conflict(closed ?? { code: 'issuerUnknown' });
      const read = 'text' in file ? readPasses(readCsv(file.text, PASS_COLUMNS.required, PASS_COLUMNS.optional), issuer, new Set(city.districts.keys()), issuer.live, at, await listHolders(trx, look, id, at))
        : { wanted: [], problems: [{ line: file.problem.line, column: file.problem.column, refusal: { code: file.problem.code } }] };
      const language = languageOf(request);
      const problems = read.problems.slice(0, PROBLEMS_MAX);
      const view = { at, dryRun: dryRun === 'true', passes: read.wanted.length, problems: problems.map(({ line, column, refusal: { code, facts } }) => ({ line, column, code, detail: sentence(code, facts, language) })) };
      if (dryRun === 'true') return view;
      const [first, ...others] = problems.map(({ line, column, refusal }): Refusal => ({ code: refusal.code, field: `line ${line}, column ${column}`, ...(refusal.facts && { facts: refusal.facts }) }));
      if (first) throw invalid([first, ...others]);
      if (read.wanted.length === 0) throw conflict({ code: 'rosterEmpty' });
      const batch = `U${trueChance.code(7)}`;
      await addWorkPasses(trx, city.id, incident.id, read.wanted.map((wanted): WorkPass => ({ ...wanted, code: trueChance.code(CODE_LENGTH).toUpperCase(), issuer: id, batch, kind: 'work', issuedAt: at })), actor.name);
      await written(trx, actor, 'issuePasses', { issuer: id, batch, passes: read.wanted.length });
      return { ...view, batch };
    };
    return dryRun === 'true' ? db.transaction().execute(work) : once(house, request, actor, work);
  });

  app.get('/api/passes/issued', { schema: { tags, summary: 'Passes a unit has issued, the latest first', querystring: Listing } }, async (request) => {
    const { issuer: id, ...which } = request.query as z.output<typeof Listing>;
    const { issuer } = await issuerFor(request, id);
    return { at: clock.now(), passes: await listWorkPasses(db, look, issuer.id, { ...which, most: LISTED_MAX }) };
  });

  app.get('/api/passes/cards', { schema: { tags, summary: 'The same to be printed: each with its code and its QR picture', querystring: Listing } }, async (request) => {
    const { issuer: id, ...which } = request.query as z.output<typeof Listing>;
    const { issuer } = await issuerFor(request, id);
    const passes = (await listWorkPasses(db, look, issuer.id, { ...which, most: CARDS_AT_ONCE })).filter(({ revokedAt }) => revokedAt === undefined);
    return { at: clock.now(), issuer: { id: issuer.id, name: issuer.name }, atOnce: CARDS_AT_ONCE, cards: await Promise.all(passes.map((pass) => cardOf(pass, keys))) };
  });

  app.post('/api/passes/issued/revoke', { schema: { tags, summary: 'Some of a unit\'s passes, one upload, or all of them', body: Revoke } }, async (request) => {
    const { issuer: id, codes, batch, reason } = readInput(Revoke, request.body);
    const { actor, issuer } = await issuerFor(request, id);
    return once(house, request, actor, async (trx) => {
      const at = clock.now();
      const passes = await revokeIssued(trx, look, issuer.id, codes ? { codes } : batch !== undefined ? { batch } : { all: true }, { by: actor.name, reason, at });
      await written(trx, actor, 'revokePasses', { issuer: issuer.id, passes, reason, ...(batch !== undefined && { batch }) });
      return { at, passes };
    });
  });

  app.get('/api/passes/record', { schema: { tags, summary: 'Who issued, withdrew and turned what; how passes were answered in the last day; which were shown in two places at once' } }, async (request) => {
    mustBe(actorOf(request), ['city']);
    const at = clock.now();
    const { rows } = await sql`select at, actor_id as by, actor_role as role, what, facts from audit where city = ${city.id} and incident = ${incident.id} and what = any(${AUDITED}::text[]) order by at desc limit ${AUDIT_MAX}`.execute(db);
    return { at, acts: rows, ...(await checkFigures(db, look, at - FIGURES_MS)) };
  });
}

async function cardOf({ code, issuer, kind, name: called, duty, areas, validFrom, validTo }: IssuedPass, keys: PassKeys): Promise<object> {
  const jws = await keys.signFor(issuer, { code, kind, name: called, validFrom, validTo, ...(areas && { areas }) });
  return { code, name: called, duty, areas, validFrom, validTo, jws, qrSvg: await passQr(jws) };
}
