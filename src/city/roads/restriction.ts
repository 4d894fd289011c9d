import { z } from 'zod';
import type { Place } from '../../base/index.ts';
import { CLOSED } from './customize.ts';
import { forArcsNear } from './grid.ts';
import { placeOf, type RoadMap } from './map.ts';
import { METERS_PER_DEGREE, type Bounds } from './network.ts';
import { PROFILES, type Profile } from './profiles.ts';

const DELAY_SECONDS_MAX = 24 * 3_600;
const RADIUS_METERS_MAX = 5_000;
const RING_POINTS_MAX = 1_000;

const PlaceInput = z.strictObject({
  lon: z.number('must be a number of degrees, WGS-84').min(-180, 'must be from -180 to 180').max(180, 'must be from -180 to 180'),
  lat: z.number('must be a number of degrees, WGS-84').min(-90, 'must be from -90 to 90').max(90, 'must be from -90 to 90'),
});

const AreaInput = z.union([
  z.strictObject({ ring: z.array(PlaceInput).min(3, 'an area needs at least three corners').max(RING_POINTS_MAX, `at most ${RING_POINTS_MAX} corners: draw it simpler`) }),
  z.strictObject({
    centre: PlaceInput,
    radiusMeters: z.number().min(5, 'must be from 5 to 5000 m').max(RADIUS_METERS_MAX, 'must be from 5 to 5000 m'),
  }),
], 'give either a ring of at least three { lon, lat }, or a centre with radiusMeters');

const PassageInput = z.union([
  z.literal('free'),
  z.literal('closed'),
  z.strictObject({ delaySeconds: z.int('must be whole seconds').min(0, 'must be from 0 to 86400 s').max(DELAY_SECONDS_MAX, 'must be from 0 to 86400 s') }),
], 'give "free", "closed" or { "delaySeconds": … } for each kind of traveller');

/**
 * What stands in the way, drawn on the map.
 *
 *   closure      no road that touches the area can be driven: flooded, collapsed, contaminated
 *   cordon       whoever crosses its edge, in or out, is stopped or delayed; inside one drives as ever
 *   checkpoint   whoever drives into it is stopped or delayed, once
 *   gate         the same, at the guarded gate of a compound
 *
 * `passage` says what that means for each traveller: a permit is a `free` or a shorter delay. The edge of a cordon is drawn
 * beside a road and not along it: who is to say on which side of its own edge a road lies?
 */
const RestrictionInput = z.strictObject({
  id: z.string().min(1, 'must name the restriction').max(100, 'at most 100 characters'),
  kind: z.enum(['closure', 'cordon', 'checkpoint', 'gate'], 'must be closure, cordon, checkpoint or gate'),
  area: AreaInput,
  passage: z.strictObject(Object.fromEntries(PROFILES.map((name) => [name, PassageInput])) as Record<Profile, typeof PassageInput>),
});

export type Restriction = Readonly<z.output<typeof RestrictionInput>>;
export type Passage = z.output<typeof PassageInput>;

/** Checks what came from outside: every mistake at once, each with its field. */
export function readRestrictions(input: unknown): { readonly restrictions: readonly Restriction[] } | { readonly problems: readonly string[] } {
  const read = z.array(RestrictionInput, 'give a list of restrictions').safeParse(input);
  if (!read.success) return { problems: read.error.issues.map(({ path, message }) => `${path.join('.') || 'restrictions'}: ${message}`) };
  const problems = read.data.flatMap(({ id, kind, passage }, index) => [
    ...(read.data.findIndex((other) => other.id === id) < index ? [`${index}.id: ${id} is there already: change that one, or give this one another id`] : []),
    // It would be charged on every piece of road inside, once for each bend.
    ...PROFILES.filter((name) => kind === 'closure' && typeof passage[name] !== 'string')
      .map((name) => `${index}.passage.${name}: a closure is "free" or "closed"; for a delay draw a cordon or a checkpoint`),
  ]);
  return problems.length > 0 ? { problems } : { restrictions: read.data };
}

/**
 * Arc times with everything that stands in the way now. Delays add up; what is closed stays closed.
 * @param baseMillis driving alone, per arc; returned as it is when nothing is in the way
 */
