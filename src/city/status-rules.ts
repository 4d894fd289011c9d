import { DAY_MS, HOUR_MS, type Instant } from '../base/index.ts';
import type { Service } from './city.ts';
import { periodOf, type LiveStatus } from './status.ts';

/** What is demanded of a word about a service. An announcement may set it; this is what holds where none does. */
export interface StatusRules {
  readonly closureDaysMax: number;
  /** Closed only when a second person, of the district, has confirmed it by name. */
  readonly secondPerson: ReadonlySet<Service>;
  /** Hours after which what was last said is no longer known. */
  readonly knownHours: Readonly<Record<Service, number>>;
}

/**
 * "Closure in principle no longer than two days" is the national rule of April 2022. The hours are assumed: a shift where somebody comes
 * without asking and dies of a shut door (emergency, births, intensive care), half a day where a day's sessions hang on it, a day where
 * people come by appointment and are called first. Too short an hour is a ward that taps without looking; too long is a person at a shut door.
 */
export const STATUS_RULES: StatusRules = {
  closureDaysMax: 2,
  secondPerson: new Set<Service>(['emergency', 'haemodialysis', 'severeIllness', 'obstetrics']),
  knownHours: {
    emergency: 8, severeIllness: 8, obstetrics: 8, feverClinic: 12, haemodialysis: 12, paediatrics: 12, inpatient: 12, radiotherapy: 24, chemotherapy: 24,
    generalOutpatient: 24, specialist: 24, expert: 24, cloudClinic: 24, pharmacy: 24,
  },
};

/** A report lies about its beginning when it lies further away than this: a slip of the hand in a date. */
export const SINCE_MAX_MS = 7 * DAY_MS;

/** Until when a word given at `saidAt` is known; a period that was named is known to its end. */
export function knownUntil(status: LiveStatus, institution: string, service: Service, saidAt: Instant, rules: StatusRules = STATUS_RULES): Instant {
  const reported = status.get(service)?.get(institution)?.reported;
  const named = reported && reported.state !== 'open' ? (periodOf(reported).to ?? -Infinity) : -Infinity;
  return Math.max(saidAt + rules.knownHours[service] * HOUR_MS, named);
}
