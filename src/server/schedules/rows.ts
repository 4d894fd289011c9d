import { sql, type Kysely } from 'kysely';
import { DAY_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import {
  sessionsOf, timeOfDay, type AppointmentView, type ClinicSessionView, type PatternView, type Schedule, type ScheduleView,
} from '../../appointments/index.ts';
import type { City } from '../../city/index.ts';
import { unpublished } from './layout.ts';
import { movedFrom } from './moved.ts';

type Db = Kysely<any>;

interface ScheduleRow {
  readonly schedule: Schedule;
  readonly version: number;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
}

/** What is published and has not ended, of one institution or of all. */
export async function listSchedules(db: Db, city: string, institution?: string): Promise<readonly ScheduleView[]> {
  const { rows } = await sql<ScheduleRow>`select schedule, version, published_at as "publishedAt", published_by as "publishedBy" from schedule
    where city = ${city} and ended_at is null and (${institution ?? null}::text is null or institution = ${institution ?? null})
    order by institution, service, clinic, id`.execute(db);
  return rows.map(({ schedule, ...rest }) => ({ ...schedule, ...rest }));
}

/** The built-in sessions of what an institution has published nothing for. */
export function patternsOf(city: City, institution: string, published: ReadonlySet<string>): readonly PatternView[] {
  return unpublished(city, published).filter((seated) => seated.institution === institution).map(({ service, seats }) => {
    const { startsMs, lengthMs } = sessionsOf(service);
    return { institution, service, seats, starts: startsMs.map((start) => timeOfDay(start / MINUTE_MS)), slotMinutes: lengthMs / MINUTE_MS };
  });
}

interface SessionRow extends Omit<ClinicSessionView, 'closed' | 'moved' | 'booked' | 'clinicName' | 'keptUntil' | 'releasedAt' | 'cohort' | 'schedule'> {
  readonly clinicName: string | null;
  readonly cohort: Schedule['cohort'] & string | null;
  readonly schedule: string | null;
  readonly keptUntil: Instant | null;
  readonly releasedAt: Instant;
  readonly closedAt: Instant | null;
  readonly closedReason: string | null;
}

/** Every session of an institution that begins on that day, closed ones too: whoever opens the door has to know of them. */
export async function readClinicDay(db: Db, city: City, institution: string, day: Instant, bookedIn: (slots: readonly string[]) => Promise<ReadonlyMap<string, readonly AppointmentView[]>>): Promise<readonly ClinicSessionView[]> {
  const { rows } = await sql<SessionRow>`select slot.id as slot, slot.service, slot.clinic, schedule.schedule ->> 'clinicName' as "clinicName", slot.cohort, slot.schedule, starts_at as "startsAt", ends_at as "endsAt",
      seats, taken, kept, taken_kept as "takenKept", kept_until as "keptUntil", released_at as "releasedAt", closed_at as "closedAt", closed_reason as "closedReason",
      (select count(*)::int from displaced where displaced.city = slot.city and displaced.slot = slot.id and done_at is null) as "toPlace"
    from slot left join schedule on schedule.city = slot.city and schedule.institution = slot.institution and schedule.id = slot.schedule
    where slot.city = ${city.id} and slot.institution = ${institution} and starts_at >= ${day} and starts_at < ${day + DAY_MS}
    order by starts_at, service, clinic, slot.id`.execute(db);
  const slots = rows.map(({ slot }) => slot);
  const [booked, moved] = await Promise.all([bookedIn(slots), movedFrom(db, city, slots)]);
  return rows.map(({ closedAt, closedReason, clinicName, cohort, schedule, keptUntil, releasedAt, ...row }) => ({
    ...row, booked: booked.get(row.slot) ?? [], moved: moved.get(row.slot) ?? [],
    ...(clinicName !== null && { clinicName }), ...(cohort !== null && { cohort }), ...(schedule !== null && { schedule }),
    ...(keptUntil !== null && { keptUntil }), ...(releasedAt > 0 && { releasedAt }),
    ...(closedAt !== null && { closed: { at: closedAt, reason: closedReason ?? '' } }),
  }));
}
