import type { FastifyInstance } from 'fastify';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant } from '../base/index.ts';
import type { City } from './city.ts';
import { findPlaces } from './gazetteer.ts';

const PLACES_MAX = 10;
const PlacesQuery = z.strictObject({ q: z.string().trim().min(1).max(100) });

export interface CityDeps {
  readonly city: City;
  readonly at: () => Instant;
  readonly demo: boolean;
  /** What is announced for the city now, if anything. */
  readonly policy: () => object | undefined;
  /** Any signed-in desk; throws for residents and strangers. */
  readonly staffOf: (request: FastifyRequest) => void;
}

/** What everybody may know of the city. */
export function registerCityRoutes(app: FastifyInstance, deps: CityDeps): void {
  const { city, at } = deps;
  const fixed = publicCity(city);
  app.get('/api/city', { schema: { tags: ['city'], summary: 'The city: areas, institutions, numbers to call' } },
    async () => ({ ...fixed, policy: deps.policy() ?? null, demo: deps.demo, at: at() }));

  app.get('/api/places', {
    schema: { tags: ['city'], summary: 'Compounds, institutions and towns that a caller may mean, best first, with the gate and its phone', querystring: PlacesQuery },
  }, async (request) => {
    deps.staffOf(request);
    return { at: at(), places: findPlaces(city, (request.query as z.output<typeof PlacesQuery>).q, PLACES_MAX) };
  });
}

function publicCity(city: City): object {
  return {
    id: city.id, version: city.version, name: city.name, bounds: city.bounds,
    districts: [...city.districts.values()], towns: [...city.towns.values()],
    institutions: [...city.institutions.values()].map(({ services, ...institution }) => ({ ...institution, services: [...services.keys()] })),
    stations: [...city.stations.values()].map(({ code, name, place, district }) => ({ code, name, place, district })),
    phones: city.phones,
  };
}
