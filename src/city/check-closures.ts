import { overlaps } from '../base/index.ts';
import type { Institution, ServiceStatus } from './city.ts';
import { canTakePatientsOf } from './patients.ts';
import type { StatusEntry } from './read-arrangements.ts';
import { periodOf } from './status.ts';

/** A closure without an end or without someone who takes its patients is not a closure but a dead end. */
export function checkClosures(
  entries: readonly StatusEntry[], institutions: ReadonlyMap<string, Institution>,
): readonly ServiceStatus[] {
  return entries.map(({ row, value }, index) => {
    const others = entries.filter((other) => other.value.service === value.service && overlaps(periodOf(other.value), periodOf(value)));
    const { institution, service, state, until, standIn } = value;
    const host = row.known('institution', institution, institutions);
    if (host && !host.services.has(service)) {
      row.problem('cannotServe', `${institution} does not run ${service}: nothing to close`, 'service');
    }

    const earlier = others.find((other) => other.value.institution === institution && entries.indexOf(other) < index);
    if (earlier) {
      row.problem('overlappingPeriods',
        `the status of ${institution} ${service} at that time is already given on line ${earlier.row.line()}: merge the rows or separate their periods`,
        'since');
    }

    if (state === 'closed' && until === undefined && !row.has('until')) {
      row.problem('closureWithoutEnd', 'say until when it is closed ("until")', 'until');
    }
    if (state === 'closed' && standIn === undefined && !row.has('standIn')) {
      row.problem('closureWithoutStandIn', 'say who takes its patients meanwhile ("standIn")', 'standIn');
    }
    if (standIn !== undefined) {
      const substitute = row.known('standIn', standIn, institutions);
      if (host && substitute && !canTakePatientsOf(host, substitute, service)) {
        row.problem('standInCannot',
          `${standIn} cannot take the patients of ${institution} in ${service}: name another institution that runs it for them`,
          'standIn');
      }
      // Each standing in for the other sends a patient from one shut door to the next.
      const shut = others.find((other) => other.value.institution === standIn && standIn !== institution && other.value.state === 'closed');
      if (shut) {
        row.problem('standInCannot',
          `${standIn} is itself closed for ${service} in that time (line ${shut.row.line()}): name another, or separate the periods`,
          'standIn');
      }
    }
    return Object.freeze(value);
  });
}
