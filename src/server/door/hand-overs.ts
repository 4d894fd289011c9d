import { sql, type Kysely } from 'kysely';
import { MINUTE_MS } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import type { Story } from '../../journey/index.ts';
import type { Entry } from '../journeys/store.ts';

/** From the door to the next job: a crew writes down within this what it told. Synthetic. */
const SIGNED_WITHIN_MS = 15 * MINUTE_MS;

/** Who brought them in, as the scope of a unit or a car; undefined for whoever came by themselves. */
export function broughtBy({ mission, out }: Story): { readonly role: 'crew' | 'driver'; readonly scope: string } | undefined {
  if (mission?.unit && mission.times.aboard !== undefined) return { role: 'crew', scope: `unit:${mission.unit}` };
  return out?.car !== undefined && out.times.aboard !== undefined ? { role: 'driver', scope: `car:${out.car}` } : undefined;
}

/** Both signatures, in the transaction that stores them. Only a crew of 120 owes its own: a driver is no clinician, and tells nothing of an illness. */
export async function followHandOvers(trx: Kysely<any>, city: City, entries: readonly Entry[]): Promise<void> {
  for (const { story, events, at } of entries) {
    const signed = events.filter(({ type }) => type === 'Received' || type === 'HandOverTold');
    const by = signed.length > 0 ? broughtBy(story) : undefined;
    const { arrival } = story;
    if (!by || by.role !== 'crew' || !arrival) continue;
    const owed = arrival.receivedAt !== undefined && !arrival.handOver ? { role: by.role, scope: by.scope, dueAt: at + SIGNED_WITHIN_MS } : undefined;
    await sql`insert into hand_over as h (city, id, incident, institution, district, brought_by, received_at, received_by, told_at, told_by, owner_role, owner_scope, due_at)
      values (${city.id}, ${`${story.id}/${arrival.institution}`}, ${story.incident}, ${arrival.institution}, ${city.institutions.get(arrival.institution)?.district ?? ''}, ${by.scope},
        ${arrival.receivedAt ?? null}, ${arrival.receivedByName ?? arrival.receivedBy ?? null}, ${arrival.handOver?.at ?? null}, ${arrival.handOver?.name ?? null}, ${owed?.role ?? null}, ${owed?.scope ?? null}, ${owed?.dueAt ?? null})
      on conflict (city, id) do update set received_at = excluded.received_at, received_by = excluded.received_by, told_at = excluded.told_at, told_by = excluded.told_by,
        owner_role = excluded.owner_role, owner_scope = excluded.owner_scope, due_at = excluded.due_at`.execute(trx);
  }
}
