import { sql } from 'kysely';
import type { Story } from '../../journey/index.ts';
import type { House } from '../house.ts';

/**
 * Other open requests of a person by name and number, both the same. With only one of them known nothing is found: a ward must not learn by trying
 * who else in the city is ill.
 */
export async function openRequestsOf({ db, city, incident }: House, { id, request: { person, unidentified } }: Story): Promise<readonly Story[]> {
  if (unidentified) return [];
  const { rows } = await sql<{ story: Story }>`select story from journey where city = ${city.id} and incident = ${incident.id} and state = 'open' and id <> ${id}
    and story #>> '{request,person,name}' = ${person.name} and regexp_replace(story #>> '{request,person,phone}', '\\D', '', 'g') = ${person.phone.replace(/\D/g, '')}
    order by received_at desc limit 5`.execute(db);
  return rows.map(({ story }) => story);
}
