import { sql, type QueryExecutorProvider } from 'kysely';
import type { Actor } from '../../people/index.ts';

/**
 * Whether somebody acts who has acted before, also from another post of theirs or one that has ended: one person may hold several, under a name
 * written otherwise, and signs in to all of them with the same phone or mail.
 */
export async function isSamePerson(db: QueryExecutorProvider, city: string, first: { readonly id?: string; readonly name: string | null; readonly scope?: string }, second: Actor): Promise<boolean> {
  if (first.id === second.id || sameName(first.name ?? '', second.name)) return true;
  const { rows } = await sql`select from staff a join staff b on b.city = a.city and b.id = ${second.id}
    where a.city = ${city} and (a.id = ${first.id ?? null} or (${first.id ?? null}::text is null and a.name = ${first.name} and a.scope = ${first.scope ?? null}))
      and (a.phone = b.phone or lower(a.email) = lower(b.email)) limit 1`.execute(db);
  return rows.length > 0;
}

const sameName = (one: string, other: string): boolean => written(one) === written(other);
const written = (name: string): string => name.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();
