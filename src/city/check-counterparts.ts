import { formatInstant } from '../base/index.ts';
import { checkArrangements, type ArrangementProblem } from './arrangements.ts';
import type { Counterpart, Institution, Town } from './city.ts';
import type { Placed } from './read-areas.ts';
import type { CounterpartEntry } from './read-arrangements.ts';
import type { Entry, Row } from './sheet.ts';

/** One row of the file becomes one counterpart for each of its towns, in the order of the file; the rule is the one live changes obey. */
export function checkCounterparts(
  entries: readonly CounterpartEntry[], townEntries: readonly Entry<Placed<Town>>[],
  towns: ReadonlyMap<string, Town>, institutions: ReadonlyMap<string, Institution>,
): readonly Counterpart[] {
  const rowOf: Row[] = [];
  const counterparts = entries.flatMap(({ row, value: { towns: named, ...rest } }) => named.map((town): Counterpart => {
    rowOf.push(row);
    return Object.freeze({ town, ...rest });
  }));
  const townRow = new Map(townEntries.map(({ row, value: { code } }) => [code, row]));
  const said = new Set<string>();
  for (const problem of checkArrangements({ towns, institutions }, counterparts)) {
    const row = problem.row === undefined ? townRow.get(problem.town) : rowOf[problem.row];
    // One row speaks for several towns: what is wrong with its institutions is said once.
    const about = `${row?.line()} ${problem.code} ${problem.institution ?? problem.town}`;
    if (row && !said.has(about)) complain(row, problem, problem.other === undefined ? undefined : rowOf[problem.other], { towns, institutions });
    said.add(about);
  }
  return counterparts.filter(({ town }) => towns.has(town));
}

function complain(row: Row, { code, town, institution = '', service, from }: ArrangementProblem, other: Row | undefined, { towns, institutions }: { towns: ReadonlyMap<string, Town>; institutions: ReadonlyMap<string, Institution> }): void {
  switch (code) {
    case 'counterpartTownUnknown': return void row.known('towns', town, towns);
    case 'counterpartInstitutionUnknown': return void row.known('institutions', institution, institutions);
    case 'counterpartTwice': return row.problem('duplicate', `${institution} is named twice: leave one of them out`, 'institutions');
    case 'counterpartCannotServe':
      return row.problem('cannotServe', `${institution} does not run ${service}: name one that does, or add the service in institutions.yaml`, 'institutions');
    case 'counterpartPeriodsOverlap':
      return row.problem('overlappingPeriods',
        `${town} already has counterparts for ${service ?? 'all services'} at that time on line ${other?.line()}: merge the rows or separate their periods`, row.has('from') ? 'from' : 'towns');
    case 'noEmergencyCounterpart':
      return row.problem('noEmergencyCounterpart', `${town} has no counterpart that runs emergency care${since(from)}`, 'code');
    case 'counterpartGap':
      return row.problem('capabilityHole', `${town} has no counterpart that gives ${service}${since(from)}`, 'code');
    // An empty list and a period that ends before it begins were named when the row was read.
    case 'counterpartNobody':
    case 'counterpartPeriodBackwards': return;
  }
}

const since = (from: number | undefined): string => (from === undefined ? ': name one in counterparts.yaml' : ` from ${formatInstant(from)} on: close the gap in counterparts.yaml`);
