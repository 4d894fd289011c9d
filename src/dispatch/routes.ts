import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MINUTE_MS, type Instant, type Place } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeField, covers, instantField, invalid, mustBe, notFound, type Actor } from '../people/index.ts';
import { MISSION_STEPS } from './mission.ts';
import { listUnits, placeUnit, setService, type OutOfService } from './store.ts';
import { isOut } from './unit.ts';

/** Bodies of the commands this room answers. */
export const dispatchBodies = {
  meetCar: z.strictObject({}),
  sendUnit: z.strictObject({ unit: codeField.optional() }),
  reportMission: z.strictObject({ step: z.enum(MISSION_STEPS), at: instantField.optional() }),
  joinCall: z.strictObject({ into: codeField }),
  keepApart: z.strictObject({ other: codeField }),
  standDownUnit: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
};

export interface DispatchDeps {
  readonly db: Parameters<typeof listUnits>[0];
  readonly city: City;
  readonly at: () => Instant;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Tells the screens; `positions` at most once a second, however many phones speak. */
  readonly changed: (kind: 'units' | 'positions') => Promise<void>;
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: DispatchDeps['db']) => Promise<T>) => Promise<T>;
}

/** A phone that cannot say within a kilometre where it is says nothing that a dispatcher could use. */
const ACCURACY_METERS_MAX = 1_000;
/** A day off is a new roster, not a break: later than this the end is a slip of the finger. */
const OUT_MINUTES_MAX = 24 * 60;

const UnitParams = z.strictObject({ unit: codeField });
const PositionBody = z.strictObject({
  lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), at: instantField, accuracyMeters: z.number().min(0).optional(),
});
const ServiceBody = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('outOfService'), reason: z.string().trim().min(1).max(200), until: instantField.optional() }),
  z.strictObject({ state: z.literal('inService') }),
]);

/** A transfer to the next city is half a degree (about 50 km) away at most; a phone that says it is farther is lost or lies. */
const FAR_DEGREES = 0.5;

function isNear({ bounds: { west, south, east, north } }: City, { lon, lat }: Place): boolean {
  return lon >= west - FAR_DEGREES && lon <= east + FAR_DEGREES && lat >= south - FAR_DEGREES && lat <= north + FAR_DEGREES;
}

/** Every unit, where it belongs and what it is doing; what its crew says of it. */
export function registerDispatchRoutes(app: FastifyInstance, deps: DispatchDeps): void {
  const { db, city, at, actorOf } = deps;
  app.get('/api/units', { schema: { tags: ['dispatch'], summary: 'Every ambulance unit and its mission' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['dispatcher', 'city', 'crew']);
    const rows = await listUnits(db, city.id);
    const now = at();
    const units = rows.flatMap((known) => {
      const { unit: id, mission, journey, since, post, outReason, outUntil } = known;
      const unit = city.units.get(id);
      const station = unit && city.stations.get(unit.station);
      if (!unit || !station) return [];
      // A crew chooses its unit from the list; what the others are doing is not its business.
      const busy = actor.role === 'crew' ? { free: mission === null } : { ...(mission && journey && { mission, journey }) };
      // Nor is why it rests: a reason is free text.
      const told = actor.role !== 'crew' || actor.scope === `unit:${id}`;
      const out = isOut(known, now) && { outOfService: { ...(told && { reason: outReason ?? '' }), ...(outUntil !== undefined && { until: outUntil }) } };
      return [{
        id, station: station.code, stationName: station.name, point: station.place, equipment: unit.equipment,
        negativePressure: unit.negativePressure, since, ...busy, ...(post !== undefined && { post }), ...out,
      }];
    });
    return { at: now, units };
  });

  /** @throws Refused 404 for a crew of another unit: who sits in it is nobody else's business */
  const unitOf = (request: FastifyRequest, actor: Actor): string => {
    const { unit } = request.params as z.output<typeof UnitParams>;
    const station = city.stations.get(city.units.get(unit)?.station ?? '');
    if (!station || !covers(actor.scope, { district: station.district, town: '', journey: '', institutions: [], unit, cars: [] })) throw notFound();
    return unit;
  };

  app.post('/api/units/:unit/position', {
    schema: { tags: ['dispatch'], summary: 'Where this crew is now; one older than what is known changes nothing', params: UnitParams, body: PositionBody },
  }, async (request, reply) => {
    const unit = unitOf(request, mustBe(actorOf(request), ['crew']));
    const { at: said, accuracyMeters = 0, ...place } = request.body as z.output<typeof PositionBody>;
    const now = at();
    // A phone whose clock runs ahead would silence itself: nothing later would count as newer. It is there now.
    const kept = accuracyMeters <= ACCURACY_METERS_MAX && isNear(city, place) && await placeUnit(db, city.id, unit, place, Math.min(said, now));
    if (kept) await deps.changed('positions');
    return reply.code(202).send({ at: now, kept });
  });

  app.post('/api/units/:unit/service', {
    schema: { tags: ['dispatch'], summary: 'A unit leaves service with a reason, or is back; a mission that runs goes on', params: UnitParams, body: ServiceBody },
  }, async (request) => {
    const actor = mustBe(actorOf(request), ['crew', 'dispatcher']);
    const unit = unitOf(request, actor);
    const body = request.body as z.output<typeof ServiceBody>;
    const now = at();
    const out: OutOfService | undefined = body.state === 'inService' ? undefined
      : { reason: body.reason, ...(body.until !== undefined && { until: body.until }) };
    if (out?.until !== undefined && (out.until <= now || out.until > now + OUT_MINUTES_MAX * MINUTE_MS)) throw invalid([{ code: 'outOfServiceTooLong', field: 'until' }]);
    const answer = await deps.once(request, actor, async (transaction) => {
      await setService(transaction, city.id, unit, out, now);
      return { at: now, unit, state: body.state };
    });
    await deps.changed('units');
    return answer;
  });
}
