import type { Institution, ServiceStatus } from './city.ts';
import { canTakePatientsOf } from './patients.ts';
import type { StatusEntry } from './read-arrangements.ts';

/** A closure without an end or without someone who takes its patients is not a closure but a dead end. */
export function checkClosures(
  entries: readonly StatusEntry[], institutions: ReadonlyMap<string, Institution>,
): readonly ServiceStatus[] {
  const seen = new Map<string, number>();
  return entries.map(({ row, value }) => {
    const { institution, service, state, until, standIn } = value;
    const host = row.known('institution', institution, institutions);
    if (host && !host.services.has(service)) {
      row.problem('cannotServe', `${institution} does not run ${service}: nothing to close`, 'service');
    }

    const key = `${institution} ${service}`;
    const line = seen.get(key);
    if (line === undefined) seen.set(key, row.line());
    else row.problem('duplicate', `the status of ${key} is already given on line ${line}: keep one`, 'institution');

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
    }
    return Object.freeze(value);
  });
}
