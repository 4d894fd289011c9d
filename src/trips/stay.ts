import { MINUTE_MS, type Instant } from '../base/index.ts';
import type { Service } from '../city/index.ts';

/**
 * Minutes from the beginning of care to where the person is ready to go home, as they usually are. Dialysis: four hours a session
 * (three times a week, twelve hours; NICE and Chinese units alike) and half an hour to come off the machine. Everything else is
 * synthetic. Too short sends a car that waits; too long makes somebody wait who is ill: the way back is confirmed when care ends.
 * Absent: nobody goes home the same day as a rule, so that no way back is ordered with the way out.
 */
const USUAL_MINUTES: Readonly<Partial<Record<Service, number>>> = {
  haemodialysis: 270, chemotherapy: 240, radiotherapy: 60, feverClinic: 150, paediatrics: 120, obstetrics: 120,
  generalOutpatient: 120, specialist: 120, expert: 120, cloudClinic: 60, pharmacy: 45,
};

/** How long care of this kind usually takes; undefined where the person usually stays. */
export function usualStayMs(service: Service): number | undefined {
  const minutes = USUAL_MINUTES[service];
  return minutes === undefined ? undefined : minutes * MINUTE_MS;
}

/** When somebody whose care begins then will probably be ready to go home; undefined where the person usually stays. */
export function expectedReadyAt(service: Service, careFrom: Instant): Instant | undefined {
  const stay = usualStayMs(service);
  return stay === undefined ? undefined : careFrom + stay;
}
