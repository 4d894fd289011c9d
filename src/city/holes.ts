import type { Instant } from '../base/index.ts';
import { givesKey, KEY_SERVICES } from './arrangements.ts';
import { candidatesFor } from './candidates.ts';
import type { City, Service } from './city.ts';
import { counterpartsOf, namedFirst, neighbouringCounterparts } from './counterparts.ts';
import { statusOf, type LiveStatus } from './status.ts';
import type { TownTravel } from './town-travel.ts';

/** The fallback chain, in its order. */
export type FilledBy = 'standIn' | 'otherCounterpart' | 'neighbour' | 'nearest';

/** Everybody who is named for a town and a service is closed: who takes its people meanwhile is said, never left to be found out. */
export interface CounterpartHole {
  readonly town: string;
  readonly service: Service;
  /** Who is named and closed. */
  readonly closed: readonly string[];
  /** When the last of them closed, where it is known. */
  readonly since?: Instant;
  /** When the first of them opens again, where it is known. */
  readonly until?: Instant;
  /** Absent: nobody in the whole city can. `seconds` from the town's middle; absent where every road is closed. */
  readonly fill?: { readonly institution: string; readonly how: FilledBy; readonly seconds?: number };
}

/** Whoever fills a hole is whom a decision by counterparts would name now: one rule, so that what is shown and where people are sent cannot differ. */
export function findHoles(city: City, status: LiveStatus, at: Instant, travel?: TownTravel): readonly CounterpartHole[] {
  const reported = KEY_SERVICES.filter((service) => status.get(service)?.size);
  return reported.flatMap((service) => [...city.towns.keys()].flatMap((town): CounterpartHole[] => {
    const named = namedFirst(city, town, service, at).filter((institution) => givesKey(institution, service));
    const states = named.map(({ code }) => statusOf(status, code, service, at));
    if (named.length === 0 || states.some(({ state }) => state !== 'closed')) return [];
    const begins = states.flatMap(({ since }) => since ?? []);
    const ends = states.flatMap(({ until }) => until ?? []);
    const { candidates: [first] } = candidatesFor(city, status, { town, service, instant: at, children: service === 'paediatrics', rule: 'counterpartFirst', ...(travel && { travel }) });
    const fill = first && {
      institution: first.institution.code, how: howFilled(city, town, service, at, first.institution.code, states.flatMap(({ standIn }) => standIn ?? [])),
      ...(first.seconds !== Infinity && { seconds: first.seconds }),
    };
    return [{
      town, service, closed: named.map(({ code }) => code),
      ...(begins.length > 0 && { since: Math.max(...begins) }), ...(ends.length > 0 && { until: Math.min(...ends) }), ...(fill && { fill }),
    }];
  }));
}

function howFilled(city: City, town: string, service: Service, at: Instant, code: string, standIns: readonly string[]): FilledBy {
  if (standIns.includes(code)) return 'standIn';
  if (counterpartsOf(city, town, service, at).some((institution) => institution.code === code)) return 'otherCounterpart';
  return neighbouringCounterparts(city, town, service, at).has(code) ? 'neighbour' : 'nearest';
}
