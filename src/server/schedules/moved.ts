import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { MovedView } from '../../appointments/index.ts';
import type { City } from '../../city/index.ts';

interface Row {
  readonly slot: string;
  readonly appointment: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly outcome: string | null;
  readonly toSlot: string | null;
  readonly toInstitution: string | null;
  readonly toStartsAt: Instant | null;
  readonly dueAt: Instant | null;
}

/**
 * Who lost a seat in these sessions, and where they are now, by name: whoever closed them reads it to whom rings up. Somebody who was put on
 * the waiting list and has been placed since shows the place.
 */
export async function movedFrom(db: Kysely<any>, city: City, slots: readonly string[]): Promise<ReadonlyMap<string, readonly MovedView[]>> {
  const { rows } = await sql<Row>`select d.slot, d.booking as appointment, coalesce(b.person, w.person, j.story #> '{request,person}') ->> 'name' as name,
      coalesce(b.person, w.person, j.story #> '{request,person}') ->> 'phone' as phone, d.outcome, t.id as "toSlot", t.institution as "toInstitution", t.starts_at as "toStartsAt",
      coalesce(d.due_at, w.due_at) as "dueAt"
    from displaced d join booking b on b.city = d.city and b.id = d.booking left join journey j on j.city = b.city and j.id = b.journey
      left join waiting w on w.city = d.city and w.id = d.waiting left join booking found on found.city = w.city and found.id = w.booking
      left join slot t on t.city = d.city and t.id = coalesce(d.to_slot, found.slot)
    where d.city = ${city.id} and d.slot = any(${slots}::text[]) and d.outcome is distinct from 'notNeeded' and d.outcome is distinct from 'stays'
    order by d.acuity, d.gap_ends_at nulls last, d.green desc, d.booking`.execute(db);
  const moved = new Map<string, readonly MovedView[]>();
  for (const [slot, theirs] of Map.groupBy(rows, (row) => row.slot)) moved.set(slot, theirs.map((row) => viewOf(row, city)));
  return moved;
}

function viewOf({ appointment, name, phone, outcome, toSlot, toInstitution, toStartsAt, dueAt }: Row, city: City): MovedView {
  const house = toInstitution === null ? undefined : city.institutions.get(toInstitution);
  return {
    appointment, name: name ?? '', phone: phone ?? '', is: toSlot !== null ? 'placed' : outcome === null ? 'open' : outcome === 'waits' ? 'waits' : outcome === 'underWay' ? 'underWay' : 'askedAgain',
    ...(toSlot !== null && { to: { slot: toSlot, institution: toInstitution!, institutionName: house?.name ?? { zh: toInstitution!, en: toInstitution! }, startsAt: toStartsAt! } }),
    ...(dueAt !== null && { dueAt }),
  };
}
