import { DAY_MS, HOUR_MS, MINUTE_MS, weekday, type Instant } from '../base/index.ts';
import type { BookableService } from './booking.ts';
import { slotId } from './schedule.ts';
import { dateOf, daysOf, minuteOf, timeOn, type Schedule, type SessionHours } from './schedule-published.ts';

/** A slot as a schedule wants it; whoever lays it out compares it with what stands. */
export interface PlannedSlot {
  readonly id: string;
  readonly institution: string;
  readonly service: BookableService;
  readonly clinic: string;
  readonly cohort: string | null;
  readonly schedule: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seats: number;
  readonly kept: number;
  readonly keptUntil: Instant | null;
  readonly releasedAt: Instant;
}

/** The same id on every server, whoever lays the day out first: what is unusual about a slot is appended to what it always is. */
export function idOfSlot(institution: string, service: BookableService, startsAt: Instant, clinic: string, cohort: string | undefined): string {
  return slotId(institution, service, startsAt, { clinic, ...(cohort !== undefined && cohort !== 'other' && { cohort }) });
}

/** Every slot of the schedule that begins from `from` on and before `to`, in order of time. Nothing is held inside of a closure. */
export function slotsOf(schedule: Schedule, from: Instant, to: Instant): readonly PlannedSlot[] {
  const { institution, id, service, clinic, cohort, closures, keptOpensHours, release, validFrom, validUntil } = schedule;
  const slots: PlannedSlot[] = [];
  const addSession = (day: Instant, hours: SessionHours): void => {
    const end = timeOn(day, hours.end);
    for (let startsAt = timeOn(day, hours.start); startsAt + hours.slotMinutes * MINUTE_MS <= end; startsAt += hours.slotMinutes * MINUTE_MS) {
      const endsAt = startsAt + hours.slotMinutes * MINUTE_MS;
      if (startsAt < from || startsAt >= to || closures.some((closed) => closed.from < endsAt && startsAt < closed.to)) continue;
      slots.push({
        id: idOfSlot(institution, service, startsAt, clinic, cohort), institution, service, clinic, schedule: id, cohort: cohort ?? null, startsAt, endsAt,
        seats: hours.seats, kept: hours.kept, keptUntil: hours.kept === 0 ? null : startsAt - keptOpensHours * HOUR_MS,
        releasedAt: release ? timeOn(day - release.days * DAY_MS, release.time) : 0,
      });
    }
  };
  for (const day of daysOf(from, to)) {
    const date = dateOf(day);
    if (date < validFrom || (validUntil !== undefined && date > validUntil)) continue;
    for (const session of schedule.sessions) if (session.weekday === weekday(day)) addSession(day, session);
    for (const session of schedule.extra) if (session.date === date) addSession(day, session);
  }
  return slots.sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
}

/** Minutes of the day a session fills; empty for times that cannot be read. */
export function minutesOf({ start, end }: SessionHours): readonly [from: number, to: number] {
  return [minuteOf(start) ?? 0, minuteOf(end) ?? 0];
}
