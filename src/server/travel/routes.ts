import type { FastifyInstance } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { metersBetween, type Instant, type Place, type Refusal } from '../../base/index.ts';
import { PROFILES, readRestrictions, restrictionBody, standsAt, type City, type DrawnRestriction, type Restriction, type RoadWidth } from '../../city/index.ts';
import { endRestriction, storeRestriction } from '../../city/store.ts';
import { codeField, codeIn, conflict, instantField, invalid, mustBe, notFound, Refused, STAFF_ROLES, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import { trueChance } from '../chance.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { once } from '../journeys/once.ts';
import { actorOf } from '../sign-in/index.ts';

/** More than an office reads. */
const PAST_MAX = 100;
/** A thousand corners fit. */
const AREA_BYTES_MAX = 128 * 1_024;

const REASON_MAX = 300;
const timeField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as 22:00');

const Drawing = restrictionBody.extend({
  reason: z.string().trim().max(REASON_MAX).default('').describe('Why, for whoever reads it on a map; no names of patients'),
  daily: z.strictObject({ from: timeField, to: timeField }).refine(({ from, to }) => from !== to, 'the two times must differ: leave both out for the whole day').optional()
    .describe('Only between these hours of each day, past midnight where the end is the earlier one'),
  from: instantField.optional().describe('Without it: from now on'),
  until: instantField.optional().describe('Without it: until somebody ends it'),
});
const Named = z.strictObject({ id: codeField });

const placeField = z.string().max(60).transform((text, context): Place => {
  const [lon = NaN, lat = NaN, ...rest] = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90) || rest.length > 0) context.addIssue({ code: 'custom', message: 'write a place as longitude,latitude in degrees (WGS-84), for example 113.65,34.75' });
  return { lon, lat };
});
const degrees = z.coerce.number().min(-180).max(180);
const Part = z.strictObject({ west: degrees, south: degrees, east: degrees, north: degrees });
/** What an old computer draws without a stutter, and a thin line carries in a second. */
const PIECES_MAX = 16_000;
const metre = (angle: number): number => Math.round(angle * 1e5) / 1e5;

const Way = z.strictObject({ from: placeField, to: placeField, profile: z.enum(PROFILES).default('car') });

/** What stands on the roads, and how long a drive takes with it. */
export function registerTravelRoutes(app: FastifyInstance, house: House): void {
  const { city, clock, travel, incident } = house;
  const tags = ['travel'];

  app.get('/api/travel', { schema: { tags, summary: 'How long a drive takes now, with its line for the map; an estimate says so and why', querystring: Way } }, async (request) => {
    mustBe(actorOf(request), STAFF_ROLES);
    const { from, to, profile } = request.query as z.output<typeof Way>;
    const at = clock.now();
    const answer = travel.travel(from, to, at, profile);
    if ('why' in answer) return { at, profile, estimated: false, seconds: null, meters: null, because: answer.why, shape: null };
    const { seconds, meters, estimated } = answer;
    const shape = answer.estimated ? null : { type: 'LineString', coordinates: answer.shape.map(({ lon, lat }) => [lon, lat]) };
    return { at, profile, estimated, seconds, meters, because: answer.estimated ? answer.because : null, shape };
  });

  app.get('/api/restrictions', { schema: { tags, summary: 'Closures, cordons, checkpoints and gates that stand on the roads, or are about to' } }, async (request) => {
    mustBe(actorOf(request), STAFF_ROLES);
    const at = clock.now();
    return { at, restrictions: travel.restrictions().map((drawn) => viewOf(drawn, at)) };
  });

  app.get('/api/restrictions/past', { schema: { tags, summary: 'What stood on the roads and is ended or over, the latest first' } }, async (request) => {
    mustBe(actorOf(request), ['city', 'district', 'planner']);
    const at = clock.now();
    return { at, restrictions: travel.past().slice(0, PAST_MAX).map((drawn) => viewOf(drawn, at)) };
  });

  app.get('/api/roads', { schema: { tags, summary: 'Which roads travel times come from, or why they are estimates' } }, async (request) => {
    mustBe(actorOf(request), STAFF_ROLES);
    return { at: clock.now(), ...travel.roads() };
  });

  app.get('/api/roads/lines', { schema: { tags, summary: 'The roads of a part of the map, as lines of longitude, latitude, …; the whole city by its broad roads, a quarter by every street', querystring: Part } }, async (request) => {
    mustBe(actorOf(request), STAFF_ROLES);
    const lines = travel.lines(request.query as z.output<typeof Part>, PIECES_MAX);
    const flat = (width: RoadWidth): readonly (readonly number[])[] => (lines?.[width] ?? []).map((line) => line.flatMap(({ lon, lat }) => [metre(lon), metre(lat)]));
    return { at: clock.now(), broad: flat('broad'), middle: flat('middle'), street: flat('street') };
  });

  app.post('/api/restrictions/preview', { bodyLimit: AREA_BYTES_MAX, schema: { tags, summary: 'What it would change if it stood there now; nothing is stored', body: Drawing } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city', 'district']);
    const at = clock.now();
    const { restriction } = drawnBy(actor, request.body as z.output<typeof Drawing>, city, at);
    return { at, preview: (await travel.preview(restriction)) ?? null };
  });

  app.post('/api/restrictions', { bodyLimit: AREA_BYTES_MAX, schema: { tags, summary: 'Something stands on the roads from now on: it counts on every server within a second', body: Drawing } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city', 'district']);
    const answer = await once(house, request, actor, async (trx) => {
      const at = clock.now();
      const drawn = drawnBy(actor, request.body as z.output<typeof Drawing>, city, at);
      await storeRestriction(trx, city.id, incident.id, drawn);
      await record(trx, actor, 'drawRestriction', at, drawn);
      return { at, restriction: viewOf(drawn, at), roadsMet: travel.roadsMet(drawn.restriction) ?? null };
    });
    await travel.reload();
    return answer;
  });

  app.post('/api/restrictions/:id/end', { schema: { tags, summary: 'It stands there no longer', params: Named, body: z.strictObject({}) } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city', 'district']);
    const { id } = request.params as z.output<typeof Named>;
    const answer = await once(house, request, actor, async (trx) => {
      const at = clock.now();
      const { rows: [row] } = await sql<{ district: string }>`select district from restriction
        where city = ${city.id} and incident = ${incident.id} and id = ${id}`.execute(trx);
      if (!row || !answersFor(actor, row.district)) throw notFound();
      if (!(await endRestriction(trx, city.id, id, at))) throw conflict({ code: 'restrictionEnded' });
      await record(trx, actor, 'endRestriction', at, { id });
      return { at, id };
    });
    await travel.reload();
    return answer;
  });

  /** Who did it, and the news for every server. */
  const record = async (trx: Kysely<any>, actor: Actor, what: string, at: Instant, facts: object): Promise<void> => {
    await writeAudit(trx, city.id, incident.id, { at, by: actor, what, facts });
    await notify(trx, { city: city.id, kind: 'restrictions' });
  };
}

