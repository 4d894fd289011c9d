import { SERVICES, type Institution } from './city.ts';
import { sees } from './patients.ts';
import type { InstitutionEntry } from './read-institutions.ts';

/**
 * What the city runs, it runs for children and for adults. A service that nobody gives to one of them leaves that patient
 * waiting for a place that does not exist. No service is exempt: children are sent to experts and need radiotherapy, too.
 */
export function checkAges(entries: readonly InstitutionEntry[], institutions: ReadonlyMap<string, Institution>): void {
  for (const service of SERVICES) {
    const first = entries.find(({ value }) => institutions.get(value.code)?.services.has(service));
    if (!first) continue;
    const seen = (children: boolean): boolean => [...institutions.values()].some((institution) => sees(institution, service, children));
    if (!seen(true)) {
      first.row.problem('nobodySees', `no institution sees children in ${service}: name ${service} in "children" of one that does`, 'children');
    }
    if (!seen(false)) {
      first.row.problem('nobodySees', `no institution sees adults in ${service}: add it to one that is not for children only`, 'services');
    }
  }
}
