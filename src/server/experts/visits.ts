import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant, type Result } from '../../base/index.ts';
import { callOffVisit, isOver, LEAVES_WITHIN_MS, nextOfVisit, REST_AFTER_VISIT_MS, STAY_MS, stepVisit, visitWindow, VISIT_STEPS, type Consult, type ExpertVisit } from '../../consults/index.ts';
import { findConsult, listShifts, setRest } from '../../consults/store.ts';
import { codeField, codeIn, conflict, instantField, invalid, mustBe, notFound, readInput, type Actor } from '../../people/index.ts';
import { CODE_LENGTH } from '../../passes/index.ts';
import { addWorkPasses, findWorkPass, revokeWorkPass } from '../../passes/store.ts';
import { carStates, setCarState } from '../../trips/store.ts';
import { writeAudit } from '../audit.ts';
import { trueChance } from '../chance.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import type { PassSigner } from '../passes/keys.ts';
import { CITY_ISSUER, passQr } from '../passes/signing.ts';
import { notify } from '../journeys/store.ts';
import { notice } from '../journeys/owed.ts';
import { actorOf } from '../sign-in/index.ts';
import { listVisits, lockVisit, saveVisit, type StoredVisit } from './visit-rows.ts';

/** Why a car drives nobody else meanwhile. */
const LENT = 'expertVisit';
/** Where the drive is not known. */
const DRIVE_MS = 45 * MINUTE_MS;

const Wanted = z.strictObject({ consult: codeField, leavesAt: instantField, ownWay: z.boolean().default(false) });
const GivenCar = z.strictObject({ car: codeField });
const Step = z.strictObject({ step: z.enum(VISIT_STEPS) });
const Reason = z.strictObject({ reason: z.string().trim().min(1).max(500) });

export interface VisitDeps {
  readonly sign: PassSigner['sign'];
  /** The rest of a lent car's day goes to others at once. */
  readonly replan: () => void;
}

export interface ExpertVisits {
  /** The question was taken back, in its transaction. */
  withdrawn(trx: Kysely<any>, consult: string, by: Actor, reason: string): Promise<void>;
}

