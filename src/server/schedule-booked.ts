import { sql, type Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { AppointmentPerson, AppointmentState, AppointmentView, BookableService } from '../appointments/index.ts';
import type { City } from '../city/index.ts';

interface BookedRow {
  readonly id: string;
  readonly state: AppointmentState;
  readonly slot: string;
  readonly institution: string;
  readonly service: BookableService;
  readonly clinic: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly person: AppointmentPerson;
  readonly bookedAt: Instant;
  readonly heldUntil: Instant | null;
  readonly kept: boolean;
  readonly callUpAt: Instant | null;
  readonly journey: string | null;
  readonly series: string | null;
  readonly version: number;
}

/** Everybody who has a seat in these sessions: who booked themselves, and whose request booked for them. */
export async function bookedIn(db: Kysely<any>, city: City, slots: readonly string[]): Promise<ReadonlyMap<string, readonly AppointmentView[]>> {
  const { rows } = await sql<BookedRow>`select b.id, b.state, b.slot, slot.institution, slot.service, slot.clinic, starts_at as "startsAt", ends_at as "endsAt",
      coalesce(b.person, journey.story -> 'request' -> 'person') as person, booked_at as "bookedAt", held_until as "heldUntil", b.kept, call_up_at as "callUpAt", b.journey, b.series, b.version
    from booking b join slot on slot.city = b.city and slot.id = b.slot left join journey on journey.city = b.city and journey.id = b.journey
    where b.city = ${city.id} and b.slot = any(${slots}::text[]) and b.state in ('held', 'booked', 'checkedIn', 'noShow') order by b.booked_at, b.id`.execute(db);
  return Map.groupBy(rows.map((row) => viewOf(row, city)), ({ slot }) => slot);
}

function viewOf({ heldUntil, callUpAt, journey, series, person, ...row }: BookedRow, city: City): AppointmentView {
  const { name, place } = city.institutions.get(row.institution)!;
  return {
    ...row, institutionName: name, point: place, person: { name: person?.name ?? '', phone: person?.phone ?? '', groups: person?.groups ?? [] },
    ...(heldUntil !== null && { heldUntil }), ...(callUpAt !== null && { callUpAt }), ...(journey !== null && { journey }), ...(series !== null && { series }),
    actions: row.state === 'booked' ? ['checkIn', 'noShow', 'move', 'cancel'] : [],
  };
}
