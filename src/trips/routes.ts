import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeField, codeIn, mustBe, type Actor } from '../people/index.ts';
import { GATE_GROUNDS, LEGS, RIDE_STEPS } from './ride.ts';
import { windowsFrom } from './store.ts';

/** Bodies of the commands this room answers. */
export const tripBodies = {
  assignCar: z.strictObject({ leg: z.enum(LEGS), car: codeField.optional() }),
  reportNoCar: z.strictObject({}),
  reportCarFree: z.strictObject({}),
  handOnRide: z.strictObject({ leg: z.enum(LEGS), reason: z.string().trim().min(1).max(500) }),
  reportWrongPerson: z.strictObject({ leg: z.enum(LEGS) }),
  reportGateRefusal: z.strictObject({ ground: z.enum(GATE_GROUNDS) }),
  reportRide: z.strictObject({ leg: z.enum(LEGS), step: z.enum(RIDE_STEPS) }),
};

export interface TripDeps {
  readonly db: Parameters<typeof windowsFrom>[0];
  readonly city: City;
  readonly at: () => Instant;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
}

/** The cars a committee can send: those of its district, because a car from across the city is the district's decision. */
export function registerTripRoutes(app: FastifyInstance, { db, city, at, actorOf }: TripDeps): void {
  app.get('/api/cars', { schema: { tags: ['trips'], summary: 'Special cars and the windows for which they are taken' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['committee', 'district', 'city', 'driver']);
    const home = city.cars.get(actor.scope.split(':')[1] ?? '')?.town ?? codeIn(actor, 'town');
    const district = codeIn(actor, 'district') ?? city.towns.get(home ?? '')?.district;
    const windows = await windowsFrom(db, city.id, at());
    const own = (journey: string): object => (actor.role === 'driver' ? {} : { journey });
    const cars = [...city.cars.values()]
      .filter(({ town }) => actor.role === 'city' || city.towns.get(town)?.district === district)
      .map((car) => ({
        ...car, townName: city.towns.get(car.town)?.name,
        windows: windows.filter((window) => window.car === car.id).map(({ ride, journey, leg, from, to }) => ({ ride, leg, from, to, ...own(journey) })),
      }));
    return { at: at(), cars };
  });
}
