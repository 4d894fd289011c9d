import { formatInstant, overlaps, within, type Window } from '../base/index.ts';
import type { Counterpart, Institution, Service, Town } from './city.ts';
import { sees } from './patients.ts';
import type { Placed } from './read-areas.ts';
import type { CounterpartEntry } from './read-arrangements.ts';
import type { Entry, Row } from './sheet.ts';

interface Arrangement extends Counterpart {
  readonly row: Row;
}

/** One row of the file becomes one counterpart for each of its towns, in the order of the file. */
export function checkCounterparts(
  entries: readonly CounterpartEntry[], townEntries: readonly Entry<Placed<Town>>[],
  towns: ReadonlyMap<string, Town>, institutions: ReadonlyMap<string, Institution>,
): readonly Counterpart[] {
  const arrangements = entries.flatMap(({ row, value: { towns: named, ...rest } }): Arrangement[] => {
    for (const code of rest.institutions) checkAble(row, row.known('institutions', code, institutions), rest.service);
    return named.filter((town) => row.known('towns', town, towns)).map((town) => Object.freeze({ row, town, ...rest }));
  });
  const byTown = Map.groupBy(arrangements, ({ town }) => town);
  for (const { row, value: { code } } of townEntries) {
    const own = byTown.get(code) ?? [];
    checkOverlaps(code, own);
    if (towns.has(code)) checkEmergency(row, code, own, institutions);
  }
  return arrangements.map(({ row, ...counterpart }) => Object.freeze(counterpart));
}

function checkAble(row: Row, institution: Institution | undefined, service: Service | undefined): void {
  if (!institution || service === undefined || institution.services.has(service)) return;
  const message = `${institution.code} does not run ${service}: name one that does, or add the service in institutions.yaml`;
  row.problem('cannotServe', message, 'institutions');
}

const ALWAYS: Window = { from: -Infinity };

/** Two answers to "who is ours today?" is none: whoever phones would be sent on by both. */
function checkOverlaps(town: string, own: readonly Arrangement[]): void {
  for (const [i, later] of own.entries()) {
    const earlier = own.slice(0, i).find(({ service, period }) =>
      service === later.service && overlaps(period ?? ALWAYS, later.period ?? ALWAYS));
    if (!earlier) continue;
    const what = later.service ?? 'all services';
    later.row.problem('overlappingPeriods',
      `${town} already has counterparts for ${what} at that time on line ${earlier.row.line()}: merge the rows or separate their periods`,
      later.period ? 'from' : 'towns');
  }
}

/**
 * A town must have emergency care at every moment its arrangements speak of. Who has it changes only where a period begins
 * or ends, so those moments (and "always", where nothing is dated) are all that have to be asked.
 */
function checkEmergency(
  row: Row, town: string, own: readonly Arrangement[], institutions: ReadonlyMap<string, Institution>,
): void {
  const emergency = own.filter(({ institutions: codes, service }) =>
    (service === undefined || service === 'emergency') &&
    codes.some((code) => runsEmergency(institutions.get(code))));
  if (emergency.length === 0) {
    const message = `${town} has no counterpart that runs emergency care: name one in counterparts.yaml`;
    row.problem('noEmergencyCounterpart', message, 'code');
    return;
  }
  const edges = own.flatMap(({ period }) => (period ? [period.from, ...(period.to === undefined ? [] : [period.to])] : []));
  const hole = edges.sort((a, b) => a - b).find((edge) => !emergency.some(({ period }) => within(period ?? ALWAYS, edge)));
  if (hole === undefined) return;
  const message = `${town} has no counterpart that runs emergency care from ${formatInstant(hole)} on: close the gap in counterparts.yaml`;
  row.problem('noEmergencyCounterpart', message, 'code');
}

/** For everyone, not for children alone. An unknown institution is reported where it is named; a second complaint would only confuse. */
function runsEmergency(institution: Institution | undefined): boolean {
  return institution === undefined || sees(institution, 'emergency');
}
