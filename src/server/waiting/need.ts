import type { Instant } from '../../base/index.ts';
import { DIALYSIS_SAFE_GAP_MS, isGreen, slotWindow, type BookableService } from '../../appointments/index.ts';
import { sees, type City } from '../../city/index.ts';
import { caseOf, type CareRequest, type Intake } from '../../requests/index.ts';
import { triage, type Acuity } from '../../triage/index.ts';

/** Children's care is for those below 14. */
const CHILD_BELOW_MONTHS = 14 * 12;

/** What decides between two people who want one seat, and how late a seat may be for one of them. */
export interface NeedOfCare {
  readonly acuity: Acuity;
  readonly gapEndsAt: Instant | null;
  readonly green: boolean;
}

export function needOf(care: Intake, service: BookableService, at: Instant): NeedOfCare {
  const { acuity } = triage(caseOf({ ...care, id: '', receivedAt: at } as CareRequest, at));
  return {
    acuity, gapEndsAt: service === 'haemodialysis' && care.lastSessionAt !== undefined ? care.lastSessionAt + DIALYSIS_SAFE_GAP_MS : null,
    green: isGreen({ ...care, ageMonths: care.person.ageMonths }),
  };
}

/** Are they seen where children are? */
export function isChildCare(care: Partial<Pick<Intake, 'person' | 'groups'>> | null, service: BookableService): boolean {
  return service === 'paediatrics' || (care?.person?.ageMonths ?? Infinity) < CHILD_BELOW_MONTHS || (care?.groups ?? []).some((group) => group === 'child' || group === 'underThree');
}

/** Institutions that run the service and see nobody of their age. Of whom no age is known is taken for an adult, as where a session is looked for again. */
export function notSeenAt(city: City, care: Partial<Pick<Intake, 'person' | 'groups'>> | null, service: BookableService): readonly string[] {
  const isChild = isChildCare(care, service);
  return [...city.institutions.values()].filter((house) => house.services.has(service) && !sees(house, service, isChild)).map(({ code }) => code);
}

/**
 * The last instant a session may begin instead of one at `startsAt`: dialysis within its safe gap, everything else as long after the session that
 * was booked as a first booking may lie ahead.
 */
export function latestInstead({ acuity, gapEndsAt }: NeedOfCare, service: BookableService, startsAt: Instant, at: Instant): Instant {
  return gapEndsAt !== null ? gapEndsAt : slotWindow(acuity, Math.max(at, startsAt), service, undefined).to;
}
