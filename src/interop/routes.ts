import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Instant } from '../base/index.ts';
import { SERVICES, type City, type LiveStatus } from '../city/index.ts';
import type { JourneyView } from '../journey/index.ts';
import { notFound, notSignedIn, Refused, type Actor } from '../people/index.ts';
import { serviceRequestOf } from './care-request.ts';
import { fhirTime, operationOutcome, searchset, Systems, type Resource } from './fhir.ts';
import { haveReport, healthcareServiceOf, healthcareServices, locationOf } from './places.ts';
import { tasksOf } from './task.ts';
import { appointmentOf, encounterOf } from './visit.ts';

export interface InteropDeps {
  readonly city: City;
  readonly at: () => Instant;
  /** Where this installation is reached: its own code systems are named under it. */
  readonly publicUrl: string;
  readonly status: () => LiveStatus;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** As this actor may see it; undefined when it is none of theirs. */
  readonly findView: (actor: Actor, journey: string) => Promise<JourneyView | undefined>;
  /** Open journeys in the actor's scope. */
  readonly listViews: (actor: Actor) => Promise<readonly JourneyView[]>;
}

interface Asked {
  Params: { id: string };
  Querystring: Record<string, unknown>;
}

const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** Our words as FHIR R4, read only, seen through the same scope as everything else. */
export function registerInteropRoutes(app: FastifyInstance, deps: InteropDeps): void {
  const { city, at } = deps;
  const systems = new Systems(deps.publicUrl);
  const who = (request: FastifyRequest): Actor => {
    const actor = deps.actorOf(request);
    if (!actor) throw notSignedIn();
    return actor;
  };
  const viewOf = async (request: FastifyRequest, id: string): Promise<JourneyView> => {
    const view = await deps.findView(who(request), id);
    if (!view) throw notFound();
    return view;
  };

  app.get('/have', { schema: { tags: ['interop'], summary: 'Every institution and service in the manner of EDXL-HAVE' } }, async (_request, reply) => reply.type('application/xml; charset=utf-8').send(haveReport(city, deps.status(), at())));

  app.register(async (fhir) => {
    fhir.setErrorHandler((error, _request, reply) => {
      // What nobody foresaw is logged and answered where everything of that kind is.
      if (!(error instanceof Refused)) throw error;
      const { statusCode, refusals: [{ code, field }] } = error;
      return reply.status(statusCode).type(FHIR_JSON).send(JSON.stringify(operationOutcome(statusCode, code, field)));
    });
    const get = (url: string, answer: (request: FastifyRequest<Asked>) => Promise<Resource | undefined> | Resource | undefined): void => {
      fhir.get<Asked>(url, { schema: { tags: ['interop'], summary: `FHIR R4 ${url.split('/')[1]}` } }, async (request, reply) => {
        const resource = await answer(request);
        if (!resource) throw notFound();
        return reply.type(FHIR_JSON).send(JSON.stringify(resource));
      });
    };

    get('/metadata', () => capabilityStatement(systems, at()));
    get('/ServiceRequest/:id', async (request) => serviceRequestOf(await viewOf(request, request.params.id), systems));
    get('/Encounter/:id', async (request) => encounterOf(await viewOf(request, request.params.id), systems));
    get('/Task/:id', async (request) => {
      const { id } = request.params;
      const view = await viewOf(request, id.slice(0, id.lastIndexOf('-')));
      return tasksOf(view, systems).find((task) => task.id === id);
    });
    get('/Task', async (request) => {
      const { status, focus } = only(request.query, ['status', 'focus']);
      const views = focus ? [await viewOf(request, focus.replace(/^ServiceRequest\//, ''))] : await deps.listViews(who(request));
      const tasks = views.flatMap((view) => tasksOf(view, systems)).filter((task) => status === undefined || status.split(',').includes(String(task['status'])));
      return searchset(tasks, `${deps.publicUrl}${request.url}`);
    });
    get('/Appointment', async (request) => {
      const { 'based-on': basedOn } = only(request.query, ['based-on']);
      const views = basedOn ? [await viewOf(request, basedOn.replace(/^ServiceRequest\//, ''))] : await deps.listViews(who(request));
      return searchset(views.map((view) => appointmentOf(view, systems)).filter((found) => found !== undefined), `${deps.publicUrl}${request.url}`);
    });
    get('/Location/:id', (request) => {
      const institution = city.institutions.get(request.params.id);
      return institution && locationOf(institution, deps.status(), at(), systems);
    });
    get('/Location', (request) => only(request.query, []) && searchset([...city.institutions.values()].map((each) => locationOf(each, deps.status(), at(), systems)), `${deps.publicUrl}${request.url}`));
    get('/HealthcareService/:id', (request) => {
      const { id } = request.params;
      const institution = city.institutions.get(id.slice(0, id.lastIndexOf('-')));
      const service = SERVICES.find((each) => each === id.slice(id.lastIndexOf('-') + 1));
      return institution && service && institution.services.has(service) ? healthcareServiceOf(institution, service, deps.status(), at(), systems) : undefined;
    });
    get('/HealthcareService', (request) => only(request.query, []) && searchset(healthcareServices(city, deps.status(), at(), systems), `${deps.publicUrl}${request.url}`));
  }, { prefix: '/fhir/R4' });
}

/** A filter we do not know must not be ignored: the answer would hold more than was asked for. */
function only<K extends string>(query: Record<string, unknown>, known: readonly K[]): Partial<Record<K, string>> {
  for (const [name, value] of Object.entries(query)) {
    if (!known.some((each) => each === name) || typeof value !== 'string') throw new Refused(400, [{ code: 'unknownSearchParameter', field: name }]);
  }
  return query as Partial<Record<K, string>>;
}

function capabilityStatement(systems: Systems, at: Instant): Resource {
  const read = [{ code: 'read' }];
  const both = [...read, { code: 'search-type' }];
  const parameter = (name: string, type: string) => ({ name, type });
  return {
    resourceType: 'CapabilityStatement', id: 'greenlane', status: 'active', date: fhirTime(at), kind: 'instance',
    implementation: { description: 'Greenlane', url: `${systems.base}/fhir/R4` },
    fhirVersion: '4.0.1', format: ['json'],
    rest: [{
      mode: 'server',
      resource: [
        { type: 'ServiceRequest', interaction: read },
        { type: 'Encounter', interaction: read },
        { type: 'Task', interaction: both, searchParam: [parameter('status', 'token'), parameter('focus', 'reference')] },
        { type: 'Appointment', interaction: [{ code: 'search-type' }], searchParam: [parameter('based-on', 'reference')] },
        { type: 'Location', interaction: both },
        { type: 'HealthcareService', interaction: both },
      ],
    }],
  };
}