function viewOf(drawn: DrawnRestriction, at: Instant): object {
  const { restriction, district, reason, drawnAt, from, until, daily, endedAt } = drawn;
  return {
    ...restriction, district, reason, drawnAt, from, until: until ?? null, daily: daily ?? null, ...(endedAt !== undefined && { endedAt }),
    inForce: standsAt(drawn, at),
  };
}

/** @throws Refused naming every field that cannot be, or whose road it is */
function drawnBy(actor: Actor, { from: begins, until, reason, daily, ...given }: z.output<typeof Drawing>, city: City, at: Instant): DrawnRestriction {
  const read = readRestrictions([{ ...given, id: `X${trueChance.code(9)}` }]);
  const from = begins ?? at;
  const refusals: Refusal[] = 'problems' in read ? read.problems.map(refusalOf) : [];
  if (until !== undefined && until <= from) refusals.push({ code: 'periodBackwards', field: 'until' });
  else if (until !== undefined && until <= at) refusals.push({ code: 'restrictionOver', field: 'until' });
  const middle = middleOf(given.area);
  if (!isInside(city, middle)) refusals.push({ code: 'restrictionOutsideCity', field: 'area' });
  const [first, ...rest] = refusals;
  if (first || 'problems' in read) throw invalid([first ?? { code: 'fieldInvalid', field: 'body' }, ...rest]);
  const district = districtAt(city, middle);
  if (!answersFor(actor, district)) throw new Refused(403, [{ code: 'restrictionElsewhere', field: 'area' }]);
  return { restriction: read.restrictions[0]!, district, reason, drawnAt: at, from, ...(until !== undefined && { until }), ...(daily && { daily }) };
}

/** `0.passage.car: a closure is …` is told of the field `passage.car`. */
function refusalOf(problem: string): Refusal {
  const [, field = 'body', said = problem] = /^0\.([^:]*): (.*)$/s.exec(problem) ?? [];
  return { code: 'fieldInvalid', field, facts: { problem: said } };
}

function answersFor(actor: Actor, district: string): boolean {
  return actor.role === 'city' || codeIn(actor, 'district') === district;
}

function middleOf(area: Restriction['area']): Place {
  if ('centre' in area) return area.centre;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { lon: mean(area.ring.map(({ lon }) => lon)), lat: mean(area.ring.map(({ lat }) => lat)) };
}

function isInside({ bounds: { west, south, east, north } }: City, { lon, lat }: Place): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** Of the town nearest to its middle: districts are known by their towns, not by their borders. Who drew it is on record. */
function districtAt(city: City, place: Place): string {
  const [nearest] = [...city.towns.values()]
    .map(({ district, centre }) => ({ district, meters: metersBetween(centre, place) }))
    .sort((a, b) => a.meters - b.meters);
  return nearest!.district;
}
