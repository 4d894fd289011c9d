import { metersBetween, type Place } from '../../base/index.ts';
import { findPlaces, shapeOfArea, type Area, type City } from '../../city/index.ts';
import type { Member } from '../../panels/index.ts';

/** Towns a drawn area reaches into: those whose middle lies in it, and those nearest to its corners and its middle. */
export function townsTouched(city: City, area: Area): readonly string[] {
  const shape = shapeOfArea(area);
  const towns = [...city.towns.values()];
  const touched = new Set(towns.filter(({ centre }) => shape.contains(centre)).map(({ code }) => code));
  for (const compound of city.compounds.values()) if (shape.contains(compound.place)) touched.add(compound.town);
  for (const corner of cornersOf(area)) touched.add(nearest(towns, corner));
  return [...touched].sort();
}

function cornersOf(area: Area): readonly Place[] {
  if ('ring' in area) return [...area.ring, { lon: mean(area.ring.map(({ lon }) => lon)), lat: mean(area.ring.map(({ lat }) => lat)) }];
  return [area.centre];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function nearest(towns: readonly { readonly code: string; readonly centre: Place }[], place: Place): string {
  return towns.reduce((best, town) => (metersBetween(town.centre, place) < metersBetween(best.centre, place) ? town : best)).code;
}

/**
 * Whether somebody lives in it. Where nothing but the town is known of their home, they count as inside: one plan too many costs a
 * telephone call, one too few a dose.
 */
export function livesIn(city: City, area: Area | undefined): (member: Pick<Member, 'town' | 'address' | 'point'>) => boolean {
  if (!area) return () => true;
  const shape = shapeOfArea(area);
  const known = new Map<string, Place | undefined>();
  return ({ town, address, point }) => {
    const home = point ?? homeOf(city, town, address, known);
    return home === undefined || shape.contains(home);
  };
}

function homeOf(city: City, town: string, address: string, known: Map<string, Place | undefined>): Place | undefined {
  const asked = `${town} ${address}`;
  if (!known.has(asked)) known.set(asked, findPlaces(city, address, 3).find((found) => found.kind === 'compound' && found.town === town)?.point);
  return known.get(asked);
}
