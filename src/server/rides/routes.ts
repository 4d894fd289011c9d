import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { viewFor } from '../../journey/index.ts';
import { codeField, codeIn, instantField, mustBe, notFound, type Actor } from '../../people/index.ts';
import { LEGS, type DayView } from '../../trips/index.ts';
import { savePosition, setCarState } from '../../trips/store.ts';
import { writeAudit } from '../audit.ts';
import { settleIncident } from './custody-watch.ts';
import type { DayPlanner } from './day-plan.ts';
import { dayView } from './day-view.ts';
import type { Errands } from '../journeys/errands.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { once } from '../journeys/once.ts';
import { keyOf } from '../journeys/request-key.ts';
import { approveRide, carryOnWithout } from './desk.ts';
import { actorOf } from '../sign-in/index.ts';

export interface RideDeps {
  readonly house: House;
  readonly planner: DayPlanner;
  readonly errands: Errands;
}

const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
const Query = z.strictObject({ district: codeField.optional() });
const Car = z.strictObject({ car: codeField });
const State = z.strictObject({ state: z.enum(['ready', 'broken', 'off']), reason: z.string().trim().max(500).optional(), lon: lon.optional(), lat: lat.optional() });
const Position = z.strictObject({ lon, lat, at: instantField, accuracyMeters: z.number().min(0).max(100_000).optional() });
const DESKS = ['committee', 'district', 'city'] as const;

/** A position worse than this says in which part of the city a car is, and no more. */
const ACCURACY_METERS_MAX = 500;

export function registerRideRoutes(app: FastifyInstance, { house, planner, errands }: RideDeps): void {
  const { city, db, clock, incident } = house;

  /** The district whose day this desk works on. */
  const districtOf = (actor: Actor, asked?: string): string => {
    const own = codeIn(actor, 'district') ?? city.towns.get(codeIn(actor, 'town') ?? '')?.district;
    const district = actor.role === 'city' ? (asked ?? [...city.districts.keys()][0]) : own;
    if (district === undefined || !city.districts.has(district) || (asked !== undefined && asked !== district)) throw notFound();
    return district;
  };

  /** A car in the hands of whoever asks: its driver's, or its district's desks. */
  const carFor = (actor: Actor, id: string): { readonly car: string; readonly district: string } => {
    const car = city.cars.get(id);
    const district = city.towns.get(car?.town ?? '')?.district;
    const isMine = actor.role === 'driver' ? actor.scope === `car:${id}` : actor.role === 'city' || district === districtOf(actor);
    if (!car || district === undefined || !isMine) throw notFound();
    return { car: id, district };
  };

  app.get('/api/day', { schema: { tags: ['trips'], summary: 'A district\'s day of special cars: plan, who has no place and why, breaks in custody', querystring: Query } }, async (request): Promise<DayView> => {
    const actor = mustBe(actorOf(request), DESKS);
    const district = districtOf(actor, (request.query as z.output<typeof Query>).district);
    return dayView(house, actor, district, planner.isPlanning(district));
  });

  app.post('/api/day/replan', { schema: { tags: ['trips'], summary: 'Plan the rest of the day anew, as little changed as possible', body: Query } }, async (request) => {
    const actor = mustBe(actorOf(request), DESKS);
    const district = districtOf(actor, (request.body as z.output<typeof Query>).district);
    const answer = await planner.replan(district, actor);
    await notify(db, { city: city.id, kind: 'day' });
    return { at: clock.now(), ...answer };
  });

  app.post('/api/journeys/:id/assign-car', {
    schema: { tags: ['journeys'], summary: 'Command assignCar: approve, into the running plan', params: z.strictObject({ id: z.string().min(1).max(40) }), body: z.strictObject({ leg: z.enum(LEGS), car: codeField.optional() }) },
  }, async (request) => {
    const actor = mustBe(actorOf(request), DESKS);
    const { id } = request.params as { id: string };
    const { leg, car } = request.body as { leg: (typeof LEGS)[number]; car?: string };
    const story = await approveRide(house, actor, id, { leg, ...(car !== undefined && { car }) }, keyOf(request));
    errands.kick([id]);
    return { at: clock.now(), journey: viewFor(actor, story, city) };
  });

  app.post('/api/cars/:car/state', { schema: { tags: ['trips'], summary: 'A car is ready, broken or off; what it was to do goes to others at once', params: Car, body: State } }, async (request: FastifyRequest) => {
    const actor = mustBe(actorOf(request), ['driver', ...DESKS]);
    const { car, district } = carFor(actor, (request.params as z.output<typeof Car>).car);
    const { state, reason, ...place } = request.body as z.output<typeof State>;
    const answer = await once({ db, city, incident }, request, actor, async (trx) => {
      const at = clock.now();
      await setCarState(trx, city.id, incident.id, { car, state, since: at, ...(reason !== undefined && { reason }) });
      if (place.lon !== undefined && place.lat !== undefined) await savePosition(trx, city.id, incident.id, car, { lon: place.lon, lat: place.lat }, at);
      await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'carState', facts: { car, state } });
      await notify(trx, { city: city.id, kind: 'day' });
      return { at, car, state };
    });
    // The car is out of the plan already; if this fails, the next round carries it on.
    const moved = state === 'broken' ? await carryOnWithout(house, district, car).catch(() => undefined) : undefined;
    planner.kick();
    return { ...answer, moved: moved?.moved ?? 0, unplanned: moved?.unplanned ?? 0 };
  });

  app.post('/api/incidents/:id/settle', {
    schema: { tags: ['trips'], summary: 'What came of a break in custody, in words, by whoever owns it', params: z.strictObject({ id: z.string().min(1).max(100) }), body: z.strictObject({ what: z.string().trim().min(1).max(500) }) },
  }, async (request) => {
    const actor = mustBe(actorOf(request), ['district', 'city']);
    return once({ db, city, incident }, request, actor, (trx) => settleIncident(trx, house, actor, (request.params as { id: string }).id, (request.body as { what: string }).what));
  });

  app.post('/api/cars/:car/position', { schema: { tags: ['trips'], summary: 'Where a car is, from its driver\'s phone', params: Car, body: Position } }, async (request, reply) => {
    const actor = mustBe(actorOf(request), ['driver']);
    const { car } = carFor(actor, (request.params as z.output<typeof Car>).car);
    const { accuracyMeters = 0, at, ...place } = request.body as z.output<typeof Position>;
    // A phone's clock that is ahead would hide every true position after it.
    if (accuracyMeters <= ACCURACY_METERS_MAX && at <= clock.now() + SKEW_MS) {
      await savePosition(db, city.id, incident.id, car, place, at);
      await notify(db, { city: city.id, kind: 'positions' });
    }
    return reply.status(202).send({ at: clock.now() });
  });
}

/** How far a phone's clock may be ahead of the city's. */
export const SKEW_MS = 2 * 60_000;
