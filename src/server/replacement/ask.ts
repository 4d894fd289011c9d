import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { trueChance } from '../chance.ts';
import { notify } from '../journeys/store.ts';

export interface AskedReplacement {
  readonly incident: string;
  readonly institution: string;
  readonly service: string;
  readonly by: string;
  readonly reason?: string;
  readonly until?: Instant;
  readonly at: Instant;
}

/**
 * A run over every unit of the city is wanted; it begins when this is stored, on whichever server looks first. Asked while one runs, that one
 * looks once more before it ends.
 */
export async function askReplacement(trx: Kysely<any>, city: string, { incident, institution, service, by, reason, until, at }: AskedReplacement): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`insert into replacement (city, id, incident, institution, service, state, asked_at, asked_by, reason, until)
    values (${city}, ${`N${trueChance.code(9)}`}, ${incident}, ${institution}, ${service}, 'running', ${at}, ${by}, ${reason ?? null}, ${until ?? null})
    on conflict (city, institution, service) where state = 'running' do update set asked_at = greatest(replacement.asked_at + 1, excluded.asked_at), until = greatest(replacement.until, excluded.until)
    returning id`.execute(trx);
  await notify(trx, { city, kind: 'series' });
  return row!.id;
}