/** An expert comes in person: with a pass, with a car that a district lends or their own, every step with an owner and a deadline. */
export function registerExpertVisits(app: FastifyInstance, house: House, deps: VisitDeps): ExpertVisits {
  const { db, city, clock, incident, travel } = house;
  const look = { city: city.id, incident: incident.id };
  const tags = ['consults'];
  const driveMs = (visit: ExpertVisit): number => {
    const [from, to] = [city.institutions.get(visit.hospital), city.institutions.get(visit.institution)];
    const seconds = from && to ? travel.seconds(from.place, to.place, visit.leavesAt, 'permitCar') : undefined;
    return seconds === undefined ? DRIVE_MS : seconds * 1_000;
  };
  const sees = (actor: Actor, { hospital, institution, district, car, expert }: ExpertVisit): boolean => {
    const own = codeIn(actor, 'institution');
    switch (actor.role) {
      case 'expert': return expert === actor.id || own === hospital;
      case 'ward': return own === hospital || own === institution;
      case 'district': return codeIn(actor, 'district') === district;
      case 'city': return actor.scope === 'city';
      case 'driver': return car !== undefined && actor.scope === `car:${car}`;
      default: return false;
    }
  };
  const readers = ['expert', 'ward', 'district', 'city', 'driver'] as const;
  const stored = async (trx: Kysely<any>, by: Actor, visit: ExpertVisit, what: string): Promise<void> => {
    const at = clock.now();
    const owner = nextOfVisit(visit, at, driveMs(visit));
    if (!(await saveVisit(trx, look, visit, owner))) throw conflict({ code: 'visitMovedOn' });
    if (owner && what !== 'expertVisitStep') await notice(trx, city.id, incident.id, { audience: owner.scope, code: 'expertVisit', facts: { visit: visit.id, hospital: visit.hospital, institution: visit.institution, until: owner.dueAt } }, at);
    await writeAudit(trx, city.id, incident.id, { at, by, what, facts: { visit: visit.id, consult: visit.consult } });
    await notify(trx, { city: city.id, kind: 'consults' });
  };
  const freeCar = async (trx: Kysely<any>, { car }: ExpertVisit): Promise<void> => {
    const state = car === undefined ? undefined : (await carStates(trx, city.id)).get(car);
    // A car that broke down meanwhile stays broken.
    if (state?.state === 'off' && state.reason === LENT) await setCarState(trx, city.id, incident.id, { car: state.car, state: 'ready', since: clock.now() });
  };

  app.get('/api/experts/visits', { schema: { tags, summary: 'Experts who go to another house: with which car and pass, how far they are, who owes the next step' } }, async (request) => {
    const actor = mustBe(actorOf(request), readers);
    const at = clock.now();
    return { at, visits: (await listVisits(db, look, at - DAY_MS)).filter((visit) => sees(actor, visit)).map((visit) => named(visit, house)) };
  });

  app.post('/api/experts/visits', { schema: { tags, summary: 'The expert who has the question goes there', body: Wanted } }, async (request, reply) => {
    const actor = mustBe(actorOf(request), ['expert']);
    const { consult: id, leavesAt, ownWay } = readInput(Wanted, request.body);
    const hospital = codeIn(actor, 'institution') ?? '';
    const answer = await once(house, request, actor, async (trx) => {
      const at = clock.now();
      const found = await findConsult(trx, city.id, id, hospital);
      if (!found) throw notFound();
      const refused = mayGo(found.consult, actor, leavesAt, at);
      if (refused) throw refused;
      const roster = await listShifts(trx, look, at);
      const { askedFrom: institution } = found.consult;
      const pass = trueChance.code(CODE_LENGTH).toUpperCase();
      const window = visitWindow({ leavesAt });
      // By the city: the way out and back, for this visit alone.
      await addWorkPasses(trx, city.id, incident.id, [{ code: pass, issuer: CITY_ISSUER, kind: 'work', name: actor.name, from: hospital, to: institution, validFrom: window.from, validTo: window.to, issuedAt: at }], actor.name);
      const visit: ExpertVisit = {
        id: `V${trueChance.code(9)}`, consult: id, hospital, institution, district: city.institutions.get(hospital)?.district ?? '', name: actor.name,
        phone: roster.find((shift) => shift.hospital === hospital && shift.name === actor.name)?.phone ?? '', expert: actor.id, askedAt: at, leavesAt: Math.max(leavesAt, at), ownWay, pass,
      };
      const { rows: [open] } = await sql`select id from expert_visit where city = ${city.id} and consult = ${id} and returned_at is null and called_off is null`.execute(trx);
      if (open) throw conflict({ code: 'visitAlready' });
      await stored(trx, actor, visit, 'expertVisit');
      // Out in the night is no rest: nobody asks them again before they are back.
      await setRest(trx, look, { hospital, name: actor.name }, visit.leavesAt + STAY_MS);
      return { at, visit };
    });
    reply.status(201);
    return answer;
  });

  const act = (name: string, summary: string, roles: readonly Actor['role'][], body: z.ZodType, work: (trx: Kysely<any>, visit: ExpertVisit, actor: Actor, body: unknown) => Promise<Result<ExpertVisit>>): void => {
    app.post<{ Params: { id: string } }>(`/api/experts/visits/:id/${name}`, { schema: { tags, summary, body } }, async (request: FastifyRequest) => {
      const actor = mustBe(actorOf(request), roles);
      const answer = await once(house, request, actor, async (trx) => {
        const visit = await lockVisit(trx, look, (request.params as { id: string }).id);
        if (!visit || !sees(actor, visit)) throw notFound();
        const decided = await work(trx, visit, actor, request.body);
        if (!decided.ok) throw conflict(decided.refusal);
        await stored(trx, actor, decided.value, name === 'step' ? 'expertVisitStep' : 'expertVisit');
        return { at: clock.now(), visit: decided.value };
      });
      deps.replan();
      return answer;
    });
  };

  app.get<{ Params: { id: string } }>('/api/experts/visits/:id/pass', { schema: { tags, summary: 'The pass of the expert who goes' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['expert']);
    const visit = (await listVisits(db, look, clock.now() - DAY_MS)).find(({ id, expert }) => id === request.params.id && expert === actor.id);
    const pass = visit && (await findWorkPass(db, city.id, visit.pass));
    if (!pass) throw notFound();
    const { code, name, from, to, validFrom, validTo, revokedAt } = pass;
    const jws = await deps.sign({ code, kind: 'work', name, ...(from !== undefined && { from }), ...(to !== undefined && { to }), validFrom, validTo });
    return { at: clock.now(), code, jws, qrSvg: await passQr(jws), validFrom, validTo, revoked: revokedAt !== undefined };
  });

  act('car', 'The district lends a car', ['district', 'city'], GivenCar, async (trx, visit, _actor, body) => {
    const { car } = readInput(GivenCar, body);
    const known = city.cars.get(car);
    if (!known || city.towns.get(known.town)?.district !== visit.district) throw invalid([{ code: 'carUnknown', field: 'car', facts: { car } }]);
    if (visit.car === car) return { ok: true, value: visit };
    if (visit.leftAt !== undefined || visit.calledOff !== undefined) return { ok: false, refusal: { code: 'visitUnderWay' } };
    // One car is lent once, and nobody is put out of it: whoever asks for the same car waits here and looks again.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} car ${car}`}, 0))`.execute(trx);
    const { rows: [busy] } = await sql<{ lent: boolean }>`select exists (select from expert_visit where city = ${city.id} and car = ${car} and returned_at is null and called_off is null) as lent
      where exists (select from expert_visit where city = ${city.id} and car = ${car} and returned_at is null and called_off is null) or exists (select from ride where city = ${city.id} and car = ${car} and state = 'aboard')`.execute(trx);
    const state = (await carStates(trx, city.id)).get(car);
    if (busy || (state && state.state !== 'ready')) return { ok: false, refusal: { code: 'carNotFree', field: 'car', facts: { car } } };
    await freeCar(trx, visit);
    await setCarState(trx, city.id, incident.id, { car, state: 'off', since: clock.now(), reason: LENT });
    await notify(trx, { city: city.id, kind: 'day' });
    return { ok: true, value: { ...visit, car, ownWay: false } };
  });

  act('step', 'Left, arrived, back', ['expert', 'driver'], Step, async (trx, visit, actor, body) => {
    const stepped = stepVisit(visit, readInput(Step, body).step, clock.now());
    if (stepped.ok && stepped.value.returnedAt !== undefined) {
      await freeCar(trx, visit);
      await setRest(trx, look, visit, stepped.value.returnedAt + REST_AFTER_VISIT_MS);
      await revokeWorkPass(trx, city.id, visit.pass, { by: actor.name, reason: 'back', at: clock.now() });
    }
    return stepped;
  });

  act('call-off', 'The visit does not take place', ['expert', 'ward', 'district', 'city'], Reason, async (trx, visit, actor, body) => {
    const { reason } = readInput(Reason, body);
    const off = callOffVisit(visit, reason);
    if (off.ok) await giveBack(trx, visit, actor, reason);
    return off;
  });

  const giveBack = async (trx: Kysely<any>, visit: ExpertVisit, { name }: Actor, reason: string): Promise<void> => {
    await freeCar(trx, visit);
    await setRest(trx, look, visit, undefined);
    await revokeWorkPass(trx, city.id, visit.pass, { by: name, reason, at: clock.now() });
  };
  // Whoever asked needs nobody any more: an expert who is not there yet turns round, and hears it.
  return {
    async withdrawn(trx, consult, by, reason) {
      const { rows } = await sql<{ id: string }>`select id from expert_visit where city = ${city.id} and consult = ${consult} and returned_at is null and called_off is null`.execute(trx);
      for (const { id } of rows) {
        const visit = await lockVisit(trx, look, id);
        const off = visit && callOffVisit(visit, reason);
        if (!visit || !off?.ok) continue;
        await giveBack(trx, visit, by, reason);
        await stored(trx, by, off.value, 'expertVisit');
        await notice(trx, city.id, incident.id, { audience: `institution:${visit.hospital}`, code: 'expertVisitOff', facts: { visit: visit.id, institution: visit.institution } }, clock.now());
      }
    },
  };
}

function mayGo(consult: Consult, actor: Actor, leavesAt: Instant, at: Instant): Error | undefined {
  if (isOver(consult) && consult.withdrawn) return conflict({ code: 'consultWithdrawn' });
  if (consult.taken?.by !== actor.id) return conflict(consult.taken ? { code: 'consultTaken', facts: { by: consult.taken.name } } : { code: 'consultNotTaken' });
  if (leavesAt < at - 5 * MINUTE_MS || leavesAt > at + LEAVES_WITHIN_MS) return invalid([{ code: 'leavesWhen', field: 'leavesAt', facts: { hoursMax: LEAVES_WITHIN_MS / HOUR_MS } }]);
  return undefined;
}

function named(visit: StoredVisit, { city }: House): object {
  const place = (code: string): object | undefined => {
    const found = city.institutions.get(code);
    return found && { code, name: found.name, point: found.place };
  };
  return { ...visit, hospital: place(visit.hospital), institution: place(visit.institution) };
}
