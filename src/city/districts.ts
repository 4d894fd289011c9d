import { metersBetween } from '../base/index.ts';
import type { City } from './city.ts';

/** The town's own district, then every other, the nearest first, as its nearest town's centre lies; none for a town that nobody knows. */
export function districtsFrom({ towns }: Pick<City, 'towns'>, town: string): readonly string[] {
  const own = towns.get(town);
  if (!own) return [];
  const meters = new Map<string, number>();
  for (const { district, centre } of towns.values()) meters.set(district, Math.min(meters.get(district) ?? Infinity, metersBetween(centre, own.centre)));
  return [...meters].sort(([a, near], [b, far]) => Number(b === own.district) - Number(a === own.district) || near - far || (a < b ? -1 : 1)).map(([district]) => district);
}
