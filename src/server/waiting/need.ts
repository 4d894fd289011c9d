import type { Instant } from '../../base/index.ts';
import { DIALYSIS_SAFE_GAP_MS, isGreen, slotWindow, type BookableService } from '../../appointments/index.ts';
import { caseOf, type CareRequest, type Intake } from '../../requests/index.ts';
import { triage, type Acuity } from '../../triage/index.ts';

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

/**
 * The last instant a session may begin instead of one at `startsAt`: dialysis within its safe gap, everything else as long after the session that
 * was booked as a first booking may lie ahead.
 */
export function latestInstead({ acuity, gapEndsAt }: NeedOfCare, service: BookableService, startsAt: Instant, at: Instant): Instant {
  return gapEndsAt !== null ? gapEndsAt : slotWindow(acuity, Math.max(at, startsAt), service, undefined).to;
}
