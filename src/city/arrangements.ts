import { overlaps, within, type Instant, type Window } from '../base/index.ts';
import type { City, Counterpart, Institution, Service } from './city.ts';
import { sees } from './patients.ts';

/**
 * Without one of these near by a person dies or loses the treatment that keeps them alive, so no town may be without somebody who is
 * named for it: DOMAIN's never-close services, and the groups the March 2022 rule names. Radiotherapy is given in so few places that
 * it is a matter of the whole city.
 */
export const KEY_SERVICES = ['emergency', 'haemodialysis', 'severeIllness', 'obstetrics', 'paediatrics', 'chemotherapy'] as const satisfies readonly Service[];

export type ArrangementProblemCode =
  | 'counterpartTownUnknown' | 'counterpartInstitutionUnknown' | 'counterpartCannotServe' | 'counterpartTwice' | 'counterpartNobody'
  | 'counterpartPeriodBackwards' | 'counterpartPeriodsOverlap' | 'noEmergencyCounterpart' | 'counterpartGap';

/** One thing wrong in a set of counterparts. */
export interface ArrangementProblem {
  readonly code: ArrangementProblemCode;
  /** Index of the row that says it; absent where a whole town is concerned. */
  readonly row?: number;
  readonly field: 'town' | 'service' | 'institutions' | 'from' | 'to';
  readonly town: string;
  readonly institution?: string;
  readonly service?: Service;
  /** The first moment at which nobody is there; absent where there never is. */
  readonly from?: Instant;
  /** Index of the other row of two that contradict each other. */
  readonly other?: number;
}

export type Ground = Pick<City, 'towns' | 'institutions'>;

/** Everything that is wrong, at once; a set without problems leaves no town without a key service from `at` on (without it: at every moment it speaks of). */
export function checkArrangements(city: Ground, rows: readonly Counterpart[], at?: Instant): readonly ArrangementProblem[] {
  const ofRows = rows.flatMap((counterpart, row) => checkRow(city, counterpart, row));
  const byTown = Map.groupBy(rows.map((counterpart, row) => ({ ...counterpart, row })), ({ town }) => town);
  const run = KEY_SERVICES.filter((service) => [...city.institutions.values()].some((institution) => givesKey(institution, service)));
  const ofTowns = [...city.towns.keys()].flatMap((town) => {
    const own = byTown.get(town) ?? [];
    return [...overlapsOf(town, own), ...gapsOf(city, town, own, run, at)];
  });
  return [...ofRows, ...ofTowns];
}

/** For everyone; paediatrics for children, whom it is for. */
export const givesKey = (institution: Institution, service: Service): boolean => sees(institution, service, service === 'paediatrics');

function checkRow(city: Ground, { town, service, institutions, period }: Counterpart, row: number): ArrangementProblem[] {
  const problem = (code: ArrangementProblemCode, field: ArrangementProblem['field'], more: Partial<ArrangementProblem> = {}): ArrangementProblem => ({ code, row, field, town, ...(service && { service }), ...more });
  const problems: ArrangementProblem[] = [];
  if (!city.towns.has(town)) problems.push(problem('counterpartTownUnknown', 'town'));
  if (institutions.length === 0) problems.push(problem('counterpartNobody', 'institutions'));
  institutions.forEach((code, index) => {
    const institution = city.institutions.get(code);
    if (!institution) problems.push(problem('counterpartInstitutionUnknown', 'institutions', { institution: code }));
    else if (service !== undefined && !institution.services.has(service)) problems.push(problem('counterpartCannotServe', 'institutions', { institution: code }));
    if (institutions.indexOf(code) < index) problems.push(problem('counterpartTwice', 'institutions', { institution: code }));
  });
  if (period?.to !== undefined && period.to <= period.from) problems.push(problem('counterpartPeriodBackwards', 'to'));
  return problems;
}

type Own = Counterpart & { readonly row: number };

const ALWAYS: Window = { from: -Infinity };
export const periodOfCounterpart = ({ period }: Pick<Counterpart, 'period'>): Window => period ?? ALWAYS;

/** Two answers to "who is ours today?" is none: whoever phones would be sent on by both. */
function overlapsOf(town: string, own: readonly Own[]): ArrangementProblem[] {
  return own.flatMap((later, index): ArrangementProblem[] => {
    const earlier = own.slice(0, index).find((other) => other.service === later.service && overlaps(periodOfCounterpart(other), periodOfCounterpart(later)));
    return earlier ? [{ code: 'counterpartPeriodsOverlap', row: later.row, field: later.period ? 'from' : 'town', town, ...(later.service && { service: later.service }), other: earlier.row }] : [];
  });
}

