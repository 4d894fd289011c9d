import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { appointmentView, type AppointmentRow, type AppointmentView } from '../../appointments/index.ts';
import { appointmentColumns } from '../../appointments/store.ts';
import type { City } from '../../city/index.ts';
import type { Role } from '../../people/index.ts';

/** Who booked themselves has said who they are; for the others their request says it. */
const WHO = sql`coalesce(b.person, jsonb_build_object('groups', coalesce(journey.story #> '{request,groups}', '[]')) || (journey.story #> '{request,person}'))`;

/** Everybody who has a seat in these sessions: who booked themselves, and whose request booked for them. */
export async function bookedIn(db: Kysely<any>, city: City, slots: readonly string[], role: Role, at: Instant): Promise<ReadonlyMap<string, readonly AppointmentView[]>> {
  const { rows } = await sql<AppointmentRow>`select ${appointmentColumns(WHO)} from booking b join slot s on s.city = b.city and s.id = b.slot left join journey on journey.city = b.city and journey.id = b.journey
    where b.city = ${city.id} and b.slot = any(${slots}::text[]) and b.state in ('held', 'booked', 'checkedIn', 'fulfilled', 'noShow') order by b.booked_at, b.id`.execute(db);
  return Map.groupBy(rows.map((row) => appointmentView(row, city, role, at)), ({ slot }) => slot);
}
