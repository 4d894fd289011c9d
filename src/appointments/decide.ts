import { accept, DAY_MS, HOUR_MS, MINUTE_MS, refuse, type Instant, type Result, type Window } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import type { AppointmentEvent, BookableService, Booking, Slot } from './booking.ts';

/** A person needs this long from "go" to the institution's door; an earlier seat would be lost. */
const LEAD_MS = 60 * MINUTE_MS;

/**
 * How far ahead a seat may lie. III within a day, IV within the five days of a control period: later is a refusal in
 * disguise. Chosen by us; to be confirmed by a clinician.
 */
const HORIZON_MS: Readonly<Record<Acuity, number>> = { I: HOUR_MS, II: HOUR_MS, III: DAY_MS, IV: 5 * DAY_MS };

/** Dialysis: alarm at 72 h since the last start (two 48 h and one 72 h gap a week are the routine). DOMAIN: PMC3433739. */
export const DIALYSIS_SAFE_GAP_MS = 72 * HOUR_MS;

/** The window in which a seat has to start. Where the safe gap ends before the lead time, the earliest seat still counts. */
export function slotWindow(
  acuity: Acuity,
  at: Instant,
  service: BookableService,
  lastSessionAt: Instant | undefined,
): Window & { to: Instant } {
  const from = at + LEAD_MS;
  return { from, to: Math.max(latestStart(acuity, at, service, lastSessionAt), from + HOUR_MS) };
}

function latestStart(acuity: Acuity, at: Instant, service: BookableService, lastSessionAt: Instant | undefined): Instant {
  if (service !== 'haemodialysis') return at + HORIZON_MS[acuity];
  // Nobody knows the last session: it may have been three days ago. A session too early harms less than one too late.
  return lastSessionAt === undefined ? at + Math.min(HORIZON_MS[acuity], DAY_MS) : lastSessionAt + DIALYSIS_SAFE_GAP_MS;
}

/** `free` holds slots with a seat left inside the window, earliest first. */
export function bookSlot(
  booking: Booking | undefined,
  free: readonly Slot[],
  wanted: string | undefined,
  bookingId: string,
  institution: string,
  service: BookableService,
): Result<AppointmentEvent> {
  if (booking && !booking.cancelled) return refuse('alreadyBooked', { booking: booking.id });
  const slot = wanted ? free.find(({ id }) => id === wanted) : free[0];
  if (slot) return accept({ type: 'SlotBooked', booking: bookingId, slot });
  if (wanted) return refuse('slotTaken', { slot: wanted }, 'slot');
  // Nobody is told "full, goodbye": the flow asks policy again with this institution ruled out.
  return accept({ type: 'SlotUnavailable', institution, service });
}