export function withRestrictions(map: RoadMap, baseMillis: Int32Array, restrictions: readonly Restriction[], profile: Profile): Int32Array {
  const felt = restrictions.filter(({ passage }) => passage[profile] !== 'free');
  if (felt.length === 0) return baseMillis;
  const millis = baseMillis.slice();
  for (const restriction of felt) {
    const passage = restriction.passage[profile];
    for (const arc of arcsMet(map, restriction)) {
      millis[arc] = typeof passage === 'string' ? CLOSED : Math.min(CLOSED, millis[arc]! + passage.delaySeconds * 1_000);
    }
  }
  return millis;
}

/** The arcs a restriction stands on. None: it was drawn where no road is, and whoever drew it should be told. */
export function arcsMet({ network, grid }: RoadMap, { kind, area }: Restriction): readonly number[] {
  const shape = 'ring' in area ? ringShape(area.ring) : circleShape(area.centre, area.radiusMeters);
  const near = new Set<number>();
  forArcsNear(grid, shape.bounds, (arc) => void near.add(arc));
  return [...near].filter((arc) => {
    const [from, to] = [placeOf(network, network.tail[arc]!), placeOf(network, network.head[arc]!)];
    const [fromInside, toInside] = [shape.contains(from), shape.contains(to)];
    if (kind === 'closure') return fromInside || toInside || shape.touches(from, to);
    if (kind === 'cordon') return fromInside !== toInside || shape.crosses(from, to);
    // Into it, or through it between two points: charged once however long the road inside is.
    return !fromInside && (toInside || shape.crosses(from, to));
  });
}

interface Shape {
  readonly bounds: Bounds;
  readonly contains: (place: Place) => boolean;
  /** Does the straight piece between two places meet the edge? */
  readonly touches: (from: Place, to: Place) => boolean;
  /** Does it pass from one side of the edge to the other? */
  readonly crosses: (from: Place, to: Place) => boolean;
}

function ringShape(ring: readonly Place[]): Shape {
  const sides = ring.map((corner, index) => [corner, ring[(index + 1) % ring.length]!] as const);
  const [lons, lats] = [ring.map(({ lon }) => lon), ring.map(({ lat }) => lat)];
  return {
    bounds: { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) },
    contains: ({ lon, lat }) =>
      sides.filter(([a, b]) => a.lat > lat !== b.lat > lat && lon < a.lon + ((lat - a.lat) / (b.lat - a.lat)) * (b.lon - a.lon)).length % 2 === 1,
    touches: (from, to) => sides.some(([a, b]) => turn(a, b, from) * turn(a, b, to) <= 0 && turn(from, to, a) * turn(from, to, b) <= 0),
    crosses: (from, to) => sides.some(([a, b]) => turn(a, b, from) * turn(a, b, to) < 0 && turn(from, to, a) * turn(from, to, b) < 0),
  };
}

/** Which side of a → b a place lies on: above 0 left, below 0 right, 0 on the line. */
function turn(a: Place, b: Place, place: Place): number {
  return (b.lon - a.lon) * (place.lat - a.lat) - (b.lat - a.lat) * (place.lon - a.lon);
}

function circleShape(centre: Place, radiusMeters: number): Shape {
  const perLon = METERS_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180);
  const x = ({ lon }: Place): number => (lon - centre.lon) * perLon;
  const y = ({ lat }: Place): number => (lat - centre.lat) * METERS_PER_DEGREE;
  const [wide, high] = [radiusMeters / perLon, radiusMeters / METERS_PER_DEGREE];
  const contains = (place: Place): boolean => Math.hypot(x(place), y(place)) <= radiusMeters;
  const passes = (from: Place, to: Place): boolean => {
    const [dx, dy] = [x(to) - x(from), y(to) - y(from)];
    const share = Math.min(1, Math.max(0, -(x(from) * dx + y(from) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x(from) + share * dx, y(from) + share * dy) <= radiusMeters;
  };
  return {
    bounds: { west: centre.lon - wide, east: centre.lon + wide, south: centre.lat - high, north: centre.lat + high },
    contains,
    touches: passes,
    crosses: (from, to) => passes(from, to) && !(contains(from) && contains(to)),
  };
}
