import type { Place } from '../base/index.ts';
import { checkCounterparts } from './check-counterparts.ts';
import { checkClosures } from './check-closures.ts';
import { checkCars, checkUnits } from './check-fleets.ts';
import { checkAges } from './check-services.ts';
import type { Car, City, Compound, District, Institution, Station, Town, Unit } from './city.ts';
import type { Areas } from './read-areas.ts';
import type { CounterpartEntry, StatusEntry } from './read-arrangements.ts';
import type { CompoundEntry } from './read-compounds.ts';
import type { Fleets } from './read-fleets.ts';
import type { InstitutionEntry } from './read-institutions.ts';
import type { Entry, Row } from './sheet.ts';

/** Everything the files say, typed, before the rules between entries have been asked. */
export interface CityRows {
  readonly top: Entry<Pick<City, 'id' | 'name' | 'bounds' | 'phones'>>;
  readonly areas: Areas;
  readonly institutions: readonly InstitutionEntry[];
  readonly fleets: Fleets;
  readonly counterparts: readonly CounterpartEntry[];
  readonly closures: readonly StatusEntry[];
  readonly compounds: readonly CompoundEntry[];
}

/**
 * The rules between entries: nothing twice, nothing outside the city, nothing that names what does not exist, and no town
 * without emergency care. Problems go to the rows' report; the city returned is only a city when the report stayed empty.
 */
export function checkCity(rows: CityRows, version: string): City {
  const { bounds } = rows.top.value;
  const ground = (row: Row, place: Place | undefined): Place => {
    if (place && (place.lon < bounds.west || place.lon > bounds.east || place.lat < bounds.south || place.lat > bounds.north)) {
      const message = `${place.lon}, ${place.lat} lies outside the city's bounds: correct it, or the bounds in city.yaml (is it WGS-84?)`;
      row.problem('outsideBounds', message, 'lon');
    }
    return place ?? NOWHERE;
  };

  const districts = collect(rows.areas.districts, 'code', ({ row, value: { place, ...rest } }): District =>
    ({ ...rest, centre: ground(row, place) }));
  const towns = collect(rows.areas.towns, 'code', ({ row, value: { place, ...rest } }): Town => {
    row.known('district', rest.district, districts);
    return { ...rest, centre: ground(row, place) };
  });
  const institutions = collect(rows.institutions, 'code', ({ row, value: { place, placed, ...rest } }): Institution => {
    const town = row.known('town', rest.town, towns);
    return { ...rest, district: town?.district ?? '', place: placed ? ground(row, place) : (town?.centre ?? NOWHERE) };
  });
  const stations = collect(rows.fleets.stations, 'code', ({ row, value: { institution, district, place, ...rest } }): Station => {
    const host = institution === undefined ? undefined : row.known('institution', institution, institutions);
    if (district !== undefined) row.known('district', district, districts);
    return { ...rest, district: host?.district ?? district ?? '', place: host?.place ?? ground(row, place) };
  });
  const units = collect(rows.fleets.units, 'id', ({ row, value }): Unit => {
    row.known('station', value.station, stations);
    return value;
  });
  const cars = collect(rows.fleets.cars, 'id', ({ row, value }): Car => {
    row.known('town', value.town, towns);
    return value;
  });
  const compounds = collect(rows.compounds, 'code', ({ row, value: { place, ...rest } }): Compound => {
    row.known('town', rest.town, towns);
    for (const spot of [rest.gate?.place, rest.defibrillator]) if (spot) ground(row, spot);
    return { ...rest, place: ground(row, place) };
  });
  checkAges(rows.institutions, institutions);
  checkUnits(rows.fleets);
  checkCars(rows.areas.districts, towns, cars);
  const counterparts = checkCounterparts(rows.counterparts, rows.areas.towns, towns, institutions);
  const closures = checkClosures(rows.closures, institutions);
  return Object.freeze({
    ...rows.top.value, version, districts, towns, institutions, compounds, stations, units, cars, counterparts, closures,
  });
}

/** Stands in while a place is missing; never leaves with a city, because the missing place is a problem. */
const NOWHERE: Place = { lon: 0, lat: 0 };

function collect<K extends 'code' | 'id', E extends Entry<{ readonly [P in K]: string }>, T>(
  entries: readonly E[], key: K, make: (entry: E) => T,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const firstLine = new Map<string, number>();
  for (const entry of entries) {
    const code = entry.value[key];
    const made = Object.freeze(make(entry));
    if (code === '') continue;
    const line = firstLine.get(code);
    if (line !== undefined) {
      entry.row.problem('duplicate', `"${code}" is already used on line ${line}: give one of them another ${key}`, key);
      continue;
    }
    firstLine.set(code, entry.row.line());
    found.set(code, made);
  }
  return found;
}
