import { policyFor, type Demanded } from '../../policy/index.ts';
import type { House } from '../house.ts';

/** What the policy in force in its district demands of an institution at this moment. */
export function demandedOf({ policies, city, clock }: Pick<House, 'policies' | 'city' | 'clock'>, institution: string): Demanded {
  return policyFor(policies.now(), city.id, clock.now(), city.institutions.get(institution)?.district).demanded;
}

/** The shortest that is demanded anywhere: what may be late somewhere is looked at. */
export function soonestReceivedMs({ policies }: Pick<House, 'policies'>, level: 'I' | 'IV'): number {
  const { compiled, ordinary } = policies.now();
  return Math.min(...[...compiled.values(), ordinary].map(({ demanded }) => demanded.receivedMinutes[level])) * 60_000;
}
