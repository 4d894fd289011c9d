import type { Car, District, Town } from './city.ts';
import type { Placed } from './read-areas.ts';
import type { Fleets } from './read-fleets.ts';
import type { Entry } from './sheet.ts';

/** A city nobody can be fetched in is not ready; a station without an ambulance only looks like help on the map. */
export function checkUnits({ sheet, stations, units }: Fleets): void {
  if (units.length === 0) sheet.problem('noUnit', 'the city has no ambulance: add at least one to "units"', 'units');
  const known = new Set(stations.map(({ value }) => value.code));
  // A unit at an unknown station is reported where it is named; that the right one then stands empty would only confuse.
  if (units.some(({ value }) => !known.has(value.station))) return;
  const manned = new Set(units.map(({ value }) => value.station));
  for (const { row, value: { code } } of stations) {
    if (code !== '' && !manned.has(code)) row.problem('noUnit', `no unit stands at ${code}: add one to "units", or remove the station`, 'code');
  }
}

/** Special cars help out within their district, so each district with towns needs one. Where it needs them is not known before a policy is. */
export function checkCars(districts: readonly Entry<Placed<District>>[], towns: ReadonlyMap<string, Town>, cars: ReadonlyMap<string, Car>): void {
  if ([...cars.values()].some(({ town }) => !towns.has(town))) return;
  const served = new Set([...cars.values()].map(({ town }) => towns.get(town)?.district));
  const byDistrict = Map.groupBy(towns.values(), ({ district }) => district);
  for (const { row, value: { code } } of districts) {
    const without = byDistrict.get(code);
    if (!without || served.has(code)) continue;
    const named = without.slice(0, TOWNS_NAMED_MAX).map((town) => town.code).join(', ');
    const more = without.length > TOWNS_NAMED_MAX ? ` and ${without.length - TOWNS_NAMED_MAX} more` : '';
    row.problem('noCar', `no special car in ${code} for its towns ${named}${more}: add one to "cars" in fleets.yaml`, 'code');
  }
}

const TOWNS_NAMED_MAX = 3;
