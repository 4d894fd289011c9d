import { DAY_MS, MINUTE_MS, startOfDay, type Instant } from '../base/index.ts';
import type { BookableService } from './booking.ts';

/** When sessions of a service begin on a day, from its midnight, and how long each lasts. */
export interface Sessions {
  readonly startsMs: readonly number[];
  readonly lengthMs: number;
}

function every(stepMinutes: number, fromMinutes: number, toMinutes: number): readonly number[] {
  const count = Math.floor((toMinutes - fromMinutes) / stepMinutes) + 1;
  return Array.from({ length: count }, (_, index) => (fromMinutes + index * stepMinutes) * MINUTE_MS);
}

/** Synthetic: chosen by us where no institution has published a roster of its own. */
const CLINIC: Sessions = { startsMs: every(30, 480, 1_050), lengthMs: 30 * MINUTE_MS };
const BY_DAY: Sessions = { startsMs: every(60, 480, 1_020), lengthMs: 60 * MINUTE_MS };
const SESSIONS: Readonly<Partial<Record<BookableService, Sessions>>> = {
  haemodialysis: { startsMs: [420, 750, 1_080].map((minute) => minute * MINUTE_MS), lengthMs: 240 * MINUTE_MS },
  // Fever does not keep office hours.
  feverClinic: { startsMs: every(60, 0, 1_380), lengthMs: 60 * MINUTE_MS },
  radiotherapy: BY_DAY,
  chemotherapy: BY_DAY,
};

export function sessionsOf(service: BookableService): Sessions {
  return SESSIONS[service] ?? CLINIC;
}

/** The same id on every node and in every rehearsal: two servers that lay out a day at once make the same slots. */
export function slotId(institution: string, service: BookableService, startsAt: Instant, { clinic, cohort }: { readonly clinic?: string; readonly cohort?: string } = {}): string {
  return [institution, service, startsAt, ...(clinic ? [`clinic:${clinic}`] : []), ...(cohort ? [cohort] : [])].join('/');
}

/** Session starts within a window, in order. */
export function* sessionStarts(service: BookableService, from: Instant, to: Instant): Generator<Instant> {
  const { startsMs } = sessionsOf(service);
  for (let day = startOfDay(from); day < to; day += DAY_MS) {
    for (const start of startsMs) {
      if (day + start >= from && day + start < to) yield day + start;
    }
  }
}
