import { sql, type Kysely } from 'kysely';
import type { Story } from '../../journey/index.ts';
import { maySee, type Actor } from '../../people/index.ts';
import type { House } from '../house.ts';

export type ListState = 'open' | 'closed' | 'all';

const NOWHERE = { district: '', town: '', journey: '', institutions: [], cars: [] };

/**
 * The stories an actor may see, most pressing first: late, then acuity, then deadline; closed ones latest first. The scope is
 * part of the query, so nothing outside it ever leaves the database; an unknown scope matches nothing.
 */
export async function listStories({ db, city, clock }: House, actor: Actor, state: ListState, limit: number): Promise<readonly Story[]> {
  const wholeCity = actor.scope === 'city';
  if (wholeCity && !maySee(actor, NOWHERE)) return [];
  const mine = wholeCity ? sql`true` : sql`scopes @> array[${actor.scope}]::text[]`;
  const inState = state === 'all' ? sql`true` : sql`state = ${state}`;
  const { rows } = await sql<{ story: Story }>`select story from journey
    where city = ${city.id} and ${inState} and ${mine}
    order by state = 'closed', (missed_count > 0 or due_at < ${clock.now()}) desc nulls last, acuity, due_at,
      closed_at desc, received_at desc
    limit ${limit}`.execute(db);
  return rows.map(({ story }) => story);
}

/** In which city of this database a journey is. */
export async function findJourney(db: Kysely<any>, id: string): Promise<{ readonly id: string; readonly city: string; readonly incident: string } | undefined> {
  const { rows: [row] } = await sql<{ id: string; city: string; incident: string }>`select id, city, incident from journey where id = ${id}`.execute(db);
  return row;
}

export interface Resident {
  readonly subject: 'journey' | 'appointment' | 'waiting';
  readonly id: string;
  readonly incident: string;
  readonly name: string;
  readonly phoneProof: string;
}

/** Whose link this is. An appointment's link opens its request as soon as there is one. */
export async function findResident({ db, city }: Pick<House, 'db' | 'city'>, tokenHash: string): Promise<Resident | undefined> {
  const { rows: [row] } = await sql<Resident>`
    select 'journey' as subject, id, incident, story #>> '{request,person,name}' as name, phone_proof as "phoneProof"
      from journey where city = ${city.id} and token_hash = ${tokenHash}
    union all
    select case when journey is null then 'appointment' else 'journey' end, coalesce(journey, id), incident, person ->> 'name', phone_proof
      from booking where city = ${city.id} and token_hash = ${tokenHash}
    union all
    select 'waiting', id, incident, person ->> 'name', phone_proof from waiting where city = ${city.id} and token_hash = ${tokenHash} and state <> 'placed'
    limit 1`.execute(db);
  return row;
}
