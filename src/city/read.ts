import { checkCity, type CityRows } from './check.ts';
import type { City, Phone } from './city.ts';
import { inReadingOrder, type CityProblem } from './problem.ts';
import { readAreas } from './read-areas.ts';
import { readCompounds } from './read-compounds.ts';
import { readFleets } from './read-fleets.ts';
import { readInstitutions } from './read-institutions.ts';
import { readCounterparts, readStatus } from './read-arrangements.ts';
import { openSheet, type Report, type Row } from './sheet.ts';

/** The files of a city. Without `status.yaml` nothing is closed, without `compounds.yaml` callers are found by town and institution. */
export const CITY_FILES = ['city.yaml', 'areas.yaml', 'institutions.yaml', 'fleets.yaml', 'counterparts.yaml', 'status.yaml', 'compounds.yaml'] as const;
export type CityFile = (typeof CITY_FILES)[number];
export const OPTIONAL_FILES: readonly CityFile[] = ['status.yaml', 'compounds.yaml'];

/**
 * Files' text in, a city or every problem at once out. Pure: `load.ts` brings the text and the version.
 * A file that can't be read as YAML at all is reported alone with the other files' own mistakes; the rules between files
 * wait until all can be read, or each of its towns would be reported as unknown by everyone who names it.
 * `folder` is the name of the city's folder, where the files come from one.
 */
export function readCity(
  files: ReadonlyMap<CityFile, string>, version: string, folder?: string,
): { readonly city: City } | { readonly problems: readonly CityProblem[] } {
  const problems: CityProblem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const sheet = (file: CityFile): Row | undefined => {
    const text = files.get(file);
    return text === undefined ? undefined : openSheet(file, text, report);
  };
  const [top, areas, institutions, fleets, counterparts, status, compounds] = CITY_FILES.map(sheet);
  const read = {
    top: top && { row: top, value: readTop(top, folder) },
    areas: areas && readAreas(areas),
    institutions: institutions && readInstitutions(institutions),
    fleets: fleets && readFleets(fleets),
    counterparts: counterparts && readCounterparts(counterparts),
    closures: status ? readStatus(status) : files.has('status.yaml') ? undefined : [],
    compounds: compounds ? readCompounds(compounds) : files.has('compounds.yaml') ? undefined : [],
  };
  if (isComplete(read)) {
    const city = checkCity(read, version);
    if (city && problems.length === 0) return { city };
  }
  return { problems: inReadingOrder(problems) };
}

function isComplete(read: { [K in keyof CityRows]: CityRows[K] | undefined }): read is CityRows {
  return Object.values(read).every((part) => part !== undefined);
}

/** What commands, addresses and stored records call the city by: nothing that has to be quoted anywhere. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function readTop(row: Row, folder: string | undefined): CityRows['top']['value'] {
  const id = row.text('id');
  if (id !== '' && !SLUG.test(id)) row.problem('wrongType', `"${id}" cannot name a city: use a-z, 0-9 and "-" between them`, 'id');
  else if (id !== '' && folder !== undefined && id !== folder) {
    row.problem('idNotFolder', `"${id}" lies in the folder "${folder}": give both the same name`, 'id');
  }
  const name = row.name();
  const box = row.row('bounds');
  const bounds = {
    west: box?.number('west', -180, 180) ?? -180, south: box?.number('south', -90, 90) ?? -90,
    east: box?.number('east', -180, 180) ?? 180, north: box?.number('north', -90, 90) ?? 90,
  };
  if (box && (bounds.west >= bounds.east || bounds.south >= bounds.north)) {
    row.problem('outOfRange', 'west must lie west of east and south must lie south of north', 'bounds');
  }
  box?.finish();
  const phones = row.row('phones');
  const [medicalLine, emergency] = [readPhone(phones, 'medicalLine'), readPhone(phones, 'emergency')];
  const value = { id, name, bounds, phones: { medicalLine, emergency } };
  phones?.finish();
  row.finish();
  return value;
}

function readPhone(row: Row | undefined, field: string): Phone {
  const phone = row?.row(field);
  if (!phone) return { number: '' };
  if (!phone.has('number')) phone.problem('missing', '"number" is missing: add it', 'number');
  const number = phone.phoneNumber('number') ?? '';
  const synthetic = phone.flag('synthetic');
  phone.finish();
  return { number, ...(synthetic && { synthetic }) };
}
