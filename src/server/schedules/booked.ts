import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { appointmentView, type AppointmentRow, type AppointmentView } from '../../appointments/index.ts';
import type { City } from '../../city/index.ts';
import type { Role } from '../../people/index.ts';

/** Everybody who has a seat in these sessions: who booked themselves, and whose request booked for them. */
export async function bookedIn(db: Kysely<any>, city: City, slots: readonly string[], role: Role, at: Instant): Promise<ReadonlyMap<string, readonly AppointmentView[]>> {
  const { rows } = await sql<AppointmentRow>`select b.id, b.state, b.slot, slot.institution, slot.service, slot.clinic, starts_at as "startsAt", ends_at as "endsAt",
      coalesce(b.person, jsonb_build_object('groups', coalesce(journey.story #> '{request,groups}', '[]')) || (journey.story #> '{request,person}')) as person,
      booked_at as "bookedAt", held_until as "heldUntil", b.kept, call_up_at as "callUpAt", b.journey, b.series, cancelled_at as "cancelledAt", cancelled_reason as "cancelledReason",
      b.version, b.town, b.made_by as "madeBy", b.person_key as "personKey", b.phone_key as "phoneKey", b.proxy_key as "proxyKey", b.care
    from booking b join slot on slot.city = b.city and slot.id = b.slot left join journey on journey.city = b.city and journey.id = b.journey
    where b.city = ${city.id} and b.slot = any(${slots}::text[]) and b.state in ('held', 'booked', 'checkedIn', 'fulfilled', 'noShow') order by b.booked_at, b.id`.execute(db);
  return Map.groupBy(rows.map((row) => appointmentView(row, city, role, at)), ({ slot }) => slot);
}
