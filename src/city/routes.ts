import type { FastifyInstance } from 'fastify';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant } from '../base/index.ts';
import { SERVICES, type City, type Service, type ServiceStatus } from './city.ts';
import type { ReportStatus } from './decide.ts';
import { findPlaces } from './gazetteer.ts';
import { statusOf, type LiveStatus } from './status.ts';

const REASONS = ['disinfection', 'staffQuarantined', 'cordon', 'capacity', 'works', 'other'] as const;
const PLACES_MAX = 10;
const PlacesQuery = z.strictObject({ q: z.string().trim().min(1).max(100) });
const Params = z.strictObject({ code: z.string().max(100), service: z.enum(SERVICES) });

/** Who reports, as far as this room has to know it. */
export interface Reporter {
  readonly id: string;
  readonly scope: string;
}

export interface CityDeps {
  readonly city: City;
  readonly at: () => Instant;
  readonly status: () => LiveStatus;
  readonly demo: boolean;
  /** What is announced for the city now, if anything. */
  readonly policy: () => object | undefined;
  /** The wards' own duty; throws for everybody else. */
  readonly reporterOf: (request: FastifyRequest) => Reporter;
  /** Any signed-in desk; throws for residents and strangers. */
  readonly staffOf: (request: FastifyRequest) => void;
  readonly instant: z.ZodType<Instant, Instant | string>;
  readonly once: <T extends object>(request: FastifyRequest, reporter: Reporter, work: () => Promise<T>) => Promise<T>;
  readonly report: (command: ReportStatus) => Promise<{ status: ServiceStatus; asked: readonly string[] }>;
  readonly notFound: () => Error;
}

/** What everybody may know of the city, and how its services stand. */
export function registerCityRoutes(app: FastifyInstance, deps: CityDeps): void {
  const { city, at } = deps;
  const fixed = publicCity(city);
  app.get('/api/city', { schema: { tags: ['city'], summary: 'The city: areas, institutions, numbers to call' } },
    async () => ({ ...fixed, policy: deps.policy() ?? null, demo: deps.demo, at: at() }));

  app.get('/api/status', { schema: { tags: ['city'], summary: 'How every service stands, with the age of what is known' } }, async () => {
    const now = at();
    const status = deps.status();
    return {
      at: now,
      services: [...city.institutions.values()].flatMap(({ code, services }) =>
        [...services.keys()].map((service) => ({ institution: code, service, ...statusOf(status, code, service, now) }))),
    };
  });

  app.get('/api/places', {
    schema: { tags: ['city'], summary: 'Compounds, institutions and towns that a caller may mean, best first, with the gate and its phone', querystring: PlacesQuery },
  }, async (request) => {
    deps.staffOf(request);
    return { at: at(), places: findPlaces(city, (request.query as z.output<typeof PlacesQuery>).q, PLACES_MAX) };
  });

  const Body = z.strictObject({
    state: z.enum(['open', 'limited', 'closed']), since: deps.instant.optional(), until: deps.instant.optional(),
    reason: z.enum(REASONS).optional(), standIn: z.string().min(1).max(100).optional(),
  });
  app.post('/api/institutions/:code/services/:service/status', {
    schema: { tags: ['city'], summary: 'A ward says how its service stands; a closure needs an end and a stand-in', params: Params, body: Body },
  }, async (request) => {
    const reporter = deps.reporterOf(request);
    const { code, service } = request.params as z.output<typeof Params>;
    if (reporter.scope !== `institution:${code}`) throw deps.notFound();
    const body = request.body as z.output<typeof Body>;
    return deps.once(request, reporter, async () => {
      const instant = at();
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as typeof body;
      const { status, asked } = await deps.report({
        type: 'reportStatus', instant, institution: code, service: service as Service, reportedBy: reporter.id, ...given,
      } as ReportStatus);
      return { at: instant, status, askedAgain: asked.length };
    });
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
