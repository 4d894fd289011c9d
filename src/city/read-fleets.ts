import type { Place } from '../base/index.ts';
import type { Car, Station, Unit } from './city.ts';
import type { Entry, Row } from './sheet.ts';

/** A station stands at an institution (and takes its place and district) or has a place of its own. */
export type StationEntry = Entry<Omit<Station, 'place' | 'district'> & {
  readonly institution?: string;
  readonly district?: string;
  readonly place: Place | undefined;
}>;

export interface Fleets {
  readonly sheet: Row;
  readonly stations: readonly StationEntry[];
  readonly units: readonly Entry<Unit>[];
  readonly cars: readonly Entry<Car>[];
}

const EQUIPMENT = ['advanced', 'basic'] as const;
const SEATS_MAX = 60;

/** `fleets.yaml`: 120 stations, their ambulances, and the towns' special cars. */
export function readFleets(sheet: Row): Fleets {
  const allSynthetic = sheet.flag('synthetic');
  const mark = (row: Row): { synthetic?: true } => (row.flag('synthetic', allSynthetic) ? { synthetic: true } : {});
  const stations = sheet.rows('stations').map((row) => {
    const institution = row.optionalText('institution');
    const ground = institution === undefined
      ? { place: row.place(), district: row.text('district') }
      : { institution, place: undefined };
    const value = { code: row.text('code'), name: row.name(), ...ground, ...mark(row) };
    row.finish();
    return { row, value };
  });
  const units = sheet.rows('units').map((row) => {
    const value = {
      id: row.text('id'), station: row.text('station'), equipment: row.choice('equipment', EQUIPMENT) ?? 'basic',
      negativePressure: row.flag('negativePressure'), ...mark(row),
    };
    row.finish();
    return { row, value };
  });
  const cars = sheet.rows('cars').map((row) => {
    const value = {
      id: row.text('id'), town: row.text('town'), seats: row.wholeNumber('seats', 1, SEATS_MAX) ?? 1,
      wheelchair: row.flag('wheelchair'), stretcher: row.flag('stretcher'), ...mark(row),
    };
    row.finish();
    return { row, value };
  });
  sheet.finish();
  return { sheet, stations, units, cars };
}
