import { z } from 'zod';
import type { Place } from '../../base/index.ts';
import { shapeOfArea, type Shape } from './area.ts';
import { CLOSED } from './customize.ts';
import { forArcsNear } from './grid.ts';
import { placeOf, type RoadMap } from './map.ts';
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

/** What a person draws; its name is given to it. */
export const restrictionBody = RestrictionInput.omit({ id: true });

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

/** A stretch of an arc on which a restriction is felt, from and to as shares of its length. */
export interface Felt {
  readonly from: number;
  readonly to: number;
  /** What it costs to drive through it; `CLOSED` when nobody may. */
  readonly millis: number;
}

/** What one traveller feels of all restrictions, by arc. */
export function feltBy(map: RoadMap, restrictions: readonly Restriction[], profile: Profile): ReadonlyMap<number, readonly Felt[]> {
  const felt = new Map<number, Felt[]>();
  for (const restriction of restrictions) {
    const passage = restriction.passage[profile];
    if (passage === 'free') continue;
    const millis = passage === 'closed' ? CLOSED : passage.delaySeconds * 1_000;
    for (const { arc, from, to } of stretchesOf(map, restriction)) felt.set(arc, [...(felt.get(arc) ?? []), { from, to, millis }]);
  }
  return felt;
}

/** Delays add up; what is closed stays closed. */
export function withFelt(millis: number, felt: readonly Felt[]): number {
  return felt.reduce((sum, one) => Math.min(CLOSED, sum + one.millis), millis);
}

interface Stretch {
  readonly arc: number;
  readonly from: number;
  readonly to: number;
}

/** How many pieces of road a restriction stands on. None: it was drawn where no road is, and whoever drew it should be told. */
export function roadsMet(map: RoadMap, restriction: Restriction): number {
  return stretchesOf(map, restriction).length;
}

/** The arcs a restriction stands on, and where on each. */
export function stretchesOf({ network, grid }: RoadMap, { kind, area }: Restriction): readonly Stretch[] {
  const shape = shapeOfArea(area);
  const near = new Set<number>();
  forArcsNear(grid, shape.bounds, (arc) => void near.add(arc));
  return [...near].flatMap((arc) => {
    const stretch = stretchOn(shape, kind, placeOf(network, network.tail[arc]!), placeOf(network, network.head[arc]!));
    return stretch ? [{ arc, ...stretch }] : [];
  });
}

/** Two cuts this close are one corner that was grazed. */
const SAME_CUT = 1e-9;

function stretchOn(shape: Shape, kind: Restriction['kind'], tail: Place, head: Place): Omit<Stretch, 'arc'> | undefined {
  const [leaves, enters] = [shape.contains(tail), shape.contains(head)];
  const cuts = shape.cuts(tail, head);
  const [first, last] = [cuts[0] ?? 0, cuts.at(-1) ?? 1];
  if (kind === 'closure') return leaves || enters || cuts.length > 0 ? { from: leaves ? 0 : first, to: enters ? 1 : last } : undefined;
  const through = cuts.length > 1 && last - first > SAME_CUT;
  if (kind === 'cordon') return leaves !== enters || through ? { from: first, to: last } : undefined;
  // Into it, or through it between two points: charged once, where it begins.
  return !leaves && (enters || through) ? { from: first, to: cuts.length > 0 ? first : last } : undefined;
}
