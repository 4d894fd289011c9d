import type { Place } from '../base/index.ts';
import { SERVICES, type Institution, type InstitutionService, type Phone, type Service } from './city.ts';
import type { Entry, Row } from './sheet.ts';

/** The district follows from the town; the place too, where only the town is known. */
export type InstitutionEntry = Entry<Omit<Institution, 'district' | 'place'> & {
  readonly place: Place | undefined;
  readonly placed: boolean;
}>;

export const LEVELS = ['tertiary', 'secondary', 'primary'] as const;
export const OWNERSHIPS = ['public', 'private', 'military'] as const;
const ASSUMABLE = ['services', 'medicalLine'] as const;
const DOORS = ['direct', 'bufferZone'] as const;
const SEATS_MAX = 500;
/** What can be asked for at a desk besides Standard Chinese, as BCP 47 writes it: Cantonese, Wu, Chinese Sign Language, and so on. */
export const LANGUAGES = ['en', 'yue', 'wuu', 'csl', 'ug', 'bo', 'mn', 'ko', 'ja', 'ru', 'fr', 'ar'] as const;

/**
 * `institutions.yaml`: one row each. `services: { emergency: 8 }` gives the seats of a slot, `children: [emergency]` who sees
 * children; `synthetic: []` in a row takes back what the top of the file says of all.
 */
export function readInstitutions(sheet: Row): readonly InstitutionEntry[] {
  const assumedIn = (row: Row): ReadonlySet<string | undefined> =>
    new Set(row.words('synthetic').map((word) => row.oneOf('synthetic', word, ASSUMABLE)));
  const assumedByAll = assumedIn(sheet);
  const entries = sheet.rows('institutions').map((row) => {
    const assumed = row.has('synthetic') ? assumedIn(row) : assumedByAll;
    const placed = row.has('lon') || row.has('lat');
    const place = placed ? row.place() : undefined;
    const approximate = row.flag('approximate') || !placed;
    const code = row.text('code');
    const line = medicalLine(row, assumed.has('medicalLine'));
    const value = {
      code, name: row.name(), level: row.choice('level', LEVELS) ?? 'primary',
      ownership: row.choice('ownership', OWNERSHIPS) ?? 'public', town: row.text('town'), place, placed,
      ...(approximate && { approximate }), ...(line && { medicalLine: line }),
      services: services(row, assumed.has('services')),
      ...(row.has('doors') && { doors: doors(row) }),
      ...(row.has('stepFree') && { stepFree: row.flag('stepFree') }), ...(row.has('languages') && { languages: row.words('languages').map((word) => row.oneOf('languages', word, LANGUAGES)).filter((word) => word !== undefined) }),
    };
    row.finish();
    return { row, value };
  });
  if (entries.length === 0) sheet.problem('missing', 'the city has no institutions: list at least one', 'institutions');
  sheet.finish();
  return entries;
}

function medicalLine(row: Row, synthetic: boolean): Phone | undefined {
  const number = row.phoneNumber('medicalLine');
  return number === undefined ? undefined : { number, ...(synthetic && { synthetic }) };
}

/** `doors: { bufferZone: { zh: 急诊东侧2号门, en: Gate 2 } }`: what a guard says, by the way in. */
function doors(row: Row): NonNullable<Institution['doors']> {
  const list = row.row('doors');
  const found = (list?.fields() ?? []).flatMap((word) => {
    const way = list!.oneOf(word, word, DOORS);
    const named = list!.row(word);
    const name = named?.name();
    named?.finish();
    return way && name ? [[way, name] as const] : [];
  });
  list?.finish();
  return Object.freeze(Object.fromEntries(found));
}

/** Paediatrics sees children by definition, a children's hospital in everything; any other service where `children` names it. */
function services(row: Row, synthetic: boolean): ReadonlyMap<Service, InstitutionService> {
  const found = new Map<Service, InstitutionService>();
  const children = new Set(row.words('children').map((word) => row.oneOf('children', word, SERVICES)));
  const childrenOnly = row.flag('childrenOnly');
  const list = row.row('services');
  for (const word of list?.fields() ?? []) {
    const seatsPerSlot = list!.wholeNumber(word, 1, SEATS_MAX) ?? 1;
    const service = list!.oneOf(word, word, SERVICES);
    if (!service) continue;
    const seesChildren = childrenOnly || children.has(service) || service === 'paediatrics';
    found.set(service, Object.freeze({
      service, seatsPerSlot, ...(seesChildren && { children: true }), ...(childrenOnly && { childrenOnly }),
      ...(synthetic && { synthetic }),
    }));
  }
  list?.finish();
  for (const service of children) {
    if (!service || found.has(service)) continue;
    row.problem('cannotServe', `sees children in "${service}", which "services" does not list: add it there or remove it here`, 'children');
  }
  return found;
}