/** Who is there changes only where a period begins or ends, so those moments (and `at`) are all that have to be asked. */
function gapsOf(city: Ground, town: string, own: readonly Own[], services: readonly Service[], at: Instant | undefined): ArrangementProblem[] {
  const edges = own.flatMap(({ period }) => (period ? [period.from, ...(period.to === undefined ? [] : [period.to])] : []));
  const asked = at === undefined ? edges : [at, ...edges.filter((edge) => edge > at)];
  const moments = asked.length === 0 ? [0] : asked.sort((a, b) => a - b);
  const gaps = services.flatMap((service): ArrangementProblem[] => {
    // An unknown institution is reported where it is named; a second complaint would only confuse.
    const able = own.filter((row) => (row.service === undefined || row.service === service) && row.institutions.some((code) => {
      const institution = city.institutions.get(code);
      return institution === undefined || givesKey(institution, service);
    }));
    const from = able.length === 0 ? undefined : moments.find((moment) => !able.some((row) => within(periodOfCounterpart(row), moment)));
    if (able.length > 0 && from === undefined) return [];
    return [{ code: service === 'emergency' ? 'noEmergencyCounterpart' : 'counterpartGap', field: 'institutions', town, service, ...(from !== undefined && { from }) }];
  });
  // Whoever has nobody at all for an emergency is told that first; five more complaints about the same hole would bury it.
  return gaps[0]?.code === 'noEmergencyCounterpart' ? gaps.slice(0, 1) : gaps;
}

/** What somebody changes: from `from` until `to` these answer for these towns; for all services where none is named. Nobody named for a service: those for all services answer again. */
export interface CounterpartChange {
  readonly towns: readonly string[];
  readonly service?: Service;
  readonly institutions: readonly string[];
  readonly period?: Window;
}

/** The set after a change. What stood there before gives way for exactly that time, and stands again afterwards: an edit can neither contradict nor leave a hole in time by accident. */
export function changeCounterparts(rows: readonly Counterpart[], { towns, service, institutions, period }: CounterpartChange): readonly Counterpart[] {
  const changed = new Set(towns);
  const window = period ?? ALWAYS;
  const kept = rows.flatMap((row) => (changed.has(row.town) && row.service === service ? without(row, window) : [row]));
  if (institutions.length === 0 && service !== undefined) return kept;
  return [...kept, ...[...changed].map((town): Counterpart => ({ town, ...(service && { service }), institutions, ...(period && { period }) }))];
}

/** Written times begin with the epoch: a period has to have a beginning, and nobody asks about the time before. */
const BEGINNING: Instant = 0;

function without(row: Counterpart, cut: Window): readonly Counterpart[] {
  const own = periodOfCounterpart(row);
  if (!overlaps(own, cut)) return [row];
  const before = cut.from > Math.max(own.from, BEGINNING) ? [{ ...row, period: { from: Math.max(own.from, BEGINNING), to: cut.from } }] : [];
  const after = cut.to !== undefined && (own.to === undefined || cut.to < own.to) ? [{ ...row, period: { from: cut.to, ...(own.to !== undefined && { to: own.to }) } }] : [];
  return [...before, ...after];
}

/** Towns for which two sets say something different. */
export function townsChanged(before: readonly Counterpart[], after: readonly Counterpart[]): readonly string[] {
  const said = (rows: readonly Counterpart[]): ReadonlyMap<string, string> =>
    new Map([...Map.groupBy(rows, ({ town }) => town)].map(([town, own]) => [town, JSON.stringify(own.map(({ service, institutions, period }) => [service ?? '', institutions, period?.from, period?.to]).sort())]));
  const [was, is] = [said(before), said(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((town) => was.get(town) !== is.get(town)).sort();
}

/**
 * The same city with other counterparts. What the city's files no longer know is left out, and a town that nobody speaks of keeps those
 * of the files: a set written yesterday never takes today's city apart.
 * @param mark tells this set from others in what is recorded with a decision
 */
export function withCounterparts(city: City, rows: readonly Counterpart[], mark: string): City {
  const known = rows.flatMap((row): Counterpart[] => {
    const institutions = row.institutions.filter((code) => city.institutions.has(code));
    return city.towns.has(row.town) && institutions.length > 0 ? [{ ...row, institutions }] : [];
  });
  const spoken = new Set(known.map(({ town }) => town));
  const counterparts = [...known, ...city.counterparts.filter(({ town }) => !spoken.has(town))];
  return Object.freeze({ ...city, version: `${city.version}+${mark}`, counterparts: Object.freeze(counterparts) });
}

/** Those in force at that moment, as if for ever: what was asked under them can be asked again later. */
export function counterpartsAt(rows: readonly Counterpart[], at: Instant): readonly Counterpart[] {
  return rows.filter((row) => within(periodOfCounterpart(row), at)).map(({ period: _period, ...row }) => row);
}
